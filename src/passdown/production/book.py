"""What became of runs and attempts, and what they cost: one book for all processes that work on a database."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec
from msgspec.structs import asdict

from passdown.errors import NoSuchRun
from passdown.production.database import Database
from passdown.workflows import ledger
from passdown.workflows.ledger import Line
from passdown.workflows.model import Plan
from passdown.workflows.registry import OPEN, State
from passdown.workflows.run import GOING, Attempt, Batch, Run

if TYPE_CHECKING:
    import sqlalchemy as sa

T = TypeVar("T", bound=msgspec.Struct)


class Book:
    """Every write is one transaction, and idempotent: a step that is carried out again after a kill finds what it wrote."""

    def __init__(self, database: Database, project: str) -> None:
        self.database, self.project = database, project
        self._tables = database.tables

    # Plans

    def keep_plan(self, plan: Plan) -> str:
        """Keep a plan as it is now, under the hash of its text; runs that began with it go on with it."""
        self._add(self._tables.PLANS, {"hash": plan.text_hash, "plan": msgspec.json.encode(plan).decode()})
        return plan.text_hash

    def plan(self, text_hash: str) -> Plan:
        table = self._tables.PLANS
        rows = self._rows(table.select().where(table.c.hash == text_hash))
        if not rows:
            raise NoSuchRun(name=f"with a plan {text_hash}")
        return msgspec.json.decode(rows[0]["plan"], type=Plan)

    # Runs

    def add_runs(self, runs: Sequence[Run], batch: Batch | None = None) -> None:
        """All of them and their batch, or nothing."""
        with self.database.begin() as connection:
            if batch:
                connection.execute(self._insert(self._tables.BATCHES).values(asdict(batch)).on_conflict_do_nothing())
            connection.execute(self._insert(self._tables.RUNS).on_conflict_do_nothing(), [asdict(run) for run in runs])

    def runs(self, *, batch: str = "", item: str = "", plan: str = "", active: bool = False) -> list[Run]:
        """The project's runs, newest first."""
        table = self._tables.RUNS
        query = table.select().where(table.c.project == self.project).order_by(table.c.created.desc(), table.c.id.desc())
        for column, value in ((table.c.batch, batch), (table.c.item, item), (table.c.plan, plan)):
            query = query.where(column == value) if value else query
        return [_read(Run, row) for row in self._rows(query.where(table.c.state.in_(OPEN)) if active else query)]

    def run(self, run_id: str) -> Run:
        """Raises `NoSuchRun`."""
        table = self._tables.RUNS
        rows = self._rows(table.select().where(table.c.id == run_id))
        if not rows:
            raise NoSuchRun(name=run_id)
        return _read(Run, rows[0])

    def change(self, run_id: str, *, only_in: Iterable[State] = (), turn_is: int = 0, **values: object) -> bool:
        """Set fields of a run, if its state is one of those named and its turn that one; False when it was not."""
        table = self._tables.RUNS
        query = table.update().where(table.c.id == run_id).values(values)
        query = query.where(table.c.turn == turn_is) if turn_is else query
        with self.database.begin() as connection:
            return connection.execute(query.where(table.c.state.in_(tuple(only_in))) if only_in else query).rowcount > 0

    def next_turn(self, run: Run, now: str) -> bool:
        """Let a run be worked on once more; False when another process did so first."""
        table = self._tables.RUNS
        with self.database.begin() as connection:
            return connection.execute(table.update().where(table.c.id == run.id, table.c.turn == run.turn).values(
                turn=run.turn + 1, state="waiting", note="", updated=now)).rowcount > 0

    def batch(self, batch_id: str) -> Batch | None:
        table = self._tables.BATCHES
        rows = self._rows(table.select().where(table.c.id == batch_id))
        return _read(Batch, rows[0]) if rows else None

    # Attempts

    def attempts(self, run_id: str, phase: str = "") -> list[Attempt]:
        """In the order in which they began; of turns, and of the attempts at one phase, whatever the clock did in between."""
        table = self._tables.ATTEMPTS
        query = table.select().where(table.c.run == run_id)
        found = [_read(Attempt, row) for row in self._rows(query.where(table.c.phase == phase) if phase else query)]
        first: dict[tuple[int, str], str] = {}
        for one in found:
            key = turn_of(one), one.phase
            first[key] = min(first.get(key, one.started), one.started)
        return sorted(found, key=lambda a: (turn_of(a), first[turn_of(a), a.phase], number_of(a)))

    def attempt(self, run_id: str, phase: str, key: str) -> Attempt | None:
        return next((a for a in self.attempts(run_id, phase) if a.key == key), None)

    def finished(self, plan: str, item: str, phase: str, fingerprint: str) -> list[Attempt]:
        """Attempts in any run of this item that ended well with this fingerprint, or wait for approval, those that did well first, then by their end."""
        table, runs = self._tables.ATTEMPTS, self._tables.RUNS
        rows = self._rows(table.select().join(runs, runs.c.id == table.c.run).where(
            runs.c.project == self.project, runs.c.plan == plan, runs.c.item == item, table.c.phase == phase,
            table.c.fingerprint == fingerprint, table.c.state.in_(("done", "asking"))).order_by(table.c.state.desc(), table.c.ended.desc()))
        return [_read(Attempt, row) for row in rows]

    def end_attempt(self, attempt: Attempt, lines: Sequence[Line], **of_run: object) -> None:
        """The attempt as it ended, what it used, and where the run stands: one transaction."""
        table = self._tables.ATTEMPTS
        with self.database.begin() as connection:
            same = (table.c.run == attempt.run, table.c.phase == attempt.phase, table.c.key == attempt.key)
            values = asdict(attempt)
            changed = connection.execute(table.update().where(*same, table.c.state == "running").values(values)).rowcount
            if not changed:
                connection.execute(self._insert(table).values(values).on_conflict_do_nothing())
            if lines:
                connection.execute(self._insert(self._tables.LEDGER).on_conflict_do_nothing(), [_row(line) for line in lines])
            if of_run:
                connection.execute(self._tables.RUNS.update().where(*self._in_turn(attempt)).values(of_run))

    def begin_attempt(self, attempt: Attempt, reserved: Line, **of_run: object) -> None:
        """The reservation, the attempt and where the run stands; what is there already stays."""
        with self.database.begin() as connection:
            connection.execute(self._insert(self._tables.ATTEMPTS).values(asdict(attempt)).on_conflict_do_nothing())
            connection.execute(self._insert(self._tables.LEDGER).values(_row(reserved)).on_conflict_do_nothing())
            connection.execute(self._tables.RUNS.update().where(*self._in_turn(attempt)).values(of_run))

    def approve(self, attempt: Attempt, words: str) -> None:
        """Take what an attempt left as good."""
        table = self._tables.ATTEMPTS
        with self.database.begin() as connection:
            connection.execute(table.update().where(
                table.c.run == attempt.run, table.c.phase == attempt.phase, table.c.key == attempt.key).values(state="done", approved=words))

    def outdate(self, run: Run, phases: Iterable[str]) -> None:
        """Let what was made of some phases of an item, in all of its runs, be made again."""
        table, same = self._tables.ATTEMPTS, [r.id for r in self.runs(item=run.item, plan=run.plan)]
        with self.database.begin() as connection:
            connection.execute(table.update().where(
                table.c.run.in_(same), table.c.phase.in_(tuple(phases)), table.c.state.in_(("done", "kept", "asking"))).values(state="outdated"))

    # Ledger

    def lines(self, *, run: str = "", batch: str = "") -> list[Line]:
        """The ledger of a run, of a batch, or of the whole project, in the order in which it was written."""
        table, runs = self._tables.LEDGER, self._tables.RUNS
        query = table.select().join(runs, runs.c.id == table.c.run).where(runs.c.project == self.project)
        query = query.where(table.c.run == run) if run else query
        query = query.where(table.c.batch == batch) if batch else query
        return [_read(Line, row) for row in self._rows(query.order_by(table.c.at, table.c.run, table.c.attempt, table.c.number))]

    def allowance(self, run: Run, plan: Plan) -> ledger.Limit:
        """What the item may still use: of the plan's budget for an item, and of its share of the batch's."""
        limit, batch = ledger.limit_of(plan.budget), self.batch(run.batch) if run.batch else None
        if batch and (batch.money, batch.tokens, batch.time_ms) != (None, None, None):
            ended = {r.id for r in self.runs(batch=batch.id) if r.state not in OPEN}
            lines = [line for line in self.lines(batch=batch.id) if line.run in ended]
            limit = ledger.tighter(limit, ledger.share(ledger.Limit(batch.money, batch.tokens, batch.time_ms), batch.items, lines, len(ended)))
        return ledger.left(limit, self.lines(run=run.id)) if limit != ledger.Limit() else limit

    # SQL

    def _in_turn(self, attempt: Attempt) -> tuple[Any, ...]:
        """The run of an attempt, as long as it goes on in the turn to which the attempt belongs."""
        runs = self._tables.RUNS
        return runs.c.id == attempt.run, runs.c.turn == turn_of(attempt), runs.c.state.in_(GOING)

    def _rows(self, query: "sa.Select[Any]") -> list[Mapping[str, Any]]:
        with self.database.begin() as connection:
            return [dict(row) for row in connection.execute(query).mappings()]

    def _add(self, table: "sa.Table", row: Mapping[str, object]) -> None:
        with self.database.begin() as connection:
            connection.execute(self._insert(table).values(row).on_conflict_do_nothing())

    def _insert(self, table: "sa.Table") -> Any:
        """An insert that may be told what to do when the row is there already: a word of both dialects that SQL itself does not have."""
        from sqlalchemy.dialects import postgresql, sqlite

        return sqlite.insert(table) if self.database.is_sqlite else postgresql.insert(table)


def _read(kind: type[T], row: Mapping[str, Any]) -> T:
    return msgspec.convert({str(name): value for name, value in row.items()}, kind)  # plain strings: SQLAlchemy's names are a kind of their own


def turn_of(attempt: Attempt) -> int:
    return int(attempt.key.partition(".")[0])


def number_of(attempt: Attempt) -> int:
    return int(attempt.key.partition(".")[2])


def _row(line: Line) -> dict[str, object]:
    return asdict(line)


__all__ = ["Book"]
