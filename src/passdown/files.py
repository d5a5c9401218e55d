"""The only module that writes to disk.

What holds when `write`, `append`, `remove` and `move` have returned, with `durable`:

- **Power loss, kill -9:** the new content is there, whole. Before they return, a file that `write` replaces is whole, old or
  new; never torn, never missing. Bytes that `append` had not acknowledged may lie behind the committed length; the next
  `append` cuts them off. A kill may leave a temporary file (`is_temporary`), which nothing reads and `sweep` removes.
- **Parallel writers:** `expected=None` is exclusive: of any number of writers one wins, the others get `Conflict`. With a hash, the
  comparison and the replacement are two steps: writers that must not overwrite each other hold the same `lock` around
  reading, deciding and writing. With `ANY` the last one wins.
- **Readers** need no lock: whatever they open is one writer's whole content.
- **An error** (`WriteFailed`: full disk, no permission, failing disk) leaves the previous content. The one exception is a disk
  that fails between the replacement and its confirmation (folder sync, read-back): then the new content stands, whole but not
  acknowledged; who needs the old one back has it in the journal.

Without `durable` the same holds, but power loss may take what was written last, or leave it empty.
"""
# System calls on plain strings: pathlib would cost more than the call, and one method is to be one call.
# ruff: noqa: PTH101, PTH102, PTH105, PTH106, PTH108, PTH112, PTH116, PTH118, PTH120

import errno
import os
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from passdown.errors import Conflict, Locked, NotVerified, WriteFailed
from passdown.model.ids import content_hash
from passdown.model.text import RedactedText

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

StrPath = str | os.PathLike[str]

ANY = "any"  # as expected hash: whatever stands there
PRIVATE = 0o600
PUBLIC = 0o644  # published copies: the umask decides, as for any file of the work tree
LOCK_TIMEOUT_S = 30.0
LOCK_POLL_S = 0.001
TEMPORARY = ".tmp"
_BINARY = getattr(os, "O_BINARY", 0)
_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


