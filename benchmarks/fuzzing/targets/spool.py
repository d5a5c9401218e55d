"""What hooks leave and read: pointers, lists of transcripts, what was told, rendered briefings, topics and the guard's table."""

from collections.abc import Callable
from pathlib import Path

from benchmarks.fuzzing.base import Target
from benchmarks.fuzzing.world import project

from passdown.actions.cache import render_cache, render_topics
from passdown.actions.guard import render_guard
from passdown.hooks import briefing, guard, place, said, spool, tails, told, topics
from passdown.hooks.guarding import rendered
from passdown.hooks.moment import Moment
from passdown.project import open_project

SILENT = (ValueError, KeyError, IndexError)  # of tables of ours that are damaged: `fire` logs them, and the hook says nothing


def at() -> place.Store:
    found = place.find(str(project()))
    assert found is not None
    return found


def pointers(data: bytes) -> None:
    store = at()
    for name, folder in (("123-4", spool.FOLDER), ("transcripts.tsv", "cache"), ("s-1", "told")):
        path = Path(store.private) / folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    [one.time for one in spool.waiting(store.private)]
    tails.missing(store.private)
    told.so_far(store.private, "s-1")


def briefed(data: bytes) -> None:
    store = at()
    Path(briefing.path(store.private, store.key)).write_bytes(data)
    found = briefing.load(store)
    if found:
        found.current(store)
        said.fenced(found, store, 1.8e9, [])


def on_topic(data: bytes) -> None:
    store = at()
    Path(topics.path(store.private, store.key)).write_bytes(data)
    table = topics.load(store)
    if table:
        for row in topics.opened(table, "drain the queue with SQLite, not Redis; tests need the emulator", "s", set()):
            briefing.filled(row.text, row.places, store.root, 1.8e9)


def guarded(data: bytes) -> None:
    """With the sum and the time that belong to it: what is not as it was written is silent before anything is read."""
    head, _, rest = data.partition(b"\n")
    import json

    try:
        facts = json.loads(head)
    except (ValueError, RecursionError):
        return
    if isinstance(facts, dict):
        data = json.dumps({**facts, "sum": rendered.checksum(rest), "records": briefing.records_stamp(at().private)}).encode() + b"\n" + rest
    store = at()
    Path(rendered.path(store.private, store.key)).write_bytes(data)
    guard.warned(Moment("claude-code", "UserPromptSubmit", {"session_id": "s"}, store, 0.0, ""), "prompt", "let's use Redis and polling for the queue")


def rendering(render: Callable[..., Path], path: Callable[[place.Store], str]) -> Callable[[], list[bytes]]:
    def seeds() -> list[bytes]:
        render(open_project(project()))
        return [Path(path(at())).read_bytes()]

    return seeds


TARGETS = {
    "spool-pointers": Target(lambda: [b"/a/t.jsonl\t/a\tclaude-code\tStop\ts-1\n", b"12\t\t/a/t.jsonl\n"], pointers, (b"\t", b"\n")),
    "spool-briefing": Target(rendering(render_cache, lambda s: briefing.path(s.private, s.key)), briefed, (b"\x02", b"\x03", b"\x02P0~\x03", b"\x029\x03",
        b"\x02clock\x03")),
    "spool-topics": Target(rendering(render_topics, lambda s: topics.path(s.private, s.key)), on_topic, (b"\t", b"\n", b"[[", b"]]"), SILENT),
    "spool-guard": Target(rendering(render_guard, lambda s: rendered.path(s.private, s.key)), guarded, (b"\t", b"\n", b"[]")),
}
