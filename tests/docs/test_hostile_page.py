"""The page about hostile input names tests that are there, and counts the attacks that there are."""

import re
from pathlib import Path

from tests.hostile.attacks import ATTACKS, ORDERS

from passdown.model.suspect import suspect

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reliability" / "hostile.md").read_text(encoding="utf-8")
PATHS = {path.name: path for path in (ROOT / "tests").rglob("test_*.py")}


def test_every_promise_names_a_test_and_what_was_taken_out() -> None:
    """Each row has three cells; each test that the page names, by its file's path or name, is there."""
    rows = [row for row in PAGE.split("## Promises")[1].split("\n## ")[0].splitlines() if row.startswith("| ")][2:]
    named = re.findall(r"`(?:tests/[\w/]+/)?(test_\w+\.py)(?:::(\w+))?`", PAGE)

    assert len(rows) > 20
    assert [row for row in rows if len(row.strip("| ").split(" | ")) != 3 or not re.search(r"`[\w/]*test_|the same", row)] == []
    assert [(file, name) for file, name in named if file not in PATHS or f"def {name}" not in PATHS[file].read_text(encoding="utf-8")] == []


def test_attacks_are_counted() -> None:
    """As many as the page says, and as many of them flagged."""
    flagged = sum(bool(suspect(one)) for one in ORDERS)

    assert f"| {len(ATTACKS)} |" in PAGE
    assert f"| of {len(ORDERS)} that order something, flagged | {flagged} ({flagged / len(ORDERS):.1%}".replace("%", " %") in PAGE
