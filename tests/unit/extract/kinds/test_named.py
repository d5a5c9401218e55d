"""Lessons, resources, commands, test data and untried ways: kinds that are known by how they are named."""

import pytest

from passdown.extract.base import Context, Speaker
from passdown.extract.said import candidates
from passdown.model.record import KINDS, Detail


def _told(text: str, by: Speaker = "agent") -> list[tuple[str, dict[str, Detail]]]:
    return [(c.kind, dict(c.details)) for c in candidates(text, Context(by))]


@pytest.mark.parametrize(("by", "text", "kind", "details"), [
    ("agent", "Lesson learned: rebuild the index before comparing timings.", "lesson", {}),
    ("agent", "In hindsight we should have measured the old query first.", "lesson", {}),
    ("user", "the spec for the label printer is at https://example.com/labels/v2", "resource", {"link": "https://example.com/labels/v2"}),
    ("agent", "The retry rules are described in docs/retries.md.", "resource", {"link": "docs/retries.md"}),
    ("agent", "To verify the importer, run `make importer-check`.", "command", {"purpose": "verify"}),
    ("user", "the e2e suite is started with `npm run e2e`", "command", {"purpose": "run"}),
    ("agent", "The test tenant `acme-2` is valid until 2027-03-31.", "test-data", {"expires": "2027-03-31"}),
    ("user", "use the customer dump of 2026-10-01 as test data", "test-data", {"as-of": "2026-10-01"}),
    ("agent", "Not tried yet: compressing the payload before it is signed.", "approach", {"outcome": "untried"}),
])
def test_a_named_kind_has_its_details(by: Speaker, text: str, kind: str, details: dict[str, Detail]) -> None:
    """Address, purpose and days come from the sentence."""
    [(found, has)] = _told(text, by)
    assert (found, {name: has[name] for name in details}) == (kind, details)
    assert set(has) <= {field.name for field in KINDS[found].fields}


@pytest.mark.parametrize("text", [
    "I updated docs/retries.md with the new limits.",
    "Let me run `make importer-check` to verify the importer.",
    "I ran `npm run e2e` and it passed.",
    "Should I see docs/retries.md for the details?",
    "The fixture is created on 2026-10-01 by the script that failed.", "We could see https://example.com for how it works.",
])
def test_what_was_only_done_or_looked_at_is_none(text: str) -> None:
    """A document that was edited and a command that was run are facts of the session."""
    assert [kind for kind, _ in _told(text) if kind in ("resource", "command", "test-data", "lesson")] == []
