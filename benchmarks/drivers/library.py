"""passdown used warm, from Python: the one place in the benchmarks that knows its library's functions."""

import contextlib
import io
import os
from pathlib import Path

from passdown.actions.refresh import opened, sources
from passdown.cli.main import main
from passdown.index import Hit
from passdown.project import open_project


class Library:
    """A project, and its index kept open between questions, as a long-lived process would keep it."""

    def __init__(self, root: Path) -> None:
        self.project = open_project(root)
        self.index = opened(self.project)

    def note(self, text: str) -> str:
        """One durable decision; the receipt. The verb as a whole: arguments, redaction, journal, fsync, read-back."""
        receipt = io.StringIO()
        with contextlib.redirect_stdout(receipt), contextlib.redirect_stderr(io.StringIO()):
            code = main(["note", "decision", text, "-C", os.fspath(self.project.root)])
        if code:
            raise SystemExit(f"note ended with code {code}: {receipt.getvalue()}")
        return receipt.getvalue()

    def search(self, query: str, limit: int = 10) -> list[Hit]:
        """What answers, after a look at what changed on disk."""
        self.index.refresh(sources(self.project))
        return self.index.search(query, limit)
