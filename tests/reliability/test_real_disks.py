"""Every verb that writes on a real file system that is full, has no inodes left, may only be read, or belongs to somebody else."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from tests.reliability import disks, hookworld, verbs

from passdown.errors import PassdownError

pytestmark = disks.needs_root

PAGES, INODES = (0, 1, 2, 3, 5, 8, 13, 21, 34, 55), (0, 1, 2, 3, 5, 8, 13)
TELLING = ("note", "capture --transcript", "share {id}", "forget {id}")  # the others wait for PASSDOWN_SLOW
NAMED = [(" ".join(verb.words[:2]), verb) for verb in verbs.VERBS]
SOME_FIRST = [pytest.param(verb, id=name, marks=() if name.startswith(TELLING) else pytest.mark.slow) for name, verb in NAMED]
READING = (("list",), ("sessions",), ("show", "{id}"), ("search", "file"), ("resume",), ("stats",), ("verify",), ("doctor",))
# Of the private store: what is taken from its owner. Root ignores modes, so that the command runs as nobody.
LOSSES = {
    "nothing may be written": ("**/", 0o500), "records": ("records/**/", 0o500), "the databases": ("*.db*", 0o400), "databases cannot be read": ("*.db*", 0),
    "events": ("events/*", 0o400), "the journal": ("journal/", 0o500), "record files cannot be read": ("records/*/*.md", 0), "nothing can be entered": ("", 0)}


@pytest.fixture
def disk(quick_path: Path) -> Iterator[disks.Disk]:
    with disks.small_disk(quick_path / "disk") as found:
        yield found


@pytest.fixture
def template(quick_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PASSDOWN_HOME", "")  # which a run sets
    place = quick_path / "template"
    place.mkdir()
    verbs.prepare(place)
    return place


def attempt(trial: verbs.Trial, harm: AbstractContextManager[None], what: str) -> bool:
    """One run while the harm lasts, and what holds when it is over; whether the verb was acknowledged."""
    place = trial.root / "place"
    with harm:
        try:
            trial.act(place)
            acknowledged = True
        except PassdownError:
            acknowledged = False
    trial.check(place, what, acknowledged)
    return acknowledged


@pytest.mark.parametrize("verb", SOME_FIRST)
def test_no_space(verb: verbs.Verb, disk: disks.Disk, template: Path) -> None:
    """However little room is left: done and acknowledged, or an error, and nothing lost; with room again it is done."""
    trial = verbs.Trial(verb, template, disk.path)
    for pages in PAGES:
        trial.copy("place")
        attempt(trial, disk.filled(pages=pages), f"{pages} pages left")


@pytest.mark.parametrize("verb", SOME_FIRST)
def test_no_inodes(verb: verbs.Verb, disk: disks.Disk, template: Path) -> None:
    """However few new files there may be."""
    trial = verbs.Trial(verb, template, disk.path)
    for inodes in INODES:
        trial.copy("place")
        attempt(trial, disk.filled(inodes=inodes), f"{inodes} inodes left")


@pytest.mark.parametrize("verb", SOME_FIRST)
def test_a_read_only_mount(verb: verbs.Verb, disk: disks.Disk, template: Path) -> None:
    """Nothing is acknowledged that is not done, and nothing is changed."""
    trial = verbs.Trial(verb, template, disk.path)
    trial.copy("place")
    attempt(trial, disk.read_only(), "read-only")


@pytest.mark.parametrize("words", READING, ids=lambda words: words[0])
def test_what_is_there_can_be_read(words: tuple[str, ...], disk: disks.Disk, template: Path) -> None:
    """Without a free byte, without an inode, and on a mount that may only be read; also where the index has to be made first."""
    trial = verbs.Trial(verbs.Verb(words, again=(0, 1)), template, disk.path)
    for harm in (disk.filled(pages=0), disk.filled(inodes=0), disk.read_only()):
        place = trial.copy("place")
        for path in (place / ".passdown" / "local").glob("index.db*"):
            path.unlink()
        with harm:
            trial.act(place)
        trial.check(place, "read", acknowledged=False)


@pytest.mark.parametrize("verb", SOME_FIRST)
def test_permissions_are_lost(verb: verbs.Verb, template: Path, quick_path: Path) -> None:
    """An error of ours, or done elsewhere, as in the inbox; with the permissions back it is done, and nothing was lost."""
    quick_path.chmod(0o755)
    trial = verbs.Trial(verb, template, quick_path)
    for loss, (pattern, mode) in LOSSES.items():
        place = trial.copy("place")
        disks.give(place)
        private = place / ".passdown" / "local"
        with disks.modes(sorted(private.glob(pattern), reverse=True) if pattern else [private], mode):
            done = disks.as_nobody(lambda place=place: trial.act(place), place / "home")  # type: ignore[misc]
        trial.check(place, loss, acknowledged=done)


@pytest.mark.parametrize("case", [hookworld.CASES[number] for number in (0, 4, 7, 8)], ids=lambda case: case.event)
def test_hooks(case: hookworld.Case, disk: disks.Disk, quick_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No host hears of it: exit code 0, and a session that starts is briefed all the same."""
    monkeypatch.setenv("PASSDOWN_HOME", "")  # which a run sets
    sweep = hookworld.Sweep(case, disk.path, quick_path)
    for harm in (disk.filled(pages=0, inodes=0), disk.filled(pages=0), disk.filled(inodes=0), disk.read_only()):
        with harm:
            sweep.attempt("a disk that takes nothing")
