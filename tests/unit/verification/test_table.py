"""Every verdict on every kind of claim; nothing is said of what was never seen."""

import pkgutil
from typing import get_args

import pytest
from tests.unit.verification.world import World

from passdown.model.anchor import Anchor
from passdown.model.ids import content_hash
from passdown.model.record import Record
from passdown.verification import checks as folder
from passdown.verification.base import Branch, BranchState, Change, Claim, CommitNamed, Left, Place, Ran, Rests, Runs, Says, Until
from passdown.verification.symbols.table import defined
from passdown.verification.table import TABLE, checks, verdict

FILE = b"import os\n\n\ndef drain(queue):\n    return 1\n\n\ndef fill(queue):\n    for row in queue:\n        yield row\n"
NEW = Change("1a2b3c4", "Rework", "2 h ago")
LINES = Place(Anchor("a.py", 8, 10, seen=content_hash(b"".join(FILE.splitlines(keepends=True)[7:10]))))
WHOLE = Place(Anchor("a.py", seen=content_hash(FILE)))
FOUND = defined("a.py", FILE.decode(), "drain")
assert FOUND is not None
SYMBOL = Place(Anchor("a.py", symbol="drain", seen=content_hash(b"def drain(queue):\n    return 1\n"), signature=FOUND.signature))
TWICE = b"def a():\n    return 1\n\n\ndef b():\n    return 1\n"
RETURN = Place(Anchor("a.py", 2, 2, seen=content_hash("    return 1\n")))
UNSEEN = Place(Anchor("a.py", 8, 10))


def test_every_check_stands_in_the_table_with_what_it_takes() -> None:
    """No module of the folder is left out, and no kind of claim is without a check."""
    assert set(TABLE) == set(get_args(Claim))
    assert sorted(name for names in TABLE.values() for name in names) == sorted(m.name for m in pkgutil.iter_modules(folder.__path__))
    assert [kind for kind in TABLE if any(check.TAKES is not kind for check in checks(kind))] == []


def edited(old: bytes, new: bytes) -> World:
    return World(files={"a.py": FILE.replace(old, new)}, old={"a.py": FILE}, by=NEW)


PLACES = [
    (LINES, World(files={"a.py": FILE}), "holds", "✔", ""),
    (LINES, World(files={"a.py": b"x = 1\n" + FILE}), "holds", "✔", "now at line 9"),
    (LINES, World(by=NEW), "gone", "✗", 'removed 2 h ago by 1a2b3c4 "Rework"'),
    (LINES, World(folders=frozenset({"a.py"})), "unverified", "", ""),
    (LINES, World(by=NEW, to={"a.py": "b.py"}, stands=("b.py", 8)), "moved", "~", "moved to b.py:8"),
    (LINES, World(by=NEW, to={"a.py": "b.py"}), "moved", "~", "moved to b.py, and changed"),
    (WHOLE, World(by=NEW, to={"a.py": "b.py"}), "moved", "~", "moved to b.py"),
    (LINES, edited(b"yield row", b"yield 2 * row"), "changed", "~", 'changed 2 h ago by 1a2b3c4 "Rework" (1 of 3 lines)'),
    (LINES, edited(FILE[FILE.index(b"def fill"):], b""), "gone", "✗", 'removed 2 h ago by 1a2b3c4 "Rework"'),
    (WHOLE, edited(b"os", b"sys"), "changed", "~", 'changed 2 h ago by 1a2b3c4 "Rework"'),
    (SYMBOL, edited(b"yield row", b"yield 2"), "holds", "✔", ""),
    (SYMBOL, edited(b"return 1", b"return 2"), "changed", "~", 'changed 2 h ago by 1a2b3c4 "Rework" (1 of 2 lines)'),
    (SYMBOL, edited(b"drain(queue)", b"drain(queue, limit)"), "signature-changed", "~", 'signature of `drain` changed 2 h ago by 1a2b3c4 "Rework"'),
    (SYMBOL, edited(b"drain(queue)", b"empty(queue)"), "symbol-gone", "✗", '`drain` removed 2 h ago by 1a2b3c4 "Rework"'),
    (RETURN, World(files={"a.py": TWICE.replace(b"1", b"2", 1)}, old={"a.py": TWICE}, by=NEW), "changed", "~",
     'changed 2 h ago by 1a2b3c4 "Rework" (1 of 1 line)'),
    (RETURN, World(files={"a.py": b"import os\n" + TWICE}, old={"a.py": TWICE}, by=NEW), "holds", "✔", "now at line 3"),
    (RETURN, World(files={"a.py": b"import os\n" + TWICE}), "unverified", "", ""),
    (UNSEEN, World(), "unverified", "", ""),
    (UNSEEN, World(files={"a.py": b"other\n"}, by=NEW), "unverified", "", ""),
]


