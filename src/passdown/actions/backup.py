"""`backup` and `restore`: the private store in one file, and back into this or another machine's."""

from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import msgspec

from passdown import files
from passdown.actions.init import init
from passdown.actions.rebuild import rebuild
from passdown.actions.refresh import opened
from passdown.errors import PassdownError, UsageError
from passdown.production import glance
from passdown.project import Project, user_home
from passdown.store import backup, restore
from passdown.store.layout import FORMAT_VERSION, PRIVATE_ONLY, Layout
from passdown.store.records import RecordStore
from passdown.store.restore import Step
from passdown.store.transcript_archive import Archive


class Saved(msgspec.Struct, frozen=True):
    """counts: files in the backup by folder, such as `records`. size: of the backup in bytes."""

    path: Path
    size: int
    counts: Mapping[str, int]


def save(project: Project, path: Path) -> Saved:
    """One file with all that is private here, written and read back. Raises `Conflict` (there is one), `WriteFailed`, `Locked`."""
    layout = project.require().layout
    if path.is_dir():
        raise UsageError(f"{path} is a directory", "Name the file: passdown backup ../shop-api.passdown.tar.gz")
    store = RecordStore(layout)
    list(store.adopt_inbox())
    with files.lock(layout.capture_lock), store.journal.exclusive():
        found = backup.contents(layout)
        runs = glance.snapshot(layout.private / backup.PRODUCTIONS)
        found |= {backup.PRODUCTIONS: runs} if runs else {}
    return Saved(path, backup.save(path, found, project.clock.iso()), counted(found))


def counted(names: Mapping[str, object]) -> dict[str, int]:
    return dict(Counter(name.partition("/")[0] for name in names if "/" in name))


def take_back(project: Project, path: Path, *, dry_run: bool = False) -> list[Step]:
    """Bring a backup into this project's store, which is made where there is none; what was done with each file of it. Raises `NotABackup`, `WriteFailed`."""
    found = backup.load(path)
    version = found.pop("VERSION", b"").strip()
    if not version.isdigit() or int(version) > FORMAT_VERSION:
        raise UsageError(f"{path} is of a store of format {version.decode('ascii', 'replace')!r}; this passdown knows up to {FORMAT_VERSION}",
                         "Update passdown: `pip install -U passdown`.")
    fresh = not project.initialised
    private_only = found.pop(PRIVATE_ONLY, None) is not None and fresh and project.place is not None
    layout = Layout(private=project.layout.private) if private_only else project.layout
    steps = restore.plan(layout, found)
    if not dry_run:
        restore.carry_out(layout, found, steps, project.clock.iso())
        init(project, private_only=private_only)
        made_again(project)
    return steps


def take_transcript(session: str, path: Path) -> int:
    """Write the archived transcript of a session, byte for byte; its size. Raises `NoSuchRecord`, `NotABackup`, `Conflict`."""
    archive = Archive(user_home() / "archive")
    known = {entry.session for entry in archive.entries() if entry.session.startswith(session)}
    return archive.restore(known.pop() if len(known) == 1 else session, path)


def made_again(project: Project) -> None:
    """Index, facts and derived records; what fails here is made by the next verb that needs it."""
    try:
        rebuild(project)
        opened(project, thorough=True).close()
    except PassdownError:
        return


__all__ = ["Saved", "save", "take_back", "take_transcript"]
