"""Runs of a production that are killed at a durable write, and what must hold when they were resumed.

The product knows nothing of it. A run is a fork of a process that has everything imported; in it `files.operations`, the connections of SQLite and psycopg, and
`subprocess.Popen` are counted, and at the n-th of these points the process is killed, alone or with the phases that it started (as when the power goes).
"""

import importlib
import json
import os
import pkgutil
import signal
import sqlite3
import subprocess
import threading
import time
import traceback
import warnings
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from passdown import actions, files, production
from passdown.actions import production_views
from passdown.cli import workflow_verbs
from passdown.cli.main import main
from passdown.production import process
from passdown.project import open_project
from passdown.workflows.ledger import DIMENSIONS, held, sums, total

NO_SUCH_RUN = 62
PHASES = ("research", "production", "final")
ATTEMPTS = (("research", "1.1"), ("production", "1.1"), ("production", "1.2"), ("final", "1.1"))  # the gate turns the first script down
MONEY = 250_000  # of an attempt, in millionths of a dollar
PLAN = """\
budget: {money: $5}
phases:
  research:
    run: $TOOLS/phase.sh
    outputs: [research.txt]
    budget: {money: $1}
  production:
    needs: [research]
    run: $TOOLS/phase.sh
    inputs: [research.txt]
    outputs: [production.txt]
    gate: {run: $TOOLS/gate.sh, minimum: 8, below: retry}
    retries: {most: 1, backoff: 0.01 s}
  final:
    needs: [production]
    run: $TOOLS/phase.sh
    inputs: [production.txt]
    outputs: [final.txt]
"""
PHASE = """\
#!/bin/sh
echo "began $PASSDOWN_PHASE $PASSDOWN_ATTEMPT" >> "$TOOLS/$PASSDOWN_ITEM.log"
sleep "${PHASE_S:-0}"
echo "$PASSDOWN_PHASE of $PASSDOWN_ITEM, try $PASSDOWN_ATTEMPT" > "$PASSDOWN_FOLDER/$PASSDOWN_PHASE.txt"
echo '{"money": 0.25, "tokens": 100, "model": "small"}' >> "$PASSDOWN_USAGE"
echo "ended $PASSDOWN_PHASE $PASSDOWN_ATTEMPT" >> "$TOOLS/$PASSDOWN_ITEM.log"
"""
GATE = """\
#!/bin/sh
test -s "$PASSDOWN_FEEDBACK" && echo 9 || echo "too short: 4"
"""


class Broken(AssertionError):
    """What was promised does not hold."""


def load() -> None:
    """Import all that a run needs, once, in the process that forks."""
    for package in (actions, production, workflow_verbs):
        for module in pkgutil.iter_modules(package.__path__, package.__name__ + "."):
            importlib.import_module(module.name)
    for name in ("dbos", "psycopg", "sqlalchemy.dialects.postgresql", "sqlalchemy.dialects.sqlite", "passdown.cli.commands.workflow"):
        importlib.import_module(name)


class Trap:
    """Counts points; kills this process at the one numbered `at`, and with `everything` what it started. note: where it says which one that was."""

    def __init__(self, at: int, note: Path, runs: Path, *, everything: bool) -> None:
        self.at, self.note, self.runs, self.everything, self.count = at, note, runs, everything, 0
        self._lock = threading.Lock()

    def point(self, name: str) -> None:
        with self._lock:
            self.count += 1
            if self.count == self.at:
                self.note.write_text(name)
                kill(os.getpid(), self.runs, everything=self.everything)

    def around(self, name: str, do: Callable[[], Any]) -> Any:
        self.point(f"before {name}")
        done = do()
        self.point(f"after {name}")
        return done


def kill(pid: int, runs: Path, *, everything: bool) -> None:
    """The process first, so that it sees none of its phases end."""
    groups = [path.parent for path in runs.glob("**/pid") if process.is_running(path.parent)] if everything else []
    numbers = [int(words[0]) for folder in groups if (words := (files.read(folder / "pid") or b"").split())]
    if pid != os.getpid():
        os.kill(pid, signal.SIGKILL)
    for number in numbers:
        with suppress(ProcessLookupError):
            os.killpg(number, signal.SIGKILL)
    if pid == os.getpid():
        os.kill(pid, signal.SIGKILL)


