"""Raw transcripts, byte for byte, for those who want them kept beyond the agents' own retention (`archive = "transcripts"`).

They lie in `PASSDOWN_HOME/archive/`, outside every project: `chunks/<hash>.gz`, a mebibyte of a transcript each, named by its content, so that one which
grows is not kept twice; `transcripts/<key>.json` says of which chunks a transcript is made. Unlike everything else that passdown writes they are not
redacted, since they have to come back as they were: that is why it is off by default, and files are for their owner alone.
"""

import gzip
import hashlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from passdown import files
from passdown.errors import NoSuchRecord, NotABackup
from passdown.model.ids import content_hash
from passdown.model.json_values import BROKEN_JSON

CHUNK = 1 << 20
FORMAT = "passdown-transcript/1"


class Entry(msgspec.Struct, frozen=True):
    """One transcript. at: UTC ISO of when it was kept; size, mtime_ns: of the file then; digest: SHA-256 of all of it; chunks: content hashes in order."""

    path: str
    session: str
    at: str
    size: int
    mtime_ns: int
    digest: str
    chunks: tuple[str, ...]
    format: str = FORMAT


class Archive:
    """The archive in a folder. Every change may raise `Locked` and `WriteFailed`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, path: Path, session: str, at: str, most_bytes: int) -> bool:
        """Keep the transcript as it is now, the oldest ones making room for it; False when it was kept before, or is larger than all the room there is."""
        status = path.stat()
        known = self._entry(self._place(path))
        if known and (known.size, known.mtime_ns) == (status.st_size, status.st_mtime_ns):
            return False
        with files.lock(self.folder / "lock"):
            digest, chunks, size = hashlib.sha256(), [], 0
            with path.open("rb") as stream:
                while data := stream.read(CHUNK):
                    digest.update(data)
                    size += len(data)
                    chunks.append(self._put(data))
            entry = Entry(str(path), session or (known.session if known else ""), at, size, status.st_mtime_ns, digest.hexdigest(), tuple(chunks))
            files.write_bytes(self._place(path), msgspec.json.encode(entry))
            self._sweep()
            return self._make_room(most_bytes, entry)

    def restore(self, session: str, target: Path) -> int:
        """Write the transcript of a session to `target`, as it was kept; its size. Raises `NoSuchRecord`, `NotABackup` (damaged), `Conflict`."""
        entry = next((one for one in self.entries() if one.session == session), None)
        if entry is None:
            raise NoSuchRecord(id=session)
        try:
            data = b"".join(gzip.decompress(files.read(self._chunk(name)) or b"") for name in entry.chunks)
        except (OSError, EOFError) as error:
            raise NotABackup(path=entry.path, reason=str(error)) from error
        if hashlib.sha256(data).hexdigest() != entry.digest:
            raise NotABackup(path=entry.path, reason="a part of it is not there any more")
        files.write_bytes(target, data, expected=None)
        return len(data)

    def forget(self, session: str) -> int:
        """Remove the transcripts of a session; how many there were."""
        gone = [entry for entry in self.entries() if entry.session == session]
        if gone:
            with files.lock(self.folder / "lock"):
                for entry in gone:
                    files.remove(self._place(Path(entry.path)))
                    self._drop(entry.chunks)
        return len(gone)

    def entries(self) -> list[Entry]:
        """All of them, the newest first."""
        found = (self._entry(path) for path in (self.folder / "transcripts").glob("*.json"))
        return sorted((entry for entry in found if entry), key=lambda entry: entry.at, reverse=True)

    def _put(self, data: bytes) -> str:
        name = content_hash(data).partition(":")[2]
        if not self._chunk(name).exists():
            files.write_bytes(self._chunk(name), gzip.compress(data, 6, mtime=0))
        return name

    def _drop(self, chunks: Iterable[str]) -> None:
        """Remove those of the chunks that no transcript needs any more."""
        needed = {name for entry in self.entries() for name in entry.chunks}
        for name in set(chunks) - needed:
            files.remove(self._chunk(name), durable=False)

    def _sweep(self) -> None:
        """Remove what the last version of a transcript had, and what was left by one that was killed; nothing where an entry does not read."""
        for name in ("chunks", "transcripts"):
            files.sweep(self.folder / name)
        if len(self.entries()) == len(list((self.folder / "transcripts").glob("*.json"))):
            self._drop(path.stem for path in (self.folder / "chunks").glob("*.gz"))

    def _make_room(self, most_bytes: int, newest: Entry) -> bool:
        """Let go of the oldest transcripts until the rest fits, of the newest alone where it never would; whether that is still there."""
        too_large = sum(self._chunk(name).stat().st_size for name in set(newest.chunks)) > most_bytes
        older = [newest] if too_large else [entry for entry in self.entries() if entry.path != newest.path]
        while older and sum(path.stat().st_size for path in (self.folder / "chunks").glob("*.gz")) > most_bytes:
            oldest = older.pop()
            files.remove(self._place(Path(oldest.path)))
            self._drop(oldest.chunks)
        return not too_large

    def _place(self, path: Path) -> Path:
        return self.folder / "transcripts" / (content_hash(str(path)).partition(":")[2] + ".json")

    def _chunk(self, name: str) -> Path:
        return self.folder / "chunks" / f"{name}.gz"

    def _entry(self, path: Path) -> Entry | None:
        try:
            return msgspec.json.decode(files.read(path) or b"", type=Entry)
        except (OSError, *BROKEN_JSON):
            return None


__all__ = ["Archive", "Entry"]
