"""`handoff`: what is new is captured, the document is written or brought up to date, held against the world, and what it lacks is named."""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec.structs import replace

from passdown import files, gitrepo
from passdown.actions.capture import Captured, capture, roots_of
from passdown.actions.discover import transcripts
from passdown.actions.material import listed, material, modified, shared
from passdown.actions.quick_start import resolved
from passdown.actions.refresh import refresh
from passdown.errors import GitFailed, UnreadableFile, UsageError, WriteFailed
from passdown.formats import checklist
from passdown.formats.base import Check, Draft, Gap, Layout, Material, Planned, Style
from passdown.formats.gaps import gaps
from passdown.formats.marked import keys
from passdown.formats.personal import personal
from passdown.formats.sectioned import number, update
from passdown.formats.table import STYLES, style
from passdown.model.ids import ID
from passdown.model.record import KINDS
from passdown.model.text import RedactedText
from passdown.project import Project
from passdown.redaction.scan import scan
from passdown.store.reading import RecordReader
from passdown.store.state import State

MAX_BYTES = 4 << 20  # a larger file is no hand-off
HIDDEN = (".tmp", ".claude")  # tops of places that styles hide from git
MOST_DOCUMENTS = 500


class Order(msgspec.Struct, frozen=True):
    """What is asked for. out: None for the style's own place. budget: lines, 0 for the style's own."""

    style: str = "session-memory"
    out: Path | None = None
    budget: int = 0
    run: bool = False
    dry_run: bool = False
    include_private: bool = False


class Document(msgspec.Struct, frozen=True):
    """One document as it is now. state: `written`, `updated`, `unchanged`; with a dry run, what would be. shared_only: git would track the document.

    replaced: secrets that were redacted. personal: e-mail addresses and telephone numbers that stand in somebody else's lines.
    """

    path: Path
    state: str
    text: RedactedText
    draft: Draft
    shared_only: bool = False
    replaced: int = 0
    personal: int = 0


class Handoff(msgspec.Struct, frozen=True):
    """What came of it. documents: those of the style, its first one first. checks: the self-verification of a session memory, () for other styles.

    unshared: ids of notes that only this machine has.
    """

    documents: tuple[Document, ...]
    checks: tuple[Check, ...]
    gaps: tuple[Gap, ...]
    captured: tuple[Captured, ...] = ()
    unshared: tuple[str, ...] = ()

    @property
    def first(self) -> Document:
        return self.documents[0]


def handoff(project: Project, order: Order, progress: Callable[[int, int, Path], None] | None = None) -> Handoff:
    """Write or update the style's documents. Raises `NotInitialised`, `UsageError`, `UnreadableFile`, `Conflict`, `WriteFailed`."""
    kind = chosen(order.style)
    out = place(project.require(), order.out)
    captured = () if order.dry_run else tuple(capture(project, known_transcripts(project), progress=progress))
    if any(c.new_events for c in captured):
        refresh(project)
    if order.out is None and not order.dry_run:
        hide(project, kind.hidden)
    whole = material(project, out or project.root / kind.layouts[0].glob, shared_only=False)
    planned = kind.documents(whole, there(project, kind))
    if out and len(planned) > 1:
        raise UsageError(f"the style `{kind.name}` writes {len(planned)} documents", "Leave --out away: each has its place.")
    done = tuple(document(project, order, one, out or project.root / one.path) for one in planned)
    checks = checked(project, planned[0].layout, done[0].text, whole, run=order.run) if kind.name == "session-memory" else ()
    return Handoff(done, checks, gaps(whole), captured, unshared(project, whole))


def document(project: Project, order: Order, planned: Planned, path: Path) -> Document:
    """One document written or brought up to date."""
    before = existing(path)
    tracked = tracked_by_git(project, path, default=order.out is None and Path(planned.path).parts[0] in HIDDEN)
    shared_only = tracked and not order.include_private
    found = narrowed(project, planned.material, path) if shared_only else replace(planned.material, written=modified(path))
    found = replace(found, withheld=withheld(project, before or "", shared_only=shared_only))
    draft = update(planned.layout, before or "", found, order.budget)
    safe = scan(draft.text, str(path))
    if not order.dry_run and safe.text != before:
        files.write(path, safe.text, expected=None if before is None else files.hash_of(path), mode=files.PUBLIC if tracked else files.PRIVATE)
    state = "written" if before is None else "unchanged" if safe.text == before else "updated"
    return Document(path, state, safe.text, draft, shared_only, len(safe.findings), len(personal(safe.text)))


