"""The pages say what the code does."""

import re
from pathlib import Path
from typing import get_args

import pytest

from passdown.cli.main import COMMANDS, load
from passdown.model import event
from passdown.model.record import KINDS, STATUSES, TRUST

ROOT = Path(__file__).parents[2]
GLOSSARY = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
FORMAT = (ROOT / "docs" / "format.md").read_text(encoding="utf-8")


def event_tags() -> set[str]:
    return {str(c.__struct_config__.tag) for c in get_args(event.Event)}


@pytest.mark.parametrize("words", [sorted(event_tags()), sorted(KINDS), list(STATUSES), list(TRUST)], ids=["events", "kinds", "statuses", "trust"])
def test_the_glossary_has_every_word_of_the_model(words: list[str]) -> None:
    """A word that the model uses stands in the glossary as code."""
    assert [w for w in words if f"`{w}`" not in GLOSSARY] == []


@pytest.mark.parametrize("words", [sorted(event_tags()), sorted(KINDS), list(STATUSES), list(TRUST)], ids=["events", "kinds", "statuses", "trust"])
def test_the_format_page_has_every_word_of_the_model(words: list[str]) -> None:
    """A reader in another language finds every tag, kind, status and trust."""
    assert [w for w in words if f"`{w}`" not in FORMAT] == []


def test_the_format_page_has_every_field_of_every_event() -> None:
    """Each field of each event is named on the format page."""
    fields = {f for c in vars(event).values() if isinstance(c, type) and issubclass(c, event.Happening) for f in c.__struct_fields__}

    assert [f for f in sorted(fields) if f"`{f}`" not in FORMAT] == []


@pytest.mark.parametrize("verb", COMMANDS)
def test_every_verb_has_help_and_is_documented(verb: str) -> None:
    """Each verb has a help text and stands on the commands page."""
    assert len(load(verb).HELP) > 30
    assert f"\n## {verb}\n" in (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")


def test_links_between_pages_lead_somewhere() -> None:
    """Every relative link in README, CONTRIBUTING and docs names a file."""
    broken = []
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text(encoding="utf-8")):
            if not (page.parent / target).exists():
                broken.append(f"{page.name}: {target}")

    assert broken == []


def test_no_page_names_a_machine() -> None:
    """The project speaks of itself alone: no absolute path of a machine stands in its sources or pages."""
    places = re.compile("/" + "work/|/tmp/" + "venv|/root" + "/")
    kinds = (".py", ".md", ".sql", ".toml", ".json")
    pages = [p for folder in ("src", "tests", "docs", "benchmarks") for p in (ROOT / folder).rglob("*") if p.suffix in kinds]

    named = [p for p in [*pages, *ROOT.glob("*.*")] if p.is_file() and places.search(p.read_text(encoding="utf-8", errors="replace"))]

    assert [str(p.relative_to(ROOT)) for p in named] == []
