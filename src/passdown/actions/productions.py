"""Productions: run, resume, retry, approve, cancel, batches, and what is known of them. The same verbs as `passdown workflow`, as functions."""

from collections.abc import Sequence

import msgspec
from msgspec.structs import replace

from passdown.actions import plans
from passdown.actions.production_book import find, opened
from passdown.actions.production_ports import ports
from passdown.errors import NoSuchRun, PassdownError, RunBusy, UsageError
from passdown.model.ids import new_id
from passdown.production import places, process, remains, workers
from passdown.production.book import Book
from passdown.production.engine import ALIVE, Sender
from passdown.production.work import Progress, work
from passdown.project import Project
from passdown.redaction.scan import redact
from passdown.workflows.fingerprint import fingerprint
from passdown.workflows.ledger import Line, limit_of
from passdown.workflows.model import Budget, Phase, Plan
from passdown.workflows.run import GOING, Attempt, Batch, Run

NO_BUDGET = Budget()
AT_ONCE = 5  # runs of a batch, unless more are asked for


class Resumed(msgspec.Struct, frozen=True):
    """runs: as they stand now. changed: finished phases that were begun again because what they read, or left, had changed."""

    runs: tuple[Run, ...]
    changed: tuple[str, ...] = ()


# Beginning

def run(project: Project, plan: Plan, item: str, progress: Progress | None = None) -> Run:
    """Carry one item through a plan; the run as it was left. What an earlier run of the item finished is kept. Raises `RunBusy`, `UsageError`."""
    with opened(project) as book:
        going = [r for r in book.runs(item=checked(item), plan=plan.name) if r.state in GOING]
        if going:
            raise UsageError(f"{item} is on its way through {plan.name} already, as {going[0].id}", f"passdown workflow resume {going[0].id}")
        book.keep_plan(plan)
        new = new_run(project, book, plan, item)
        book.add_runs([new])
        return carry_on(project, book, new.id, [new], progress)[0]


def batch(project: Project, plan: Plan, items: Sequence[str], most: int = AT_ONCE, budget: Budget = NO_BUDGET, per_minute: int | None = None,
          progress: Progress | None = None) -> list[Run]:
    """Carry many items through a plan, `most` at once, `per_minute` begun within a minute; each run as it was left. One that fails stops no other."""
    if most < 1 or not items or (per_minute is not None and per_minute < 1):
        raise UsageError("a batch needs items, and at least one at once", "Leave the option away, or give 1 or more.")
    if twice := {item for item in items if items.count(item) > 1}:
        raise UsageError(f"an item is named twice: {', '.join(sorted(twice))}")
    with opened(project) as book:
        book.keep_plan(plan)
        whole, now = limit_of(budget), project.clock.iso()
        new = Batch("B" + new_id(project.clock.milliseconds()), book.project, plan.name, len(items), most, whole.money, whole.tokens, whole.time_ms,
                    per_minute, now)
        ids = sorted("R" + new_id(project.clock.milliseconds()) for _ in items)  # by which they keep the order of the items
        runs = [replace(new_run(project, book, plan, checked(item)), id=one, batch=new.id) for one, item in zip(ids, items, strict=True)]
        book.add_runs(runs, new)
        return carry_on(project, book, new.id, runs, progress, new)


def new_run(project: Project, book: Book, plan: Plan, item: str) -> Run:
    now = project.clock.iso()
    return Run("R" + new_id(project.clock.milliseconds()), book.project, plan.name, plan.text_hash, item, created=now, updated=now)


def checked(item: str) -> str:
    """An item is the name of a folder. Raises `UsageError`."""
    if not item.strip() or item in (".", "..") or any(c in item for c in "/\\\0\n") or item.startswith("-"):
        raise UsageError(f"`{item}` is no name of an item", "It names a folder: no slashes, no line ends.")
    if redact(item) != item:
        raise UsageError(f"`{item}` holds what looks like a secret", "An item's name stands in paths, environments and the ledger: give another one.")
    return item


def carry_on(project: Project, book: Book, queue: str, runs: Sequence[Run], progress: Progress | None, of: Batch | None = None) -> list[Run]:
    """Put the runs on a queue, with the limits of their batch, and work on it until none of them goes on."""
    sender = Sender(book.database.address)
    try:
        sender.queue(queue, of.most if of else 1, of.per_minute if of else None)
        sender.send(queue, [(r.id, r.turn) for r in runs])
        done = wait(project, book, queue, [r.id for r in runs], progress)
        if not any(r.state in GOING for r in done):
            sender.drop_queue(queue)
        return done
    finally:
        sender.close()


