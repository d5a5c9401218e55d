"""passdown used warm, from Python: the one place in the benchmarks that knows its library's functions."""

from pathlib import Path

from passdown.actions.note import note
from passdown.actions.refresh import opened, sources
from passdown.index import Hit
from passdown.project import open_project


class Library:
    """A project, and its index kept open between questions, as a long-lived process would keep it."""

    def __init__(self, root: Path) -> None:
        self.project = open_project(root)
        self.index = opened(self.project)

    def note(self, text: str) -> str:
        """One durable decision; its id. The whole action: redaction, lock, journal, fsync, read-back."""
        return note(self.project, "decision", text, {}).record.id

    def search(self, query: str, limit: int = 10) -> list[Hit]:
        """What answers, after a look at what changed on disk."""
        self.index.refresh(sources(self.project))
        return self.index.search(query, limit)
