"""What every style of document is made from, and what it promises: one file in `styles/` behind this contract.

A document is rendered from `Material`, which the action gathers: records, session facts, project facts, git. Styles compute; they read no file and no clock.
A style is a value: the layouts of its documents. `formats.sectioned` writes, updates and reads any document by its layout.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from passdown.model.record import Record
from passdown.model.session import Session
from passdown.workflows.registry import Row


class Commit(msgspec.Struct, frozen=True):
    """day: YYYY-MM-DD of the commit, UTC. files: paths that it changed. added, removed: lines, -1 where nobody counted."""

    sha: str
    subject: str
    day: str = ""
    files: tuple[str, ...] = ()
    added: int = -1
    removed: int = -1


class GitState(msgspec.Struct, frozen=True):
    """What git says. changed: uncommitted paths with git's two letters. remote: how it stands with its upstream, in words.

    stopped: `path:line` of the last hunk in the file that was edited last and is not committed, "" when there is none.
    commits: the newest first.
    """

    branch: str = ""
    commit: Commit | None = None
    changed: tuple[tuple[str, str], ...] = ()
    remote: str = ""
    stopped: str = ""
    commits: tuple[Commit, ...] = ()


class Overview(msgspec.Struct, frozen=True):
    """Project facts. directories: (path, what it is for). commands: (command, purpose, file that says so), purposes as in `extract.project_facts`."""

    name: str = ""
    about: str = ""
    stack: tuple[str, ...] = ()
    entry_points: tuple[str, ...] = ()
    directories: tuple[tuple[str, str], ...] = ()
    commands: tuple[tuple[str, str, str], ...] = ()


class Material(msgspec.Struct, frozen=True):
    """All that a document may say. now: UTC ISO. root: the project's absolute directory; "" when the document is for others too.

    records: those that hold, the last updated first. done: resolved ones. cleared: blockers that are out of the way.
    sessions: the last ended first. git: None outside a work tree.
    standing: mark and note of an anchored place, by `Anchor.place`. memory: (path, what it says) of other context files.
    existing: paths of the project that are there, among those that the material names.
    written: when the existing document was last written, UTC ISO, "" when there is none.
    assessment: lines on how good the document is, computed from it, by name (`score`, `confidence`, `recovery`); empty while it is not known.
    variant: the kind of work that a style has a form of its own for (`bug`, `feature`, `refactor`), "" when it is to be measured.
    productions: where each stands, the open ones first.
    expired: records whose last day is over: no document says them, and every report names them.
    withheld: ids of records that the existing document says and must not say any more, in its archive neither: forgotten, or private where git has it.
      An item of theirs that somebody rewrote is that person's and stays; every update names it in `Draft.edited`.
    """

    now: str
    root: str = ""
    overview: Overview = msgspec.field(default_factory=Overview)
    records: tuple[Record, ...] = ()
    done: tuple[Record, ...] = ()
    cleared: tuple[Record, ...] = ()
    sessions: tuple[Session, ...] = ()
    git: GitState | None = None
    standing: Mapping[str, str] = msgspec.field(default_factory=dict)
    memory: tuple[tuple[str, str], ...] = ()
    existing: frozenset[str] = frozenset()
    written: str = ""
    assessment: Mapping[str, str] = msgspec.field(default_factory=dict)
    variant: str = ""
    withheld: frozenset[str] = frozenset()
    expired: tuple[Record, ...] = ()
    productions: tuple[Row, ...] = ()

    @property
    def today(self) -> str:
        return self.now[:10]


class Item(msgspec.Struct, frozen=True):
    """One thing that a document says. key: a record's id, or a short name of a fact. text: Markdown, one or more lines, no line end behind the last."""

    key: str
    text: str


class LeftOut(msgspec.Struct, frozen=True):
    """What has no place in the document, and why."""

    key: str
    title: str
    why: str


class SectionLines(msgspec.Struct, frozen=True):
    """How long a section came out. number: of the heading, from 1."""

    number: int
    name: str
    lines: int
    budget: int


class Draft(msgspec.Struct, frozen=True):
    """A document and what was done to it.

    updated: names of the sections that changed. edited: keys of our items that somebody rewrote by hand: they stay as they are.
    archived, expired: how many entries went into the archive, and out of it.
    """

    text: str
    sections: tuple[SectionLines, ...] = ()
    updated: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    archived: int = 0
    expired: int = 0
    left_out: tuple[LeftOut, ...] = ()


class Found(msgspec.Struct, frozen=True):
    """A record as a document says it. first, last: its lines, from 1, both inclusive. edited: it carries our mark and was rewritten since."""

    record: Record
    section: int
    first: int
    last: int
    edited: bool = False


