"""Real git, random edits of shared records on two sides, and what must be there when the sides come together.

The model is small: everything that a side says is a set of words that occur nowhere else. Of a merge, three-way on these sets must be in the files:
what either side added to the ancestor, and what none of them took out. No record is gone, and its status is the one that the rules give.
"""

import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from passdown.actions.init import init
from passdown.errors import InvalidRecord
from passdown.formats import record_file, session_file
from passdown.model.anchor import Anchor
from passdown.model.ids import new_id
from passdown.model.record import Record
from passdown.model.session import CommandFact, FileFact, Session
from passdown.project import open_project

WORD = re.compile(r"w[0-9a-z]{9}w")
KINDS = ("decision", "lesson", "task")
RANK = ("superseded", "resolved", "archived", "expired", "active")  # of two that both changed the first counts


@dataclass
class World:
    """One repository, and the hand of chance. driver: whether git knows our merge driver."""

    root: Path
    chance: random.Random
    driver: bool = True
    made: int = 0
    log: list[str] = field(default_factory=list)
    said: dict[str, frozenset[str]] = field(default_factory=dict)  # words of a side, before they come together

    def git(self, *words: str, ok: bool = True, cwd: Path | None = None) -> int:
        self.log.append("git " + " ".join(words))
        done = subprocess.run(["git", *words], cwd=cwd or self.root, capture_output=True, text=True, check=False, env={**os.environ, "GIT_EDITOR": "true"})
        assert not ok or not done.returncode, "\n".join([*self.log, done.stdout, done.stderr])
        return done.returncode

    def word(self) -> str:
        """One that no other edit of any world has."""
        self.made += 1
        return f"w{self.chance.randrange(10**6):06d}{self.made:03d}w"

    @property
    def shared(self) -> Path:
        return self.root / ".passdown"

    def files(self) -> list[Path]:
        return sorted(path for name in ("records", "sessions") for path in (self.shared / name).rglob("*.md"))

    def words(self) -> frozenset[str]:
        """All that the work tree says."""
        return frozenset(word for path in self.files() for word in WORD.findall(path.read_text()))

    def records(self) -> list[tuple[Path, Record]]:
        found = []
        for path in self.files():
            if path.parent.parent.name == "records":
                found.append((path, record_file.parse(path.read_text(), str(path))))
        return found

    def unreadable(self) -> list[str]:
        """Files that no longer are records."""
        found = []
        for path in self.files():
            try:
                (record_file.parse if path.parent.name in KINDS else session_file.parse)(path.read_text(), str(path))
            except InvalidRecord:
                found.append(path.name)
        return found


def start(root: Path, seed: int, *, driver: bool = True) -> World:
    """A repository with six shared records and a session."""
    root.mkdir(parents=True)
    world = World(root, random.Random(seed), driver)
    world.git("init", "-q")
    init(open_project(root))
    if not driver:
        world.git("config", "--local", "--remove-section", "merge.passdown")
    for number in range(6):
        write(world, Record(new_id(1_790_000_000_000 + number), world.chance.choice(KINDS), lines(world, 4), details={"why": world.word()}))
    share(world, Session("s1", "codex", "2026-11-20", events=3, files=(FileFact(world.word()),), commands=(CommandFact(world.word()),)))
    commit(world)
    return world


def lines(world: World, count: int) -> str:
    return "\n".join(f"Line {number} {world.word()}" for number in range(count))


def write(world: World, record: Record) -> None:
    record = replace(record, updated=f"2026-11-{world.chance.randrange(10, 29)}T10:00:00Z")
    path = world.shared / "records" / record.kind / f"{record.id}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(record_file.render(record))


def share(world: World, session: Session) -> None:
    path = world.shared / "sessions" / "2026-11-20-s1.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(session_file.render(session, shared=True))


def commit(world: World, message: str = "edit") -> None:
    world.git("add", "-A")
    world.git("commit", "-qm", message, "--allow-empty")


