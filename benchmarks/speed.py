"""passdown's own speed, each figure beside the yardstick that bounds it, both measured in one run.

Usage: python -m benchmarks.speed {events,capture,resume,note,all} [--rounds N] [--records 10000] [--product-cmd CMD]
`events` and `capture` read the native sessions below $PASSDOWN_TEST_DATA/projects.
"""

import argparse
import contextlib
import importlib
import os
import pkgutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from benchmarks import conditions, corpus
from benchmarks.conditions import interleaved, timed, verdict

HEAD_BYTES = 65_536  # in which a reader recognises its format
CHUNK_BYTES = 1 << 20
RECORD_OVERHEAD = 150  # bytes of front matter around a note's text
Row = tuple[str, str, str, str]  # what, median, yardstick, ratio beside its bound


@dataclass
class Bench:
    """One run: its options, a folder that goes away, and a project with `records` records that is made when it is first needed."""

    rounds: int
    records: int
    product: Sequence[str]
    folder: Path
    env: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.env = conditions.clean_env(self.folder)
        self.knowledge = corpus.items(self.records)

    @property
    def heavy_rounds(self) -> int:
        """Of what takes seconds."""
        return max(1, min(3, self.rounds))

    @cached_property
    def sessions(self) -> list[Path]:
        """The native transcripts, in the order of their names."""
        data = os.environ.get("PASSDOWN_TEST_DATA")
        if not data:
            raise SystemExit("set PASSDOWN_TEST_DATA to the folder that holds projects/")
        return sorted(Path(data).glob("projects/*/sessions/*.jsonl"))

    @cached_property
    def project(self) -> Path:
        """A store full of records; its index is made by the first question, which is not timed."""
        project = self.empty("full")
        corpus.fill_store(project, self.knowledge)
        self.cold("search", "anything", cwd=project)
        return project

    def empty(self, name: str) -> Path:
        project = corpus.repository(self.folder / name, self.env)
        self.cold("init", "--yes", cwd=project)
        return project

    def cold(self, *words: str, cwd: Path) -> float:
        return conditions.run([*self.product, *words], env=self.env, cwd=cwd).ms

    def bare(self) -> float:
        return conditions.run(conditions.BARE_PYTHON, env=self.env, cwd=self.folder).ms


