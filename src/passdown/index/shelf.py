"""What the three kinds of content have in common: a file is taken in or dropped, and at the end of a refresh things are settled."""

from typing import Protocol

from passdown import files
from passdown.errors import PassdownError

# What reading a file may raise, whatever stands in it.
UNREADABLE = (PassdownError, OSError, EOFError, ValueError, TypeError, KeyError, AttributeError)


def content(path: str) -> bytes:
    """The whole file. Raises `OSError`, also when it is gone."""
    data = files.read(path)
    if data is None:
        raise FileNotFoundError(f"{path} is gone")
    return data


class Damaged(ValueError):
    """A file of which the beginning was taken in, and stays, while the rest does not read."""


class Shelf(Protocol):
    """One role of folder. Everything runs inside one write transaction of the index."""

    def take(self, folder: int, rank: int, path: str, name: str) -> None:
        """Reads the file `path`, whose last part is `name`, in place of what was known of it.

        Raises one of `UNREADABLE`; unless it is `Damaged`, the caller then drops the file.
        """

    def drop(self, folder: int, name: str) -> None:
        """Forgets what was read from this file."""

    def settle(self) -> None:
        """Once, after the last file."""


__all__ = ["UNREADABLE", "Damaged", "Shelf", "content"]
