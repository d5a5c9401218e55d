"""The index and the state of captures: databases of which any byte may be wrong, and questions in any words."""

from pathlib import Path

from benchmarks.fuzzing.base import Target
from benchmarks.fuzzing.world import folder, project

from passdown.actions.refresh import opened
from passdown.index import Index
from passdown.project import open_project
from passdown.store.state import Cursor, Kept, State


def damaged(data: bytes) -> None:
    path = open_project(project()).layout.index
    for old in path.parent.glob(f"{path.name}*"):
        old.unlink()
    path.write_bytes(data)
    with opened(open_project(project())) as index:
        asked(index, "queue")


def asked(index: Index, words: str) -> None:
    index.search(words, 5, inactive=True)
    index.records()
    index.sessions(3)
    index.by_path("src/queue.py", 3)


def questions(data: bytes) -> None:
    with opened(open_project(project())) as index:
        asked(index, data.decode("utf-8", "replace"))


def state(data: bytes) -> None:
    path = folder() / "state.db"
    for old in folder().glob("state.db*"):
        old.unlink()
    path.write_bytes(data)
    with State(path) as found:
        found.cursors()
        found.kept("s-1")
        found.sessions()
        found.damage()


def seed_of_state() -> list[bytes]:
    path = folder() / "seed-state.db"
    with State(path) as made:
        made.commit(Cursor("/a/t.jsonl", "s-1", "codex"), Kept("s-1", 10, 3))
        return [made.snapshot()]


def seed_of_index() -> list[bytes]:
    with opened(open_project(project())):
        return [Path(open_project(project()).layout.index).read_bytes()]


TARGETS = {
    "index-file": Target(seed_of_index, damaged, (b"record", b"\x00" * 64), once=5.0),
    "index-query": Target(lambda: [b"SQLite OR queue", b'"drain the queue" src/queue.py:3 -redis kind:task'], questions,
                          (b" OR ", b" AND ", b" NOT ", b" NEAR(", b"*", b"^", b'"', b"(", b")", b"{a}:", b"--", b"'; DROP TABLE record;--"), once=5.0),
    "index-state": Target(seed_of_state, state, (b'{"fold":', b"\x00" * 64), once=5.0)}
