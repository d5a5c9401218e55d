"""What a project has of its own: the style of its documents, and standing instructions that agents read anyway and that no document says again."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from passdown.actions.agent_memory import own_memory
from passdown.actions.document_files import existing
from passdown.actions.document_places import lying
from passdown.actions.flow_back import plain
from passdown.briefing.echo import Given
from passdown.briefing.heat.files import GIVEN
from passdown.errors import UnreadableFile
from passdown.formats.base import LeftOut
from passdown.formats.table import LEAST, STYLES, likeness, style
from passdown.model.record import Record
from passdown.project import Project

RULES = (*sorted(GIVEN), ".cursorrules", ".windsurfrules", ".cursor/rules/*.mdc", ".claude/CLAUDE.md", ".claude/rules/*.md")
MOST = 50  # files of a pattern
LEAST_WORDS = 4  # of a record that stands word for word in a text
SORTING = ("severity", "category", "purpose")  # details that no text says in words
LASTING = ("knowledge", "preference", "lesson", "decision", "command", "resource", "test-data")  # kinds that instructions state for good


def style_of(project: Project) -> tuple[str, tuple[str, ...]]:
    """The style that the project's documents have, by where they lie and what they say, with their paths; "" and () when there are none.

    Of several styles, the one that knows most of their headings; of these the first in the table.
    """
    found = {name: dict(documents(project, name)) for name in STYLES}
    best = max(found, key=lambda name: sum(found[name].values()))
    return (best, tuple(found[best])) if found[best] else ("", ())


def documents(project: Project, name: str) -> Iterator[tuple[str, float]]:
    """Paths of the documents that lie where the style has its own and read like it, and how much."""
    for layout in style(name).layouts:
        for path in lying(project.root, layout):
            if (like := likeness(layout, readable(path))) >= LEAST:
                yield path.relative_to(project.root).as_posix(), like


def readable(path: Path) -> str:
    """The file's text, "" when there is none."""
    try:
        return (existing(path) or "") if path.is_file() else ""
    except UnreadableFile:
        return ""


def instructions(project: Project) -> dict[str, str]:
    """What agents read by themselves: standing instructions and the memory that an agent keeps of this project, by path (`~/…` outside of it)."""
    found = {path.relative_to(project.root).as_posix(): path for pattern in RULES for path in sorted(project.root.glob(pattern))[:MOST]}
    found |= dict(own_memory(project))
    return {name: text for name, path in found.items() if (text := readable(path))}


def said_there(records: Sequence[Record], texts: Mapping[str, str]) -> list[LeftOut]:
    """Records of which standing instructions say every part."""
    given = {name: (plain(text), Given((text,))) for name, text in texts.items()}
    found = ((r, next((name for name, (words, one) in given.items() if says_all(words, one, r)), "")) for r in records if r.kind in LASTING)
    return [LeftOut(r.id, r.title, f"{name} says it already") for r, name in found if name]


def says_all(words: str, given: Given, record: Record) -> bool:
    """Whether a text says a record, with its details, in the same words or in one sentence of nearly the same. words: the text, `plain`."""
    told = " ".join((record.text, *(record.detail(n) for n in record.details if n not in SORTING)))
    return (told.count(" ") + 1 >= LEAST_WORDS and plain(told) in words) or given.says(told)


__all__ = ["instructions", "said_there", "style_of"]