def add(world: World) -> None:
    write(world, Record(new_id(1_790_000_000_000 + world.chance.randrange(10**9)), world.chance.choice(KINDS), lines(world, 2)))


def edit_line(world: World) -> None:
    _, record = chosen(world)
    rows = record.text.split("\n")
    rows[world.chance.randrange(len(rows))] = f"Line {world.word()}"
    write(world, replace(record, text="\n".join(rows)))


def append(world: World) -> None:
    _, record = chosen(world)
    write(world, replace(record, text=f"{record.text}\n\nMore {world.word()}"))


def reason(world: World) -> None:
    _, record = chosen(world)
    write(world, replace(record, details={**record.details, "why": world.word()}))


def anchor(world: World) -> None:
    _, record = chosen(world)
    write(world, replace(record, anchors=(*record.anchors, Anchor(f"src/{world.word()}.py"))))


def archive(world: World) -> None:
    _, record = chosen(world)
    write(world, replace(record, status="archived"))


def supersede(world: World) -> None:
    _, old = chosen(world)
    new = Record(new_id(1_790_000_000_000 + world.chance.randrange(10**9)), old.kind, lines(world, 2), supersedes=(old.id,))
    write(world, new)
    write(world, replace(old, status="superseded", superseded_by=new.id))


def change_kind(world: World) -> None:
    path, record = chosen(world)
    path.unlink()
    write(world, replace(record, kind=world.chance.choice(KINDS)))


def share_again(world: World) -> None:
    path = world.shared / "sessions" / "2026-11-20-s1.md"
    known = session_file.parse(path.read_text())
    share(world, replace(known, events=known.events + world.chance.randrange(1, 5), files=(*known.files, FileFact(world.word()))))


EDITS: tuple[Callable[[World], None], ...] = (add, edit_line, edit_line, append, reason, anchor, archive, supersede, change_kind, share_again)


def chosen(world: World) -> tuple[Path, Record]:
    """One of the two oldest records: both sides are to meet at the same ones."""
    return world.chance.choice(sorted(world.records(), key=lambda found: found[1].id)[:2])


def edit(world: World, count: int) -> None:
    for _ in range(count):
        one = world.chance.choice(EDITS)
        world.log.append(one.__name__)
        one(world)


def side(world: World, branch: str, commits: int) -> None:
    world.git("checkout", "-q", "-B", branch, "base")
    for _ in range(commits):
        edit(world, world.chance.randrange(2, 6))
        commit(world)


def go_on(world: World, *words: str) -> None:
    """Commit what a merge left undecided, with both sides in it, until the command has come to its end."""
    for _ in range(20):
        world.git("add", "-A")
        if not world.git(*words, ok=False):
            return
    raise AssertionError("\n".join([*world.log, "never came to its end"]))


def merge(world: World) -> None:
    if world.git("merge", "-q", "--no-edit", "theirs", ok=False):
        go_on(world, "commit", "-qm", "merged")


def rebase(world: World) -> None:
    if world.git("rebase", "-q", "--empty=keep", "theirs", ok=False):
        go_on(world, "rebase", "--continue")


def pick(world: World) -> None:
    if world.git("cherry-pick", "--allow-empty", "--keep-redundant-commits", "base..theirs", ok=False):
        go_on(world, "cherry-pick", "--continue")


def stash(world: World) -> None:
    """What is being worked on is put away, the branch goes on, and it is taken out again."""
    world.git("checkout", "-q", "theirs")
    edited = world.words()
    world.git("checkout", "-q", "ours")
    world.git("reset", "-q", "--soft", "base")
    world.git("stash", "push", "-q", "--include-untracked")
    world.git("merge", "-q", "--ff-only", "theirs")
    assert world.words() == edited
    world.git("stash", "pop", "-q", ok=False)


