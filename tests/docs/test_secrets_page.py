"""The page about secrets names tests that are there, and counts what there is."""

import re
from pathlib import Path

from passdown.redaction.table import CODES, FORMATS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reliability" / "secrets.md").read_text(encoding="utf-8")


def test_every_promise_names_a_test() -> None:
    """Each row of promises names at least one file of tests, and each that the page names is there, with the test where one is named."""
    rows = [row for row in PAGE.split("## Promises")[1].split("\n## ")[0].splitlines() if row.startswith("| ")][2:]
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", PAGE)

    assert rows
    assert [row for row in rows if "`tests/" not in row] == []
    assert [path for path, name in named if f"def {name}" not in (ROOT / path).read_text(encoding="utf-8")] == []


def test_kinds_are_counted() -> None:
    """The page says how many templates and kinds there are."""
    assert f"{len(FORMATS)} templates of {len(CODES)} kinds" in PAGE
