"""How a run is carried out: its phases in order, each with its attempts, until one does not end well."""

from collections.abc import Callable
from contextlib import suppress

import msgspec

from passdown.errors import PassdownError
from passdown.production import remains
from passdown.production.attempt import STATE_OF, Work, attempt
from passdown.production.book import Book
from passdown.production.engine import Steps
from passdown.production.handover import Ports
from passdown.project import Project
from passdown.redaction.scan import redact
from passdown.workflows.model import Phase, Plan, Retries
from passdown.workflows.run import GOING, Attempt, Run

WELL = ("done", "kept")


class Carrier:
    """Carries out runs of one project. Several threads use it at once."""

    def __init__(self, project: Project, book: Book, ports: Ports) -> None:
        self.project, self.book, self.ports = project, book, ports

    def __call__(self, run_id: str, turn: int, steps: Steps) -> str:
        """Gives the state in which the run is left. Nothing is raised: an error is the run's, and told by its note."""
        run = self.book.run(run_id)
        if run.turn != turn or run.state not in GOING:
            return run.state
        try:
            return self._all(run, self.book.plan(run.plan_hash), steps)
        except PassdownError as error:
            self._leave(run, "failed", error.message)
            return "failed"

    def _all(self, run: Run, plan: Plan, steps: Steps) -> str:
        for phase in plan.phases:
            ended = self._phase(run, plan, phase, steps)
            if ended.state not in WELL:
                self._leave(run, STATE_OF[ended.state], ended.note)
                return STATE_OF[ended.state]
        self._clear(run)
        self._leave(run, "completed", "")
        return "completed"

    def _clear(self, run: Run) -> None:
        """Before the run is completed: whoever is killed in between finds it open, and does it again."""
        with suppress(PassdownError):
            for one in self.book.attempts(run.id):
                remains.clear(self.project.layout.attempt(run.id, one.phase, one.key))

    def _phase(self, run: Run, plan: Plan, phase: Phase, steps: Steps) -> Attempt:
        """The last of its attempts: the first that ended well, or cannot be helped by another."""
        feedback, number = "", 1
        while True:
            work = Work(self.project, self.book, self.ports, run, plan, phase, f"{run.turn}.{number}")
            ended = msgspec.json.decode(steps.once(f"{phase.name} {work.key}", once(work, feedback)), type=Attempt)
            if not again(phase, ended, number):
                return ended
            steps.pause(pause_s(phase.retries, number))
            feedback, number = ended.note, number + 1

    def _leave(self, run: Run, state: str, note: str) -> None:
        """Unless somebody cancelled it, or resumed it elsewhere, in the meantime."""
        self.book.change(run.id, only_in=(*GOING, "asking", "stopped", "failed"), turn_is=run.turn,
                         state=state, note=redact(note), updated=self.project.clock.iso())


def once(work: Work, feedback: str) -> Callable[[], str]:
    """The attempt as a step: its result as JSON."""
    def do() -> str:
        return msgspec.json.encode(attempt(work, feedback)).decode()

    return do


def again(phase: Phase, ended: Attempt, number: int) -> bool:
    """Whether another attempt is to be made. A gate that says `retry` means at least one."""
    if ended.state == "below" and phase.gate and phase.gate.below == "retry":
        return number <= max(1, phase.retries.most)
    return ended.state == "failed" and number <= phase.retries.most


def pause_s(retries: Retries, number: int) -> float:
    """Before the attempt after the `number`-th."""
    return float(min(retries.longest_s, retries.backoff_s * retries.factor ** (number - 1)))


__all__ = ["Carrier", "again", "pause_s"]
