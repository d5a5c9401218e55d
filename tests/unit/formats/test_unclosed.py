"""A fence that is never closed: what we add stands in front of it, where it is Markdown."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from passdown.formats import sectioned
from passdown.formats.base import Layout, Material
from passdown.formats.marked import keys
from passdown.formats.outline import FENCE, LINE
from passdown.formats.table import STYLES, detect, style
from passdown.formats.unclosed import apart, unclosed
from passdown.model.ids import derived_id
from passdown.model.record import Record

AT = "2026-11-20T09:00:00Z"
RECORDS = tuple(
    Record(derived_id(kind), kind, f"What we say of a {kind}", trust="noted", created=AT, updated=AT)
    for kind in ("decision", "task", "knowledge", "issue", "blocker"))
MATERIAL = Material("2026-11-20T12:00:00Z", root="/home/dev/shop", records=RECORDS)
LAYOUTS = [one for name in STYLES for one in style(name).layouts]
DOCUMENT = "# Handoff\n\nSome words.\n\n## Commands\n\nRun it:\n\n```sh\nmake test\n"


@pytest.mark.parametrize(("text", "at"), [
    ("```\na\n```\n", None), ("a\n```\nb\n", 1), ("```\na\n~~~\n", 0), ("````\n```\n````\n", None), ("```a``` is code\n", None), ("```\na\n```sh\n", 0),
    ("- item\n  ```\n  code\n", 1)])
def test_the_fence_that_stays_open_is_found(text: str, at: int | None) -> None:
    """A fence is closed by one of its own kind, as long, with nothing behind it."""
    assert unclosed(LINE.findall(text)) == at


def test_a_list_item_is_not_torn_from_its_block() -> None:
    """What is put in front of the block is put in front of the item that holds it."""
    assert apart("# A\n\n- one\n- two\n\n  ```\n  code\n") == ("# A\n\n- one\n", "- two\n\n  ```\n  code\n")


@pytest.mark.parametrize("layout", [one for one in LAYOUTS if not one.whole], ids=lambda one: one.name)
def test_what_we_add_stands_before_the_open_fence(layout: Layout) -> None:
    """All marks of ours lie in front of it, the bytes behind it are as they were, and a second update changes nothing."""
    held(layout, DOCUMENT)


def test_a_section_with_an_open_fence_stays_the_last_one() -> None:
    """New sections are put in front of it, so that its code does not come under a heading of ours."""
    layout = next(one for one in LAYOUTS if one.name == "handoff")
    text = sectioned.update(layout, DOCUMENT, MATERIAL).text
    assert text.rindex("\n## ") == text.index("\n## Commands")


def test_lines_of_ours_behind_an_open_fence_are_updated_where_they_are() -> None:
    """Who opens a fence in a document of ours and forgets to close it gets nothing twice."""
    layout = next(one for one in LAYOUTS if one.name == "handoff")
    text = sectioned.update(layout, "", MATERIAL).text
    at = text.index("\n## ") + 1
    opened = f"{text[:at]}```\n{text[at:]}"
    again = sectioned.update(layout, opened, replace(MATERIAL, records=RECORDS[1:])).text
    assert all(again.count(f"pd:{r.id}") == 1 for r in RECORDS[1:])


def test_every_real_document_cut_off_within_a_fence_keeps_its_bytes(data: Path) -> None:
    """Each block of each document in turn loses its end; ours stand in front of it."""
    cut = 0
    for path in sorted(p for p in (data / "documents").rglob("*.md") if p.is_file()):
        text = path.read_text("utf-8", "replace")
        layout = detect(text)
        for at in ends(text)[:6] if layout and not layout.whole else ():
            held(layout, text[:at])
            cut += 1
    assert cut > 100


def ends(text: str) -> list[int]:
    """Offsets in the middle of the first lines of fenced blocks."""
    out, at, fence = [], 0, ""
    for line in LINE.findall(text):
        found = FENCE.match(line)
        if fence and line.strip() == fence:
            fence = ""
        elif not fence and found and "<!-- pd:" not in text:
            fence = found[1]
            out.append(at + len(line) + 3)
        at += len(line)
    return [one for one in out if unclosed(LINE.findall(text[:one])) is not None]


def held(layout: Layout | None, text: str) -> None:
    assert layout
    front, rest = apart(text.replace("\r\n", "\n"))
    assert rest
    done = sectioned.update(layout, text, MATERIAL)
    after = done.text.replace("\r\n", "\n")
    assert after.endswith(rest)
    assert not keys(rest)
    assert {r.id for r in RECORDS if r.id not in keys(after)} <= {one.key for one in done.left_out}
    assert apart(after)[1] == rest
    assert sectioned.update(layout, done.text, MATERIAL).text == done.text
    assert all(line in after.split("\n") for line in front.split("\n") if line.strip())
