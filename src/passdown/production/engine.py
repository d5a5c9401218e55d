"""DBOS: one durable workflow a turn of a run, one step an attempt, one queue a batch (a single run is a batch of one).

What was checked in DBOS 3.4's source: a workflow is enqueued at most once under its id; the claim of a queued one is atomic, also between processes; a step
that was recorded is not carried out again; a step can be recorded only by the process that owns the workflow; recovery puts what a process left back on its
own queue, so that whoever listens to that queue goes on with it. Nobody uses the internal queue, to which every process listens.
"""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from passdown.errors import DatabaseFailed, MissingExtra
from passdown.production.database import Address, reason_of

if TYPE_CHECKING:
    from dbos import DBOSClient, DBOSConfig

APPLICATION = "passdown"
VERSION = "1"  # of the workflow function: one of another version is not taken up, since its steps may be others
WORKFLOW = "passdown.production"
POLL_S = 0.03  # between two looks at a queue
PREFIX = "passdown-"
LOOK_S = 0.1
ALIVE = ("PENDING", "ENQUEUED", "DELAYED")  # states of workflows that somebody works on or will

Carry = Callable[[str, int, "Steps"], str]


class Steps:
    """What a workflow may ask for that lasts: a step whose result is kept, and a pause that goes on after a kill."""

    def once(self, name: str, do: Callable[[], str]) -> str:
        from dbos import DBOS

        return DBOS.run_step({"name": name}, do)

    def pause(self, seconds: float) -> None:
        from dbos import DBOS

        DBOS.sleep(seconds)


def library() -> Any:
    """The module `dbos`; a second to import. Raises `MissingExtra`."""
    try:
        import dbos
    except ImportError as error:
        raise MissingExtra(what="`passdown workflow`", missing=error.name or "dbos", extra="workflows") from error
    logging.getLogger("dbos").addHandler(logging.NullHandler())  # with a handler of ours it adds none that writes to standard error
    logging.getLogger("dbos").propagate = False
    return dbos


def queue_of(name: str) -> str:
    return PREFIX + name


def configuration(where: Address, worker: str) -> "DBOSConfig":
    return {
        "name": APPLICATION, "system_database_url": url_of(where), "application_version": VERSION, "executor_id": worker, "log_level": "CRITICAL",
        "console_log_level": "CRITICAL", "serializer": library().DBOSPortableJSONSerializer(), "notification_listener_polling_interval_sec": 1.0,
        "use_listen_notify": False}


def url_of(where: Address) -> str:
    return where.url.replace("postgresql+psycopg://", "postgresql://")


@contextmanager
def told(where: Address) -> Iterator[None]:
    """Errors of SQLAlchemy, psycopg and DBOS, which have nothing in common, as `DatabaseFailed`."""
    try:
        yield
    except Exception as error:
        raise DatabaseFailed(place=where.place, reason=reason_of(error)) from error


class Sender:
    """Puts runs on queues without working on them."""

    def __init__(self, where: Address) -> None:
        """Raises `MissingExtra`, `DatabaseFailed`."""
        dbos = library()
        with told(where):
            dbos.DBOS.migrate(url_of(where))
            self.client: DBOSClient = dbos.DBOSClient(
                system_database_url=url_of(where), application_name=APPLICATION, serializer=dbos.DBOSPortableJSONSerializer(), retry_connection_errors=False)

    def queue(self, name: str, most: int, per_minute: int | None = None) -> None:
        """Make a queue on which `most` may run at once, in all processes together, and so many begin within a minute."""
        self.client.register_queue(queue_of(name), global_concurrency=most, limiter={"limit": per_minute, "period": 60.0} if per_minute else None,
                                   polling_interval_sec=POLL_S, on_conflict="always_update")

    def send(self, queue: str, runs: Iterable[tuple[str, int]]) -> None:
        """Each run's turn, once however often it is sent."""
        for run, turn in runs:
            self.client.enqueue({"workflow_name": WORKFLOW, "queue_name": queue_of(queue), "workflow_id": f"{run}.{turn}", "app_version": VERSION}, run, turn)

    def drop_queue(self, name: str) -> None:
        self.client.delete_queue(queue_of(name))

    def state(self, workflow: str) -> tuple[str, str, str]:
        """DBOS's own state of a workflow, the worker that has it, and its queue's name; "" for one that was never sent."""
        found = self.client.list_workflows(workflow_ids=[workflow], load_input=False, load_output=False)
        return (found[0].status, found[0].executor_id or "", (found[0].queue_name or "").removeprefix(PREFIX)) if found else ("", "", "")

    def close(self) -> None:
        self.client.destroy()


class Engine:
    """Carries runs out in this process, from the queues that it is told."""

    def __init__(self, where: Address, worker: str, queues: Sequence[str], carry: Carry) -> None:
        """Raises `DatabaseFailed`."""
        self._dbos, self._worker, self._where = library().DBOS, worker, where
        with told(where):
            self._dbos(config=configuration(where, worker))
            self._register(carry)
            self._dbos.listen_queues([queue_of(name) for name in queues])
            self._dbos.launch()

    def _register(self, carry: Carry) -> None:
        steps = Steps()

        def production(run: str, turn: int) -> str:
            return carry(run, turn, steps)

        self._dbos.workflow(name=WORKFLOW, max_recovery_attempts=None)(production)

    def take_over(self, workers: Sequence[str]) -> None:
        """Put what workers left that are gone back on its queues."""
        with told(self._where):
            self._dbos._recover_pending_workflows(list(workers))

    def left(self, queues: Sequence[str]) -> bool:
        """Whether anything is queued there, or carried out anywhere."""
        with told(self._where):
            return any(self._dbos.list_workflows(queue_name=queue_of(name), status=list(ALIVE), load_input=False, load_output=False, limit=1)
                       for name in queues)

    def busy(self) -> bool:
        """Whether anything is still being carried out, or written down, here."""
        with told(self._where):
            return bool(self._dbos.list_workflows(executor_id=self._worker, status="PENDING", load_input=False, load_output=False, limit=1))

    def close(self) -> None:
        self._dbos.destroy(destroy_registry=True)


__all__ = ["ALIVE", "Carry", "Engine", "Sender", "Steps", "library", "queue_of"]
