"""How runs, attempts and costs look, and the exit code that says how a run was left."""

from collections import Counter
from collections.abc import Callable, Sequence

from passdown import errors
from passdown.actions import production_views
from passdown.briefing.times import span
from passdown.cli.output import Output
from passdown.errors import PassdownError, PhaseFailed
from passdown.model.handed import handed, rows
from passdown.project import Project
from passdown.shown import clean
from passdown.workflows.ledger import Used
from passdown.workflows.run import GOING, Attempt, Run

MARKS = {"completed": "✔", "failed": "✗", "stopped": "✗", "cancelled": "✗", "asking": "?", "running": "…", "waiting": "·"}
SHORT_MS = 60_000
KEY_BEGINS, KEY_ENDS = "-----BEGIN", "-----END"
CODES = {"failed": "PhaseFailed", "stopped": "BudgetExceeded", "asking": "WaitsForApproval", "cancelled": "RunCancelled"}


def line(run: Run) -> str:
    """`R01… podcast ep-5  running  production  8.5/10`."""
    score = f"  {run.score:g}/10" if run.score is not None else ""
    return f"{MARKS[run.state]} {run.id}  {run.plan}  {handed(run.item)}  {run.state}" + (f"  {run.phase}" if run.phase else "") + score


def note(run: Run) -> str:
    """Why it does not go on, indented; "" when there is nothing to say."""
    return "".join(f"\n{row}" for row in rows(run.note, "    ")[:6])


def abandoned(run: Run) -> str:
    """What to do about a run whose process is gone, indented."""
    return f"\n    nobody works on it, its process is gone: `passdown workflow resume {run.batch or run.item}` goes on"


def attempt_line(one: Attempt) -> str:
    score = f"  {one.score:g}/10" if one.score is not None else ""
    said = f"  {handed(one.note.splitlines()[0])}" if one.note.strip() else ""
    return f"  {one.phase}  {one.key}  {one.state}{score}{said}"


def columns(rows: Sequence[Sequence[str]], words: int) -> list[str]:
    """The rows with their cells below each other: the first `words` flush left, the others, which are amounts, flush right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) if n < words else cell.rjust(width) for n, (cell, width) in enumerate(zip(row, widths, strict=True))) for row in rows]


def used(one: Used) -> str:
    time = f"{one.time_ms / 1000:.1f} s" if one.time_ms < SHORT_MS else span(one.time_ms // 1000)
    return f"${one.dollars:,.4f}, {one.tokens:,} tokens, {time}"


def watching(project: Project, out: Output, live: bool) -> Callable[[Sequence[Run]], None]:
    """What shows progress while runs are worked on: a line that replaces itself; live, also what the phases print, to people."""
    offsets: dict[tuple[str, str, str], int] = {}

    def show(runs: Sequence[Run]) -> None:
        if live:
            for run in runs:
                follow(project, run, offsets, out)
        going = [run for run in runs if run.state == "running"]
        ended = sum(run.state not in GOING for run in runs)
        head = f"{ended}/{len(runs)} " if len(runs) > 1 else ""
        out.progress(head + ", ".join(f"{run.item}: {run.phase}" for run in going))

    return show


def follow(project: Project, run: Run, offsets: dict[tuple[str, str, str], int], out: Output) -> None:
    """Say the lines that the attempts of a run printed since the last look."""
    if not offsets.keys() and run.state == "waiting":
        return
    for attempt, text in production_views.logs(project, run.id):
        key = (run.id, attempt.phase, attempt.key)
        whole = text if attempt.state != "running" else printed_in_full(text)
        for row in rows(clean(whole[offsets.get(key, 0):])):  # together: a line of a key is known by the lines around it
            out.say(f"{handed(run.item)} {attempt.phase} | {row}")
        offsets[key] = max(offsets.get(key, 0), len(whole))


def printed_in_full(text: str) -> str:
    """Its whole lines, without a key whose last line is still to come."""
    end = text.rfind("\n") + 1
    begun = text.rfind(KEY_BEGINS, 0, end)
    return text[:end] if begun < 0 or KEY_ENDS in text[begun:end] else text[: text.rfind("\n", 0, begun) + 1]


def told(runs: Sequence[Run], out: Output) -> int:
    """Say how runs were left, what to do about those that are not completed, and give the exit code."""
    out.progress("")
    if out.as_json:
        out.json({"runs": runs})
    else:
        for run in runs:
            out.line(line(run) + note(run))
    if len(runs) > 1 and runs[0].batch:
        counted = ", ".join(f"{number} {state}" for state, number in Counter(run.state for run in runs).items())
        out.say(f"Batch {runs[0].batch}: {counted}. `passdown workflow resume {runs[0].batch}` goes on with what is not completed.")
    problems = [error for run in runs if (error := problem(run))]
    for error in problems[:1]:
        out.say(f"passdown: {error.message}" + (f"\n{error.advice}" if error.advice else ""))
    worst = [error.exit_code for error in problems if not isinstance(error, errors.WaitsForApproval)] or [error.exit_code for error in problems]
    return worst[0] if worst else 0


def problem(run: Run) -> PassdownError | None:
    """The error as which the way a run was left counts; None when it is completed or goes on."""
    if run.state in GOING:
        return PhaseFailed(phase=run.phase or "It", item=run.item, run=run.id, problem="nobody could write down how it ended")
    if run.state not in CODES:
        return None
    kind = {"stopped": errors.BelowGate if run.note.startswith("quality ") else errors.BudgetExceeded}.get(run.state) or getattr(errors, CODES[run.state])
    found = kind(phase=run.phase or "It", item=run.item, run=run.id, problem=run.note.split("\n")[0])
    return found if isinstance(found, PassdownError) else PhaseFailed(phase=run.phase, item=run.item, run=run.id, problem=run.note)


__all__ = ["abandoned", "attempt_line", "columns", "line", "note", "problem", "told", "used", "watching"]
