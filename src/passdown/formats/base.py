"""What every style of document is made from, and what it promises: one file in `styles/` behind this contract.

A document is rendered from `Material`, which the action gathers: records, session facts, project facts, git. Styles compute; they read no file and no clock.
"""

from collections.abc import Mapping
from typing import Protocol

import msgspec

from passdown.model.record import Record
from passdown.model.session import Session


class Commit(msgspec.Struct, frozen=True):
    """day: YYYY-MM-DD of the commit, UTC. files: paths that it changed."""

    sha: str
    subject: str
    day: str = ""
    files: tuple[str, ...] = ()


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

    records: those that hold, the last updated first. done: resolved ones. sessions: the last ended first. git: None outside a work tree.
    standing: mark and note of an anchored place, by `Anchor.place`. memory: (path, what it says) of other context files.
    existing: paths of the project that are there, among those that the material names.
    written: when the existing document was last written, UTC ISO, "" when there is none.
    withheld: ids of records that the existing document says and must not say any more, in its archive neither: forgotten, or private where git has it.
    """

    now: str
    root: str = ""
    overview: Overview = msgspec.field(default_factory=Overview)
    records: tuple[Record, ...] = ()
    done: tuple[Record, ...] = ()
    sessions: tuple[Session, ...] = ()
    git: GitState | None = None
    standing: Mapping[str, str] = msgspec.field(default_factory=dict)
    memory: tuple[tuple[str, str], ...] = ()
    existing: frozenset[str] = frozenset()
    written: str = ""
    withheld: frozenset[str] = frozenset()

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


class Style(Protocol):
    """What a module in `styles/` provides. PATH: where the document lies by default, below the project's root."""

    NAME: str
    PATH: str
    BUDGET: int

    def number(self, name: str) -> int:
        """The section that a heading names (`outline.name_of`), 0 for another one."""

    def update(self, existing: str, material: Material, budget: int) -> Draft:
        """The document brought up to date; written anew for an empty `existing`. Same material, same bytes."""

    def parse(self, text: str) -> tuple[Found, ...]:
        """What any document of this style says, also one written by hand: never raises."""


__all__ = [
    "Check", "Commit", "Draft", "Found", "Gap", "GitState", "Item", "LeftOut", "Material", "Overview", "SectionLines", "Style",
]
