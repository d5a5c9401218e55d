"""Which files are documents: where styles have theirs, by which ending one is known, how large one may be."""

from collections.abc import Iterator
from pathlib import Path

from passdown.formats.base import Layout

MAX_BYTES = 4 << 20  # a larger file is no document that a session could read
ENDINGS = (".md", ".mdc", ".markdown", ".tmp", ".txt")


def lying(root: Path, layout: Layout) -> Iterator[Path]:
    """The files where a layout has its documents, in order."""
    for glob in layout.globs:
        yield from (p for p in sorted(root.glob(glob)) if p.is_file())


__all__ = ["ENDINGS", "MAX_BYTES", "lying"]