def narrowed(project: Project, whole: Material, path: Path) -> Material:
    """The same without what only this machine may know."""
    return replace(whole, root="", records=tuple(shared(project, whole.records)), done=tuple(shared(project, whole.done)), sessions=(), written=modified(path))


def there(project: Project, kind: Style) -> dict[str, str]:
    """The texts of documents that lie where the style's do, by path below the project's root."""
    found: dict[str, str] = {}
    for layout in kind.layouts:
        for path in sorted(project.root.glob(layout.glob))[:MOST_DOCUMENTS]:
            if path.is_file() and (text := existing(path)) is not None:
                found[path.relative_to(project.root).as_posix()] = text
    return found


def chosen(name: str) -> Style:
    if name not in STYLES:
        raise UsageError(f"there is no style `{name}`", f"Styles: {', '.join(STYLES)}")
    return style(name)


def place(project: Project, out: Path | None) -> Path | None:
    """Where the one document shall lie, None for the style's own places. Raises `UsageError` for a directory."""
    if out is None:
        return None
    path = Path(os.path.normpath(project.start / out))
    if path.is_dir():
        raise UsageError(f"{path} is a directory", "Give --out the name of a file.")
    return path


def known_transcripts(project: Project) -> list[Path]:
    """Transcripts found on this machine, and those that were captured from elsewhere and are still there."""
    found = transcripts(project, roots_of(project, ()))
    with State(project.layout.state) as state:
        known = [Path(c.path) for c in state.cursors()]
    return [*found, *(p for p in known if p not in found and p.is_file())]


def existing(path: Path) -> str | None:
    """The document that is there, None when there is none. Raises `UnreadableFile` for one that must not be overwritten."""
    try:
        data = files.read(path)
        if data is None:
            return None
        if len(data) > MAX_BYTES:
            raise UnreadableFile(path=path, reason=f"it is {len(data) >> 20} MiB large, which no hand-off is; move it away")
        return data.decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableFile(path=path, reason="it is not UTF-8; it was left as it is, move it away or convert it") from None
    except OSError as error:
        raise UnreadableFile(path=path, reason=error.strerror or str(error)) from error


def hide(project: Project, hidden: Sequence[str]) -> None:
    """Put the style's own private places into `.git/info/exclude`, once, so that a hand-off is never committed by accident."""
    for one in hidden:
        hide_one(project, one)


def hide_one(project: Project, hidden: str) -> None:
    if project.place is None or project.place.root is None:
        return
    exclude = project.place.common_dir / "info" / "exclude"
    data = files.read(exclude) or b""
    if hidden.encode() not in [line.strip() for line in data.splitlines()]:
        lead = b"" if not data or data.endswith(b"\n") else b"\n"
        with suppress(WriteFailed):  # as in a sandbox: then git would track the document, and it says only what is shared
            files.append(exclude, lead + hidden.encode() + b"\n", len(data), mode=files.PUBLIC)


def tracked_by_git(project: Project, path: Path, *, default: bool) -> bool:
    """Whether git has the document, or would take it. default: it lies at the style's own place, which is hidden from git."""
    real = Path(os.path.realpath(path))  # another spelling, another worktree or another repository than the project's: what counts is where it lies
    if project.place is None or (holding := gitrepo.locate(real.parent)) is None or holding.root is None:
        return False
    try:
        return gitrepo.would_track(holding, real)
    except GitFailed:
        return not default  # who cannot ask git says only what everybody may read


def withheld(project: Project, text: str, *, shared_only: bool) -> frozenset[str]:
    """Ids of records that the document names and must not say any more."""
    reader, layout = RecordReader(project.layout), project.layout
    named = [key for key in keys(text) if ID.fullmatch(key)]
    return frozenset(i for i in named if reader.forgotten(i) or (shared_only and not any((c := layout.copy(k, i)) and c.exists() for k in KINDS)))


def checked(project: Project, layout: Layout, text: str, found: Material, *, run: bool) -> tuple[Check, ...]:
    """The seven points, on the text as it is written."""
    sections = checklist.bodies(text, number(layout))
    there = frozenset(listed(project))
    names = {name.rsplit("/", 1)[-1] for name in there}
    missing = checklist.missing(sections, lambda p: p in there or (project.root / p).exists() or ("/" not in p and p in names))
    return checklist.verify(sections, found, checklist.Facts(missing, resolved(project.root, checklist.commands(sections), run=run)))


def unshared(project: Project, found: Material) -> tuple[str, ...]:
    """Notes that a teammate cannot see yet."""
    return tuple(r.id for r in found.records if r.trust != "extracted" and (copy := project.layout.copy(r.kind, r.id)) and not copy.exists())


__all__ = ["Document", "Handoff", "Order", "handoff"]
