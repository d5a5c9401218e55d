"""What every style of document keeps, whatever it looks like."""

import re
from collections.abc import Iterator

import pytest

from passdown.formats import sectioned
from passdown.formats.base import Commit, GitState, Layout, Material, Overview, Style
from passdown.formats.losses import of_all
from passdown.formats.table import STYLES, detect, style
from passdown.formats.template import template
from passdown.model.anchor import Anchor
from passdown.model.ids import derived_id
from passdown.model.record import KINDS, Detail, Field, Record
from passdown.model.session import CheckFact, CommitFact, FileFact, Session

AT = "2026-11-20T09:00:00Z"
NOW = "2026-11-21T10:00:00Z"
DAYS = {"as-of": "2026-11-01", "expires": "2027-01-01", "expected": "2026-12-01", "percent": "40", "stopped": "src/pay.py:12", "ticket": "SHOP-12"}
LAYOUTS = [pytest.param(layout, id=layout.name) for name in STYLES for layout in style(name).layouts]
NAMES = list(STYLES)


def value(field: Field) -> Detail:
    said = field.choices[0] if field.choices else DAYS.get(field.name, f"the {field.name} is told here")
    return (said, "a second one") if field.many else said


def records() -> Iterator[Record]:
    """Of each kind one that says everything, one that says nothing else, a quote, and one for each value that a detail may have."""
    for kind in KINDS.values():
        whole = f"A {kind.name} about the payment form\nIt has a second line.\n\nAnd one behind an empty one."
        details = {f.name: value(f) for f in kind.fields}
        yield Record(derived_id(kind.name), kind.name, whole, created=AT, details=details, anchors=(Anchor("src/pay.py", 3, 9),))
        yield Record(derived_id(kind.name, "short"), kind.name, f"Short word on the {kind.name} of carts", created=AT)
        yield Record(derived_id(kind.name, "quote"), kind.name, f"They said this {kind.name} of orders holds", trust="extracted", created=AT)
        for field in kind.fields:
            for choice in field.choices:
                text = f"The {kind.name} where {field.name} is {choice}"
                yield Record(derived_id(kind.name, choice), kind.name, text, created=AT, details={field.name: choice})


WORK = Session(
    "s-1", "claude-code", started="2026-11-20T08:00:00Z", ended="2026-11-20T10:00:00Z", title="Payment form", thread="feature/payment", active_s=5_400,
    prompts=4, goal="Build the payment form with validation.", files=(FileFact("src/pay.py", edits=3, why="The form lacks a check of the amount.", last=AT),),
    checks=(CheckFact("pytest", "pytest -q", True, passed=12, failed=0, line="12 passed", at=AT),), commits=(CommitFact("a" * 40, "Add the form", AT),))
GIT = GitState("feature/payment", Commit("a" * 40, "Add the form", "2026-11-20", ("src/pay.py",), 120, 4), (), "no upstream branch", "",
               (Commit("a" * 40, "Add the form", "2026-11-20", ("src/pay.py",), 120, 4),))
FULL = Material(NOW, root="/home/dev/shop", overview=Overview("shop", "Sells things."), records=tuple(records()), sessions=(WORK,), git=GIT,
                existing=frozenset(("src/pay.py",)))
EMPTY = Material(NOW)


def rendered(one: Style, material: Material) -> dict[str, tuple[Layout, Material, sectioned.Draft]]:
    return {p.path: (p.layout, p.material, sectioned.update(p.layout, "", p.material)) for p in one.documents(material, {})}


@pytest.mark.parametrize("name", NAMES)
def test_a_style_says_what_it_is(name: str) -> None:
    """It has the name of the table, a line for people, layouts of that name, and every layout is one that it writes or reads."""
    found = style(name)

    assert found.name == name
    assert found.says
    assert "\n" not in found.says
    assert found.layouts
    assert all(layout.name.split("/")[0] == name for layout in found.layouts)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_sections_are_a_table_without_contradictions(layout: Layout) -> None:
    """Numbers from 1 in order, parts behind what they are a part of, known kinds and details, no heading for two sections."""
    headings: dict[str, int] = {}
    for n, section in enumerate(layout.sections, 1):
        assert section.number == n
        assert section.within < n
        assert section.kind in ("", *KINDS)
        fields = {f.name: f for f in KINDS[section.kind].fields} if section.kind else {}
        assert all(name in fields and (not fields[name].choices or told in fields[name].choices) for name, told in section.given.items())
        for alias in {section.name.lower(), *section.aliases}:
            assert alias == alias.lower()
            assert headings.setdefault(alias, n) == n, f"two sections are called {alias}"
    for sign in layout.signs:
        for piece in (sign,) if isinstance(sign, str) else sign:
            re.compile(piece)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("material", [EMPTY, FULL], ids=["nothing known", "everything known"])
