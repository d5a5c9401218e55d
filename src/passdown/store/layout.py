"""Every path that passdown owns. Nothing else joins paths.

`private` is `<git common directory>/passdown/`, or `.passdown/local/` outside git; `shared` is `.passdown/` in the work tree.
"""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from passdown.errors import WriteFailed
from passdown.model.ids import ID, content_hash
from passdown.model.record import KINDS

FORMAT_VERSION = 1
SUFFIX = ".md"
PRIVATE_ONLY = "PRIVATE"
_SAFE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*")
_MAX_NAME = 80  # characters; leaves room for date, slug and temporary names below the 255 bytes of every file system
_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?")  # names that Windows takes for itself
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def file_stem(name: str) -> str:
    """A session id as a file name: itself when it is harmless, else `~` and 32 characters of its hash.

    Ids come from transcripts, so `../../x`, `con`, one of 10,000 characters or two that differ in case only beside a `/` are possible; the id
    itself stands in the file.
    """
    if _SAFE.fullmatch(name) and len(name) <= _MAX_NAME and not _DEVICES.fullmatch(name):
        return name
    return "~" + content_hash(name).partition(":")[2]


def slug(title: str) -> str:
    """At most 40 characters of a title for a file name: ASCII letters and digits in lower case, `-` between; "" when there are none."""
    if not title.isascii():
        import unicodedata

        title = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:40].strip("-")


