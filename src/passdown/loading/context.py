"""System E: which documents of a session context a task needs, in which order, and what they have settled already."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from passdown.loading import decisions, deferrals, phases, roles
from passdown.loading.markdown import Markdown, Section
from passdown.loading.reading import Document, Piece, Settled
from passdown.loading.scenario import ALTERNATIVE, Scenario, recognised
from passdown.loading.sources import Cost, Sources, UnreadableError
from passdown.loading.words import Task, content, stem
from passdown.model.finding import Finding

PART, CONTEXT, REST = range(3)  # ranks: parts that the task names go before the session context, and that before the other documents
MILD = frozenset(("immediate", "write", "look-up", "suggest"))  # scenarios that say little of the attitude to what was chosen
MAX_PARTS = 3  # sections of one document
_GENERAL = frozenset(stem(word) for word in re.findall(r"\w+", """
layer module component system service code design architecture overview part class function write implement build add create test phase project details section
structure flow interface data current state new main core general introduction file start plan work
"""))


class Selection(msgspec.Struct, frozen=True):
    """documents, pieces: in reading order. scenario: "" when the project has no session context."""

    scenario: str = ""
    phase: str = ""
    documents: tuple[Document, ...] = ()
    pieces: tuple[Piece, ...] = ()
    settled: tuple[Settled, ...] = ()
    findings: tuple[Finding, ...] = ()


def select(paths: Iterable[str], sources: Sources, task: Task, cost: Cost) -> Selection:
    """What the task needs of the documents among `paths`; an empty selection where the project has no session context."""
    documents = roles.Documents(paths)
    return _Context(documents, sources, task, cost).selection() if documents else Selection()


class _Context:
    def __init__(self, documents: roles.Documents, sources: Sources, task: Task, cost: Cost) -> None:
        self._documents, self._sources, self._task, self._cost = documents, sources, task, cost
        self._pages: dict[str, Markdown | None] = {}
        self._findings: list[Finding] = []
        self._scenario = self._asked_for()

    def selection(self) -> Selection:
        context = self._page(self._documents.of(roles.CONTEXT))
        now = phases.current(context) if context else -1
        wanted = self._wanted_phase(now)
        chosen = [one for kind in self._scenario.order for one in self._of(kind, wanted)]
        pieces = [piece for document, rank in chosen for piece in self._pieces(document, rank)]
        return Selection(self._scenario.name, f"phase {now}" if now >= 0 else "", tuple(d for d, _ in chosen), tuple(pieces),
                         tuple(self._settled(now, wanted)), tuple(self._findings))

    def _asked_for(self) -> Scenario:
        """The scenario that the words show; where they show little, a task that names what a decision turned down questions it."""
        found = recognised(self._task.text)
        path = self._documents.of(roles.DECISIONS)
        page = self._page(path) if found.name in MILD else None
        named = page is not None and any(decisions.rejected(entry, self._task) for entry, _ in decisions.touched(page, path, self._task))
        return ALTERNATIVE if named else found

    def _page(self, path: str) -> Markdown | None:
        if path and path not in self._pages:
            try:
                self._pages[path] = Markdown(self._sources.text(path))
            except UnreadableError as error:
                self._pages[path] = None
                self._findings.append(Finding("document-unreadable", "warning", path, f"it was not read: {error}"))
        return self._pages.get(path)

    def _wanted_phase(self, now: int) -> int:
        """The phase that the task names, else the present one; where nothing tells, the only one there is."""
        named = phases.named(self._task.text)
        if named < 0 and "next" in self._task.words and now >= 0 and self._scenario.name == "start-phase":
            named = now + 1 if now + 1 in self._documents.phases else now
        if named >= 0 and self._documents.phases and named not in self._documents.phases:
            self._findings.append(Finding("phase-missing", "info", "", f"there is no document for phase {named}",
                                          f"There are documents for {', '.join(f'phase {n}' for n in sorted(self._documents.phases)[:12])}."))
        if named >= 0 or now >= 0:
            return named if named >= 0 else now
        return min(self._documents.phases) if len(self._documents.phases) == 1 else -1

    # Documents

    def _of(self, kind: str, phase: int) -> Iterator[tuple[Document, int]]:
        """The document for a purpose, or the parts of it that the task names, each with its rank."""
        path = self._documents.of(kind, phase)
        page = self._page(path)
        if page is None:
            return
        parts = list(self._parts(kind, page, path))
        for first, last, title in parts:
            yield Document(path, f"{kind}: {title}"[:120], self._cost(page.part(first, last)), 0, first, last, title), PART
        if kind == roles.CONTEXT or not parts:
            if kind == roles.DECISIONS and self._scenario.name == "write":
                return  # what does not touch the task is not read for it
            why = f"{kind} {phase}" if kind == roles.PHASE else f"{kind}, the rest" if parts else f"{kind}, read first" if kind == roles.CONTEXT else kind
            yield Document(path, why, self._cost(page.text)), CONTEXT if kind == roles.CONTEXT else REST

    def _parts(self, kind: str, page: Markdown, path: str) -> Iterator[tuple[int, int, str]]:
        """First line, last line and title of the parts to read of a document: none for the whole."""
        if kind == roles.DECISIONS:
            yield from ((e.first, e.last, e.title) for e, _ in decisions.touched(page, path, self._task))
        elif kind in (roles.ARCHITECTURE, roles.COMPARISON, roles.SETUP):
            yield from ((s.first, s.last, s.title) for s in _named_by(page, self._task))
        elif kind == roles.CONTEXT and self._scenario.sections:
            found = [s for s in page.sections if s.level > 1 and self._scenario.sections.search(s.title)]
            yield from ((s.first, s.last, s.title) for s in found[:MAX_PARTS])

    def _pieces(self, document: Document, rank: int) -> Iterator[Piece]:
        """A document cut at its first and second headings, so that parts of it may be left out; parts that come before are not given twice."""
        page = self._page(document.path)
        if page is None:
            return
        first, last, after = document.first or 1, document.last or len(page.lines), 0
        cuts = [s.first for s in page.sections if s.level <= 2 and first < s.first <= last]
        for begin, end in zip([first, *cuts], [*(c - 1 for c in cuts), last], strict=True):
            whole = page.part(begin, end)
            text = whole.strip("\r\n")
            if text.strip():
                begin += whole[: whole.index(text)].count("\n")
                yield Piece(document.path, begin, begin + text.count("\n"), text, document.why, 0, rank, self._cost(text), after)
                after = begin + text.count("\n")

    # What is settled

    def _settled(self, now: int, wanted: int) -> Iterator[Settled]:
        if not self._task.content:
            return
        path = self._documents.of(roles.DECISIONS)
        page = self._page(path)
        if page:
            yield from (said for _, said in decisions.touched(page, path, self._task))
        seen: set[str] = set()
        for kind in (roles.CONTEXT, roles.DECISIONS, roles.ARCHITECTURE, roles.PHASE):
            path = self._documents.of(kind, wanted)
            page = self._page(path)
            for said in deferrals.touched(page, path, self._task, now) if page else ():
                if said.text not in seen:
                    seen.add(said.text)
                    yield said


def _named_by(page: Markdown, task: Task) -> list[Section]:
    """The sections whose headings share the most of the task's own words, at most three; none when no heading does."""
    wanted = task.content - _GENERAL
    scored = [(len(wanted & (frozenset(content(s.title)) - _GENERAL)), s) for s in page.sections if s.level > 1]
    best = max((n for n, _ in scored), default=0)
    chosen: list[Section] = []
    for n, section in scored:
        if n and n == best and not any(c.first <= section.first <= c.last for c in chosen):
            chosen.append(section)
    return chosen[:MAX_PARTS]


__all__ = ["Selection", "select"]