class Check(msgspec.Struct, frozen=True):
    """One point of a style's self-verification. ok: None when it cannot be known."""

    name: str
    ok: bool | None
    why: str


class Gap(msgspec.Struct, frozen=True):
    """What is missing, and the command that fills it."""

    what: str
    fix: str


Make = Callable[[Material], Iterator[Item]]
Around = Callable[[Sequence[Item], Material], tuple[Item, Item]]


class Section(msgspec.Struct, frozen=True):
    """A section of a layout. number: from 1, in the document's order, subsections too. budget: lines. within: the section that it is a part of, 0 for none.

    aliases: other headings for it, in lower case as `outline.name_of` gives them. nothing: what it says when nothing is known.
    kind: of the records that foreign list items, rows and paragraphs in it become, "" for none. given: details that such a record has for standing here.
    by_hand: a text that somebody wrote there takes the place of measured facts. head: two lines above its table rows.
    optional: it is written only when there is something to say. outdated: hand-written lines that time has overtaken, by their text.
    asks: what belongs there, for an empty template, when its kind does not say it.
    around: what stands before and behind the items for which there is room, such as a pair of tags.
    dashed: details said behind the title, with dashes between (`title - path - why`); `file` stands for the places, `text` for more text.
    """

    number: int
    name: str
    make: Make
    budget: int = 20
    aliases: tuple[str, ...] = ()
    nothing: str = ""
    kind: str = ""
    given: Mapping[str, str] = msgspec.field(default_factory=dict)
    within: int = 0
    by_hand: bool = False
    head: str = ""
    optional: bool = False
    around: Around | None = None
    outdated: Callable[[str, Material], bool] | None = None
    asks: str = ""
    dashed: tuple[str, ...] = ()


def nothing(material: Material) -> Iterator[Item]:
    """Of a section that only holds others."""
    del material
    yield from ()


class Layout(msgspec.Struct, frozen=True):
    """How one document of a style is laid out.

    name: the style's, with `/part` where a style has several. glob: where such documents lie, below the project's root, several apart by `|`; the one place
    when it has no `*`.
    title: the first lines, up to an empty line, when the document is written anew. head: items below the title; foot: items behind the last section.
    numbered: headings carry the section's number. stamped: a changed section says `[UPDATED: day]`. archive: the section for what is obsolete, "" for none.
    signs: regular expressions of what only documents of this layout say, each linear; with the headings, they tell which layout a document has. Several that
    are one sign stand one behind the other.
    dated: a regular expression for lines above the first section; its first group is the day of the last change.
    excludes: which records are not said though there would be a place, and why. read: how it is read when not by its sections (`sectioned.parse`).
    whole: the whole document from the existing one and the material, for one that is not written by sections.
    prepare: the existing text with those lines changed that a fact changes wherever they stand, such as the status of a decision that was superseded.
    """

    name: str
    glob: str
    title: Callable[[Material], str]
    sections: tuple[Section, ...]
    budget: int = 500
    head: Make = nothing
    foot: Make = nothing
    numbered: bool = False
    stamped: bool = False
    archive: str = ""
    signs: tuple[str | tuple[str, ...], ...] = ()
    dated: str = ""
    excludes: Callable[[Material], Iterator[LeftOut]] | None = None
    read: Callable[[str], tuple[Found, ...]] | None = None
    prepare: Callable[[str, Material], str] | None = None
    whole: Callable[[str, Material], str] | None = None

    @property
    def globs(self) -> tuple[str, ...]:
        return tuple(self.glob.split("|"))


class Planned(msgspec.Struct, frozen=True):
    """A document that a style wants: where (below the project's root), laid out how, from which part of the material."""

    path: str
    layout: Layout
    material: Material


class Style(msgspec.Struct, frozen=True):
    """A project's habit of keeping its memory. says: one line for people. hidden: paths that never belong into git.

    documents: what to write, from the material and the texts of documents that are there, by path: those that the layouts' globs find.
    retired: documents that are through, by path, and where they are kept from now on; from their texts, the days of their last writing and today's.
    """

    name: str
    says: str
    layouts: tuple[Layout, ...]
    documents: Callable[[Material, Mapping[str, str]], tuple[Planned, ...]]
    hidden: tuple[str, ...] = ()
    retired: Callable[[Mapping[str, str], Mapping[str, str], str], Mapping[str, str]] | None = None


__all__ = [
    "Around", "Check", "Commit", "Draft", "Found", "Gap", "GitState", "Item", "Layout", "LeftOut", "Make", "Material", "Overview", "Planned",
    "Section", "SectionLines", "Style", "nothing",
]
