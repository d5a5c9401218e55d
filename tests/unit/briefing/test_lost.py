"""What a compaction's summary does not mention."""

import pytest

from passdown.briefing.lost import MOST_CHARS, lost
from passdown.model.record import Record
from passdown.model.session import CheckFact, FileFact, Session, TodoFact

SUMMARY = """\
1. Primary request: the user wants a retry queue for uploads in src/jobs/retry.py.
2. The queue lives in one SQLite file because there is no server to run.
3. Pending: write the metrics page.
"""
FAILED = Record(id="01jd000000000001", kind="approach", text="Polling the outbox table every second", created="2026-11-03T10:00:00Z",
                details={"outcome": "failed"})
KNOWN = Record(id="01jd000000000002", kind="decision", text="The retry queue lives in one SQLite file", created="2026-11-03T10:00:00Z")


def session(**facts: object) -> Session:
    return Session(id="s-1", agent="claude-code", **facts)  # type: ignore[arg-type]


def test_a_record_that_the_summary_has_in_other_words_is_not_lost() -> None:
    """By most of its words, close together."""
    assert lost(SUMMARY, session(), [KNOWN]) == []
    assert lost(SUMMARY, session(), [KNOWN, FAILED]) == ["- Tried and failed on 2026-11-03: Polling the outbox table every second"]


@pytest.mark.parametrize(("facts", "line"), [
    ({"todos": (TodoFact("Rename the relay column", "pending"), TodoFact("Write the metrics page", "pending"), TodoFact("Seed the fixtures", "completed"))},
     "- Open on the session's list: Rename the relay column"),
    ({"checks": (CheckFact("pytest", "pytest tests/relay", False, line="2 failed"),)}, '- `pytest tests/relay` failed when it ran last: "2 failed"'),
    ({"asks": ("yes", "Never touch the vendored parser in third_party", "I want a retry queue for uploads")},
     '- The user said: "Never touch the vendored parser in third_party"'),
    ({"files": (FileFact("src/jobs/retry.py", edits=3), FileFact("src/relay.py", edits=2), FileFact("a.py", reads=9)), "uncommitted": ("src/relay.py",)},
     "- Changed in this session: src/relay.py (2 edits, uncommitted)")])
def test_facts_of_the_session_that_are_not_mentioned(facts: dict[str, object], line: str) -> None:
    """Each in one line; those that are mentioned, done or only read are none."""
    assert lost(SUMMARY, session(**facts), []) == [line]


def test_an_empty_summary_has_lost_everything() -> None:
    """As after a compaction whose text the host does not show."""
    assert len(lost("", session(asks=("Never touch the vendored parser",)), [KNOWN, FAILED])) == 3


def test_there_is_only_so_much_room() -> None:
    """What costs most when it is forgotten comes first, and the rest has to fit."""
    asks = tuple(f"Mind the {name} of part {n} and all of its " + "neighbours " * 30 for n, name in enumerate(("colour", "weight", "length")))
    found = lost(SUMMARY, session(asks=asks, todos=tuple(TodoFact(f"Paint the {n}th wall", "pending") for n in range(99))), [FAILED] * 40)

    assert found[0].startswith("- Tried and failed")
    assert sum(map(len, found)) <= MOST_CHARS
