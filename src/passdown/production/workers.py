"""Which processes work on productions, and which of them are gone.

On the same machine a lock tells at once: it goes with its process. Of a process on another machine only its heartbeat is known.
"""

import fcntl
import os
import socket
import time
from collections.abc import Callable
from pathlib import Path

from passdown import files
from passdown.hooks.detached import held
from passdown.production.database import Database

HEARTBEAT_S = 2.0
LEASE_S = 20.0  # a worker on another machine that was silent for so long is gone


class Worker:
    """Our process as one of the workers."""

    def __init__(self, database: Database, folder: Path) -> None:
        self.database, self.id = database, f"{socket.gethostname()}-{os.getpid()}-{os.urandom(4).hex()}"
        self.path = folder / f"{self.id}.lock"
        files.append(self.path, b"", 0, durable=False)
        self._handle = os.open(self.path, os.O_RDWR)
        fcntl.flock(self._handle, fcntl.LOCK_EX)
        self._beaten = 0.0
        self.beat()

    def beat(self) -> None:
        """Say that it is there, when it is time to."""
        now = time.monotonic()
        if self._beaten and now - self._beaten < HEARTBEAT_S:
            return
        self._beaten = now
        table = self.database.tables.WORKERS
        values = {"host": socket.gethostname(), "lock": str(self.path), "seen": self._now()}
        with self.database.begin() as connection:
            if not connection.execute(table.update().where(table.c.id == self.id).values(values)).rowcount:
                connection.execute(table.insert().values(id=self.id, **values))

    def gone(self) -> list[str]:
        """Ids of workers that are not there any more."""
        table = self.database.tables.WORKERS
        with self.database.begin() as connection:
            rows = connection.execute(table.select().where(table.c.id != self.id)).all()
        return [row.id for row in rows if is_gone(row.host, Path(row.lock), row.seen, self._now)]

    def forget(self, worker: str) -> None:
        """After all that it left was taken over."""
        table = self.database.tables.WORKERS
        with self.database.begin() as connection:
            connection.execute(table.delete().where(table.c.id == worker))
        files.remove(self.path.with_name(f"{worker}.lock"), durable=False)

    def _now(self) -> int:
        """Seconds by the clock of the database, which all its workers share."""
        import sqlalchemy as sa

        with self.database.begin() as connection:
            query = "select cast(strftime('%s', 'now') as integer)" if self.database.is_sqlite else "select cast(extract(epoch from now()) as bigint)"
            return int(connection.execute(sa.text(query)).scalar_one())


def is_gone(host: str, lock: Path, seen: int, now: Callable[[], int]) -> bool:
    if host != socket.gethostname():
        return now() - seen > LEASE_S
    return not held(str(lock))


def alive(database: Database, worker: str) -> bool:
    """Whether a worker of this id is there, as far as anybody can tell from here."""
    table = database.tables.WORKERS
    with database.begin() as connection:
        row = connection.execute(table.select().where(table.c.id == worker)).first()
    return row is not None and not is_gone(row.host, Path(row.lock), row.seen, lambda: row.seen)


__all__ = ["Worker", "alive", "is_gone"]
