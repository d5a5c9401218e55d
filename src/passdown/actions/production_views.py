"""What is known of productions: where runs stand, what they printed and cost, what a run would do."""

from collections.abc import Sequence

import msgspec

from passdown import files
from passdown.actions.production_book import find, is_there, opened
from passdown.production import places
from passdown.production.book import Book
from passdown.production.workers import attended
from passdown.project import Project
from passdown.workflows.fingerprint import fingerprint
from passdown.workflows.ledger import Line, Used, total
from passdown.workflows.model import Phase, Plan
from passdown.workflows.registry import Row
from passdown.workflows.run import GOING, Attempt, Run


class Forecast(msgspec.Struct, frozen=True):
    """What would become of a phase: `run`, `keep` as it is, or `fail`, and why."""

    phase: str
    what: str
    why: str = ""


class Shown(msgspec.Struct, frozen=True):
    """A run with its attempts in order, its plan, and what it used."""

    run: Run
    plan: Plan
    attempts: tuple[Attempt, ...]
    used: Used


def forecast(project: Project, plan: Plan, item: str) -> list[Forecast]:
    """What `run` would do, in order; nothing is run or written. Phases behind one that would run are taken to run too when they need it."""
    folder, steps = places.folder_of(plan.folder, item), list[Forecast]()
    ended, fresh = dict[str, Attempt](), set[str]()
    book_there = is_there(project)
    for phase in plan.phases:
        if set(phase.needs) & fresh or not book_there:
            fresh.add(phase.name)
            steps.append(Forecast(phase.name, "run"))
            continue
        step, earlier = forecast_of(project, plan, item, phase, folder, ended)
        steps.append(step)
        if earlier:
            ended[phase.name] = earlier
        else:
            fresh.add(phase.name)
    return steps


def forecast_of(project: Project, plan: Plan, item: str, phase: Phase, folder: str, ended: dict[str, Attempt]) -> tuple[Forecast, Attempt | None]:
    try:
        inputs = places.inputs(project.root, folder, phase)
    except (places.Missing, OSError) as error:
        return Forecast(phase.name, "fail", str(error)), None
    print_now = fingerprint(phase, inputs, {need: ended[need].outputs for need in phase.needs if need in ended})
    with opened(project) as book:
        made = book.finished(plan.name, item, phase.name, print_now)
    earlier = next((one for one in made if places.unchanged(project.root, one.outputs)), None)
    return Forecast(phase.name, "keep" if earlier else "run"), earlier


def rows(project: Project, *, active: bool = False, batch_id: str = "", plan: str = "") -> list[Row]:
    """Where each run stands, newest first; nothing, and no error, where there was never one."""
    if not is_there(project):
        return []
    with opened(project) as book:
        return [row(book, one) for one in book.runs(active=active, batch=batch_id, plan=plan)]


def row(book: Book, one: Run) -> Row:
    phases = book.plan(one.plan_hash).phases
    done = {a.phase for a in book.attempts(one.id) if a.state in ("done", "kept")}
    cost = total(book.lines(run=one.id)).dollars
    return Row(one.plan, one.item, one.phase, one.state, one.score, cost, one.updated, len(done), len(phases), one.note, one.batch)


def runs(project: Project, *, active: bool = False, batch_id: str = "", plan: str = "") -> list[Run]:
    if not is_there(project):
        return []
    with opened(project) as book:
        return book.runs(active=active, batch=batch_id, plan=plan)


def show(project: Project, name: str) -> Shown:
    """Raises `NoSuchRun`."""
    with opened(project) as book:
        found = find(book, name)
        return Shown(found, book.plan(found.plan_hash), tuple(book.attempts(found.id)), total(book.lines(run=found.id)))


def status(project: Project, name: str) -> list[Run]:
    """The run, or the runs of a batch in the order of their items."""
    with opened(project) as book:
        return sorted(book.runs(batch=name), key=lambda r: r.id) if book.batch(name) else [find(book, name)]


def abandoned(project: Project, runs: Sequence[Run]) -> frozenset[str]:
    """Ids of those that go on, as far as they know, and that nobody works on: their process was killed."""
    going = [run for run in runs if run.state in GOING]
    if not going:
        return frozenset()
    with opened(project) as book:
        there = attended(book.database)
        still = {run.id for run in book.runs(active=True) if run.state in GOING}  # one that ended while we looked is nobody's to resume
    return frozenset(run.id for run in going if run.id in still and not {run.id, run.batch} & there)


def logs(project: Project, name: str, phase: str = "") -> list[tuple[Attempt, str]]:
    """What the attempts printed, in order; of those that ran on this machine."""
    with opened(project) as book:
        found = find(book, name)
        out = []
        for attempt in book.attempts(found.id, phase):
            raw = files.read(project.layout.attempt(found.id, attempt.phase, attempt.key) / "output") or b""
            out.append((attempt, raw.decode("utf-8", "replace")))
        return out


def cost(project: Project, name: str = "") -> list[Line]:
    """The ledger of a run, a batch, or of all: reservations too, which have the number 0."""
    if not name and not is_there(project):
        return []
    with opened(project) as book:
        if not name:
            return book.lines()
        return book.lines(batch=name) if book.batch(name) else book.lines(run=find(book, name).id)


__all__ = ["Forecast", "Shown", "abandoned", "cost", "forecast", "logs", "rows", "runs", "show", "status"]