@pytest.mark.parametrize(("claim", "world", "code", "mark", "note"), PLACES)
def test_places(claim: Place, world: World, code: str, mark: str, note: str) -> None:
    """As it was, some lines on, moved, changed and how much, removed; a symbol by itself."""
    said = verdict(claim, world)

    assert (said.code, said.mark, said.note) == (code, mark, note)


def test_a_change_that_is_not_committed_says_so() -> None:
    """No commit is blamed for it."""
    world = World(files={"a.py": FILE.replace(b"yield row", b"yield 2")}, old={"a.py": FILE}, open_change=True)

    assert verdict(LINES, world).note == "changed, not committed (1 of 3 lines)"


OLD = Record("01m3250v00yn62s6", "decision", "Old", status="superseded", superseded_by="01m3250v00yn62s7")
PACKAGE = b'{"scripts": {"lint": "eslint ."}}'
REST: list[tuple[Claim, World, str, str]] = [
    (Branch("x", seen=True), World(branches={"x": BranchState(True, True)}), "holds", ""),
    (Branch("x"), World(branches={"x": BranchState(True, True, "main", '1a2b3c4 "Merge"')}), "branch-merged", 'was merged into main by 1a2b3c4 "Merge"'),
    (Branch("x"), World(branches={"x": BranchState(True, False, "main")}), "branch-merged", "was merged into main, and deleted"),
    (Branch("x", seen=True), World(), "branch-deleted", "is not there any more, and not merged as far as git tells"),
    (Branch("some/words"), World(), "unverified", ""),
    (CommitNamed("1a2b3c4"), World(commits={"1a2b3c4": "here"}), "holds", ""),
    (CommitNamed("1a2b3c4"), World(commits={"1a2b3c4": "elsewhere"}), "holds", "on another branch"),
    (CommitNamed("1a2b3c4"), World(commits={"1a2b3c4": "nowhere"}), "commit-gone", "is on no branch any more"),
    (CommitNamed("1a2b3c4"), World(), "unverified", ""),
    (CommitNamed("1a2b3c4"), World(commits={"1a2b3c4": "unknown"}), "unverified", ""),
    (CommitNamed("1a2b3c4", made=True), World(), "unverified", ""),
    (CommitNamed("1a2b3c4", made=True), World(commits={"1a2b3c4": "unknown"}), "commit-gone", "is not in the repository any more"),
    (Ran("pytest", True, "2026-11-19T10:00:00Z"), World(), "holds", ""),
    (Ran("pytest", True, "2026-11-19T10:00:00Z"), World(changed=("README.md",)), "holds", ""),
    (Ran("pytest", True, "2026-11-19T10:00:00Z", ("a.py",)), World(changed=("b.py",)), "outdated", "2 files changed since it passed: a.py, b.py"),
    (Ran("pytest", True, "2026-11-19T10:00:00Z", (), {"a.py": content_hash(FILE)}), World(files={"a.py": FILE}, changed=("a.py",)), "holds", ""),
    (Ran("pytest", True, ""), World(changed=("a.py",)), "unverified", ""),
    (Until("2026-11-20"), World(), "holds", ""),
    (Until("2026-11-19"), World(), "expired", "expired on 2026-11-19"),
    (Until("2026-11-19", "expected"), World(), "expired", "was expected by 2026-11-19"),
    (Until("soon"), World(), "unverified", ""),
    (Rests(OLD.id), World(records={OLD.id: OLD}), "superseded", "01m3250v00yn62s6 was superseded by 01m3250v00yn62s7"),
    (Rests(OLD.id), World(), "unverified", ""),
    (Left("a.py"), World(rest={"a.py": "committed"}), "holds", "committed since"),
    (Left("a.py"), World(rest={"a.py": "gone"}), "uncommitted-gone", "its uncommitted changes are neither in the work tree nor in a commit"),
    (Runs("npm run lint"), World(files={"package.json": PACKAGE}), "holds", ""),
    (Runs("npm run test:e2e"), World(files={"package.json": PACKAGE}, then={"package.json": b'{"scripts": {"test:e2e": "x"}}'}), "command-gone",
     "needs the script test:e2e, which package.json does not have"),
    (Runs("npm run test:e2e"), World(files={"package.json": PACKAGE}), "unverified", "needs the script test:e2e, which package.json does not have"),
]