class Counted(files.Operations):
    """Every operation on the disk is a point."""

    def __init__(self, trap: Trap) -> None:
        self.trap = trap

    def open(self, path: str, flags: int, mode: int) -> int:
        if flags & os.O_CREAT and not os.path.exists(path):
            self.trap.point("file made")
        return super().open(path, flags, mode)

    def write(self, handle: int, data: bytes) -> int:
        self.trap.point("file written")
        return super().write(handle, data)

    def link(self, source: str, target: str) -> None:
        self.trap.point("file linked")
        super().link(source, target)

    def replace(self, source: str, target: str) -> None:
        self.trap.around("file replaced", lambda: super(Counted, self).replace(source, target))

    def unlink(self, path: str) -> None:
        self.trap.point("file removed")
        super().unlink(path)

    def mkdir(self, path: str, mode: int) -> None:
        self.trap.point("folder made")
        super().mkdir(path, mode)

    def rmdir(self, path: str) -> None:
        self.trap.point("folder removed")
        super().rmdir(path)


def watch_sqlite(trap: Trap) -> None:
    """Commits of transactions that wrote something, and statements that make tables, which SQLite commits by themselves."""
    class Cursor(sqlite3.Cursor):
        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            run = super().execute
            alone = sql.lstrip()[:6].upper() in ("CREATE", "ALTER ", "DROP T") and not self.connection.in_transaction
            found: sqlite3.Cursor = trap.around("tables made", lambda: run(sql, *values)) if alone else run(sql, *values)
            return found

    class Connection(sqlite3.Connection):
        committed = 0

        def cursor(self, *_: Any) -> Any:
            return super().cursor(Cursor)

        def commit(self) -> None:
            wrote = self.in_transaction and self.total_changes != self.committed
            self.committed = self.total_changes
            if wrote:
                trap.around("commit", super().commit)
            else:
                super().commit()

    real = sqlite3.dbapi2.connect
    sqlite3.dbapi2.connect = sqlite3.connect = lambda *words, **options: real(*words, **options, factory=Connection)  # type: ignore[assignment]


def watch_postgres(trap: Trap) -> None:
    """The same of psycopg."""
    import psycopg

    execute, commit = psycopg.Cursor.execute, psycopg.Connection.commit
    dirty: set[int] = set()

    def counted(self: Any, query: Any, *values: Any, **options: Any) -> Any:
        words = (query.decode() if isinstance(query, bytes) else str(query)).lstrip()[:6].upper()
        if words in ("SELECT", "SHOW", "SET", "BEGIN", "COMMIT", "ROLLBA"):
            return execute(self, query, *values, **options)
        if self.connection.autocommit:
            return trap.around("statement", lambda: execute(self, query, *values, **options))
        done = execute(self, query, *values, **options)
        if self.rowcount or words in ("CREATE", "ALTER ", "DROP T", "DROP I"):
            dirty.add(id(self.connection))
        return done

    def ended(self: Any) -> None:
        if id(self) in dirty:
            dirty.discard(id(self))
            trap.around("commit", lambda: commit(self))
        else:
            commit(self)

    psycopg.Cursor.execute, psycopg.Connection.commit = counted, ended  # type: ignore[assignment, method-assign]


def watch_processes(trap: Trap) -> None:
    real = subprocess.Popen.__init__

    def made(self: Any, args: Any, *words: Any, **options: Any) -> None:
        if args[0] == "git":
            real(self, args, *words, **options)
        else:
            trap.around("process started", lambda: real(self, args, *words, **options))

    subprocess.Popen.__init__ = made  # type: ignore[assignment, method-assign]


@dataclass
class Killed:
    """One run that was to be killed. where: the point at which it was; "" when it came through. finished: phase and attempt; begun: whether a phase had."""

    item: str
    where: str = ""
    finished: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    begun: bool = True


