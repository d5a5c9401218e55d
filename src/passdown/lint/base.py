"""What a rule sees and says: one document as it was read, what is known of the world, problems with their places."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

import msgspec

from passdown.formats import sectioned
from passdown.formats.base import Found, GitState, Layout
from passdown.formats.document import unified
from passdown.formats.outline import LINE, Part, fences, parts
from passdown.lint import page
from passdown.loading.sources import Sources
from passdown.model.finding import Severity
from passdown.model.record import Record
from passdown.model.session import Session

DATED = re.compile(r"\d{4}-\d{2}-\d{2}")


class Reading(msgspec.Struct, frozen=True, dict=True):
    """One document. path: as it was given. lines: without line ends, LF. layout: None for a document of no style.

    parts: (number of its first line, part), in order; put together they are the text with LF. found: what the document says, as records with their lines.
    raw: the text with the line ends that it has, of as many lines.
    """

    path: str
    text: str
    lines: tuple[str, ...]
    layout: Layout | None
    parts: tuple[tuple[int, Part], ...]
    found: tuple[Found, ...]
    raw: str = ""

    @property
    def living(self) -> bool:
        """Whether it is kept up to date: what a document with a date in its name said of its day stays true."""
        return not DATED.search(self.path.rsplit("/", 1)[-1])

    @cached_property
    def fenced(self) -> tuple[str, ...]:
        """For each line its part in a fenced block: `open`, `in` (its last line too), "" outside."""
        return tuple(fences(self.lines))

    @cached_property
    def front(self) -> int:
        """How many lines of front matter there are, its fences included."""
        return page.front_lines(self.lines)

    @cached_property
    def prose(self) -> tuple[tuple[int, str], ...]:
        """Number and text of each line that is not empty, outside of fenced blocks, front matter and comments; our marks taken out."""
        return tuple(page.prose(self.lines, self.fenced, self.front))

    @cached_property
    def uncoded(self) -> tuple[tuple[int, str], ...]:
        """`prose` with what stands in code spans blanked out."""
        return tuple(page.without_code(self.prose))

    @cached_property
    def headings(self) -> tuple[page.Heading, ...]:
        return tuple(page.headings(self.lines, self.fenced, self.front))

    @cached_property
    def entries(self) -> tuple[page.Entry, ...]:
        """What it says, each with all that belongs to it, in order; those of its archive left out."""
        sections = {line: part.number for line, part in self.parts if part.number}
        every = page.entries(self.lines, self.found, self.headings, sections)
        return tuple(e for e in every if e.section != sectioned.ARCHIVE)

    def body(self, number: int) -> str:
        """The text below the heading of a section, subsections not, "" when the document has no such section."""
        return next((part.body for _, part in self.parts if part.number == number), "")


class World(msgspec.Struct, frozen=True):
    """What is known besides the document; None or empty where it cannot be known, and then nothing is said of it.

    today: YYYY-MM-DD. exists: whether a path below the root (or beside the document) is there. resolves: whether a command line can be run (None: nobody can
    tell), and why not. git: its state now. sessions: of this project, the last ended first. changed: paths that the last session and git changed.
    records: what the store says of ids in the document: id → status. standing: mark and note of a place, by `Anchor.place`.
    sources: the project's files, for what a document inherits. settled: path and text of the documents in which the project put things off.
    known: active records of the store, the last updated first.
    """

    today: str
    exists: Callable[[str], bool] | None = None
    resolves: Callable[[str], tuple[bool | None, str]] | None = None
    git: GitState | None = None
    sessions: tuple[Session, ...] = ()
    changed: tuple[str, ...] = ()
    records: Mapping[str, str] = msgspec.field(default_factory=dict)
    standing: Mapping[str, str] = msgspec.field(default_factory=dict)
    sources: Sources | None = None
    settled: tuple[tuple[str, str], ...] = ()
    known: tuple[Record, ...] = ()


class Edit(msgspec.Struct, frozen=True):
    """Lines first to last (from 1, inclusive) become `text` (with its line ends; "" takes them out). One that names no lines of the document is not made."""

    first: int
    last: int
    text: str


class Problem(msgspec.Struct, frozen=True):
    """What a rule says of one place. line: from 1, 0 for the whole document. edit: a repair that loses nothing, None where only the author can mend it."""

    line: int
    message: str
    fix: str = ""
    edit: Edit | None = None


class Rule(msgspec.Struct, frozen=True):
    """code: stable, lower case with dashes. says: one sentence for people: what is wrong and why it matters. source: which of the systems asks for it."""

    code: str
    severity: Severity
    says: str
    check: Callable[[Reading, World], Iterator[Problem]]
    source: str = ""


def read(path: str, text: str, layout: Layout | None) -> Reading:
    """A document as rules see it. Never raises, whatever the text."""
    raw, text = text, unified(text)
    cut = sectioned.cut(layout, text) if layout else parts(text, lambda _: 0)
    placed: list[tuple[int, Part]] = []
    first = 1
    for part in cut:
        placed.append((first, part))
        first += part.text.count("\n")
    lines = tuple(line.rstrip("\r\n") for line in LINE.findall(text))
    return Reading(path, text, lines, layout, tuple(placed), sectioned.parse(layout, text) if layout else (), raw)


__all__ = ["DATED", "Edit", "Problem", "Reading", "Rule", "World", "read"]
