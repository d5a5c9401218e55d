"""`@path#anchor`, `@dir_*/`: what is a reference and where it may point."""

import pytest

from passdown.loading.markdown import Markdown
from passdown.loading.references import places, references


def found(text: str) -> list[tuple[str, str]]:
    return [(r.path, r.anchor) for r in references(Markdown(text))]


@pytest.mark.parametrize(("text", "expected"), [
    ("→ Load: @docs/memory/CLAUDE.md#research-context", [("docs/memory/CLAUDE.md", "research-context")]),
    ("### Batches - `@batch_research_*/`", [("batch_research_*/", "")]),
    ("- See: @.claude/context/*.md for more (@templates/).", [(".claude/context/*.md", ""), ("templates/", "")]),
    ("Load @/docs/a.md, then @../b.md.", [("/docs/a.md", ""), ("../b.md", "")]),
    ("1. **`@CLAUDE.md`** - guide", [("CLAUDE.md", "")]),
    ("mail dev@example.com, ask @someone, use @dataclass and @property", []),
    ("`@scope/package` is a package", [("scope/package", "")]),
    ("@@x.md and a@b.md", []),
])
def test_references_are_told_from_names(text: str, expected: list[tuple[str, str]]) -> None:
    """Addresses, people and decorators are none."""
    assert found(text) == expected


def test_what_may_be_something_else_is_not_certain() -> None:
    """A package's name has the form of a path: that it leads nowhere is no fault."""
    certain = {r.path: r.certain for r in references(Markdown("@scope/package @docs/a.md @docs/ @x/y#part"))}

    assert certain == {"scope/package": False, "docs/a.md": True, "docs/": True, "x/y": True}


def test_an_import_stands_alone() -> None:
    """`- Load: @x.md` is one, a reference within a sentence is not."""
    alone = [r.alone for r in references(Markdown("@a.md\n- Load: @b.md\n→ @c.md\nas @d.md says\n- Agents: @e.md\n"))]

    assert alone == [True, True, True, False, False]


@pytest.mark.parametrize(("path", "document", "expected"), [
    ("b.md", "docs/a.md", ("docs/b.md", "b.md")),
    ("./b.md", "docs/a.md", ("docs/b.md", "b.md")),
    ("/b.md", "docs/a.md", ("b.md",)),
    ("../b.md", "docs/a.md", ("b.md",)),
    ("../../b.md", "docs/a.md", ()),
    ("docs/../../b.md", "a.md", ()),
    ("~/b.md", "a.md", ()),
    ("C:/b.md", "a.md", ()),
    ("/../../etc/passwd", "a.md", ()),
    ("batch_*/", "docs/a.md", ("docs/batch_*/", "batch_*/")),
])
def test_places_stay_in_the_project(path: str, document: str, expected: tuple[str, ...]) -> None:
    """Relative to the document, then to the root; never above it."""
    assert places(path, document) == expected
