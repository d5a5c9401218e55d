"""One attempt at one phase: reserve, brief, run, look at what it left, hold it against its gate, settle.

It may be killed anywhere and is then carried out again from the top: each part finds what it had done. What is written down is, in order: the reservation;
the files of the hand-over; by the phase itself how it ended; and in one transaction the outputs, the score, the costs and where the run stands.
"""

import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cached_property
from pathlib import Path

import msgspec
from msgspec.structs import replace

from passdown import files, gitrepo
from passdown.errors import BadGate, BudgetExceeded, PassdownError
from passdown.production import agents, handover, places, process, remains, usage
from passdown.production.book import Book
from passdown.project import Project
from passdown.redaction.scan import redact
from passdown.workflows import score
from passdown.workflows.fingerprint import fingerprint
from passdown.workflows.ledger import MILLI, Line, Used, claim, limit_of
from passdown.workflows.model import Phase, Plan
from passdown.workflows.registry import State
from passdown.workflows.run import Attempt, Run

SAID_CHARS = 4_000  # of a gate's words that are handed on
LAST_CHARS = 300
ENTRY = "import importlib, sys; m, _, f = sys.argv[1].partition(':'); sys.exit(getattr(importlib.import_module(m), f)())"
STATE_OF: Mapping[str, State] = {"done": "running", "kept": "running", "below": "stopped", "failed": "failed", "stopped": "stopped", "asking": "asking",
                                 "cancelled": "cancelled"}


class Work:
    """One attempt: what it is part of, and where its files lie."""

    def __init__(self, project: Project, book: Book, ports: handover.Ports, run: Run, plan: Plan, phase: Phase, key: str) -> None:
        self.project, self.book, self.ports = project, book, ports
        self.run, self.plan, self.phase, self.key = run, plan, phase, key
        self.folder = places.folder_of(plan.folder, run.item)
        self.private = project.layout.attempt(run.id, phase.name, key)
        self.reserved = Used()

    @property
    def home(self) -> Path:
        return self.project.root / self.folder

    @cached_property
    def before(self) -> list[Attempt]:
        """The attempts by which the phases before this one were finished in this turn of the run."""
        ended = {a.phase: a for a in self.book.attempts(self.run.id) if a.state in ("done", "kept") and a.phase != self.phase.name}
        return [ended[phase.name] for phase in self.plan.phases if phase.name in ended]

    def line(self, number: int, used: Used, model: str = "") -> Line:
        return Line(self.run.id, self.run.plan, self.run.item, self.run.batch, self.phase.name, self.key, number, model,
                    used.money, used.tokens, used.time_ms, self.project.clock.iso())


def attempt(work: Work, feedback: str = "") -> Attempt:
    """The attempt as it ended; it is in the book when this returns."""
    known = work.book.attempt(work.run.id, work.phase.name, work.key)
    if known and known.state != "running":
        return known
    new = known or Attempt(work.run.id, work.phase.name, work.key, started=stamp(work))
    ready = surely(lambda: prepared(work, new), new)
    if ready.state != "running":
        return settled(work, ready, {}, process.time_of(work.private), reserved=known is not None)
    return carried_out(work, ready, feedback)


def surely(do: Callable[[], Attempt], new: Attempt) -> Attempt:
    """What `do` gives, or the attempt as it failed."""
    try:
        return do()
    except BudgetExceeded as error:
        return replace(new, state="stopped", note=error.message, code=error.code)
    except places.Missing as error:
        return replace(new, state="failed", note=str(error), code="PhaseFailed")
    except PassdownError as error:
        return replace(new, state="failed", note=error.message, code=error.code)
    except OSError as error:
        return replace(new, state="failed", note=f"{error.strerror or error}" + (f": {error.filename}" if error.filename else ""), code="PhaseFailed")


