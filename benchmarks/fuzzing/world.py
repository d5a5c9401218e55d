"""A small world for targets that need one: folders that go with the process, a project with a store, the material of documents."""

import atexit
import os
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path

from benchmarks.fuzzing.base import GOLDEN

from passdown.formats.base import Commit, GitState, Material, Overview
from passdown.model.anchor import Anchor
from passdown.model.ids import derived_id
from passdown.model.record import Record
from passdown.model.session import Session

RECORDS = (
    Record(derived_id("1"), "decision", "Use SQLite, not Redis", details={"why": "no server"}, created="2026-11-01T10:00:00Z"),
    Record(derived_id("2"), "task", "Drain the queue", details={"next": "the retry"}, anchors=(Anchor("src/queue.py", 3, 9),), created="2026-11-02T10:00:00Z"),
    Record(derived_id("3"), "knowledge", "Tests need the emulator\nand its port", trust="extracted", created="2026-11-03T10:00:00Z"),
    Record(derived_id("4"), "approach", "Polling", details={"outcome": "failed", "why": "too slow"}, created="2026-11-04T10:00:00Z"))
MATERIAL = Material("2026-11-20T12:00:00Z", root="/home/dev/shop", records=RECORDS, overview=Overview("shop"), git=GitState("main", Commit("a" * 40, "Start",
    "2026-11-01")),
                    sessions=(Session("s-1", "codex", title="First"),))


@cache
def folder() -> Path:
    """An empty one, removed when the process ends in the ordinary way, or by whoever empties the system's folder for such."""
    path = Path(tempfile.mkdtemp(prefix="passdown-fuzz-"))
    owner = os.getpid()
    atexit.register(lambda: shutil.rmtree(path, ignore_errors=True) if os.getpid() == owner else None)
    return path


@cache
def project() -> Path:
    """A repository with a store that was captured into; home is beside it."""
    home, root = folder() / "home", folder() / "shop"
    home.mkdir()
    root.mkdir()
    for name, value in {"HOME": str(home), "PASSDOWN_HOME": str(home / ".passdown"), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}.items():
        os.environ[name] = value
    (root / "a.py").write_text("def drain(queue):\n    return queue.pop()\n")
    identity = ("-c", "user.name=Dev", "-c", "user.email=dev@example.com")
    for words in (("init", "-qb", "main"), ("add", "-A"), (*identity, "commit", "-qm", "First commit")):
        subprocess.run(["git", *words], cwd=root, check=True)
    from passdown.actions.init import init
    from passdown.actions.note import note
    from passdown.project import open_project

    init(open_project(root))
    for record in RECORDS:
        note(open_project(root), record.kind, record.text, dict(record.details))
    return root


def transcripts() -> list[Path]:
    return sorted(p for p in (GOLDEN / "transcripts").glob("*/*") if not p.name.endswith(".events.json"))


__all__ = ["MATERIAL", "RECORDS", "folder", "project", "transcripts"]