def wait(project: Project, book: Book, queue: str, ids: Sequence[str], progress: Progress | None) -> list[Run]:
    """Work on a queue until the runs named are done; in their order."""
    def now() -> list[Run]:
        if len(ids) == 1:
            return [book.run(ids[0])]
        known = {r.id: r for r in book.runs(batch=queue)} or {r.id: r for r in book.runs()}
        return [known[one] for one in ids]

    return work(project, book, ports(project), [queue], now, progress)


# Going on

def resume(project: Project, name: str, progress: Progress | None = None) -> Resumed:
    """Go on with a run, or with all runs of a batch that are not completed, cancelled or waiting for approval.

    name: an id, its beginning, or an item. Raises `NoSuchRun`, `RunBusy`.
    """
    with opened(project) as book:
        whole = book.batch(name)
        if whole:
            return resume_batch(project, book, whole, progress)
        found = find(book, name)
        again, changed = made_ready(project, book, found)
        done = [again] if again.state == "completed" else carry_on(project, book, again.id, [again], progress)
        return Resumed(tuple(done), changed)


def resume_batch(project: Project, book: Book, whole: Batch, progress: Progress | None) -> Resumed:
    runs = sorted(book.runs(batch=whole.id), key=lambda r: r.id)
    open_runs = [r for r in runs if r.state not in ("completed", "cancelled", "asking")]
    again = [ready(project, book, r, whole.id) for r in open_runs]
    done = carry_on(project, book, whole.id, again, progress, whole) if again else []
    return Resumed(tuple(done))


def help_with(project: Project, batch_id: str, progress: Progress | None = None) -> list[Run]:
    """Work on a batch beside the process that began it, until it ends. Raises `NoSuchRun`."""
    with opened(project) as book:
        if not book.batch(batch_id):
            raise NoSuchRun(name=batch_id)
        return wait(project, book, batch_id, sorted(r.id for r in book.runs(batch=batch_id)), progress)


def plan_changed(project: Project, name: str) -> bool:
    """Whether the file of a run's plan, or of a batch's, has another text than the one with which it began."""
    with opened(project) as book:
        begun = book.runs(batch=name) if book.batch(name) else [find(book, name)]
    now = {r.plan: hash_now(project, r.plan) for r in begun}
    return any(now[r.plan] != r.plan_hash for r in begun)


def hash_now(project: Project, plan: str) -> str:
    try:
        parsed = plans.read(project, plan).parsed
    except PassdownError:
        return ""
    return parsed.plan.text_hash if parsed.plan else ""


def made_ready(project: Project, book: Book, found: Run) -> tuple[Run, tuple[str, ...]]:
    """A run that can be sent: as it is when only its process ended, or when there is nothing left to do, else in a new turn. Raises `RunBusy`."""
    state, worker, queue = state_of(book, found)
    if state == "PENDING" and workers.alive(book.database, worker):
        raise RunBusy(run=found.id)
    changed = outdated(project, book, found)
    as_sent = found.state in GOING and (not state or (state in ALIVE and queue == found.id))
    same = not changed and (as_sent or found.state == "completed")
    return (found if same else next_turn(project, book, found)), changed


def ready(project: Project, book: Book, found: Run, batch: str) -> Run:
    """The same for a run of a batch, which may be worked on by others who share it."""
    if found.state not in GOING:
        return next_turn(project, book, found)
    state, worker, queue = state_of(book, found)
    others = state == "PENDING" and workers.alive(book.database, worker)
    return found if others or not state or (state in ALIVE and queue == batch) else next_turn(project, book, found)


def state_of(book: Book, found: Run) -> tuple[str, str, str]:
    sender = Sender(book.database.address)
    try:
        return sender.state(found.workflow)
    finally:
        sender.close()


def outdated(project: Project, book: Book, found: Run) -> tuple[str, ...]:
    """Phases that were finished in this turn and whose inputs, or outputs, are others by now."""
    plan, ended = book.plan(found.plan_hash), {a.phase: a for a in book.attempts(found.id) if a.state in ("done", "kept")}
    folder = places.folder_of(plan.folder, found.item)
    return tuple(phase.name for phase in plan.phases if phase.name in ended and not as_it_was(project, folder, phase, ended))


