"""What a memory document says of itself, in each form in which it is written."""

import pytest

from passdown.loading.metadata import Metadata, metadata

ELEMENT = """\
# Session Memory

<document type="session-memory" version="1.0.0" inherits="/CLAUDE.md">
  <metadata>
    <domain>sessions</domain>
    <scope>Production session management</scope>
    <inheritance-level>Tier 3 - Domain Memory</inheritance-level>
    <selective-loading>true</selective-loading>
    <loads-when>session management, production tracking</loads-when>
    <triggers>session|production</triggers>
  </metadata>
</document>

## First section
"""
FRONT = """\
---
type: session-memory
version: 1.0.0
inherits: /CLAUDE.md
domain: sessions
scope: Production session management
tier: 3
selective_loading: yes
loads-when: [session management, production tracking]
triggers:
  - session
  - production
---
# Session Memory
"""
INLINE = """\
# Session Memory

- **Type:** session-memory
- **Version:** 1.0.0
- **Inherits:** /CLAUDE.md
- **Domain:** sessions
- **Scope:** Production session management
- **Tier:** 3
- **Selective loading:** true
- **Loads when:** session management, production tracking
- **Triggers:** session|production

## First section
"""


def shape(about: Metadata) -> tuple[object, ...]:
    return (about.type, about.version, about.domain, about.scope, about.inherits, about.tier, about.selective,
            [t.text for t in about.loads_when], [t.text for t in about.triggers])


@pytest.mark.parametrize("text", [ELEMENT, FRONT, INLINE], ids=["element", "front matter", "lines"])
def test_every_form_says_the_same(text: str) -> None:
    """Type, version, domain, scope, parents, tier, selective loading, loads-when and triggers are read wherever they stand."""
    about, findings = metadata(text, "m.md")

    assert shape(about) == ("session-memory", "1.0.0", "sessions", "Production session management", ("/CLAUDE.md",), 3, True,
                            ["session management", "production tracking"], ["session", "production"])
    assert about.present
    assert findings == []


@pytest.mark.parametrize("text", [ELEMENT, FRONT], ids=["element", "front matter"])
def test_the_text_begins_behind_the_metadata(text: str) -> None:
    """Metadata is not loaded with the text."""
    about, _ = metadata(text)

    assert "triggers" not in text[about.body:]
    assert text[about.body:].strip()


def test_the_comment_of_a_domain_context_is_read() -> None:
    """Type and purpose stand in the second line of some documents; they alone do not make one that is loaded by a task."""
    about, _ = metadata("# Orders\n<!-- Domain Context | Token Budget: 4K | Purpose: Orders & returns -->\n")

    assert (about.type, about.scope, about.present) == ("Domain Context", "Orders & returns", False)


def test_a_plain_document_has_none() -> None:
    """Prose with colons, keys in a later section or in fenced text make no metadata."""
    about, findings = metadata("# Notes\n\nNote: this is prose.\n\n## Loading\n\n- triggers: a|b\n\n```\n<document inherits=\"x\">\n```\n")

    assert not about.present
    assert findings == []


@pytest.mark.parametrize(("text", "code"), [
    ("<document inherits='a.md'>\n<metadata>\n<triggers>a</triggers>\n\n## Section\n", "metadata-unclosed"),
    ("<document><metadata><selective-loading>sometimes</selective-loading></metadata></document>", "metadata-value"),
])
def test_what_is_wrong_is_a_finding(text: str, code: str) -> None:
    """It is told, and the rest is read."""
    about, findings = metadata(text, "m.md")

    assert [f.code for f in findings] == [code]
    assert about.present


@pytest.mark.parametrize("text", ["", "---\n", "---\nkey\n: :\n- x\n---\n", "<document", "<document>" * 5_000,
                                  "---\n" + "a: b\n" * 100_000, "<metadata>" * 9_000 + "<a>x</b>"])
def test_broken_metadata_never_raises(text: str) -> None:
    """Whatever stands at the head."""
    metadata(text)
