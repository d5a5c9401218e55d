"""What a phase is handed: a briefing file and an environment."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from passdown.briefing.quoted import quoted
from passdown.model.handed import handed, rows
from passdown.model.ids import content_hash
from passdown.model.record import Record
from passdown.production import usage
from passdown.workflows.ledger import MICRO, MILLI, Used
from passdown.workflows.model import Phase
from passdown.workflows.run import Attempt, Run

HASH_CHARS = 19  # of a file's content hash that are said
KIND_ORDER = ("decision", "knowledge", "resource", "approach", "issue", "risk", "question", "task")
HIDDEN = ("PASSDOWN_WORKFLOWS_URL",)  # it may hold a password


class Ports(msgspec.Struct, frozen=True):
    """What the engine asks of the rest of passdown.

    briefing: task → what is known of the project. records: id of a run → what was noted in it, oldest first.
    captured: agent, id of its session or "" → what the session used, by model. environment: of the phases.
    """

    briefing: Callable[[str], str]
    records: Callable[[str], Sequence[Record]]
    captured: Callable[[str, str], Mapping[str, Used]]
    environment: Mapping[str, str]


def text(run: Run, phase: Phase, before: Sequence[Attempt], records: Sequence[Record], feedback: str, known: str) -> str:
    """The briefing of a phase: where it stands in its production, what the phases before left, what was said of the last try, and then the project.

    What others said stands behind words of ours, or in the fence.
    """
    head = [f"# {run.plan}: {phase.name} of {handed(run.item)}", ""]
    head += [f"Run {run.id}. What this phase notes with `passdown note` is handed on to the phases after it."]
    head += section("Feedback on the last try: mend this", rows(feedback, "> "))
    head += section("What the phases before left", [row for attempt in before for row in left_by(attempt)])
    head += section("Noted in this run", [f"- {record.kind}: {handed(record.text)}" + reason(record) for record in sorted(records, key=kind_rank)])
    must = [f"- `{pattern}`" for pattern in phase.outputs] + ([f"- quality: at least {phase.gate.minimum:g}"] if phase.gate else [])
    head += section("What this phase must leave", must)
    return "\n".join(head) + ("\n\n" + quoted(known) if known else "\n")


def section(heading: str, rows: Sequence[str]) -> list[str]:
    return ["", f"## {heading}", *rows] if rows else []


def left_by(attempt: Attempt) -> list[str]:
    score = "" if attempt.score is None else f", quality {attempt.score:g}/10"
    note = f": {handed(attempt.note)}" if attempt.note else ""
    approved = f", approved: {handed(attempt.approved)}" if attempt.approved else ""
    return [f"- {attempt.phase}{score}{approved}{note}", *(f"  - `{handed(path)}` ({sha[:HASH_CHARS]})" for path, sha in attempt.outputs.items())]


def reason(record: Record) -> str:
    why = record.details.get("why")
    return f" (why: {handed(why)})" if isinstance(why, str) and why else ""


def kind_rank(record: Record) -> int:
    return KIND_ORDER.index(record.kind) if record.kind in KIND_ORDER else len(KIND_ORDER)


def environment(base: Mapping[str, str], run: Run, phase: Phase, key: str, folder: Path, private: Path, reserved: Used) -> dict[str, str]:
    """What a phase finds in its surroundings; docs/productions.md lists the names. What the plan sets comes last, and cannot change ours."""
    given = {
        "PASSDOWN_RUN": run.id, "PASSDOWN_THREAD": run.id, "PASSDOWN_PLAN": run.plan, "PASSDOWN_ITEM": run.item, "PASSDOWN_BATCH": run.batch,
        "PASSDOWN_PHASE": phase.name, "PASSDOWN_ATTEMPT": key, "PASSDOWN_FOLDER": str(folder),
        "PASSDOWN_BRIEFING": str(private / "briefing.md"), "PASSDOWN_FEEDBACK": str(private / "feedback.md"), "PASSDOWN_PROMPT": str(private / "prompt.md"),
        "PASSDOWN_USAGE": str(usage.place(private)), "PASSDOWN_IDEMPOTENCY_KEY": idempotency_key(run, phase, key),
        "PASSDOWN_BUDGET_MONEY": f"{reserved.money / MICRO:g}" if reserved.money else "", "PASSDOWN_BUDGET_TOKENS": str(reserved.tokens or ""),
        "PASSDOWN_BUDGET_TIME": f"{reserved.time_ms / MILLI:g}" if reserved.time_ms else ""}
    kept = {name: value for name, value in base.items() if name not in HIDDEN}
    return kept | {"PYTHONDONTWRITEBYTECODE": "1"} | dict(phase.env) | given


def idempotency_key(run: Run, phase: Phase, key: str) -> str:
    """The same however often this attempt is interrupted; another for another attempt."""
    return content_hash("\0".join((run.id, phase.name, key))).partition(":")[2]


__all__ = ["Ports", "environment", "text"]