class Layout(msgspec.Struct, frozen=True):
    """Where one project's files lie. shared: None when nothing may be put in the work tree (`init --private`)."""

    private: Path
    shared: Path | None = None

    # Records

    def record(self, kind: str, record_id: str) -> Path:
        """The private file of a record, there for every acknowledged one."""
        return _record_in(self.private, kind, record_id)

    def copy(self, kind: str, record_id: str) -> Path | None:
        """Its published copy in this work tree."""
        return _record_in(self.shared, kind, record_id) if self.shared else None

    @property
    def published(self) -> Path:
        """Folder of what was published, and of what was forgotten."""
        return self.private / "published"

    def texts_published(self, record_id: str) -> Path:
        """The hashes of all texts that a record's copy was given, one a line."""
        return self.published / _checked(record_id)

    @property
    def inbox(self) -> Path | None:
        """Where records wait when the private store could not be written."""
        return self.shared / "inbox" if self.shared else None

    def waiting(self, record_id: str) -> Path | None:
        """A record in the inbox."""
        return self.inbox / (_checked(record_id) + SUFFIX) if self.inbox else None

    def record_folders(self) -> Iterator[Path]:
        """The private folders of records, one a kind, whether they are there or not."""
        return (self.private / "records" / kind for kind in KINDS)

    def copy_folders(self) -> Iterator[Path]:
        """The published ones."""
        return (self.shared / "records" / kind for kind in KINDS) if self.shared else iter(())

    # Journal

    @property
    def journal(self) -> Path:
        """Folder of operations."""
        return self.private / "journal"

    def operation(self, number: int) -> Path:
        """One finished operation; the names sort in order."""
        return self.private / f"journal/{number:010d}.json"

    @property
    def pending(self) -> Path:
        """The operation that is being carried out."""
        return self.private / "journal/pending.json"

    @property
    def last_operation(self) -> Path:
        """The number of a recent operation: a hint that saves listing the folder."""
        return self.journal / "last"

    @property
    def lock(self) -> Path:
        """Held by whoever changes records."""
        return self.private / "lock"

    # Sessions and what is derived from them

    def events(self, session: str) -> Path:
        """Captured events of one session, gzip JSONL."""
        return self.private / "events" / f"{file_stem(session)}.jsonl.gz"

    def forgotten(self, session: str) -> Path:
        """That it is there says that the session was forgotten for good: nothing of it is captured again."""
        return self.private / "forgotten" / file_stem(session)

    def derived(self, session: str) -> Path:
        """Records extracted from one session."""
        return self.private / "derived" / f"{file_stem(session)}.jsonl"

    def session(self, started: str, title: str, session: str) -> Path:
        """Facts of one session, private. started: UTC ISO, title: any text, of which a slug is made."""
        return self.private / "sessions" / _session_name(started, title, session)

    def shared_session(self, started: str, title: str, session: str) -> Path | None:
        """The same when shared."""
        return self.shared / "sessions" / _session_name(started, title, session) if self.shared else None

    def rendered(self, name: str, branch: str) -> Path:
        """What a hand-off document said when it was last written: by its name (`rendered.name_of`), on a branch."""
        return self.private / "documents" / (content_hash("\x00".join((name, branch))).partition(":")[2] + ".json")

    @property
    def quarantine(self) -> Path:
        """Where `doctor --repair` puts what does not read."""
        return self.private / "quarantine"

    # Single files

    @property
    def state(self) -> Path:
        """Cursors and fold states of captures: SQLite, irreplaceable."""
        return self.private / "state.db"

    @property
    def index(self) -> Path:
        """The search index: SQLite, disposable."""
        return self.private / "index.db"

    @property
    def capture_lock(self) -> Path:
        """Held by whoever captures."""
        return self.private / "capture.lock"

    @property
    def private_version(self) -> Path:
        """The format version of the private store. That it is there says that `init` was run here, by this user."""
        return self.private / "VERSION"

    @property
    def private_only(self) -> Path:
        """That it is there says that nothing may be put in the work tree (`init --private`)."""
        return self.private / PRIVATE_ONLY

    @property
    def version(self) -> Path:
        """The format version of what is shared; of the private store when nothing is."""
        return (self.shared or self.private) / "VERSION"

    @property
    def config(self) -> Path:
        """Settings of this project."""
        return (self.shared or self.private) / "config.toml"

    def template(self, name: str) -> Path:
        """A project's own template of a document."""
        return (self.shared or self.private) / "templates" / f"{name}.md.j2"

    @property
    def templates_trusted(self) -> Path:
        """Content hashes of templates that the user accepted, one a line."""
        return self.private / "trusted-templates"

    @property
    def plans(self) -> Path:
        """Folder of the plans of productions, `<name>.yaml` each."""
        return (self.shared or self.private) / "workflows"

    def plan(self, name: str) -> Path:
        """The plan of this name."""
        return self.plans / f"{name}.yaml"

    @property
    def git_attributes(self) -> Path | None:
        """`* text eol=lf`, so that git never changes a copy's bytes, and which merge driver is for records and sessions."""
        return self.shared / ".gitattributes" if self.shared else None

    @property
    def git_ignore(self) -> Path | None:
        """Keeps the inbox, a private store outside git and unfinished files out of commits."""
        return self.shared / ".gitignore" if self.shared else None

    @property
    def hooks_fired(self) -> Path:
        """When each hook last fired: `{agent: {event: ISO time}}`."""
        return self.private / "hooks" / "last.json"

    # Productions

    @property
    def workers(self) -> Path:
        """Folder of files that processes hold locked while they work on productions."""
        return self.private / "workflows" / "workers"

    def attempt(self, run: str, phase: str, key: str) -> Path:
        """Folder of one attempt at one phase of a run: what it was handed, what it printed, how it ended."""
        return self.private / "workflows" / "runs" / file_stem(run) / file_stem(phase) / file_stem(key)

    # Paths as the journal names them: an operation stays readable when the project moves

    def name_of(self, path: Path) -> str:
        """`private:` or `shared:` and the path below it, with forward slashes."""
        for area, root in (("private", self.private), ("shared", self.shared)):
            if root and path.is_relative_to(root):
                return f"{area}:{path.relative_to(root).as_posix()}"
        raise ValueError(f"{path} is not in the store")

    def writable(self, path: Path) -> Path:
        """The path of something shared, if it is to be written: no link of the work tree leads out of the project on its way. Raises `WriteFailed`."""
        if self.shared and path.is_relative_to(self.shared):
            real, root = os.path.realpath(path.parent), os.path.realpath(self.shared.parent)
            if real != root and not real.startswith(os.path.join(root, "")):  # noqa: PTH118  compared as text
                raise WriteFailed(path=path, reason=f"a link on its way leads out of the project (to {real})")
        return path

    def path_of(self, name: str) -> Path | None:
        """The path that `name_of` named; None when it is in the work tree and this layout has no shared part, or leads out of the store."""
        area, _, below = name.partition(":")
        root = {"private": self.private, "shared": self.shared}.get(area)
        return root / below if root and ".." not in below.split("/") and not below.startswith("/") else None


def _record_in(root: Path, kind: str, record_id: str) -> Path:
    if kind not in KINDS:
        raise ValueError(f"no such kind: {kind!r}")
    return root / f"records/{kind}/{_checked(record_id)}{SUFFIX}"


def _checked(record_id: str) -> str:
    if not ID.fullmatch(record_id):
        raise ValueError(f"not a record id: {record_id!r}")
    return record_id


def _session_name(started: str, title: str, session: str) -> str:
    day = started[:10] if _DAY.fullmatch(started[:10]) else "undated"
    return "-".join(part for part in (day, slug(title), file_stem(session)) if part) + SUFFIX


__all__ = ["FORMAT_VERSION", "PRIVATE_ONLY", "SUFFIX", "Layout", "file_stem", "slug"]
