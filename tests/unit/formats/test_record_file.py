"""The record file."""

import pytest

from passdown.errors import InvalidRecord
from passdown.formats import record_file
from passdown.model.anchor import Anchor, Evidence
from passdown.model.record import KINDS, Field, Kind, Record

ID = "01m3250v00yn62s6"
SEEN = "sha256:" + "0123456789abcdef" * 2
CANONICAL = f"""---
id: "{ID}"
kind: decision
status: superseded
trust: user
created: "2026-11-20T10:00:00Z"
updated: "2026-11-21T10:00:00Z"
session: s-1
agent: codex
branch: main
thread: queue
why: no server to run
alternative:
  - "a broker: one more process"
  - "no"
anchors:
  - src/queue.py:88-90#drain {SEEN}
  - docs/my%20notes.md:3
evidence:
  - s-1#12 {SEEN}
supersedes:
  - "01m3250v00yn62s5"
superseded_by: "01m3250v00yn62s7"
extractor: decision/1
---

Keep the queue in one file

It is easy to move.
---
And to back up.
"""
RECORD = Record(
    ID, "decision", "Keep the queue in one file\n\nIt is easy to move.\n---\nAnd to back up.", "superseded", "user", "2026-11-20T10:00:00Z",
    "2026-11-21T10:00:00Z", "s-1", "codex", "main", "queue",
    {"why": "no server to run", "alternative": ("a broker: one more process", "no")},
    (Anchor("src/queue.py", 88, 90, "drain", SEEN), Anchor("docs/my notes.md", 3, 3)), (Evidence("s-1", 12, SEEN),), ("01m3250v00yn62s5",),
    "01m3250v00yn62s7", "decision/1",
)


def test_the_canonical_text() -> None:
    """Every key in its order: this text is the format, and changing it is changing the format."""
    assert record_file.render(RECORD) == CANONICAL
    assert record_file.parse(CANONICAL, "x") == RECORD


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.name)
def test_every_kind_with_every_detail(kind: Kind) -> None:
    """Each detail of each kind reads back, in the table's order whatever the order given."""
    details = {field.name: value(field) for field in reversed(kind.fields)}
    text = record_file.render(Record(ID, kind.name, "Text", details=details))

    assert record_file.parse(text, "x").details == details
    assert list(record_file.parse(text, "x").details) == [field.name for field in kind.fields]


def value(field: Field) -> str | tuple[str, ...]:
    return field.choices[0] if field.choices else ("one", "no") if field.many else "some words"


def test_a_file_written_by_hand() -> None:
    """Only id, kind and text are needed; a scalar is taken where a list is meant, an unknown key is kept."""
    text = f"---\r\nkind: decision\r\nid: '{ID}'\r\nalternative: a broker\r\nmood: good\r\nanchors: my file.py:3\r\n---\r\nText\r\n\r\n"

    assert record_file.parse(text, "x") == Record(
        ID, "decision", "Text", details={"alternative": ("a broker",), "mood": "good"}, anchors=(Anchor("my file.py", 3, 3),))
    assert "mood: good" in record_file.render(record_file.parse(text, "x"))


@pytest.mark.parametrize(("old", "new", "reason"), [
    (f'id: "{ID}"', "id: short", "`id` is 'short'"),
    (f'id: "{ID}"\n', "", "`id` is ''"),
    ("kind: decision", "kind: opinion", "`kind` is 'opinion'; known: decision"),
    ("kind: decision", "kind:\n  - decision", "`kind`"),
    ("status: superseded", "status: gone", "`status` is 'gone', not one of: active"),
    ("trust: user", "trust: high", "`trust` is 'high'"),
    ("agent: codex", "agent:\n  - codex", "`agent` is a list"),
    (f"s-1#12 {SEEN}", "somewhere", "evidence 'somewhere'"),
    ("Keep the queue in one file\n\nIt is easy to move.\n---\nAnd to back up.", "", "no text"),
])
def test_what_is_wrong_is_said(old: str, new: str, reason: str) -> None:
    """Each mistake is refused with words that help to mend it."""
    assert old in CANONICAL
    with pytest.raises(InvalidRecord, match=reason):
        record_file.parse(CANONICAL.replace(old, new), "x.md")


def test_a_value_that_is_no_choice_is_refused() -> None:
    """A severity that does not exist would rank nowhere."""
    with pytest.raises(InvalidRecord, match="`severity` is 'huge', not one of: critical"):
        record_file.parse(f'---\nid: "{ID}"\nkind: issue\nseverity: huge\n---\n\nText\n', "x.md")


@pytest.mark.parametrize("name", ["id", "two words", "ünknown", ""])
def test_a_detail_that_could_not_be_read_back_is_not_written(name: str) -> None:
    """A detail cannot take the name of one of the record's own keys, or one that is no key."""
    with pytest.raises(InvalidRecord):
        record_file.render(Record(ID, "lesson", "Text", details={name: "x"}))


@pytest.mark.parametrize(("anchor", "line"), [
    (Anchor("a.py"), "a.py"),
    (Anchor("a.py", 3, 3), "a.py:3"),
    (Anchor("a.py", 3, 9, "f"), "a.py:3-9#f"),
    (Anchor("a.py", symbol="C::m#2"), "a.py#C::m#2"),
    (Anchor("a b:c#d%20.py", 1, 2), "a%20b%3Ac%23d%2520.py:1-2"),
    (Anchor("ü/\u3000.md", symbol="Set up", seen=SEEN), f"ü/%E3%80%80.md#Set%20up {SEEN}"),
    (Anchor("a.py", 3, 9, "f", SEEN, "0123456789ab", "ba9876543210"), f"a.py:3-9#f {SEEN} sig:0123456789ab @ba9876543210"),
    (Anchor("a.py", commit="ba9876543210"), "a.py @ba9876543210"),
])
def test_anchors_are_one_line_and_reversible(anchor: Anchor, line: str) -> None:
    """Whatever path and symbol hold, the line says it and reads back."""
    assert record_file.anchor_line(anchor) == line
    assert record_file.anchor(line) == anchor


def test_a_last_line_before_the_first_is_the_first() -> None:
    """One place has one form."""
    assert record_file.anchor(record_file.anchor_line(Anchor("a.py", 12))) == Anchor("a.py", 12, 12)


def test_lone_surrogates_in_the_text_are_replaced() -> None:
    """UTF-8 has no place for them."""
    assert record_file.parse(record_file.render(Record(ID, "lesson", "a\ud800b")), "x").text == "a\ufffdb"
