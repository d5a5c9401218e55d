"""The few small files that hooks write. Best effort: nothing here is irreplaceable, and nothing here raises.

They hold no word of a payload but ids and paths, so there is nothing to redact.
"""

import os

MODE = 0o600
FOLDER_MODE = 0o700


def make(path: str, data: str) -> bool:
    """A new file with `data`; False when there is one, or none can be made: a full disk takes the name, and nothing or half of what is in it."""
    content = data.encode("utf-8", "surrogateescape")
    try:
        handle = _open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    except OSError:
        return False
    try:
        whole = os.write(handle, content) == len(content)
    except OSError:
        whole = False
    finally:
        os.close(handle)
    if not whole:
        remove(path)
    return whole


def replace(path: str, data: str) -> bool:
    """`data` in place of what stood there, whole or not at all."""
    folder, name = os.path.split(path)
    temporary = os.path.join(folder, f".{name}.{os.getpid()}.tmp")
    if not make(temporary, data):
        return False
    try:
        os.replace(temporary, path)
    except OSError:
        remove(temporary)
        return False
    return True


def append(path: str, data: str, limit: int) -> None:
    """`data` at the end of a file, which is begun anew when it has more than `limit` bytes."""
    try:
        handle = _open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    except OSError:
        return
    try:
        if os.fstat(handle).st_size > limit:
            os.ftruncate(handle, 0)
        os.write(handle, data.encode("utf-8", "replace"))
    except OSError:
        pass
    finally:
        os.close(handle)


def remove(path: str) -> bool:
    """Whether it was this call that took the file away."""
    try:
        os.unlink(path)
    except OSError:
        return False
    return True


def listed(folder: str) -> list[str]:
    """Names of finished files, sorted; none where there is no folder."""
    try:
        return sorted(name for name in os.listdir(folder) if not name.startswith("."))
    except OSError:
        return []


def safe(name: str) -> str:
    """`name` as part of a file name: itself when it is harmless and short, else what is harmless of it and a checksum."""
    kept = "".join(c for c in name if c.isascii() and (c.isalnum() or c in "-_"))[:80]
    if kept == name and kept:
        return kept
    from zlib import crc32

    return f"{kept}~{crc32(name.encode('utf-8', 'surrogatepass')):08x}"


def _open(path: str, flags: int) -> int:
    try:
        return os.open(path, flags, MODE)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), FOLDER_MODE, exist_ok=True)
        return os.open(path, flags, MODE)


__all__ = ["append", "listed", "make", "remove", "replace", "safe"]
