"""Memory documents as they are looked up: read and parsed once, with their parents and with what their references lead to."""

from collections.abc import Iterable, Iterator
from posixpath import basename, splitext

import msgspec

from passdown.loading.blocks import Blocks, blocks
from passdown.loading.markdown import Markdown
from passdown.loading.metadata import Metadata, metadata
from passdown.loading.references import TEXT, Reference, is_pattern, places
from passdown.loading.sources import Sources, UnreadableError
from passdown.model.finding import Finding

MAX_CHAIN = 50  # documents from a derived one up to its base
MAX_MATCHED = 20  # files that one `@dir_*/` gives


class Page(msgspec.Struct, frozen=True):
    """A document, parsed. findings: what is wrong with its metadata and blocks."""

    path: str
    markdown: Markdown
    metadata: Metadata
    blocks: Blocks
    findings: tuple[Finding, ...] = ()

    @property
    def memory(self) -> bool:
        """Whether it says when it, or a part of it, is to be loaded."""
        return self.metadata.present or bool(self.blocks.conditions)


class Shelf:
    """The documents that were looked at. `findings` has what was met so far, each once, in order."""

    def __init__(self, sources: Sources, known: Iterable[str] = ()) -> None:
        self._sources = sources
        self._pages: dict[str, Page | None] = {}
        self._known = tuple(known)
        self._findings: dict[Finding, None] = {}

    @property
    def findings(self) -> tuple[Finding, ...]:
        return tuple(self._findings)

    def say(self, *found: Finding) -> None:
        self._findings.update(dict.fromkeys(found))

    def page(self, path: str) -> Page | None:
        """A document, None when it cannot be read: then a finding says why."""
        if path not in self._pages:
            self._pages[path] = self._parsed(path)
        return self._pages[path]

    def _parsed(self, path: str) -> Page | None:
        try:
            markdown = Markdown(self._sources.text(path))
        except UnreadableError as error:
            self.say(Finding("document-unreadable", "warning", path, f"it was not loaded: {error}", "Make it a readable text below 1 MB, in the project."))
            return None
        about, wrong = metadata(markdown.text, path)
        cut = blocks(markdown, path)
        return Page(path, markdown, about, cut, (*wrong, *cut.findings))

    # Inheritance

    def chain(self, path: str) -> tuple[str, ...]:
        """The document behind all that it inherits from, bases first, each once. A cycle is cut where it closes, and is a finding like a missing parent."""
        order: dict[str, None] = {}
        self._climb(path, [], order)
        return tuple(order)

    def _climb(self, path: str, below: list[str], order: dict[str, None]) -> None:
        if path in below:
            ring = " → ".join([*below[below.index(path):], path])
            self.say(Finding("inherits-cycle", "warning", path, f"documents inherit from one another: {ring[:300]}", "Take one `inherits` out."))
            return
        if len(below) >= MAX_CHAIN:
            self.say(Finding("inherits-deep", "warning", path, f"over {MAX_CHAIN} documents inherit from one another; what lies above was not loaded"))
            return
        page = self.page(path) if path not in order else None
        if page is not None:
            for parent in self._parents(page):
                self._climb(parent, [*below, path], order)
            order[path] = None

    def _parents(self, page: Page) -> Iterator[str]:
        for name in page.metadata.inherits:
            wanted = places(name, page.path)
            found = next((p for p in self._spelled(wanted) if self._sources.holds(p)), "") or self._named(name)
            if found:
                yield found
            elif not wanted:
                self.say(Finding("inherits-outside", "warning", page.path, f"it inherits from `{name[:80]}`, which leads out of the project"))
            else:
                self.say(Finding("inherits-missing", "warning", page.path, f"it inherits from `{name[:80]}`, which is not there", "Correct the path."))

    def _named(self, name: str) -> str:
        """A document that another one names by its domain or file name instead of its path."""
        if "/" in name or "." in name:
            return ""
        return next((p for p in self._known if name.lower() in (splitext(basename(p))[0].lower(), self._domain(p))), "")

    def _domain(self, path: str) -> str:
        page = self.page(path)
        return page.metadata.domain.lower() if page else ""

    @staticmethod
    def _spelled(tried: Iterable[str]) -> Iterator[str]:
        """Each place, and with the ending that a reference may leave out."""
        for path in tried:
            yield path
            yield path + ".md"

    # References

    def targets(self, reference: Reference, document: str) -> tuple[str, ...]:
        """The files that a reference leads to; none when there are none, and then a finding says so where it can be nothing but a path."""
        tried = places(reference.path, document)
        pattern = is_pattern(reference.path)
        for place in tried if pattern else self._spelled(tried):
            found = self._texts(place) if pattern else (place,) if self._sources.holds(place) else ()
            if found:
                return found[:MAX_MATCHED]
        if reference.certain and not reference.fenced:
            where, name = f"{document}:{reference.line}", f"@{reference.path[:80]}"
            self.say(Finding("reference-missing", "warning", where, f"`{name}` leads to nothing", "Correct the path, or remove the reference.") if tried
                     else Finding("reference-outside", "warning", where, f"`{name}` leads out of the project: it is not followed"))
        return ()

    def _texts(self, pattern: str) -> tuple[str, ...]:
        return tuple(p for p in self._sources.matching(pattern) if p.lower().endswith(TEXT))


__all__ = ["Page", "Shelf"]
