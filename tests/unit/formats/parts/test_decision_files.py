"""A decision in a file of its own: what its details may say."""

import pytest

from passdown.formats import sectioned
from passdown.formats.base import Material, Overview
from passdown.formats.table import style
from passdown.model.ids import derived_id
from passdown.model.record import Record


@pytest.mark.parametrize("why", ["# no heading", "## Decision", "```sh", "- one server less", "**Why:** asked"])
def test_a_reason_that_looks_like_markdown_stays_a_reason(why: str) -> None:
    """It is said once, a second update changes nothing, and it is read back."""
    record = Record(derived_id(why), "decision", "Orders are kept for ninety days", trust="user", created="2026-11-20T09:00:00Z", details={"why": why})
    material = Material("2026-11-21T12:00:00Z", root="/home/dev/shop", records=(record,), overview=Overview("shop"))
    file = next(p for p in style("decisions").documents(material, {}) if "orders" in p.path)
    once = sectioned.update(file.layout, "", file.material).text

    assert sectioned.update(file.layout, once, file.material).text == once
    assert once.count(f"{record.id}.why") == 1