class Site:
    """A repository with a plan of three phases. url: of a PostgreSQL database, "" for the file in the private store."""

    def __init__(self, root: Path, url: str = "", phase_s: float = 0.0) -> None:
        self.root, self.tools, self.url = root, root.parent / "tools", url
        self.phase_s, self.runs = phase_s, root / ".git" / "passdown" / "workflows" / "runs"
        self.tools.mkdir()
        for name, text in (("phase.sh", PHASE), ("gate.sh", GATE)):
            (self.tools / name).write_text(text)
            (self.tools / name).chmod(0o755)
        self.does("init", "--yes")
        (root / ".passdown/workflows").mkdir()
        (root / ".passdown/workflows/three.yaml").write_text(PLAN)
        self.does("trust", "three", "--yes")

    def begin(self, *words: str, watch: Callable[[], None] = lambda: None) -> int:
        """The command in a process of its own, which is not waited for; its number."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of fork in a process with threads
            child = os.fork()
        if child:
            return child
        code = 70
        try:
            said = os.open(self.tools / "said", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
            os.dup2(said, 1)
            os.dup2(said, 2)
            os.environ.update(self.environment)
            watch()
            code = main([*words, "-C", str(self.root)])
        except BaseException:  # noqa: BLE001  whatever it is, it is told and counts
            traceback.print_exc()
        finally:
            os._exit(code or 0)

    @property
    def environment(self) -> dict[str, str]:
        return {"TOOLS": str(self.tools), "PHASE_S": f"{self.phase_s:g}", "PASSDOWN_WORKFLOWS_URL": self.url}

    def does(self, *words: str, code: int = 0) -> None:
        found = os.waitstatus_to_exitcode(os.waitpid(self.begin(*words), 0)[1])
        if found != code:
            raise Broken(f"{' '.join(words)} exited {found}\n{self.said()}")

    def said(self) -> str:
        return (self.tools / "said").read_text()

    def killed_at(self, item: str, at: int, *, everything: bool, words: Sequence[str] = ("workflow", "run", "three")) -> Killed:
        """Carry an item through the plan, and be killed at a point."""
        note = self.tools / "fired"
        note.unlink(missing_ok=True)

        def watch() -> None:
            trap = Trap(at, note, self.runs, everything=everything)
            files.operations = Counted(trap)
            watch_processes(trap)
            watch_postgres(trap) if self.url else watch_sqlite(trap)

        code = os.waitstatus_to_exitcode(os.waitpid(self.begin(*words, item, watch=watch), 0)[1])
        if code not in (0, -signal.SIGKILL):
            raise Broken(f"{item}: exit code {code}\n{self.said()}")
        return Killed(item, note.read_text() if note.exists() else "", self.finished(item), bool(self.rows(item)))

    def killed_after(self, item: str, seconds: float, *, everything: bool, words: Sequence[str] = ("workflow", "run", "three")) -> Killed:
        """The same at a moment."""
        child = self.begin(*words, item)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if os.waitid(os.P_PID, child, os.WEXITED | os.WNOHANG | os.WNOWAIT):
                break
            time.sleep(0.002)
        kill(child, self.runs, everything=everything)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        return Killed(item, "a moment" if code == -signal.SIGKILL else "", self.finished(item))

    def go_on(self, item: str) -> None:
        """Resume the run, or begin it when it was killed before it was acknowledged."""
        code = os.waitstatus_to_exitcode(os.waitpid(self.begin("workflow", "resume", item), 0)[1])
        if code == NO_SUCH_RUN:
            self.does("workflow", "run", "three", item)
        elif code:
            raise Broken(f"resume {item} exited {code}\n{self.said()}")

    def rows(self, item: str) -> list[tuple[str, str, str]]:
        """What the phases logged: began or ended, phase, attempt."""
        log = self.tools / f"{item}.log"
        found = [row.split() for row in log.read_text().splitlines()] if log.exists() else []
        return [(one, phase, key) for one, phase, key in found]

    def finished(self, item: str) -> frozenset[tuple[str, str]]:
        """Attempts that wrote down their end, or were settled: those that must never be run again."""
        attempts = self.select(f"select a.phase, a.key, a.state from passdown_attempts a join passdown_runs r on r.id = a.run where r.item = '{item}'")
        written = {(path.parts[-3], path.parts[-2]) for (run,) in self.runs_of(item) for path in (self.runs / run).glob("*/*/exit")}
        return frozenset(written | {(phase, key) for phase, key, state in attempts if state not in ("running", "cancelled")})

    def runs_of(self, item: str) -> list[tuple[Any, ...]]:
        return self.select(f"select id from passdown_runs where item = '{item}'")

    def select(self, query: str) -> list[tuple[Any, ...]]:
        """Looks at the database without making anything in it."""
        try:
            if not self.url:
                with closing(sqlite3.connect(f"{(self.runs.parent / 'state.sqlite').as_uri()}?mode=ro", uri=True)) as connection:
                    return connection.execute(query).fetchall()
            import psycopg

            with psycopg.connect(self.url) as server:
                return server.execute(query.encode()).fetchall()
        except Exception as error:  # of two drivers
            if "passdown_" in str(error) or "unable to open" in str(error):
                return []  # killed before there were tables
            raise

    def asked(self) -> "Surroundings":
        return Surroundings(self.environment)

    def check(self, killed: Killed, *, exact: bool) -> None:
        """What must hold once it was resumed. exact: every attempt ran once; else at most those twice that were cut off themselves."""
        item = killed.item
        began, ended = (Counter((phase, key) for one, phase, key in self.rows(item) if one == what) for what in ("began", "ended"))
        _same(set(ended), set(ATTEMPTS), f"{killed}: attempts that ended")
        again = {key for key, times in began.items() if times > 1}
        if exact and again:
            raise Broken(f"{killed}: run twice: {again}")
        if again & killed.finished:
            raise Broken(f"{killed}: finished and run again: {again & killed.finished}")
        for phase, key in dict(ATTEMPTS).items():
            _same((self.root / "production" / item / f"{phase}.txt").read_text(), f"{phase} of {item}, try {key}\n", f"{killed}: output")
        with self.asked():
            self._check_book(killed, len(again))

    def _check_book(self, killed: Killed, again: int) -> None:
        shown = production_views.show(open_project(self.root), killed.item)
        lines = production_views.cost(open_project(self.root), killed.item)
        _same(shown.run.state, "completed", f"{killed}: state")
        _same([(a.phase, a.key, a.state) for a in shown.attempts if a.state != "below"],
              [("research", "1.1", "done"), ("production", "1.2", "done"), ("final", "1.1", "done")], f"{killed}: attempts")
        reserved, used = ({line.of for line in lines if bool(line.number) is which} for which in (False, True))
        _same(reserved, used, f"{killed}: reserved and settled")
        _same(held(lines).money, 0, f"{killed}: still held")
        spent = total(lines)
        if not len(ATTEMPTS) * MONEY <= spent.money <= (len(ATTEMPTS) + again) * MONEY:
            raise Broken(f"{killed}: {spent.money} were spent")
        for by in DIMENSIONS:
            _same(sum(one.money for one in sums(lines, (by,)).values()), spent.money, f"{killed}: sum by {by}")


class Surroundings:
    """The environment of a site, for as long as this process asks about it."""

    def __init__(self, values: dict[str, str]) -> None:
        self.values, self.before = values, dict[str, str | None]()

    def __enter__(self) -> None:
        self.before = {name: os.environ.get(name) for name in self.values}
        os.environ.update(self.values)

    def __exit__(self, *_: object) -> None:
        for name, value in self.before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _same(found: object, wanted: object, what: str) -> None:
    if found != wanted:
        raise Broken(f"{what}: {json.dumps(found, default=str)} and not {json.dumps(wanted, default=str)}")


__all__ = ["ATTEMPTS", "PHASES", "Broken", "Killed", "Site", "load"]