def prepared(work: Work, new: Attempt) -> Attempt:
    """With its budget reserved, or `kept`: an earlier attempt left what it would make, from what it would be made."""
    inputs = places.inputs(work.project.root, work.folder, work.phase)
    new = replace(new, fingerprint=fingerprint(work.phase, inputs, {a.phase: a.outputs for a in work.before if a.phase in work.phase.needs}))
    made = work.book.finished(work.run.plan, work.run.item, work.phase.name, new.fingerprint)
    earlier = next((one for one in made if places.unchanged(work.project.root, one.outputs)), None)
    if earlier:
        state = "asking" if earlier.state == "asking" else "kept"
        return replace(new, state=state, outputs=earlier.outputs, score=earlier.score, approved=earlier.approved, note=earlier.note, code=earlier.code)
    work.reserved = reserved(work)
    work.book.begin_attempt(new, work.line(0, work.reserved), phase=work.phase.name, state="running", updated=work.project.clock.iso())
    return new


def reserved(work: Work) -> Used:
    """What this attempt reserved before it was interrupted, or else what it reserves now. Raises `BudgetExceeded`."""
    known = next((line for line in work.book.lines(run=work.run.id) if line.of == (work.run.id, work.phase.name, work.key) and not line.number), None)
    return known.used if known else claim(limit_of(work.phase.budget), work.book.allowance(work.run, work.plan))


def carried_out(work: Work, new: Attempt, feedback: str) -> Attempt:
    try:
        surroundings = hand_over(work, feedback)
        before = seen_before(work)
        ended = process.run(command_of(work.phase), work.private, work.project.root, surroundings, stop_of(work))
        outside = places.changed(before, seen(work))
        output = remains.put_away(work.private)
        used = used_by(work, output)
    except (PassdownError, OSError) as error:
        failure = error
        with suppress(PassdownError, OSError):
            remains.put_away(work.private)
        return settled(work, surely(lambda: again(failure), new), {}, process.time_of(work.private))
    return settled(work, surely(lambda: judged(work, new, ended, outside, output, surroundings), new), used, ended.time_s)


def again(error: Exception) -> Attempt:
    raise error


def stamp(work: Work) -> str:
    """UTC with milliseconds, so that attempts sort."""
    return work.project.clock.time().strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def hand_over(work: Work, feedback: str) -> dict[str, str]:
    """Write the files of the hand-over; give the environment that names them."""
    known = work.ports.briefing(f"{work.run.plan} {work.run.item} {work.phase.name}")
    briefing = handover.text(work.run, work.phase, work.before, work.ports.records(work.run.id), feedback, known)
    for name, text in (("briefing.md", briefing), ("feedback.md", feedback), ("prompt.md", f"{work.phase.prompt}\n\n{briefing}" if work.phase.agent else "")):
        files.write(work.private / name, redact(text), durable=False)
    if not usage.place(work.private).exists():
        files.append(usage.place(work.private), b"", 0, durable=False)  # for its owner alone, whoever adds to it
    work.home.mkdir(parents=True, exist_ok=True)
    return handover.environment(work.ports.environment, work.run, work.phase, work.key, work.home, work.private, work.reserved)


def command_of(phase: Phase) -> list[str]:
    if phase.python:
        return [sys.executable, "-c", ENTRY, phase.python]
    return ["sh", "-c", phase.run or agents.command(phase.agent)]


def stop_of(work: Work) -> process.Stop:
    """Why a phase is to be stopped while it runs: its time is over, it says that it used more than it may, or somebody cancelled it."""
    most = min((limit for limit in (work.phase.timeout_s, work.reserved.time_ms / MILLI or None) if limit), default=None)

    def stop(ran_s: float) -> str:
        if most is not None and ran_s > most:
            return f"it ran longer than {most:g} s"
        said = sum(usage.read(usage.place(work.private)).values(), Used())
        if (work.reserved.money and said.money > work.reserved.money) or (work.reserved.tokens and said.tokens > work.reserved.tokens):
            return f"it used more than it may: ${said.dollars:g}, {said.tokens} tokens"
        run = work.book.run(work.run.id)
        return "it was cancelled" if run.state == "cancelled" or run.turn != work.run.turn else ""

    return stop


def seen(work: Work) -> dict[str, places.Stamp]:
    place: gitrepo.Place | None = work.project.place
    found = places.seen(work.project.root, place, work.plan.folder.partition("{item}")[0] or work.folder)
    return {redact(path): stamp for path, stamp in found.items()}