def clones(world: World, *, driver: bool = False) -> None:
    """The other side is another clone, without a store of its own: only the rules come with it, not the command, unless `init` is run there."""
    other = world.root.with_name(f"{world.root.name}-other")
    world.git("clone", "-q", "--no-hardlinks", str(world.root), str(other), cwd=world.root.parent)
    there = World(other, world.chance, driver)
    there.git("checkout", "-q", "-B", "theirs", "origin/theirs")
    if driver:
        init(open_project(other))
    if there.git("merge", "-q", "--no-edit", "origin/ours", ok=False):
        go_on(there, "commit", "-qm", "merged")
    world.git("fetch", "-q", str(other), "theirs")
    world.git("merge", "-q", "FETCH_HEAD")
    shutil.rmtree(other)


def clones_with_driver(world: World) -> None:
    clones(world, driver=True)


def criss_cross(world: World) -> None:
    """Each side merges what the other one had, both go on, and meet again: git makes an ancestor of two by merging them first."""
    world.git("branch", "old", "ours")
    merge(world)
    world.said["base"] = world.words()
    world.git("checkout", "-q", "theirs")
    if world.git("merge", "-q", "--no-edit", "old", ok=False):
        go_on(world, "commit", "-qm", "merged")
    for branch in ("theirs", "ours"):
        world.git("checkout", "-q", branch)
        edit(world, 2)
        commit(world)
        world.said[branch] = world.words()
    merge(world)


WAYS: tuple[Callable[[World], None], ...] = (merge, rebase, pick, stash, clones, clones_with_driver, criss_cross)


def brought_together(root: Path, seed: int, way: Callable[[World], None], *, driver: bool = True) -> World:
    """Two sides edit, come together in a way, and nothing is lost; with the driver every file reads, too, and every status is the right one."""
    world = start(root, seed, driver=driver)
    world.git("branch", "base")
    states = [by_id(world)]
    world.said["base"] = world.words()
    for branch in ("theirs", "ours"):
        side(world, branch, world.chance.randrange(1, 3))
        world.said[branch] = world.words()
        states.append(by_id(world))
    way(world)
    base, ours, theirs = (world.said[name] for name in ("base", "ours", "theirs"))
    lost = ((ours - base) | (theirs - base) | (ours & theirs)) - world.words()
    assert not lost, "\n".join([f"seed {seed}: lost {lost}", *world.log])
    if driver and way is not clones:
        assert not world.unreadable(), "\n".join([f"seed {seed}", *world.log])
        assert not (wrong := unlike_model(world, *states, exact=way in (merge, clones_with_driver))), "\n".join([f"seed {seed}: {wrong}", *world.log])
    return world


def by_id(world: World) -> dict[str, Record]:
    return {record.id: record for _, record in world.records()}


def unlike_model(world: World, base: dict[str, Record], theirs: dict[str, Record], ours: dict[str, Record], *, exact: bool) -> list[str]:
    """Records that are gone, or are not what both sides together say of them. exact: the sides met once, so that their order says nothing."""
    wrong = []
    for record_id in ours.keys() | theirs.keys():
        found = [record for _, record in world.records() if record.id == record_id]
        sides = [side[record_id] for side in (ours, theirs) if record_id in side]
        wrong += [] if found else [f"{record_id} is gone"]
        if len(found) == 1:  # of two, `doctor` speaks
            wrong += differences(found[0], base.get(record_id), sides, exact=exact)
    return wrong


def differences(found: Record, base: Record | None, sides: list[Record], *, exact: bool) -> Iterator[str]:
    if exact and base and len(sides) == 2 and found.status != (expected := status(base.status, sides[0].status, sides[1].status)):
        yield f"{found.id} is {found.status}, not {expected}"
    if exact and not {old for one in sides for old in one.supersedes} <= set(found.supersedes):
        yield f"{found.id} no longer supersedes what it did"
    if exact and found.status == "superseded" and found.superseded_by not in {one.superseded_by for one in sides} - {""}:
        yield f"{found.id} is superseded by {found.superseded_by or 'nothing'}"


def status(base: str, ours: str, theirs: str) -> str:
    """The one that was changed; of two that were, the first in rank."""
    changed = [one for one in (ours, theirs) if one != base]
    return min(changed, key=RANK.index) if changed else base
