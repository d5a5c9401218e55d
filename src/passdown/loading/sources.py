"""Where texts come from: the one thing that loading asks of the world."""

from collections.abc import Callable
from typing import Protocol

Cost = Callable[[str], int]  # tokens of a text, by an estimate


class UnreadableError(Exception):
    """A document that cannot be loaded; the message says why in a few words: `too large (5.0 MB)`, `not text`, `leads out of the project`."""


class Sources(Protocol):
    """The project's files, by paths relative to its root with forward slashes. Nothing outside of the project is ever given out."""

    def text(self, path: str) -> str:
        """A document's text. Raises `UnreadableError`."""
        ...

    def holds(self, path: str) -> bool:
        """Whether there is a file of that name, readable or not."""
        ...

    def matching(self, pattern: str) -> tuple[str, ...]:
        """Files that a pattern names, sorted: `docs/*.md`, or those right in the folders `batch_*/`. Bounded."""
        ...


__all__ = ["Cost", "Sources", "UnreadableError"]