def seen_before(work: Work) -> Mapping[str, places.Stamp]:
    """As it was when this attempt began, also when that was before it was interrupted."""
    path = work.private / "before.json"
    known = files.read(path)
    if known:
        return msgspec.json.decode(known, type=dict[str, places.Stamp])
    now = seen(work)
    files.write(path, redact(msgspec.json.encode(now).decode()), durable=False)
    return now


def used_by(work: Work, output: str) -> dict[str, Used]:
    """By model: what the phase said itself, and for an agent that said nothing what its captured session counts."""
    said = usage.read(usage.place(work.private))
    if work.phase.agent and not said:
        return dict(work.ports.captured(work.phase.agent, agents.session_in(output)))
    return said


def judged(work: Work, new: Attempt, ended: process.Ended, outside: tuple[str, ...], output: str, surroundings: Mapping[str, str]) -> Attempt:
    """What became of the attempt, by how it ended, what it left, and its gate."""
    failed = replace(new, state="failed", code="PhaseFailed")
    if ended.stopped:
        state = "cancelled" if "cancelled" in ended.stopped else "stopped" if "more than it may" in ended.stopped else "failed"
        return replace(failed, state=state, note=ended.stopped, code={"stopped": "BudgetExceeded"}.get(state, "PhaseFailed"))
    if ended.code is None:
        return replace(failed, note="it was cut off: no process of it is left, and it did not say how it ended")
    if ended.code:
        return replace(failed, note=f"it ended with code {ended.code}" + last_words(output))
    if outside:
        return replace(failed, note=f"it wrote outside of {work.folder}/: {places.told(outside)}")
    left = places.outputs(work.project.root, work.folder, work.phase)
    return gated(work, replace(new, state="asking" if work.phase.approval else "done", outputs=left), surroundings)


def last_words(output: str) -> str:
    lines = output.strip().splitlines()
    return f": {lines[-1][:LAST_CHARS]}" if lines else ""


def gated(work: Work, done: Attempt, surroundings: Mapping[str, str]) -> Attempt:
    gate = work.phase.gate
    if gate is None:
        return done
    found = score.read(gate_text(work, surroundings))
    least = score.least(gate.minimum)
    done = replace(done, score=round(found.value, 4))
    if found.value >= least:
        return done
    note = f"quality {found.value:g} of 10, at least {least:g} is asked for\n{redact(found.said.strip())[-SAID_CHARS:]}"
    return replace(done, state="asking" if gate.below == "ask" else "below", note=note, code="BelowGate")


def gate_text(work: Work, surroundings: Mapping[str, str]) -> str:
    """What the gate's command printed, or what its report says. Raises `BadGate`."""
    gate = work.phase.gate
    if gate and gate.run:
        ended = process.run(["sh", "-c", gate.run], work.private / "gate", work.project.root, surroundings, stop_of(work))
        said = remains.put_away(work.private / "gate")
        if ended.code is None:
            raise BadGate(problem=ended.stopped or "it was cut off")
        return said
    report = (files.read(work.home / gate.report) or files.read(work.project.root / gate.report)) if gate else b""
    if report is None:
        raise BadGate(problem=f"there is no report `{gate.report if gate else ''}`")
    return report.decode("utf-8", "replace")


def settled(work: Work, ended: Attempt, used: Mapping[str, Used], time_s: float, *, reserved: bool = True) -> Attempt:
    """Into the book, with the lines of the ledger that take the place of the reservation, if there is one."""
    ended = replace(ended, ended=stamp(work), note=redact(ended.note))
    by_model = dict(used) or {"": Used()}
    first = next(iter(by_model))
    by_model[first] += Used(time_ms=round(time_s * MILLI))
    lines = [work.line(number, one, model) for number, (model, one) in enumerate(by_model.items(), 1)] if reserved else []
    state = STATE_OF[ended.state]
    where: dict[str, object] = {"phase": work.phase.name, "updated": work.project.clock.iso(), "note": "" if state == "running" else ended.note}
    where |= {"score": ended.score} if ended.score is not None else {}
    work.book.end_attempt(ended, lines, **where)
    return ended


__all__ = ["STATE_OF", "Work", "attempt"]
