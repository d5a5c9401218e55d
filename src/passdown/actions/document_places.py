"""Which files are documents: where styles have theirs, by which ending one is known, how large one may be; and their texts."""

from collections.abc import Iterator
from pathlib import Path

from passdown import files
from passdown.formats.base import Layout

MAX_BYTES = 4 << 20  # a larger file is no document that a session could read
ENDINGS = (".md", ".mdc", ".markdown", ".tmp", ".txt")


class Unread(Exception):
    """Why a file was not read: the code of a finding, and words."""

    def __init__(self, code: str, why: str) -> None:
        super().__init__(why)
        self.code, self.why = code, why


def text_of(path: Path) -> str | None:
    """A document's text, None when there is no file. Raises `Unread` for what is too large, no text or not UTF-8."""
    try:
        if path.is_file() and (size := path.stat().st_size) > MAX_BYTES:
            raise Unread("file-too-large", f"it has {size / 1_000_000:.1f} MB, which no document has; nothing in it was looked at")
        data = files.read(path)
    except OSError as error:
        raise Unread("file-unreadable", f"it cannot be read: {error.strerror or error}") from error
    if data is not None and b"\0" in data:
        raise Unread("file-not-text", "it is not text")
    try:
        return None if data is None else data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unread("file-not-text", f"byte {error.start} is not UTF-8; nothing in it was looked at") from None


def lying(root: Path, layout: Layout) -> Iterator[Path]:
    """The files where a layout has its documents, in order."""
    for glob in layout.globs:
        yield from (p for p in sorted(root.glob(glob)) if p.is_file())


__all__ = ["ENDINGS", "MAX_BYTES", "Unread", "lying", "text_of"]
