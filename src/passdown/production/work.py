"""A process at work on productions: it listens to queues, takes over what others left, and returns when the runs it waits for are done."""

import time
from collections.abc import Callable, Sequence

from passdown.production import process
from passdown.production.book import Book
from passdown.production.carry import Carrier
from passdown.production.engine import LOOK_S, Engine
from passdown.production.handover import Ports
from passdown.production.workers import Worker
from passdown.project import Project
from passdown.workflows.run import GOING, Run

SWEEP_S = 1.0  # between two looks for workers that are gone
SETTLE_S = 10.0  # for what is carried out to be written down

Progress = Callable[[Sequence[Run]], None]
Runs = Callable[[], Sequence[Run]]


def work(project: Project, book: Book, ports: Ports, queues: Sequence[str], runs: Runs, progress: Progress | None = None) -> list[Run]:
    """Work on the queues until none of `runs` is going on; how they stand then. An interrupt ends the phases that run here."""
    worker = Worker(book.database, project.layout.workers, queues)
    engine = Engine(book.database.address, worker.id, queues, Carrier(project, book, ports))
    try:
        done = _until_done(worker, engine, queues, runs, progress)
        if not engine.busy():
            worker.leave()  # else its name stays, by which the next one finds what it left
        return done
    except KeyboardInterrupt:
        _stop(project, book, runs())
        raise
    finally:
        engine.close()


def _until_done(worker: Worker, engine: Engine, queues: Sequence[str], runs: Runs, progress: Progress | None) -> list[Run]:
    swept, left = -SWEEP_S, True
    while True:
        worker.beat()
        if time.monotonic() - swept >= SWEEP_S:
            swept = time.monotonic()
            _take_over(worker, engine)
            left = engine.left(queues)
        now = list(runs())
        if progress:
            progress(now)
        if not left or not any(run.state in GOING for run in now):
            break  # a run that goes on while nothing is left could not write down how it ended
        time.sleep(LOOK_S)
    deadline = time.monotonic() + SETTLE_S
    while engine.busy() and time.monotonic() < deadline:
        worker.beat()
        time.sleep(LOOK_S / 5)
    return now


def _take_over(worker: Worker, engine: Engine) -> None:
    """First what they left, then their names: a kill in between leaves them to be found again."""
    gone = worker.gone()
    if gone:
        engine.take_over(gone)
        for one in gone:
            worker.forget(one)


def _stop(project: Project, book: Book, runs: Sequence[Run]) -> None:
    """End the phases of runs that go on; their attempts stay open, and are made again by the next that takes them up."""
    process.leaving.set()
    time.sleep(2 * process.LONGEST_LOOK_S)  # until nobody watches them any more, who would take this for their own end
    for run in runs:
        if run.state == "running":
            for attempt in book.attempts(run.id):
                if attempt.state == "running":
                    process.end(project.layout.attempt(run.id, attempt.phase, attempt.key))


__all__ = ["Progress", "work"]