def test_documents_lie_in_the_project_where_their_layout_looks_for_them(name: str, material: Material) -> None:
    """A path below the root that the layout's own pattern finds again; no two documents at one place."""
    from pathlib import PurePosixPath

    planned = style(name).documents(material, {})
    assert len({p.path for p in planned}) == len(planned)
    for one in planned:
        path = PurePosixPath(one.path)
        assert not path.is_absolute()
        assert ".." not in path.parts
        assert any(path.match(glob) for glob in one.layout.globs)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("material", [EMPTY, FULL], ids=["nothing known", "everything known"])
def test_the_same_material_gives_the_same_bytes_and_an_update_changes_nothing(name: str, material: Material) -> None:
    """Rendered twice it is the same; planned again with the documents in place, the same documents stay as they are."""
    first = rendered(style(name), material)
    texts = {path: draft.text for path, (_, _, draft) in first.items()}
    again = {p.path: sectioned.update(p.layout, texts.get(p.path, ""), p.material).text for p in style(name).documents(material, texts)}

    assert {path: draft.text for path, (_, _, draft) in rendered(style(name), material).items()} == texts
    assert again == {path: texts[path] for path in again}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_not_listed_as_left_out_comes_back_whole(name: str) -> None:
    """Every record is read back from the documents with id, kind, text, details and places, or it is listed with the reason."""
    done = rendered(style(name), FULL)
    listed = {one.key for one in of_all(FULL, [(material, draft.left_out) for _, material, draft in done.values()])}
    back: dict[str, list[Record]] = {}
    for layout, _, draft in done.values():
        for found in sectioned.parse(layout, draft.text):
            back.setdefault(found.record.id, []).append(found.record)
    for record in FULL.records:
        if record.id not in listed:
            assert any(whole(record, one) for one in back.get(record.id, ())), record


def whole(record: Record, read: Record) -> bool:
    same = (read.kind, read.text, read.trust) == (record.kind, record.text, record.trust)
    return same and record.details.items() <= read.details.items() and {a.place for a in record.anchors} <= {a.place for a in read.anchors}


@pytest.mark.parametrize("name", [n for n in ("session-memory", "session-log", "session-handoff", "domain-memory", "session-context") if n in STYLES])
def test_the_five_systems_have_a_place_for_nearly_everything(name: str) -> None:
    """Of records that say everything they can, each of the five systems gives back most, whatever their kind."""
    done = rendered(style(name), FULL)
    listed = {one.key for one in of_all(FULL, [(material, draft.left_out) for _, material, draft in done.values()])}

    assert len(listed) <= len(FULL.records) / 3, [r.title for r in FULL.records if r.id in listed]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_empty_template_has_all_sections_and_holds_no_record(layout: Layout) -> None:
    """What `handoff --template` prints is a document of this layout in which nobody has said anything yet."""
    text = template(layout)

    assert layout.read or sectioned.parse(layout, text) == ()
    assert "pd:" not in text
    for section in layout.sections:
        if not (section.optional or layout.read):
            assert sectioned.heading_of(layout, section) in text


@pytest.mark.parametrize("name", NAMES)
def test_line_ends_and_byte_order_mark_stay(name: str) -> None:
    """A document with CRLF and a byte order mark has them after an update too."""
    for path, (layout, material, draft) in rendered(style(name), FULL).items():
        before = "\ufeff" + draft.text.replace("\n", "\r\n")
        fewer = sectioned.update(layout, before, with_one_more(material))

        assert fewer.text.startswith("\ufeff"), path
        assert fewer.text.count("\n") == fewer.text.count("\r\n")


def with_one_more(material: Material) -> Material:
    """The same with one record more."""
    from msgspec.structs import replace

    more = Record(derived_id("more"), "knowledge", "One thing more that was learned", created=AT)
    return replace(material, records=(more, *material.records))


@pytest.mark.parametrize("name", NAMES)
def test_what_nobody_touched_is_not_taken_for_an_edit(name: str) -> None:
    """A document that was just written holds no edited record."""
    for layout, _, draft in rendered(style(name), FULL).values():
        assert [f.record.title for f in sectioned.parse(layout, draft.text) if f.edited] == [], layout.name


@pytest.mark.parametrize("name", NAMES)
def test_a_changed_line_of_ours_is_found_as_edited(name: str) -> None:
    """Whoever rewrites a record's words in the document is heard: the record comes back with the new words, marked as edited."""
    for layout, _, draft in rendered(style(name), FULL).values():
        ids = {f.record.id for f in sectioned.parse(layout, draft.text)}
        text = draft.text.replace("of carts", "of baskets")
        edited = {f.record.id: f.record for f in sectioned.parse(layout, text) if f.edited}
        touched = {r.id for r in FULL.records if r.id in ids and "of carts" in r.text and f"pd:{r.id} " in draft.text}

        assert touched <= set(edited), layout.name
        assert all("of baskets" in edited[i].text for i in touched)


@pytest.mark.parametrize("name", NAMES)
def test_what_it_writes_is_known_as_its_own(name: str) -> None:
    """The first document of the style, written from full material, is detected by its content."""
    layout, _, draft = next(iter(rendered(style(name), FULL).values()))
    found = detect(draft.text)

    assert found is not None
    assert found.name == layout.name
