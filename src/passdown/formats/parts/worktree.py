"""What git has not committed, told alike by every style: which paths, or none. What passdown writes itself is not among it: each hand-off changes it."""

from passdown.formats.base import GitState
from passdown.formats.parts.wording import code, counted, some

NAMED = 4
ASIDE = "hand-off files aside"


def uncommitted(git: GitState, named: int = NAMED) -> str:
    """`2 paths not committed (`a.py`, `b.py`)`, else that there is nothing."""
    return f"{counted(len(git.changed), 'path')} not committed ({names(git, named)})" if git.changed else f"nothing uncommitted, {ASIDE}"


def names(git: GitState, named: int = NAMED) -> str:
    """The first few uncommitted paths as code, and how many more there are."""
    return some((code(path, 80) for path, _ in git.changed), named)


__all__ = ["ASIDE", "NAMED", "names", "uncommitted"]
