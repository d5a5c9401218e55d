"""The values of loading: what to read and in which order, what was loaded, what was left out, and why."""

import msgspec

from passdown.model.finding import Finding
from passdown.model.ids import derived_id


class Document(msgspec.Struct, frozen=True):
    """One document to read, or a part of it. tier: 1 is the base, 0 when it has none. tokens: by the estimate, of that part.

    first, last: 1-based lines, 0 for the whole. section: the heading of that part, "" for the whole.
    """

    path: str
    why: str
    tokens: int = 0
    tier: int = 0
    first: int = 0
    last: int = 0
    section: str = ""

    @property
    def place(self) -> str:
        """`path` or `path:first-last`."""
        return f"{self.path}:{self.first}-{self.last}" if self.first else self.path


class Settled(msgspec.Struct, frozen=True):
    """What the project's documents have settled and the task touches. kind: `decision`, `deferral` or `avoid`. text: one line, quoted from the document.

    id: as `item_id` gives it.
    """

    kind: str
    text: str
    path: str
    first: int
    last: int
    until: str = ""  # of a deferral: the phase before which it holds, such as `phase 4`
    id: str = ""

    @property
    def place(self) -> str:
        return f"{self.path}:{self.first}" + (f"-{self.last}" if self.last > self.first else "")


def item_id(words: str) -> str:
    """What an item of a document is known by, wherever it stands: a digest of its words, of a decision those of its title without the number."""
    return derived_id("document item", " ".join(words.lower().split()))


class Reading(msgspec.Struct, frozen=True):
    """What the task needs of the project's documents. Empty when there are none.

    documents: in reading order. scenario: a name of `scenario.SCENARIOS`, "" without a session context. phase: the present one, such as `phase 1`.
    """

    documents: tuple[Document, ...] = ()
    findings: tuple[Finding, ...] = ()
    scenario: str = ""
    phase: str = ""
    settled: tuple[Settled, ...] = ()


class Piece(msgspec.Struct, frozen=True):
    """Text to load. first, last: its lines in the document. why: what asked for it. rank: the lower, the sooner it gets its share of the budget.

    after: the last line of the piece that it goes on from, with nothing but blank lines between; 0 when there is none.
    """

    path: str
    first: int
    last: int
    text: str
    why: str
    tier: int = 0
    rank: int = 0
    tokens: int = 0
    after: int = 0

    @property
    def place(self) -> str:
        return f"{self.path}:{self.first}-{self.last}"


class Considered(msgspec.Struct, frozen=True):
    """A document (first is 0) or block that was looked at, whether it is loaded, and why or why not."""

    path: str
    first: int
    last: int
    loaded: bool
    why: str


class Loaded(msgspec.Struct, frozen=True):
    """pieces: in order, base before derived, lines ascending within a document. left_out: what did not fit.

    tokens: of the rendered text; needed: of the rendered text if nothing had been left out. listed: lines that each list in it may have.
    """

    pieces: tuple[Piece, ...] = ()
    left_out: tuple[Piece, ...] = ()
    considered: tuple[Considered, ...] = ()
    reading: Reading = Reading()
    budget: int = 0
    tokens: int = 0
    needed: int = 0
    listed: int = 12


__all__ = ["Considered", "Document", "Loaded", "Piece", "Reading", "Settled"]
