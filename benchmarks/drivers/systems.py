"""passdown and its public rivals, each described by how its user drives it.

A system has a command line, a tool server, or both. What it keeps an acknowledged save in is named too, so that all of
them can be measured at equal durability: the benchmark then flushes those files itself and adds the time.
The notes on flushing were read in the installed sources of the versions named in `installs.py`.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import conditions, corpus
from benchmarks.corpus import Item
from benchmarks.drivers.installs import Installed
from benchmarks.drivers.mcp import Client

Call = tuple[str, dict[str, object]]  # a tool and its arguments
WORKER = "import sys; sys.path.insert(0, {root!r}); from benchmarks.drivers.passdown_worker import serve; serve()"
PER_SESSION = 100  # items of one daimon checkpoint when the store is filled
PER_BATCH = 100  # items of one call when a tool server's store is filled


@dataclass(frozen=True, slots=True)
class Command:
    words: tuple[str, ...]
    stdin: str = ""


@dataclass(frozen=True, slots=True)
class System:
    """env, cwd: of every process. holds: glob, below `store`, of the files that hold acknowledged saves. flushes: what its own code does.

    ask, keep: calls of the tool server. cold_*: commands; None means that the server has to be started for it.
    """

    name: str
    version: str
    flushes: str
    env: Mapping[str, str]
    cwd: Path
    store: Path
    holds: str
    server: tuple[str, ...]
    ask: Callable[[Item], Call]
    fill: Callable[["System", Sequence[Item]], None]
    keep: Callable[[Item], Call] | None = None
    durable: bool = False
    cold_ask: Callable[[Item], Command] | None = None
    cold_keep: Callable[[Item], Command] | None = None
    brief: Command | None = None

    def start(self) -> Client:
        return Client(self.server, env=self.env, cwd=self.cwd)

    def run(self, command: Command) -> conditions.Run:
        return conditions.run(command.words, env=self.env, cwd=self.cwd, stdin=command.stdin)

    def peak_mb(self, command: Command) -> float:
        return conditions.weighed(command.words, env=self.env, cwd=self.cwd, stdin=command.stdin)[1]

    def changed(self, since_ns: int) -> Iterator[Path]:
        """Files that hold saves and were written since, and their directories."""
        written = [path for path in self.store.glob(self.holds) if path.is_file() and path.stat().st_mtime_ns >= since_ns]
        yield from written
        yield from {path.parent for path in written}


def flush(paths: Sequence[Path]) -> None:
    """What a save lacks that was acknowledged without it. Any process may flush a file's pages."""
    for path in paths:
        handle = os.open(path, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)


def passdown(home: Path, product: Sequence[str]) -> System:
    from passdown import __version__

    env, project = _place(home)
    words = tuple(product)
    return System(
        "passdown", __version__, "fsyncs file and folder, reads back", env, project, project / ".git" / "passdown", "records/**/*.md",
        server=(sys.executable, "-c", WORKER.format(root=str(conditions.ROOT))),
        ask=lambda item: ("search", {"query": item.query, "limit": 10}),
        keep=lambda item: ("note", {"text": item.text}),
        fill=_fill_passdown(words), durable=True,
        cold_ask=lambda item: Command((*words, "search", item.query, "--json", "--limit", "10")),
        cold_keep=lambda item: Command((*words, "note", "decision", item.text)),
        brief=Command((*words, "resume")),
    )


def _fill_passdown(words: tuple[str, ...]) -> Callable[[System, Sequence[Item]], None]:
    def fill(system: System, items: Sequence[Item]) -> None:
        system.run(Command((*words, "init", "--yes")))
        corpus.fill_store(system.cwd, items)

    return fill


def daimon(home: Path, installed: Installed) -> System:
    env, project = _place(home)
    here = ("--project", str(project))
    return System(
        "daimon-briefing", installed.version, "no fsync: temporary file and rename",
        {**env, "DAIMON_CHECKPOINT_KEEP": "0"}, project, home / ".daimon", "checkpoints/**/*.json",
        server=(installed.command, "mcp", "serve"),
        ask=lambda item: ("daimon_recall", {"query": item.query, "limit": 10}),
        fill=lambda system, items: _fill_daimon(system, installed.command, items),
        cold_ask=lambda item: Command((installed.command, "recall", *here, "--json", "--limit", "10", item.query)),
        cold_keep=lambda item: _checkpoint(installed.command, project, item.key, [item], "recent_decisions"),
        brief=Command((installed.command, "brief", *here)),
    )


def _fill_daimon(system: System, command: str, items: Sequence[Item]) -> None:
    """Whole sessions of beliefs: unlike decisions, they are not carried into every later checkpoint, which would slow each save down."""
    for at in range(0, len(items), PER_SESSION):
        system.run(_checkpoint(command, system.cwd, f"filled-{at}", items[at : at + PER_SESSION], "strong_beliefs"))


def _checkpoint(command: str, project: Path, session: str, items: Sequence[Item], field: str) -> Command:
    said = [{"text": item.text, "trust": "inferred"} for item in items]
    lists = {name: said if name == field else [] for name in ("open_questions", "recent_decisions", "strong_beliefs", "uncertainties")}
    body = {
        "session_id": session,
        "working_context": {"active_topic": {"text": f"work of {session}", "trust": "inferred"}, **dict(list(lists.items())[:2])},
        "epistemic_snapshot": dict(list(lists.items())[2:]),
    }
    return Command((command, "write-checkpoint", "--project", str(project)), json.dumps(body))


def memory_keeper(home: Path, installed: Installed) -> System:
    env, project = _place(home)
    data = home / "data"
    return System(
        "mcp-memory-keeper", installed.version, "no fsync: SQLite WAL, synchronous=NORMAL", {**env, "DATA_DIR": str(data)}, project, data, "context.db*",
        server=(installed.command,),
        ask=lambda item: ("context_search_all", {"query": item.query, "limit": 10}),
        keep=lambda item: ("context_save", {"key": item.key, "value": item.text, "category": "decision"}),
        fill=lambda system, items: _fill_server(system, items, _keeper_batch),
    )


def _keeper_batch(items: Sequence[Item]) -> Call:
    return "context_batch_save", {"items": [{"key": item.key, "value": item.text, "category": "decision"} for item in items]}


def official_memory(home: Path, installed: Installed) -> System:
    env, project = _place(home)
    file = home / "data" / "memory.jsonl"
    file.parent.mkdir()
    return System(
        "server-memory", installed.version, "no fsync: rewrites the whole file, rename",
        {**env, "MEMORY_FILE_PATH": str(file)}, project, file.parent, "*.jsonl",
        server=(installed.command,),
        ask=lambda item: ("search_nodes", {"query": item.query}),
        keep=lambda item: _entities([item]),
        fill=lambda system, items: _fill_server(system, items, _entities),
    )


def _entities(items: Sequence[Item]) -> Call:
    return "create_entities", {"entities": [{"name": item.key, "entityType": "decision", "observations": [item.text]} for item in items]}


def _fill_server(system: System, items: Sequence[Item], batch: Callable[[Sequence[Item]], Call]) -> None:
    with system.start() as client:
        for at in range(0, len(items), PER_BATCH):
            tool, arguments = batch(items[at : at + PER_BATCH])
            client.tool(tool, **arguments)


def _place(home: Path) -> tuple[dict[str, str], Path]:
    """A home of its own with a project in it."""
    home.mkdir(parents=True)
    env = conditions.clean_env(home)
    return env, corpus.repository(home / "project", env)
