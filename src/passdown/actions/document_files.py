"""Files that hold documents: where they lie, whether git has them, and reading those that somebody else may have written."""

import os
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from passdown import files, gitrepo
from passdown.actions.document_places import Unread, lying, text_of
from passdown.actions.material import modified, shared
from passdown.actions.own_templates import names, own_style
from passdown.errors import GitFailed, UnreadableFile, UsageError, WriteFailed
from passdown.extract.paths import absolute
from passdown.formats.base import Layout, Material, Style
from passdown.formats.marked import keys
from passdown.formats.table import STYLES, layouts, style
from passdown.model.ids import ID
from passdown.model.record import KINDS, Record
from passdown.project import Project
from passdown.store.reading import RecordReader

HIDDEN = (".tmp", ".claude")  # tops of places that styles hide from git
MOST_READ = 5_000  # documents of a style that are read: the newest by their names, which alone say what number comes next
NUMBER = re.compile(r"(\d+)")


def style_of(name: str, project: Project | None = None, *, trust: bool = False) -> Style:
    """The style of this name, or the project's own template. Raises `UsageError` for what there is not, `BadTemplate`, `UntrustedTemplate`."""
    if name in STYLES:
        return style(name)
    if project and (own := own_style(project, name, trust=trust)):
        return own
    more = names(project) if project else []
    raise UsageError(f"there is no style `{name}`", f"Styles: {', '.join([*STYLES, *more])}")


def existing(path: Path) -> str | None:
    """The document that is there, None when there is none. Raises `UnreadableFile` for one that is no text, and so must not be overwritten."""
    try:
        return text_of(path)
    except Unread as unread:
        raise UnreadableFile(path=path, reason=f"{unread.why}; it was left as it is") from unread


def there(project: Project, kind: Style) -> dict[str, str]:
    """The texts of documents that lie where the style's do, by path below the project's root."""
    found: dict[str, str] = {}
    for layout in kind.layouts:
        for path in newest(lying(project.root, layout)):
            if (text := existing(path)) is not None:
                found[path.relative_to(project.root).as_posix()] = text
    return found


def newest(paths: Iterable[Path]) -> list[Path]:
    """Not more than can be read, in their order: those with the highest numbers or days in their names."""
    found = list(paths)
    kept = set(sorted(found, key=counted)[-MOST_READ:])
    return [path for path in found if path in kept]


def counted(path: Path) -> tuple[tuple[int, str], ...]:
    """The name by which files stand in the order of their numbers, `9-x.md` before `10-x.md`."""
    return tuple((int(part), "") if n % 2 else (0, part) for n, part in enumerate(NUMBER.split(path.name)))


def lying_at(path: Path) -> tuple[Layout, ...]:
    """The layouts that have documents at such a place."""
    return tuple(one for one in layouts() if any(path.match(glob) for glob in one.globs))


def place(project: Project, out: Path | None) -> Path | None:
    """Where the one document shall lie, None for the style's own places. Raises `UsageError` for a directory, a device or a pipe."""
    if out is None:
        return None
    path = Path(os.path.normpath(project.start / out))
    if path.is_dir():
        raise UsageError(f"{path} is a directory", "Give --out the name of a file.")
    if path.exists() and not path.is_file():
        raise UsageError(f"{path} is a device or a pipe", "Give --out the name of a file.")
    return path


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


def narrowed(project: Project, whole: Material, path: Path) -> Material:
    """The same without what only this machine may know."""
    said = {name: shared(project, getattr(whole, name)) for name in ("records", "done", "cleared", "expired")}
    memory = tuple((name, says) for name, says in whole.memory if not name.startswith(("~", "/")))
    return replace(whole, root="", sessions=(), memory=memory, written=modified(path), **{name: tuple(map(anywhere, found)) for name, found in said.items()})


def anywhere(record: Record) -> Record:
    """The record without places that only this machine has: they say where its user's files lie."""
    kept = tuple(a for a in record.anchors if not absolute(a.path))
    return record if len(kept) == len(record.anchors) else replace(record, anchors=kept)


def withheld(project: Project, text: str, *, shared_only: bool) -> frozenset[str]:
    """Ids of records that the document names and must not say any more."""
    reader, layout = RecordReader(project.layout), project.layout
    named = [key for key in keys(text) if ID.fullmatch(key)]
    return frozenset(i for i in named if reader.forgotten(i) or (shared_only and not any((c := layout.copy(k, i)) and c.exists() for k in KINDS)))


__all__ = ["HIDDEN", "existing", "hide", "lying_at", "narrowed", "newest", "place", "style_of", "there", "tracked_by_git", "withheld"]
