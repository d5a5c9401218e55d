"""passdown beside public rivals: cold recall, acknowledged save, search and memory over the same items, all in one run.

Usage: python -m benchmarks.rivals [--items 10000] [--rounds 15] [--quick] [--cache DIR] [--product-cmd CMD] [--only NAME…]
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks import conditions, corpus
from benchmarks.corpus import Item
from benchmarks.drivers import installs, systems
from benchmarks.drivers.mcp import Client
from benchmarks.drivers.systems import System

WARM_CALLS = 5  # of each kind in a round
HEAD = (
    "system", "cold recall", "cold briefing", "cold save", "… made durable", "warm save", "… made durable", "warm search", "found", "peak RSS",
    "its save, by its source",
)


@dataclass(slots=True)
class Samples:
    """Milliseconds by measure, and how many of the searches brought the item that was asked for."""

    ms: dict[str, list[float]] = field(default_factory=dict)
    asked: int = 0
    found: int = 0
    peak_mb: float = 0.0

    def add(self, measure: str, ms: float) -> None:
        self.ms.setdefault(measure, []).append(ms)

    def check(self, item: Item, answer: str) -> None:
        self.asked += 1
        self.found += item.found_in(answer)

    def median(self, measure: str) -> str:
        values = self.ms.get(measure)
        return f"{statistics.median(values):.1f} ms" if values else "–"


def cold_recall(system: System, item: Item, into: Samples) -> None:
    """From the start of a process to the answer of a search."""
    if system.cold_ask:
        done = system.run(system.cold_ask(item))
        ms, answer = done.ms, done.out
    else:
        ms, answer = _served(system, system.ask(item))
    into.add("cold recall", ms)
    into.check(item, answer)


def cold_save(system: System, item: Item, into: Samples) -> None:
    began = time.time_ns()
    if system.cold_keep:
        ms = system.run(system.cold_keep(item)).ms
    else:
        assert system.keep
        ms, _ = _served(system, system.keep(item))
    into.add("cold save", ms)
    into.add("cold save, durable", ms + _flushed(system, began))


def _served(system: System, call: systems.Call) -> tuple[float, str]:
    """Milliseconds from the start of a server to its answer, and the answer; its end is not waited for."""
    start = time.perf_counter()
    with system.start() as client:
        answer = client.tool(call[0], **call[1])
        ms = (time.perf_counter() - start) * 1e3
    return ms, answer


def _flushed(system: System, since_ns: int) -> float:
    """What is to be added to make the save durable; nothing where the system did it itself."""
    if system.durable:
        return 0.0
    paths = list(system.changed(since_ns))
    return conditions.timed(lambda: systems.flush(paths))


def warm_search(system: System, client: Client, item: Item, into: Samples) -> None:
    tool, arguments = system.ask(item)
    start = time.perf_counter()
    answer = client.tool(tool, **arguments)
    into.add("search", (time.perf_counter() - start) * 1e3)
    into.check(item, answer)


def warm_save(system: System, client: Client, item: Item, into: Samples) -> None:
    if not system.keep:
        return
    tool, arguments = system.keep(item)
    began = time.time_ns()
    ms = conditions.timed(lambda: client.tool(tool, **arguments))
    into.add("warm save", ms)
    into.add("warm save, durable", ms + _flushed(system, began))


def one_round(system: System, client: Client, asked: Sequence[Item], new: Iterator[Item], into: Samples) -> None:
    cold_recall(system, asked[0], into)
    if system.brief:
        into.add("cold briefing", system.run(system.brief).ms)
    cold_save(system, next(new), into)
    for item in asked:
        warm_search(system, client, item, into)
    for _ in asked:
        warm_save(system, client, next(new), into)


def measure(compared: Sequence[System], knowledge: Sequence[Item], rounds: int) -> dict[str, Samples]:
    """Every round runs every system once."""
    results = {system.name: Samples() for system in compared}
    questions = corpus.queries(knowledge, rounds * WARM_CALLS)
    new = {system.name: iter(corpus.items(rounds * (WARM_CALLS + 1) + 1, seed=11, prefix="new")) for system in compared}
    with ExitStack() as running:
        clients = {system.name: running.enter_context(system.start()) for system in compared}
        for at in range(rounds):
            asked = questions[at * WARM_CALLS : (at + 1) * WARM_CALLS]
            for system in compared:
                one_round(system, clients[system.name], asked, new[system.name], results[system.name])
        for system in compared:
            results[system.name].peak_mb = peak(system, clients[system.name], questions[0])
    return results


def peak(system: System, client: Client, item: Item) -> float:
    """The largest of the server and the cold commands."""
    commands = [system.cold_ask(item)] if system.cold_ask else []
    if system.brief:
        commands.append(system.brief)
    return max(client.peak_mb(), *(system.peak_mb(command) for command in commands), 0.0)


def row(system: System, got: Samples) -> list[str]:
    measures = ("cold recall", "cold briefing", "cold save", "cold save, durable", "warm save", "warm save, durable", "search")
    found = f"{got.found}/{got.asked}"
    return [f"{system.name} {system.version}", *map(got.median, measures), found, f"{got.peak_mb:.0f} MB", system.flushes]


def filled(system: System, knowledge: Sequence[Item]) -> System:
    seconds = conditions.timed(lambda: system.fill(system, knowledge)) / 1e3
    print(f"{system.name}: filled with {len(knowledge)} items in {seconds:.1f} s", flush=True)
    return system


def chosen(home: Path, cache: Path, product: Sequence[str], only: Sequence[str]) -> list[System]:
    makers: dict[str, Callable[[], System]] = {
        "passdown": lambda: systems.passdown(home / "passdown", product),
        "daimon": lambda: systems.daimon(home / "daimon", installs.daimon(cache)),
        "keeper": lambda: systems.memory_keeper(home / "keeper", installs.from_npm(cache, installs.KEEPER, "mcp-memory-keeper")),
        "official": lambda: systems.official_memory(home / "official", installs.from_npm(cache, installs.OFFICIAL, "mcp-server-memory")),
    }
    return [make() for name, make in makers.items() if not only or name in only]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--quick", action="store_true", help="1,000 items, 3 rounds")
    parser.add_argument("--cache", type=Path, default=installs.default_cache(), help="where rivals are installed")
    parser.add_argument("--product-cmd", default=conditions.DEFAULT_PRODUCT)
    parser.add_argument("--only", nargs="*", default=(), choices=("passdown", "daimon", "keeper", "official"))
    args = parser.parse_args()
    count, rounds = (1_000, 3) if args.quick else (args.items, args.rounds)
    knowledge = corpus.items(count)
    with tempfile.TemporaryDirectory(prefix="rivals-") as home:
        compared = chosen(Path(home), args.cache, conditions.product(args.product_cmd), args.only)
        results = measure([filled(system, knowledge) for system in compared], knowledge, rounds)
        print(conditions.conditions(rounds))
        print(f"{count} items; cold = whole process (servers: start, handshake, one call); warm = one call over a pipe, {WARM_CALLS * rounds} each\n")
        print(conditions.table(HEAD, [row(system, results[system.name]) for system in compared]))


if __name__ == "__main__":
    main()