@pytest.mark.parametrize(("claim", "world", "code", "note"), REST)
def test_other_claims(claim: Claim, world: World, code: str, note: str) -> None:
    """Branches, commits, checks, days, records, uncommitted work and commands."""
    said = verdict(claim, world)

    assert (said.code, said.note) == (code, note)


THERE = World(files={"src/new.py": b"def drain(queue):\n    pass\n"})
DRAINED = World(files={"src/new.py": b"def drain_all(queue):\n    pass\n"})
UNLOOKED, ABSENT, SEEN = Anchor("src/new.py"), Anchor("src/new.py", commit="0123456789ab"), Anchor("src/new.py", seen=content_hash(b"x"))
MERGED = World(branches={"topic/x": BranchState(True, True, "main")})
SAYINGS = [
    ("`src/new.py` does not exist yet.", ABSENT, THERE, "src/new.py is there now"),
    ("src/new.py is still missing", UNLOOKED, THERE, "src/new.py is there now"),
    ("There is no src/new.py so far", ABSENT, THERE, "src/new.py is there now"),
    ("`drain()` in src/new.py hasn't been implemented yet", SEEN, THERE, "`drain` is defined now: src/new.py:1"),
    ("drain() is not implemented yet", None, THERE, ""),
    ("drain_all() is not implemented yet", None, DRAINED, "`drain_all` is defined now: src/new.py:1"),
    ("drain_all() is not implemented yet on other systems", None, World(files=DRAINED.files, lay_there=frozenset({"src/new.py"})), ""),
    ("src/new.py is missing a test", SEEN, THERE, ""),
    ("If `src/new.py` does not exist, make it", ABSENT, THERE, ""),
    ("`src/new.py` must not be missing", ABSENT, THERE, ""),
    ("`src/new.py` does not exist yet", ABSENT, World(), ""),
    ("The tests are still failing", None, World(passing="pytest -q"), "`pytest -q` has passed since"),
    ("The tests pass, and the build is green", None, World(passing="pytest -q"), ""),
    ("The work on `topic/x` is not merged yet", None, MERGED, "topic/x was merged into main"),
    ("`src/new.py` is uncommitted", SEEN, World(rest={"src/new.py": "committed"}), "src/new.py was committed since"),
    ("`src/new.py` is uncommitted", SEEN, World(rest={"src/new.py": "there"}), ""),
]


@pytest.mark.parametrize(("text", "anchor", "world", "note"), SAYINGS)
def test_what_is_said_not_to_be(text: str, anchor: Anchor | None, world: World, note: str) -> None:
    """Contradicted by what is there, done or passing now; conditions and duties are no claims, and what was there when it was said is not meant."""
    said = verdict(Says(text, "2026-11-01T10:00:00Z", (anchor,) if anchor else ()), world)

    assert (said.code == "contradicted", said.note) == (bool(note), note)