class Operations:
    """Everything this module does to a disk, one method a system call, so that another object can stand in its place and fail."""

    def open(self, path: str, flags: int, mode: int) -> int:
        return os.open(path, flags | _BINARY, mode)

    def write(self, handle: int, data: bytes) -> int:
        return os.write(handle, data)

    def truncate(self, handle: int, length: int) -> None:
        os.ftruncate(handle, length)

    def fsync(self, handle: int) -> None:
        """Through the disk's own cache on macOS, where plain fsync stops before it."""
        if sys.platform == "darwin":
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
        else:
            os.fsync(handle)

    def fsync_folder(self, path: str) -> None:
        """Makes names in a folder durable. Windows has no such call and needs none on NTFS."""
        if os.name == "nt":
            return
        handle = os.open(path or ".", os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def link(self, source: str, target: str) -> None:
        os.link(source, target)

    def replace(self, source: str, target: str) -> None:
        os.replace(source, target)

    def unlink(self, path: str) -> None:
        os.unlink(path)

    def mkdir(self, path: str, mode: int) -> None:
        os.mkdir(path, mode)

    def rmdir(self, path: str) -> None:
        os.rmdir(path)

    def chmod(self, path: str, mode: int) -> None:
        os.chmod(path, mode)


operations = Operations()


def read(path: StrPath) -> bytes | None:
    """The whole content, None when there is no such file. Raises `OSError` when it is there and cannot be read."""
    try:
        handle = os.open(path, os.O_RDONLY | _BINARY)
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        return _rest(handle)
    finally:
        os.close(handle)


def hash_of(path: StrPath) -> str | None:
    """The content hash of a file, None when there is none."""
    content = read(path)
    return None if content is None else content_hash(content)


def write(path: StrPath, text: RedactedText, *, expected: str | None = ANY, durable: bool = True, mode: int = PRIVATE) -> str:
    """Put `text` (UTF-8; a lone surrogate becomes `?`) at `path` and return its content hash.

    expected: `ANY`, None (there must be no file), or the content hash that the file must have.
    mode: of a new file; missing folders get the same with x where it has r.
    Raises `Conflict` (not as expected), `WriteFailed`, `NotVerified` (reads back differently).
    """
    return write_bytes(path, text.encode("utf-8", "replace"), expected=expected, durable=durable, mode=mode)


def write_bytes(path: StrPath, data: bytes, *, expected: str | None = ANY, durable: bool = True, mode: int = PRIVATE) -> str:
    """`write` for an encoding of values that are safe already, such as the journal's JSON of redacted texts."""
    place = os.fspath(path)
    with suppress(OSError):
        if not stat.S_ISREG(os.stat(place).st_mode):
            raise WriteFailed(path=place, reason="it is a folder, a device or a pipe")  # in whose place a file would be put
    temporary, inode = _spill(place, data, durable, mode)
    try:
        _check_expected(place, expected)
        _install(temporary, place, exclusive=expected is None)
    except OSError as error:
        _drop(temporary)
        raise _failed(place, error) from error
    except BaseException:
        _drop(temporary)
        raise
    _confirm(place, data, inode, durable=durable, new=expected is None)
    return content_hash(data)


def append(path: StrPath, data: bytes, at: int, *, durable: bool = True, mode: int = PRIVATE) -> int:
    """Write `data` at byte `at`, the committed length, cutting off what lies behind it; return the new length.

    Raises `Conflict` when the file is shorter than `at`, `WriteFailed` (then the file is cut back to `at` if the disk lets us), `NotVerified`.
    """
    place = os.fspath(path)
    try:
        handle = _open(place, os.O_RDWR | os.O_CREAT, mode)
    except OSError as error:
        raise _failed(place, error) from error
    try:
        return _append(place, handle, data, at, durable)
    except OSError as error:
        with suppress(OSError):
            operations.truncate(handle, at)
        raise _failed(place, error) from error
    finally:
        os.close(handle)


def remove(path: StrPath, *, durable: bool = True) -> bool:
    """Take a file away; False when there was none. Raises `WriteFailed`."""
    place = os.fspath(path)
    try:
        operations.unlink(place)
        if durable:
            operations.fsync_folder(os.path.dirname(place))
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError as error:
        raise _failed(place, error) from error
    return True


def remove_folder(path: StrPath) -> bool:
    """Take a folder away if it is empty; False when it stays, or is not there."""
    try:
        operations.rmdir(os.fspath(path))
    except OSError:
        return False
    return True


def protect(path: StrPath) -> None:
    """Let nobody but the owner read a file. Raises `WriteFailed`."""
    try:
        operations.chmod(os.fspath(path), PRIVATE)
    except OSError as error:
        raise _failed(os.fspath(path), error) from error


def move(source: StrPath, target: StrPath, *, durable: bool = True, exclusive: bool = False) -> None:
    """Rename a file on the same disk, replacing `target`; its folder is made where it is missing. Raises `WriteFailed`.

    exclusive: never over another file; raises `Conflict` then, and nothing has changed.
    """
    start, end = os.fspath(source), os.fspath(target)
    try:
        if not os.path.isdir(os.path.dirname(end)):
            _make_folder(os.path.dirname(end), 0o700)
        _install(start, end, exclusive=exclusive)
        if durable:
            for folder in {os.path.dirname(end), os.path.dirname(start)}:
                operations.fsync_folder(folder)
    except OSError as error:
        raise _failed(end, error) from error


@contextmanager
def lock(path: StrPath, timeout_s: float = LOCK_TIMEOUT_S) -> Iterator[None]:
    """Hold the exclusive lock that `path` stands for; it goes when the process ends, however it ends. The file itself stays.

    Not re-entrant. Raises `Locked` after `timeout_s` seconds, `WriteFailed` when the lock file can't be opened for writing.
    """
    place = os.fspath(path)
    try:
        handle = _open(place, os.O_RDWR | os.O_CREAT, PRIVATE)
    except OSError as error:
        raise _failed(place, error) from error
    try:
        _wait_for(handle, place, timeout_s)
        yield
    finally:
        os.close(handle)


def is_temporary(name: str) -> bool:
    """Whether a file of this name is one of ours that was not finished."""
    return name.startswith(".") and name.endswith(TEMPORARY)


def sweep(folder: StrPath) -> int:
    """Remove the unfinished files that killed writers left in `folder`; return how many. The caller holds the writers' lock."""
    try:
        left = [entry.path for entry in os.scandir(folder) if is_temporary(entry.name)]
    except OSError:
        return 0
    return sum(remove(path, durable=False) for path in left)


def _failed(place: str, error: OSError) -> WriteFailed:
    return WriteFailed(path=place, reason=error.strerror or str(error))


def _open(place: str, flags: int, mode: int) -> int:
    try:
        return operations.open(place, flags, mode)
    except FileNotFoundError:
        _make_folder(os.path.dirname(place), mode | (mode & 0o444) >> 2)
        return operations.open(place, flags, mode)


def _make_folder(folder: str, mode: int) -> None:
    """Also the missing ones above it, each made durable in its own parent."""
    parent = os.path.dirname(folder)
    if parent and not os.path.isdir(parent):
        _make_folder(parent, mode)
    with suppress(FileExistsError):
        operations.mkdir(folder, mode)
        operations.fsync_folder(parent)


def _spill(place: str, data: bytes, durable: bool, mode: int) -> tuple[str, int]:
    """A temporary file beside `place` with the data in it, and its inode."""
    folder, name = os.path.split(place)
    temporary = os.path.join(folder, f".{name}.{os.urandom(5).hex()}{TEMPORARY}")
    try:
        handle = _open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        try:
            _write_all(handle, data)
            if durable:
                operations.fsync(handle)
            return temporary, os.fstat(handle).st_ino
        finally:
            os.close(handle)
    except OSError as error:
        _drop(temporary)
        raise _failed(place, error) from error


def _write_all(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[operations.write(handle, bytes(rest)):]


def _check_expected(place: str, expected: str | None) -> None:
    if expected is not None and expected != ANY and hash_of(place) != expected:
        raise Conflict(where=place)


def _install(temporary: str, place: str, *, exclusive: bool) -> None:
    if not exclusive:
        operations.replace(temporary, place)
        return
    try:
        operations.link(temporary, place)
        _drop(temporary)
    except FileExistsError:
        raise Conflict(where=place) from None
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        _install_without_links(temporary, place)


def _install_without_links(temporary: str, place: str) -> None:
    """For file systems that have no hard links (exFAT, some network shares): exclusive only among those who hold the same lock."""
    if os.path.lexists(place):
        raise Conflict(where=place)
    operations.replace(temporary, place)


def _confirm(place: str, data: bytes, inode: int, *, durable: bool, new: bool) -> None:
    """Sync the name and read back. A file that did not exist before goes again when that fails, since nobody was told of it."""
    try:
        if durable:
            operations.fsync_folder(os.path.dirname(place))
        if read(place) != data and _inode(place) in {inode, None}:  # another inode: a later writer has replaced ours, which was there
            raise NotVerified(path=place)
    except (OSError, NotVerified) as error:
        if new:
            _drop(place)
        raise _failed(place, error) if isinstance(error, OSError) else error from error


def _inode(place: str) -> int | None:
    try:
        return os.stat(place).st_ino
    except FileNotFoundError:
        return None


def _drop(path: str) -> None:
    with suppress(OSError):
        operations.unlink(path)


def _append(place: str, handle: int, data: bytes, at: int, durable: bool) -> int:
    size = os.fstat(handle).st_size
    if size < at:
        raise Conflict(where=place)
    if size > at:
        operations.truncate(handle, at)
    os.lseek(handle, at, os.SEEK_SET)
    _write_all(handle, data)
    if durable:
        operations.fsync(handle)
        if not at:
            operations.fsync_folder(os.path.dirname(place))
    os.lseek(handle, at, os.SEEK_SET)
    if _rest(handle) != data:
        raise NotVerified(path=place)
    return at + len(data)


def _rest(handle: int) -> bytes:
    """From where the handle stands to the end."""
    parts = []
    while part := os.read(handle, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def _wait_for(handle: int, place: str, timeout_s: float) -> None:
    deadline = time.monotonic() + timeout_s
    while not _try_lock(handle):
        if time.monotonic() > deadline:
            raise Locked(path=place, seconds=timeout_s)
        time.sleep(LOCK_POLL_S)


def _try_lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            os.lseek(handle, 0, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    return True


__all__ = [
    "ANY", "LOCK_TIMEOUT_S", "PRIVATE", "PUBLIC", "Operations", "StrPath",
    "append", "hash_of", "is_temporary", "lock", "move", "operations", "protect", "read", "remove", "remove_folder", "sweep", "write", "write_bytes",
]
