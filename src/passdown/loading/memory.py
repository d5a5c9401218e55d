"""System D: what of the memory documents a task loads, through inheritance, blocks and references."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

import msgspec

from passdown.loading.blocks import ALWAYS, Segment
from passdown.loading.choice import Choice, choice, holding
from passdown.loading.intervals import Intervals
from passdown.loading.reading import Considered, Piece
from passdown.loading.references import Reference, references
from passdown.loading.shelf import Page, Shelf
from passdown.loading.sources import Cost, Sources
from passdown.loading.words import Task, content
from passdown.model.finding import Finding

BLOCK, FROM_BLOCK, TEXT, FROM_TEXT = range(4)  # ranks: what the task asks for by name goes before what comes with it
MAX_DEPTH = 5  # references of references
MAX_DOCUMENTS = 60
MAX_CHARS = 2_000_000
EVERYTHING = 0, 1 << 60  # offsets


class Selection(msgspec.Struct, frozen=True):
    """pieces: bases before what is derived from them, then what references lead to, lines ascending. considered: documents and blocks, as looked at."""

    pieces: tuple[Piece, ...] = ()
    considered: tuple[Considered, ...] = ()
    findings: tuple[Finding, ...] = ()


class _Lead(msgspec.Struct, frozen=True):
    """A reference to follow: the file, the part of it, what asked for it."""

    path: str
    anchor: str
    why: str
    rank: int
    depth: int


def select(candidates: Sequence[str], sources: Sources, task: Task, cost: Cost) -> Selection:
    """What the task loads of the candidates (paths in any order): those that are memory documents, with their bases and what they refer to."""
    shelf = Shelf(sources, candidates)
    pages = [page for path in candidates if (page := shelf.page(path)) and page.memory]
    loader = _Loader(shelf, task, cost)
    asked = [(page, choice(page, task, shelf)) for page in pages]
    for page, chosen in sorted(asked, key=lambda one: (one[0].metadata.tier or one[0].path.count("/") + 1, one[0].path)):
        if loader.took_whole(page.path):
            continue
        loader.consider(page, chosen)
        if chosen.base:
            loader.take_chain(page, chosen)
        elif chosen.blocks:
            loader.take(page, chosen, blocks_only=True)
    loader.follow()
    order = {path: n for n, path in enumerate(loader.order)}
    pieces = sorted(loader.pieces, key=lambda p: (order[p.path], p.first, p.last))
    return Selection(tuple(pieces), tuple(loader.considered), shelf.findings)


class _Loader:
    """Collects pieces; a stretch of a document is taken once, for the first reason that asked for it."""

    def __init__(self, shelf: Shelf, task: Task, cost: Cost) -> None:
        self._shelf, self._task, self._cost = shelf, task, cost
        self._leads: list[_Lead] = []
        self._taken: dict[str, Intervals] = {}
        self._whole: set[str] = set()
        self._chars = 0
        self._passed_over: dict[str, str] = {}
        self.order: list[str] = []
        self.pieces: list[Piece] = []
        self.considered: list[Considered] = []

    def took_whole(self, path: str) -> bool:
        return path in self._whole

    def consider(self, page: Page, chosen: Choice) -> None:
        """Note for `--explain` what was decided about a document and each of its blocks."""
        self._shelf.say(*page.findings)
        self.considered.append(Considered(page.path, 0, 0, chosen.loads, chosen.why))
        for number, condition in enumerate(page.blocks.conditions):
            held = number in chosen.blocks
            why = chosen.blocks[number] if held else "the block around it is not asked for" if condition.parent not in (ALWAYS, *chosen.blocks) \
                else f"no alternative of `{condition.task[:80]}` is in the task"
            self.considered.append(Considered(page.path, condition.first, condition.last, held, why))

    def take_chain(self, page: Page, chosen: Choice) -> None:
        """A document behind its bases."""
        for path in self._shelf.chain(page.path):
            base = self._shelf.page(path)
            if path == page.path:
                self.take(page, chosen)
            elif base and path not in self._whole:
                self.take(base, self._inherited(base, page))

    def _inherited(self, base: Page, derived: Page) -> Choice:
        own = choice(base, self._task, self._shelf) if base.memory else Choice(False, "", {})
        if own.base:
            return own
        held = Choice(True, f"{derived.path} inherits from it", own.blocks)
        self.consider(base, held)
        return held

    def take(self, page: Page, chosen: Choice, *, blocks_only: bool = False) -> None:
        """A document's text and the blocks that hold; of these alone, each with the heading that it stands under."""
        if blocks_only:
            for number, why in chosen.blocks.items():
                self._heading(page, page.blocks.conditions[number].first, why)
        else:
            self._whole.add(page.path)
        for n, segment in enumerate(page.blocks.segments):
            if segment.condition in chosen.blocks:
                rank = TEXT if page.metadata.selective is False else BLOCK
                self._segment(page, segment, chosen.blocks[segment.condition], rank, 0)
            elif segment.condition == ALWAYS and not blocks_only and not _only_heads(page, n, chosen):
                self._segment(page, segment, chosen.why, TEXT, 0)

    def _heading(self, page: Page, line: int, why: str) -> None:
        """Take the line of the heading above a block, which may refer to what the block is about."""
        above = [s for s in page.markdown.sections if s.first <= line <= s.last]
        if above:
            self._segment(page, Segment(*page.markdown.span(above[-1].first, above[-1].first)), why, BLOCK, 0)

    def _segment(self, page: Page, segment: Segment, why: str, rank: int, depth: int, within: tuple[int, int] = EVERYTHING) -> None:
        """Take a segment, in parts that may be left out one by one, and the references in it."""
        start, end = max(segment.start, page.metadata.body, within[0]), min(segment.end, within[1])
        for first, last in self._fresh(page, start, end):
            for piece in _pieces(page, first, last, why, rank, self._cost):
                self.pieces.append(piece)
                self._chars += len(piece.text)
            self._refer(page, first, last, rank, depth)

    def _fresh(self, page: Page, start: int, end: int) -> list[tuple[int, int]]:
        if page.path not in self._taken:
            self._taken[page.path] = Intervals()
            self.order.append(page.path)
        return self._taken[page.path].add(start, end)

    # References

    def _refer(self, page: Page, start: int, end: int, rank: int, depth: int) -> None:
        """Queue what the references between two offsets lead to, as far as the task asks for it."""
        if "@" not in page.markdown.text:
            return
        first, last = page.markdown.line_of(start), page.markdown.line_of(max(start, end - 1))
        in_block = rank in (BLOCK, FROM_BLOCK)
        for reference in references(page.markdown, first, last):
            if reference.fenced and not in_block:
                continue
            targets = self._shelf.targets(reference, page.path)
            why = f"`@{reference.path}` at {page.path}:{reference.line}"
            if in_block or self._wanted(page, reference):
                lower = FROM_BLOCK if in_block else FROM_TEXT
                self._leads += [_Lead(path, reference.anchor, why, lower, depth + 1) for path in targets]
            else:
                self._passed_over.update(dict.fromkeys(targets, f"{why}: nothing on that line is in the task"))

    def _wanted(self, page: Page, reference: Reference) -> bool:
        """A reference outside of blocks is followed when it is an import on its own line, when a block of its heading is, or when the task names its line."""
        section = next((s for s in page.markdown.sections if s.first == reference.line), None)
        inside = [n for n, c in enumerate(page.blocks.conditions) if section and section.first < c.first <= section.last]
        if inside:
            return bool(set(inside) & set(holding(page, self._task, self._shelf)))
        return reference.alone or bool(set(content(f"{reference.context} {reference.path}")) & self._task.content)

    def follow(self) -> None:
        """Load what was referred to, nearest first, within the bounds. Documents that refer to one another are loaded once."""
        seen: set[tuple[str, str]] = set()
        for lead in self._leads:  # grows while it is walked
            if (lead.path, lead.anchor) in seen or lead.path in self._whole:
                continue
            seen.add((lead.path, lead.anchor))
            if lead.depth > MAX_DEPTH or len(self.order) >= MAX_DOCUMENTS or self._chars > MAX_CHARS:
                self._shelf.say(Finding("references-bounded", "info", lead.path, "references were not followed any further",
                                        f"At most {MAX_DEPTH} deep, {MAX_DOCUMENTS} documents, {MAX_CHARS // 1_000_000} MB."))
                self.considered.append(Considered(lead.path, 0, 0, False, f"{lead.why}: too far from where it began"))
                continue
            self._take_lead(lead)
        self.considered += [Considered(path, 0, 0, False, why) for path, why in self._passed_over.items() if path not in self._taken]

    def _take_lead(self, lead: _Lead) -> None:
        page = self._shelf.page(lead.path)
        if page is None:
            return
        for path in self._shelf.chain(lead.path)[:-1]:
            base = self._shelf.page(path)
            if base and path not in self._whole:
                self._held(base, f"{lead.path} inherits from it", lead)
        part = page.markdown.anchored(lead.anchor) if lead.anchor else None
        if lead.anchor and part is None:
            self._shelf.say(Finding("anchor-missing", "warning", lead.path, f"it has no `#{lead.anchor}` ({lead.why}): the whole document is taken",
                                    "Correct the anchor, or give the heading that name."))
        self._held(page, lead.why, lead, page.markdown.span(part.first, part.last) if part else EVERYTHING)
        first, last = (part.first, part.last) if part else (0, 0)
        self.considered.append(Considered(lead.path, first, last, True, lead.why))

    def _held(self, page: Page, why: str, lead: _Lead, within: tuple[int, int] = EVERYTHING) -> None:
        """Take what is outside of blocks and the blocks that hold, between two offsets."""
        self._shelf.say(*page.findings)
        held = holding(page, self._task, self._shelf)
        for segment in page.blocks.segments:
            if segment.condition == ALWAYS or segment.condition in held:
                self._segment(page, segment, why, lead.rank, lead.depth, within)


