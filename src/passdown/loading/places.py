"""Where documents are looked for: by name and folder, so that no other file has to be opened."""

import re
from collections.abc import Iterable
from posixpath import basename

from passdown.loading.roles import role

NAMES = frozenset(("claude.md", "claude.local.md", "agents.md", "gemini.md", "memory.md", "session_memory.md", "context.md", "copilot-instructions.md"))
FOLDERS = frozenset((".claude", ".agents", ".agent", ".memory", "memory", "memories", "memory-bank", ".memory-bank"))  # everything written in them
PASSED_OVER = frozenset((
    "node_modules", "vendor", ".git", ".venv", "venv", "site-packages", "__pycache__", "dist", "build", "target", "worktrees", ".passdown", ".tox"))
OWN = ".passdown/memory/"  # what passdown renders for loading; nothing else of `.passdown` is a document of the project
ENDINGS = (".md", ".mdc", ".markdown")
_SAYS = re.compile(r"<load_if|<document\b|load(?:s|ed)?[-_ ]when|trigger|inherit|extends|parent|tier\b|selective", re.IGNORECASE)
MOST = 2_000  # documents that are looked at


def memory_places(paths: Iterable[str], folders: Iterable[str] = ()) -> tuple[list[str], int]:
    """The paths that may be memory documents, nearest to the root first, and how many more there are than are looked at.

    folders: further ones, from the settings.
    """
    given = tuple(f.strip("/") + "/" for f in folders if f.strip("/"))
    found = sorted({p for p in paths if may_be_memory(p, given)}, key=lambda p: (p.count("/"), p))
    return found[:MOST], max(0, len(found) - MOST)


def may_be_memory(path: str, folders: tuple[str, ...] = ()) -> bool:
    """Whether a path has the name of a memory document or lies where they are kept."""
    if not path.lower().endswith(ENDINGS):
        return False
    if path.startswith(OWN):
        return True
    parents = path.lower().split("/")[:-1]
    if not PASSED_OVER.isdisjoint(parents):
        return False
    return basename(path).lower() in NAMES or not FOLDERS.isdisjoint(parents) or path.startswith(folders)


def may_say_when(text: str) -> bool:
    """Whether a document may hold anything about loading: False is certain, and spares parsing it."""
    return _SAYS.search(text) is not None


def context_places(paths: Iterable[str]) -> list[str]:
    """The paths that may belong to a session context."""
    return [p for p in paths if p.count("/") <= 2 and role(p)[0]]


__all__ = ["PASSED_OVER", "context_places", "may_be_memory", "may_say_when", "memory_places"]
