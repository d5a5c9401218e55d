"""The page that says where each clause lives names what there is."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "systems.md").read_text(encoding="utf-8")


def test_every_test_it_names_is_there() -> None:
    """A renamed test must be renamed there too."""
    defined = {name for path in (ROOT / "tests").rglob("test_*.py") for name in re.findall(r"^def (test_\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)}

    assert sorted(set(re.findall(r"`(test_\w+)`", PAGE)) - defined) == []


def test_every_module_it_names_is_there() -> None:
    """Paths are below `formats/`, or say where they are."""
    source = ROOT / "src" / "passdown"
    bases = (ROOT, source, source / "formats", source / "formats" / "styles")
    named = set(re.findall(r"`((?:\w+/)*\w+\.py)`", PAGE))

    assert [name for name in sorted(named) if not any((base / name.removeprefix("src/passdown/")).is_file() for base in bases)] == []