def _only_heads(page: Page, at: int, chosen: Choice) -> bool:
    """Whether a segment holds nothing but headings, and the block below them is not asked for."""
    segment, below = page.blocks.segments[at], page.blocks.segments[at + 1: at + 2]
    if not below or below[0].condition in (ALWAYS, *chosen.blocks):
        return False
    lines = page.markdown.text[max(segment.start, page.metadata.body): segment.end].split("\n")
    return all(line.startswith("#") or not line.strip(" -") for line in lines)


def _pieces(page: Page, start: int, end: int, why: str, rank: int, cost: Cost) -> Iterator[Piece]:
    """A stretch of a document cut at its first and second headings; blank ones are left out."""
    heads, after = page.markdown.heads, 0
    cuts = heads[bisect_right(heads, start): bisect_left(heads, end)]
    for first, last in zip([start, *cuts], [*cuts, end], strict=True):
        text = page.markdown.text[first:last]
        if text.strip():
            stripped = text.strip("\r\n")
            begin = first + text.index(stripped)
            until = page.markdown.line_of(begin + len(stripped) - 1)
            yield Piece(page.path, page.markdown.line_of(begin), until, stripped, why, page.metadata.tier, rank, cost(stripped), after)
            after = until


__all__ = ["Selection", "select"]
