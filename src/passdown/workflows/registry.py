"""Which productions there are and where each stands: in a document, and in a briefing whose task is about them."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

State = Literal["waiting", "running", "asking", "stopped", "failed", "cancelled", "completed"]

OPEN: frozenset[State] = frozenset(("waiting", "running", "asking", "stopped", "failed"))  # somebody or something has still to do with it
ABOUT = frozenset(("batch", "episode", "phase", "production", "productions", "workflow", "workflows"))  # words of a task that is about productions as such
CENT = 0.01
LEAST_NAME, LEAST_WORD, TELLING = 3, 2, 4  # letters of a name that a task writes, of a word of it, and of one that says something


class Row(msgspec.Struct, frozen=True):
    """One item of one plan. name: of the plan. phase: the one it is in, or was in last; done, phases: how many are finished, of how many (0: not known).

    score: of the last gate, 0 to 10; None while there was none. cost: US dollars so far. updated: UTC ISO. note: what it waits for, or why it stopped.
    batch: its id, "" for a run of its own.
    """

    name: str
    item: str
    phase: str
    state: State
    score: float | None = None
    cost: float | None = None
    updated: str = ""
    done: int = 0
    phases: int = 0
    note: str = ""
    batch: str = ""

    @property
    def open(self) -> bool:
        return self.state in OPEN


def latest(rows: Iterable[Row]) -> list[Row]:
    """One row an item of a plan, the open ones first, those that changed last before the others."""
    found: dict[tuple[str, str], Row] = {}
    for row in sorted(rows, key=lambda r: r.updated):
        found[row.name, row.item] = row
    return sorted(sorted(found.values(), key=lambda r: r.updated, reverse=True), key=lambda r: not r.open)


def told(row: Row) -> str:
    """`production 2 of 3, RUNNING (quality 8.6/10, $3.20)`: where it stands, in a line."""
    where = f"{row.phase} {min(row.done + row.open, row.phases)} of {row.phases}" if row.phases else row.phase
    measured = ", ".join(filter(None, (f"quality {round(row.score, 1):g}/10" if row.score is not None else "", dollars(row.cost))))
    state = "COMPLETED" if row.state == "completed" else f"{where}, {row.state.upper()}"
    return state + (f" ({measured})" if measured else "") + (f" in batch {row.batch}" if row.batch else "") + (f": {row.note}" if row.note else "")


def batches(rows: Iterable[Row]) -> dict[str, str]:
    """Batch and its plan → `podcast: 8 completed, 1 failed, 3 running ($12.30)`, those that changed last first."""
    found: dict[str, list[Row]] = {}
    for row in sorted((row for row in rows if row.batch), key=lambda r: r.updated, reverse=True):
        found.setdefault(row.batch, []).append(row)
    return {batch: f"{of_it[0].name}: {counted(of_it)}" for batch, of_it in found.items()}


def counted(rows: Sequence[Row]) -> str:
    states, cost = Counter(row.state for row in rows), dollars(sum(row.cost or 0 for row in rows))
    return ", ".join(f"{number} {state}" for state, number in states.most_common()) + (f" ({cost})" if cost else "")


def dollars(cost: float | None) -> str:
    """`$3.20`, fractions of a cent as they are, "" for nothing."""
    return "" if not cost else f"${cost:.2f}" if cost >= CENT else f"${cost:.4f}"


def about(rows: Sequence[Row], task: str) -> list[Row]:
    """The rows that a task is about: those whose item it names, or else whose plan; all open ones when it speaks of productions as such; else none."""
    spoken = words(task)
    items = [row for row in rows if _named(row.item, task) or _meant(row.item, spoken)]
    general = [row for row in rows if row.open] if spoken & ABOUT else []
    return items or [row for row in rows if _named(row.name, task)] or general


def _named(name: str, task: str) -> bool:
    """Whether the task writes this name."""
    return len(name) >= LEAST_NAME and re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", task, re.IGNORECASE) is not None


def _meant(item: str, spoken: frozenset[str]) -> bool:
    """Whether the task says two words of an item's name: `ep_005_ai_regulation` as `the episode on AI regulation`."""
    shared = words(item) & spoken
    return len(shared) > 1 and any(len(word) >= TELLING for word in shared)


def words(text: str) -> frozenset[str]:
    """The words of a text by which something may be known, in lower case."""
    return frozenset(word for word in re.findall(r"[^\W_]+", text.lower()) if len(word) >= LEAST_WORD)


__all__ = ["ABOUT", "OPEN", "Row", "State", "about", "batches", "latest", "told", "words"]
