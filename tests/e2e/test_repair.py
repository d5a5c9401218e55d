"""`doctor --repair`: whatever is damaged in a store is put aside, made again as far as that is possible, and told."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from passdown.store import events

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
GOLDEN = Path(__file__).parents[1] / "golden" / "transcripts" / "claude-code" / "session.jsonl"


class Store:
    """A store with an edited note, a shared one and a captured session whose transcript may be taken away."""

    def __init__(self, passdown: Passdown, repository: Path, transcript: Path) -> None:
        self.passdown, self.private, self.shared, self.transcript = passdown, repository / ".git/passdown", repository / ".passdown", transcript
        transcript.write_bytes(GOLDEN.read_bytes())
        passdown("init")
        passdown("note", "decision", "Keep the queue in one file")
        passdown("edit", self.ids()[0], "--text", "Keep the queue in one SQLite file")
        passdown("note", "lesson", "Look before you leap", "--share")
        passdown("capture", "--transcript", str(transcript))

    def ids(self) -> list[str]:
        return [path.stem for path in sorted(self.private.glob("records/*/*.md"))]

    def one(self, pattern: str) -> Path:
        [found] = self.private.glob(pattern)
        return found

    def texts(self) -> dict[str, str]:
        return {one["id"]: one["text"] for one in json.loads(self.passdown("list", "--all", "--json").stdout)}

    def facts(self) -> object:
        return json.loads(self.passdown("sessions", "--json").stdout)

    def repair(self) -> list[str]:
        done: list[str] = json.loads(self.passdown("doctor", "--repair", "--json", code=None).stdout)["repaired"]
        return done

    def wrong(self) -> set[str]:
        findings = json.loads(self.passdown("doctor", "--json", code=None).stdout)["findings"]
        return {finding["code"] for finding in findings if finding["severity"] == "error"}

    def aside(self) -> list[str]:
        return sorted(path.name for path in (self.private / "quarantine").rglob("*") if path.is_file())


@pytest.fixture
def store(passdown: Passdown, repository: Path, tmp_path: Path) -> Store:
    return Store(passdown, repository, tmp_path / "session.jsonl")


def tear(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def garble(path: Path) -> None:
    path.write_bytes(b"\x00\xff" * 400)


@pytest.mark.parametrize("pattern", ["records/decision/*.md", "records/lesson/*.md"])
@pytest.mark.parametrize("harm", [garble, lambda path: path.write_bytes(b"")], ids=["garbage", "empty"])
def test_a_record_file(store: Store, pattern: str, harm: Callable[[Path], object]) -> None:
    """The last text that did read is there again, by the history; what did not read lies in the quarantine."""
    before = store.texts()
    path = store.one(pattern)
    harm(path)
    assert store.wrong()

    assert any(path.name in line for line in store.repair())

    assert store.texts() == before
    assert not store.wrong()
    assert store.aside() == [path.name]


def test_a_record_whose_history_is_gone(store: Store) -> None:
    """The published copy has the text; of a record that stands nowhere else, the quarantine has what is left."""
    before = store.texts()
    for operation in store.private.glob("journal/*.json"):
        operation.unlink()
    lesson, decision = store.one("records/lesson/*.md"), store.one("records/decision/*.md")
    garble(lesson)
    garble(decision)

    store.repair()

    after = store.texts()
    assert after[lesson.stem] == before[lesson.stem]
    assert lesson.is_file()
    assert decision.stem not in after
    assert store.aside() == sorted([lesson.name, decision.name])


def test_a_published_copy(store: Store) -> None:
    """It is put aside and published anew; one with git's conflict marks is a person's to settle."""
    [copy] = store.shared.glob("records/*/*.md")
    whole = copy.read_text()
    garble(copy)
    store.repair()
    assert copy.read_text() == whole

    copy.write_text(f"<<<<<<< HEAD\n{whole}=======\n{whole}>>>>>>> one\n")
    store.repair()
    assert "<<<<<<< HEAD" in copy.read_text()
    assert store.wrong()


@pytest.mark.parametrize("harm", [tear, garble, lambda path: path.write_bytes(path.read_bytes()[:300] + b"\x00" * 60 + path.read_bytes()[360:])],
                         ids=["torn", "garbage", "hole"])
def test_kept_events_with_the_transcript(store: Store, harm: Callable[[Path], object]) -> None:
    """What cannot be read comes from the transcript again: the same facts, the same records, every event once."""
    facts, texts, whole = store.facts(), store.texts(), len(list(events.read(store.one("events/*.gz"))))
    harm(store.one("events/*.gz"))
    assert store.wrong() & {"events-cut", "events-damaged"}

    assert store.repair()

    assert not store.wrong()
    assert store.texts() == texts
    assert store.facts() == facts
    numbers = [event.n for event in events.read(store.one("events/*.gz"))]
    assert len(numbers) == len(set(numbers)) == whole


def test_kept_events_without_the_transcript(store: Store) -> None:
    """What can be read stays, the facts and records that were drawn from the whole stay too, and it is said how many events are lost."""
    facts, texts, known = store.facts(), store.texts(), list(events.read(store.one("events/*.gz")))
    store.transcript.unlink()
    tear(store.one("events/*.gz"))

    assert any("could not be read" in line for line in store.repair())

    assert not store.wrong()
    assert (store.facts(), store.texts()) == (facts, texts)
    left = list(events.read(store.one("events/*.gz")))
    assert left
    assert left == known[: len(left)]


@pytest.mark.parametrize("pattern", ["sessions/*.md", "derived/*.jsonl", "state.db", "index.db"])
@pytest.mark.parametrize("harm", [garble, tear], ids=["garbage", "torn"])
def test_what_can_be_made_again(store: Store, pattern: str, harm: Callable[[Path], object]) -> None:
    """Facts, derived records, cursors and index: as before."""
    facts, texts = store.facts(), store.texts()
    harm(store.one(pattern))

    store.repair()

    assert not store.wrong()
    assert (store.facts(), store.texts()) == (facts, texts)
    log = store.one("events/*.gz").read_bytes()
    store.passdown("capture", "--transcript", str(store.transcript))
    assert store.one("events/*.gz").read_bytes() == log


def test_what_was_forgotten_leaves_the_quarantine(store: Store) -> None:
    """Also a damaged file may hold what somebody wants gone."""
    path = store.one("records/decision/*.md")
    path.write_text(path.read_text().replace("kind: decision", "kind: nonsense"))
    store.repair()
    assert store.aside() == [path.name]

    store.passdown("forget", path.stem, "--yes")

    assert not store.aside()
