"""Laws of bringing two versions of a record or session together, for any edits."""

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from passdown.formats import record_file, record_merge, session_merge, three_way
from passdown.model.anchor import Anchor
from passdown.model.record import STATUSES, Detail, Record
from passdown.model.session import CommandFact, FileFact, Session

WORDS = st.sampled_from(["alpha", "bravo", "charlie", "delta", "echo", "foxtrot"])
LINES = st.lists(WORDS, min_size=1, max_size=5).map("\n".join)
STAMPS = st.sampled_from(["2026-11-20T10:00:00Z", "2026-11-21T10:00:00Z", "2026-11-22T10:00:00Z"])
ANCHORS = st.lists(st.builds(Anchor, WORDS.map("src/{}.py".format), st.just(0), st.just(0), st.just(""), st.sampled_from(["", "sha256:" + "0" * 32])),
                   max_size=3, unique_by=lambda anchor: anchor.path).map(tuple)


@st.composite
def versions(draw: st.DrawFn) -> Record:
    details: dict[str, Detail] = {}
    if draw(st.booleans()):
        details["why"] = draw(WORDS)
    if draw(st.booleans()):
        details["alternative"] = tuple(draw(st.lists(WORDS, min_size=1, max_size=3, unique=True)))
    return Record("0a" * 8, "decision", draw(LINES), draw(st.sampled_from(STATUSES)), created="2026-11-20T10:00:00Z", updated=draw(STAMPS), details=details,
                  anchors=draw(ANCHORS), supersedes=tuple(draw(st.lists(st.sampled_from(["0b" * 8, "0c" * 8]), max_size=2, unique=True))))


def said(record: Record) -> Iterator[object]:
    """Every single thing that a record says and that may not get lost."""
    yield from (("line", line) for line in record.text.split("\n"))
    yield from (("alternative", word) for word in record.details.get("alternative", ()))
    yield from (("anchor", anchor.path) for anchor in record.anchors)
    yield from (("supersedes", link) for link in record.supersedes)


@settings(max_examples=300, deadline=None)
@given(versions(), versions())
def test_what_one_side_changed_is_taken(base: Record, side: Record) -> None:
    """A side that changed nothing, and two sides that changed the same, leave nothing to decide."""
    for merged in (record_merge.merge(base, base, side), record_merge.merge(base, side, base), record_merge.merge(base, side, side)):
        assert merged == record_merge.Merged(side, clean=True)


@settings(max_examples=500, deadline=None)
@given(st.one_of(st.none(), versions()), versions(), versions())
def test_nothing_that_one_side_added_is_lost(base: Record | None, ours: Record, theirs: Record) -> None:
    """All lines, list items, anchors and links that a side added are in the result, which reads back; so is each reason that a side changed."""
    merged = record_merge.merge(base, ours, theirs)
    before = set(said(base)) if base else set()

    assert (set(said(ours)) - before) | (set(said(theirs)) - before) <= set(said(merged.record))
    assert merged.clean != record_merge.is_disputed(merged.record.text)
    text = record_file.render(merged.record)
    assert record_file.parse(text, "x") == merged.record
    for side in (ours, theirs):
        if side.detail("why") != (base.detail("why") if base else ""):
            assert side.detail("why") in text


@settings(max_examples=300, deadline=None)
@given(versions(), versions(), versions())
def test_the_sides_may_change_places(base: Record, ours: Record, theirs: Record) -> None:
    """Which of them is called ours decides nothing but the order in which things stand."""
    one, other = record_merge.merge(base, ours, theirs), record_merge.merge(base, theirs, ours)

    assert one.clean == other.clean
    assert {**_bare(one.record)} == {**_bare(other.record)}
    assert sorted(one.record.text) == sorted(other.record.text)


def _bare(record: Record) -> dict[str, object]:
    return {"status": record.status, "updated": record.updated, "why": record.detail("why"), "by": record.superseded_by,
            "alternative": frozenset(record.details.get("alternative", ())), "anchors": frozenset(record.anchors), "links": frozenset(record.supersedes)}


@settings(max_examples=300, deadline=None)
@given(LINES, LINES, LINES)
def test_lines_are_merged_or_left_to_decide(base: str, ours: str, theirs: str) -> None:
    """A merged text has all that either side put in; a text that only one side changed always merges."""
    merged = three_way.text(base, ours, theirs)

    assert three_way.text(base, ours, base) == ours
    assert merged is None or (set(ours.split("\n")) | set(theirs.split("\n"))) - set(base.split("\n")) <= set(merged.split("\n"))


@st.composite
def sessions(draw: st.DrawFn) -> Session:
    files = draw(st.lists(st.builds(FileFact, WORDS, st.integers(0, 3)), max_size=3, unique_by=lambda fact: fact.path))
    commands = draw(st.lists(st.builds(CommandFact, WORDS, st.integers(1, 3)), max_size=3, unique_by=lambda fact: fact.command))
    return Session("s", "codex", "2026-11-20", events=draw(st.integers(0, 9)), files=tuple(files), commands=tuple(commands), asks=(draw(WORDS),))


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.none(), sessions()), sessions(), sessions())
def test_facts_of_a_session_are_united(base: Session | None, ours: Session, theirs: Session) -> None:
    """What either side measured is there; the numbers are those of the side that read more."""
    merged = session_merge.merge(base, ours, theirs)
    before = {fact.path for fact in base.files} if base else set()

    assert {f.path for f in (*ours.files, *theirs.files)} - before <= {f.path for f in merged.files}
    assert merged.events in (ours.events, theirs.events)
    assert session_merge.merge(ours, ours, theirs) == theirs == session_merge.merge(base, theirs, theirs)
    assert session_merge.merge(ours, replace(ours, events=9), ours).events == 9
