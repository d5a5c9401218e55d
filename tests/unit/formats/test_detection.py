"""Which style a document has, by its content."""

from collections import Counter
from pathlib import Path

import pytest

from passdown.formats.table import detect, has

NONE = [
    "", "# Shop\n\nSells things.\n\n## Install\n\nRun it.\n\n## Usage\n\nSo.\n\n## License\n\nMIT\n",
    "# Guide\n\nWrite this:\n\n```\n# CONTINUITY.md\n## Goal\n## Constraints/Assumptions\n```\n\nand `[UPDATED: 2026-11-01]`.\n",
    "# Decisions\n\nTeam decisions. They are not tasks.\n",
    "# Design\n\n## Decisions\n\n- **All values are frozen**: measured.\n- **No click**: slow.\n", "a\n" * 50]
EXPECTED = {  # of the folders of real documents; what else a folder holds is guides and READMEs, which are of no style
    "10-agent-instructions": {}, "6-continuity": {"continuity": 36}, "9-adr": {"decisions": 15},
    "7-memory-bank": {f"memory-bank/{n}": 1 for n in ("projectbrief", "productContext", "systemPatterns", "techContext")} | {
        "memory-bank/activeContext": 2, "memory-bank/progress": 2}}


@pytest.mark.parametrize("text", NONE)
def test_other_documents_are_of_no_style(text: str) -> None:
    """READMEs, guides that show such a document in code, pages that share one heading with it."""
    assert detect(text) is None


def test_a_sign_of_several_pieces_has_them_in_order() -> None:
    """Each is looked for behind the one before; one that is missing, or stands above, makes it none."""
    sign = ("(?m)^## Context", "(?m)^## Decision", "(?m)^## Consequences")

    assert has(sign, "## Context\n## Decision\n## Consequences\n")
    assert not has(sign, "## Context\n## Consequences\n## Decision\n")
    assert not has(sign, "## Context\n## Decision\n")


def test_real_documents_are_known_and_readmes_are_not(data: Path) -> None:
    """By folder; no README, guide or file of instructions is taken for a hand-off."""
    found: dict[str, Counter[str]] = {name: Counter() for name in EXPECTED}
    for path in (p for p in (data / "documents").rglob("*.md") if p.is_file()):
        layout = detect(path.read_text(encoding="utf-8"))
        if layout:
            found.setdefault(path.relative_to(data / "documents").parts[0], Counter())[layout.name] += 1
            assert not path.name.lower().endswith("readme.md"), path.name
    assert {name: dict(found[name]) for name in EXPECTED} == EXPECTED
