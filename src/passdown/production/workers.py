"""Which processes work on productions, and which of them are gone.

On the same machine a lock tells at once: it goes with its process. Of a process on another machine only its heartbeat is known.
"""

import fcntl
import os
import socket
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from passdown import files
from passdown.hooks.detached import held
from passdown.production.database import Database

HEARTBEAT_S = 2.0
LEASE_S = 20.0  # a worker on another machine that was silent for so long is gone
SURE_S = 3 * HEARTBEAT_S  # for so long it must be silent by our own clock, too: that of the database may have been set


class Worker:
    """Our process as one of the workers."""

    def __init__(self, database: Database, folder: Path, queues: Sequence[str] = ()) -> None:
        self.database, self.id = database, f"{socket.gethostname()}-{os.getpid()}-{os.urandom(4).hex()}"
        self.path, self.queues = folder / f"{self.id}.lock", " ".join(queues)
        files.append(self.path, b"", 0, durable=False)
        self._handle = os.open(self.path, os.O_RDWR)
        fcntl.flock(self._handle, fcntl.LOCK_EX)
        self._beaten = 0.0
        self._heard: dict[str, tuple[int, float]] = {}  # of each other worker its last beat, and when by our own clock we heard that one first
        self.beat()

    def beat(self) -> None:
        """Say that it is there, when it is time to."""
        now = time.monotonic()
        if self._beaten and now - self._beaten < HEARTBEAT_S:
            return
        self._beaten = now
        table = self.database.tables.WORKERS
        values = {"host": socket.gethostname(), "lock": str(self.path), "seen": clock_of(self.database), "queues": self.queues}
        with self.database.begin() as connection:
            if not connection.execute(table.update().where(table.c.id == self.id).values(values)).rowcount:
                connection.execute(table.insert().values(id=self.id, **values))

    def gone(self) -> list[str]:
        """Ids of workers that are not there any more."""
        return [row.id for row in rows_of(self.database) if row.id != self.id and self._is_gone(row)]

    def _is_gone(self, row: Any) -> bool:
        """On this machine by its lock; elsewhere when we did not hear it for its lease, or for a while when by the database's clock the lease is over."""
        if row.host == socket.gethostname():
            return not held(row.lock)
        beat, since = self._heard.get(row.id, (None, 0.0))
        if beat != row.seen:
            self._heard[row.id] = row.seen, time.monotonic()
            return False
        silent_s = time.monotonic() - since
        return silent_s > LEASE_S or (silent_s > SURE_S and is_gone(row.host, Path(row.lock), row.seen, lambda: clock_of(self.database)))

    def forget(self, worker: str) -> None:
        """After all that it left was taken over."""
        table = self.database.tables.WORKERS
        with self.database.begin() as connection:
            connection.execute(table.delete().where(table.c.id == worker))
        files.remove(self.path.with_name(f"{worker}.lock"), durable=False)

    def leave(self) -> None:
        """Say that it goes, when nothing is left of its own."""
        self.forget(self.id)
        os.close(self._handle)


def clock_of(database: Database) -> int:
    """Seconds by the clock of the database, which all its workers share."""
    import sqlalchemy as sa

    with database.begin() as connection:
        query = "select cast(strftime('%s', 'now') as integer)" if database.is_sqlite else "select cast(extract(epoch from now()) as bigint)"
        return int(connection.execute(sa.text(query)).scalar_one())


def rows_of(database: Database) -> Sequence[Any]:
    with database.begin() as connection:
        return connection.execute(database.tables.WORKERS.select()).all()


def is_gone(host: str, lock: Path, seen: int, now: Callable[[], int]) -> bool:
    if host != socket.gethostname():
        return now() - seen > LEASE_S
    return not held(str(lock))


def alive(database: Database, worker: str) -> bool:
    """Whether a worker of this id is there, as far as anybody can tell from here."""
    return any(row.id == worker and not is_gone(row.host, Path(row.lock), row.seen, lambda: clock_of(database)) for row in rows_of(database))


def attended(database: Database) -> frozenset[str]:
    """Queues on which somebody works: ids of batches, and of runs that are in none."""
    there = (row for row in rows_of(database) if not is_gone(row.host, Path(row.lock), row.seen, lambda: clock_of(database)))
    return frozenset(queue for row in there for queue in row.queues.split())


__all__ = ["LEASE_S", "SURE_S", "Worker", "alive", "attended", "is_gone"]
