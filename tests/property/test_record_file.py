"""Laws of the record file, for any record and any text."""

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from passdown.errors import InvalidRecord
from passdown.formats import front_matter, record_file
from passdown.model.anchor import Anchor, Evidence
from passdown.model.ids import ALPHABET, content_hash
from passdown.model.record import KINDS, STATUSES, TRUST, Detail, Record

TEXT = st.text(max_size=60)
ONE_LINE = st.one_of(st.text(max_size=40), st.sampled_from(["no", "1e3", "~", "- a", "a: b", "---", " a", '"', "\\", "2026-11-20", "a #b", "\r\n", "\u2028"]))
IDS = st.text(alphabet=ALPHABET, min_size=16, max_size=16)
DIGITS = st.one_of(st.just(""), st.text(alphabet="0123456789abcdef", min_size=12, max_size=12))
SEEN = st.one_of(st.just(""), TEXT.map(content_hash))


@st.composite
def anchors(draw: st.DrawFn) -> Anchor:
    first = draw(st.integers(0, 9_999))
    return Anchor(draw(ONE_LINE), first, first and first + draw(st.integers(0, 99)), draw(ONE_LINE), draw(SEEN), draw(DIGITS), draw(DIGITS))


@st.composite
def details(draw: st.DrawFn, kind: str) -> dict[str, Detail]:
    found: dict[str, Detail] = {}
    for field in KINDS[kind].fields:
        if draw(st.booleans()):
            one = st.sampled_from(field.choices) if field.choices else ONE_LINE.filter(bool)
            found[field.name] = draw(st.lists(ONE_LINE, min_size=1, max_size=3).map(tuple)) if field.many else draw(one)
    return found | draw(st.dictionaries(st.from_regex(r"x-[a-z0-9-]{1,9}", fullmatch=True), ONE_LINE.filter(bool), max_size=2))


@st.composite
def records(draw: st.DrawFn) -> Record:
    kind = draw(st.sampled_from(sorted(KINDS)))
    body = st.lists(st.one_of(TEXT, st.sampled_from(["---", "", "  x", "# h", "\r", "```"])), max_size=5).map("\n".join).map(str.rstrip).filter(bool)
    return Record(
        draw(IDS), kind, draw(body), draw(st.sampled_from(STATUSES)), draw(st.sampled_from(sorted(TRUST))), draw(ONE_LINE), draw(ONE_LINE), draw(ONE_LINE),
        draw(ONE_LINE), draw(ONE_LINE), draw(ONE_LINE), draw(details(kind)), tuple(draw(st.lists(anchors(), max_size=3))),
        tuple(draw(st.lists(st.builds(Evidence, ONE_LINE, st.integers(0, 9_999), SEEN), max_size=2))), tuple(draw(st.lists(IDS, max_size=2))),
        draw(st.one_of(st.just(""), IDS)), draw(ONE_LINE),
    )


@settings(max_examples=300, deadline=None)
@given(records())
def test_a_record_reads_back(record: Record) -> None:
    """What was rendered is parsed to the same record, by the strict parser alone, and rendered to the same text."""
    text = record_file.render(record)

    assert record_file.parse(text, "x") == record
    assert record_file.render(record_file.parse(text, "x")) == text
    front_matter.canonical(front_matter.split(text, "x")[0], "x")


@settings(max_examples=150, deadline=None)
@given(records())
def test_yaml_agrees(record: Record) -> None:
    """PyYAML, types and all, reads the front matter as the very strings that our parser reads."""
    head, _ = front_matter.split(record_file.render(record), "x")
    ours = {key: value if isinstance(value, str) else list(value) for key, value in front_matter.canonical(head, "x").items()}

    assert yaml.safe_load(head) == ours


VALUES = st.text(alphabet="ab/ :#-.,'\"\\1{[&*!|é~", min_size=1, max_size=12)
LINES = st.lists(st.one_of(VALUES.map(lambda text: f"key: {text}\n"), VALUES.map(lambda text: f"list:\n  - a\n  - {text}\n")), min_size=1, max_size=2)


@settings(max_examples=500, deadline=None)
@given(LINES.map("".join))
def test_what_is_read_without_yaml_is_what_yaml_reads(head: str) -> None:
    """The strict parser takes a text written by hand only when PyYAML reads the same strings in it."""
    try:
        ours = front_matter.canonical(head, "x")
    except (front_matter.NotCanonicalError, InvalidRecord):
        return

    assert yaml.load(head, Loader=yaml.BaseLoader) == {key: value if isinstance(value, str) else list(value) for key, value in ours.items()}


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=200), st.text(max_size=200).map(lambda text: f"---\n{text}\n---\n\nbody\n")))
def test_any_text_is_a_record_or_refused(text: str) -> None:
    """Whatever stands in a file, the answer is a record or `InvalidRecord`."""
    try:
        record = record_file.parse(text, "x")
    except InvalidRecord:
        return
    assert record_file.parse(record_file.render(record), "x") == record
