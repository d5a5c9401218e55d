"""Facts about the work tree: what a file holds, and what of it an anchor means."""

import os
from collections.abc import Sequence
from pathlib import Path

from msgspec.structs import replace

from passdown.model.anchor import Anchor
from passdown.model.ids import content_hash
from passdown.verification.anchors import excerpt, normal, text_of
from passdown.verification.symbols.base import Definition
from passdown.verification.symbols.table import defined

MAX_BYTES = 4 << 20  # a larger file is not source text: it is not hashed, and so never said to have changed
COMMIT_DIGITS = 12


def content(root: Path, path: str) -> bytes | None:
    """A file of the project with LF line ends; None when it is not there, not a file, outside, or too large."""
    if not path or path.startswith(("/", "~")) or ".." in path.split("/"):
        return None
    try:
        at = root / path
        status = at.stat()
        if status.st_size > MAX_BYTES or not at.is_file() or not below(at, root):
            return None
        return normal(at.read_bytes())
    except (OSError, ValueError):
        return None


def below(path: Path, root: Path) -> bool:
    """Whether the file lies in the project when links are followed."""
    return os.path.realpath(path).startswith(os.path.join(os.path.realpath(root), ""))  # noqa: PTH118  a path call in a hot loop


def is_there(root: Path, path: str) -> bool:
    """Whether something has this name, such as a file that is too large or may not be read: it is not gone then."""
    try:
        (root / path).lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError:
        pass
    return True


def seen_at(root: Path, anchor: Anchor, *, symbols: Sequence[str] = (), commit: str = "") -> Anchor:
    """`seen_in` the work tree, as it is now."""
    return seen_in(content(root, anchor.path), anchor, symbols=symbols, commit=commit)


def seen_in(data: bytes | None, anchor: Anchor, *, symbols: Sequence[str] = (), commit: str = "") -> Anchor:
    """The anchor as its place is in a file: content hash, and signature of its symbol; without a hash when that is not in it, or there is no file.

    symbols: names that stand beside it; the first one that the file defines becomes the anchor's, when it has none and no lines.
    commit: the head of the repository.
    """
    anchor = replace(anchor, commit=commit[:COMMIT_DIGITS])
    if data is None:
        return anchor
    found = named_in(anchor, text_of(data), symbols)
    if found:
        anchor = replace(anchor, symbol=anchor.symbol or found.name, signature=found.signature)
    first, last = (anchor.first, anchor.last) if anchor.first or not found else (found.first, found.last)
    part = excerpt(data, first, last)
    return replace(anchor, seen=content_hash(part)) if part is not None else replace(anchor, signature="")


def named_in(anchor: Anchor, text: str, symbols: Sequence[str]) -> Definition | None:
    """The definition that the anchor means: of its own symbol, else of the first of `symbols` that the file defines; none of lines without a symbol."""
    wanted = (anchor.symbol,) if anchor.symbol or anchor.first else symbols
    return next((found for symbol in wanted if symbol and (found := defined(anchor.path, text, symbol))), None)


__all__ = ["COMMIT_DIGITS", "content", "is_there", "seen_at", "seen_in"]