def as_it_was(project: Project, folder: str, phase: Phase, ended: dict[str, Attempt]) -> bool:
    try:
        inputs = places.inputs(project.root, folder, phase)
    except (places.Missing, OSError):
        return False
    before = {need: ended[need].outputs for need in phase.needs if need in ended}
    return ended[phase.name].fingerprint == fingerprint(phase, inputs, before) and places.unchanged(project.root, ended[phase.name].outputs)


def next_turn(project: Project, book: Book, found: Run) -> Run:
    """The run, to be worked on once more; attempts that were cut off are closed. Raises `RunBusy` when another process was first."""
    close_open(project, book, found)
    if not book.next_turn(found, project.clock.iso()):
        raise RunBusy(run=found.id)
    return book.run(found.id)


def close_open(project: Project, book: Book, found: Run) -> None:
    """End what still runs of a run, and settle what its open attempts used as far as anybody can tell."""
    for attempt in book.attempts(found.id):
        if attempt.state == "running":
            folder = project.layout.attempt(found.id, attempt.phase, attempt.key)
            process.end(folder)
            if folder.exists():
                remains.put_away(folder)
            spent = round(process.time_of(folder) * 1000)
            now = project.clock.iso()
            line = Line(found.id, found.plan, found.item, found.batch, attempt.phase, attempt.key, 1, "", time_ms=spent, at=now)
            book.end_attempt(replace(attempt, state="cancelled", ended=now), [line])


def retry(project: Project, name: str, phase: str, progress: Progress | None = None) -> Resumed:
    """Make a phase again, and all that need it. Raises `NoSuchRun`, `RunBusy`, `UsageError` for a phase that the plan does not have."""
    with opened(project) as book:
        found = find(book, name)
        plan = book.plan(found.plan_hash)
        if phase not in {p.name for p in plan.phases}:
            raise UsageError(f"{plan.name} has no phase `{phase}`", f"It has: {', '.join(p.name for p in plan.phases)}")
        again, _ = made_ready(project, book, found)
        if again.turn == found.turn:
            again = next_turn(project, book, found)
        book.outdate(found, downstream(plan, phase))
        return Resumed(tuple(carry_on(project, book, again.id, [again], progress)))


def downstream(plan: Plan, phase: str) -> list[str]:
    """The phase and all that need it, also through others, in order."""
    found = [phase]
    for one in plan.phases:
        if one.name not in found and set(one.needs) & set(found):
            found.append(one.name)
    return found


def approve(project: Project, name: str, words: str = "", *, go_on: bool = True, progress: Progress | None = None) -> Run:
    """Take what a phase made as it is, and go on. Raises `UsageError` when the run does not wait for that."""
    with opened(project) as book:
        found = find(book, name)
        if found.state not in ("asking", "stopped"):
            raise UsageError(f"{found.id} does not wait for approval: it is {found.state}")
        last = next((a for a in reversed(book.attempts(found.id, found.phase)) if a.state in ("asking", "below")), None)
        if last is None:
            raise UsageError(f"{found.id} was not stopped by a gate: {found.note}", f"passdown workflow resume {found.id}")
        book.approve(last, redact(words) or f"yes, {project.clock.iso()}")
        again = next_turn(project, book, found)
        return carry_on(project, book, again.id, [again], progress)[0] if go_on else again


def cancel(project: Project, name: str) -> list[Run]:
    """Stop a run, or all open runs of a batch: what runs is ended. What is finished stays."""
    with opened(project) as book:
        whole = book.batch(name)
        chosen = book.runs(batch=whole.id, active=True) if whole else [find(book, name)]
        for one in chosen:
            if book.change(one.id, only_in=("waiting", "running", "asking", "stopped", "failed"), state="cancelled", note="cancelled",
                           updated=project.clock.iso()):
                for attempt in book.attempts(one.id):
                    if attempt.state == "running":
                        process.end(project.layout.attempt(one.id, attempt.phase, attempt.key))
        return [book.run(one.id) for one in chosen]


__all__ = ["AT_ONCE", "Resumed", "approve", "batch", "cancel", "help_with", "plan_changed", "resume", "retry", "run"]
