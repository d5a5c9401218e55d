"""`import`: documents of any style into records, in one operation. Files are only read."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from passdown import gitrepo
from passdown.actions.document_files import existing, lying_at, style_of
from passdown.actions.document_places import ENDINGS
from passdown.actions.flow_back import Known, flow, fresh, keep, known
from passdown.actions.material import material, modified
from passdown.actions.refresh import opened
from passdown.errors import GitFailed, InvalidRecord, PassdownError, UnknownStyle, UnreadableFile, UsageError
from passdown.formats.base import Found, Layout, Material
from passdown.formats.edits import Clash, Taken
from passdown.formats.provenance import dates, unread
from passdown.formats.repair import repair
from passdown.formats.sectioned import parse
from passdown.formats.table import layout_of
from passdown.model.record import Record
from passdown.project import Project
from passdown.redaction.scan import scan
from passdown.store.boundary import safe
from passdown.store.reading import RecordReader

MOST_FILES = 2_000  # that one run reads


class Item(msgspec.Struct, frozen=True):
    """A record that a document says, and the line where it begins."""

    record: Record
    line: int


class Imported(msgspec.Struct, frozen=True):
    """What came of one file. style: the layout's name.

    new: records that were not there. same: what is known already. taken, clashes: our own items that somebody rewrote. forgotten: ids that stay forgotten.
    unread: (line, text) of items that became no record. unwritable: records that would not read back, and are not kept.
    repaired: mis-decoded stretches that were repaired. replaced: secrets.
    """

    path: Path
    style: str = ""
    new: tuple[Item, ...] = ()
    same: tuple[Item, ...] = ()
    taken: tuple[Taken, ...] = ()
    clashes: tuple[Clash, ...] = ()
    forgotten: tuple[str, ...] = ()
    unread: tuple[tuple[int, str], ...] = ()
    unwritable: tuple[Item, ...] = ()
    repaired: int = 0
    replaced: int = 0
    error: PassdownError | None = None


def import_documents(project: Project, paths: Sequence[Path], style: str = "", *, dry_run: bool = False) -> tuple[tuple[Imported, ...], int, int]:
    """Read each file, or each document right in a folder; the number of the operation that keeps what is new, 0 for none; how many files were left out.

    A file that cannot be read has its `error`, the others are read. Raises `NotInitialised`, `UsageError`, `Conflict`, `WriteFailed`.
    """
    layouts = style_of(style).layouts if style else ()
    with opened(project.require()) as index:
        have = known(index.records(status=None))
    whole = cache(lambda: material(project, project.root / "-", shared_only=False))
    done: list[Imported] = []
    wanted = list(listed(project, paths))
    for path in wanted[:MOST_FILES]:
        one = attempted(project, path, layouts, have, whole)
        have.add(i.record for i in one.new)
        done.append(one)
    changed = {r.id: r for one in done for r in (*(i.record for i in one.new), *(t.record for t in one.taken if t.changed))}
    operation = keep(project, "import", list(changed.values())) if changed and not dry_run else 0
    return tuple(done), operation, max(0, len(wanted) - MOST_FILES)


def listed(project: Project, paths: Iterable[Path]) -> Iterator[Path]:
    """The files, documents right in folders by name. Raises `UsageError` for a folder without any."""
    for given in paths:
        path = Path(os.path.normpath(project.start / given))
        if not path.is_dir():
            yield path
            continue
        found = sorted(p for p in path.iterdir() if p.suffix.lower() in ENDINGS and p.is_file())
        if not found:
            raise UsageError(f"{given} has no documents", f"Name files, or a folder that holds some ({', '.join(ENDINGS)}).")
        yield from found


Whole = Callable[[], Material]  # gathered for the first document that needs it


def attempted(project: Project, path: Path, layouts: Sequence[Layout], have: Known, whole: Whole) -> Imported:
    try:
        return imported(project, path, layouts, have, whole)
    except PassdownError as error:
        return Imported(path, error=error)


def imported(project: Project, path: Path, layouts: Sequence[Layout], have: Known, whole: Whole) -> Imported:
    """One document. Raises `UnreadableFile`, `UnknownStyle`."""
    mended = repair(text_of(project, path))
    found_secrets = scan(mended.text, str(path))
    text = str(found_secrets.text)
    layout = layout_of(text, layouts, lying_at(path))
    if layout is None:
        raise UnknownStyle(path=path)
    found = parse(layout, text)
    edited = any(f.edited and f.record.id in have.records for f in found)
    flowed = flow(project, layout, text, whole(), have, None, source(project, path)) if edited else None
    items = sorted_out(project, found, have, written(project, path, text), source(project, path))
    return Imported(
        path, layout.name, items.new, items.same, flowed.taken if flowed else (), flowed.clashes if flowed else (), items.forgotten,
        tuple(unread(layout, text, found)), items.unwritable, len(mended.spans), len(found_secrets.findings))


class Sorted(NamedTuple):
    """What a document says: what is new, what is known, ids that were forgotten, and what no file can hold."""

    new: tuple[Item, ...]
    same: tuple[Item, ...]
    forgotten: tuple[str, ...]
    unwritable: tuple[Item, ...]


def sorted_out(project: Project, found: Sequence[Found], have: Known, at: tuple[str, str], source: str) -> Sorted:
    """Each item to where it belongs. at: when the document was created and updated."""
    reader = RecordReader(project.layout)
    new: dict[str, Item] = {}
    same: list[Item] = []
    forgotten: list[str] = []
    lost: list[Item] = []
    for one in found:
        item = Item(replace(fresh(project, one.record, at[0], source), updated=at[1]), one.first)
        if reader.forgotten(one.record.id):
            forgotten.append(one.record.id)
        elif have.says(one.record) or one.record.id in new:
            same.append(item)
        elif not writable(item.record):
            lost.append(item)
        else:
            new[one.record.id] = item
    return Sorted(tuple(new.values()), tuple(same), tuple(forgotten), tuple(lost))


def writable(record: Record) -> bool:
    """Whether it would read back from its file."""
    try:
        safe(record)
    except InvalidRecord:
        return False
    return True


def text_of(project: Project, path: Path) -> str:
    """Raises `UnreadableFile`, also for a link in the project that leads out of it."""
    if path.is_relative_to(project.root) and not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(project.root)):
        raise UnreadableFile(path=path, reason="it leads out of the project; name the file itself")
    text = existing(path)
    if text is None:
        raise UnreadableFile(path=path, reason="there is no such file")
    return text


def written(project: Project, path: Path, text: str) -> tuple[str, str]:
    """When the document was created and last updated, UTC ISO: what it says itself, its last commit, the file's time. Never later than now."""
    now = project.clock.iso()
    created, updated = dates(text)
    created = created or committed(project, path) or modified(path) or now
    return min(created, now), min(updated or created, now)


def committed(project: Project, path: Path) -> str:
    """When git last saw the file change; "" when it does not have it."""
    if not (project.place and project.place.root and path.is_relative_to(project.place.root)):
        return ""
    try:
        return gitrepo.last_commit_time(project.place, path.relative_to(project.place.root).as_posix())
    except GitFailed:
        return ""


def source(project: Project, path: Path) -> str:
    """How a record names the document that it came from."""
    return path.relative_to(project.root).as_posix() if path.is_relative_to(project.root) else path.name


__all__ = ["Imported", "Item", "import_documents"]
