"""The page of promises names tests that are there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reliability" / "durability.md").read_text(encoding="utf-8")


def test_every_promise_names_a_test() -> None:
    """Each row of promises names at least one test, and each test that the page names exists."""
    rows = [row for row in PAGE.split("## Promises")[1].split("\n## ")[0].splitlines() if row.startswith("| ")][2:]
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)

    assert rows
    assert [row for row in rows if "::test_" not in row] == []
    assert [name for path, name in named if f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8")] == []