@contextlib.contextmanager
def one_core() -> Iterator[None]:
    """Keeps the process on one processor, where the system lets it choose (Linux)."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def decoded(paths: Sequence[Path]) -> None:
    """The yardstick of reading: every line as untyped JSON."""
    import msgspec

    for path in paths:
        with path.open("rb") as lines:
            for line in lines:
                with contextlib.suppress(msgspec.DecodeError):
                    msgspec.json.decode(line)


def read(paths: Sequence[Path]) -> None:
    """Transcripts to numbered events, as a capture reads them."""
    from passdown.transcripts.rows import read_rows
    from passdown.transcripts.stream import Stream

    for path in paths:
        with path.open("rb") as file:
            reader = _reader(file.read(HEAD_BYTES))
            file.seek(0)
            rows = read_rows(_chunks(file), reader.ROW_START, last=True)
            for _ in Stream(reader.start(), {}).batches(rows):
                pass


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK_BYTES):
        yield chunk


def _reader(head: bytes) -> Any:
    from passdown.transcripts import readers

    modules = (importlib.import_module(f"{readers.__name__}.{found.name}") for found in pkgutil.iter_modules(readers.__path__))
    return next(module for module in modules if module.recognises(head))


def events(bench: Bench) -> Iterator[Row]:
    paths = bench.sessions
    with one_core():
        got = interleaved({"decode": lambda: timed(lambda: decoded(paths)), "read": lambda: timed(lambda: read(paths))}, bench.heavy_rounds)
    yield _throughput(f"transcripts → events, median of {bench.heavy_rounds}", got["read"], got["decode"], paths, 1 / 10)


def capture(bench: Bench) -> Iterator[Row]:
    """All sessions into a fresh project each round: redacted, kept, folded, extracted, indexed; one process, one core."""
    paths, fresh = bench.sessions, iter(range(bench.heavy_rounds))
    sides = {"decode": lambda: timed(lambda: decoded(paths)), "capture": lambda: _captured(bench.empty(f"empty-{next(fresh)}"), paths)}
    with one_core():
        got = interleaved(sides, bench.heavy_rounds)
    yield _throughput(f"whole capture, median of {bench.heavy_rounds}", got["capture"], got["decode"], paths, 1 / 25)


def _captured(root: Path, paths: Sequence[Path]) -> float:
    from passdown.actions.capture import capture as act
    from passdown.actions.refresh import refresh
    from passdown.project import open_project

    project = open_project(root)
    unkept: list[str] = []

    def whole() -> None:
        unkept.extend(f"{done.path}: {done.error or 'no events'}" for done in act(project, paths) if not done.new_events)
        refresh(project)

    ms = timed(whole)
    if unkept:
        raise SystemExit("\n".join(unkept))
    return ms


def _throughput(what: str, ms: float, yardstick_ms: float, paths: Sequence[Path], bound: float) -> Row:
    megabytes = sum(path.stat().st_size for path in paths) / 1e6
    speed, yardstick = megabytes / ms * 1e3, megabytes / yardstick_ms * 1e3
    ratio = verdict(yardstick_ms / ms, bound, at_least=True)
    return f"{what}, {len(paths)} sessions, {megabytes:.0f} MB", f"{speed:.0f} MB/s", f"msgspec.json.decode {yardstick:.0f} MB/s", ratio


def resume(bench: Bench) -> Iterator[Row]:
    project = bench.project
    yield _cold(bench, "resume", lambda: bench.cold("resume", cwd=project))


def note(bench: Bench) -> Iterator[Row]:
    from benchmarks.drivers.library import Library

    project, new = bench.project, iter(corpus.items(3 * bench.rounds, seed=5))
    yield _cold(bench, "note", lambda: bench.cold("note", "decision", next(new).text, cwd=project))
    library = Library(project)
    library.note("The first one pays for imports.")
    sides = {"note": lambda: timed(lambda: library.note(next(new).text)), "write": lambda: timed(lambda: replaced(project, next(new).text))}
    new = iter(corpus.items(20 * bench.rounds, seed=6))
    got = interleaved(sides, 10 * bench.rounds)
    yield "note, durable, warm", _ms(got["note"]), f"write + fsync + rename {_ms(got['write'])}", verdict(got["note"] / got["write"], 3)


def replaced(project: Path, text: str) -> None:
    """The yardstick of a durable write: the same bytes into a new file, flushed, and renamed."""
    folder = project / ".git"
    handle = os.open(folder / "yardstick.tmp", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    os.write(handle, text.encode() + b"\n" * RECORD_OVERHEAD)
    os.fsync(handle)
    os.close(handle)
    (folder / "yardstick.tmp").replace(folder / "yardstick")


def _cold(bench: Bench, verb: str, act: Callable[[], float]) -> Row:
    got = interleaved({"bare": bench.bare, verb: act}, bench.rounds)
    return f"{verb}, cold, {bench.records} records", _ms(got[verb]), f"python -I -S -c pass {_ms(got['bare'])}", verdict(got[verb] / got["bare"], 14)


def _ms(value: float) -> str:
    return f"{value:.2f} ms" if value < 100 else f"{value:.0f} ms"


BENCHMARKS: dict[str, Callable[[Bench], Iterator[Row]]] = {"events": events, "capture": capture, "resume": resume, "note": note}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=(*BENCHMARKS, "all"))
    parser.add_argument("--rounds", type=int, default=20, help="samples of a median; at most 3 of what takes seconds")
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--product-cmd", default=conditions.DEFAULT_PRODUCT)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="speed-") as folder:
        bench = Bench(args.rounds, args.records, conditions.product(args.product_cmd), Path(folder))
        rows = [row for name in BENCHMARKS if args.what in (name, "all") for row in BENCHMARKS[name](bench)]
    print(conditions.conditions(args.rounds))
    print(conditions.table(("what", "median", "yardstick", "ratio (bound)"), rows))


if __name__ == "__main__":
    main()
