"""A run: one item on its way through a plan. An attempt: one go at one of its phases."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

import msgspec

from passdown.workflows.registry import State

Ended = Literal["running", "done", "kept", "below", "failed", "stopped", "asking", "cancelled", "outdated"]

GOING: frozenset[State] = frozenset(("waiting", "running"))
STATES: Mapping[State, str] = MappingProxyType({
    "waiting": "queued, nothing of it runs yet", "running": "a phase is being worked on, or was when its process ended", "asking": "a person must approve",
    "stopped": "a budget or a quality gate stopped it", "failed": "a phase failed", "cancelled": "somebody cancelled it", "completed": "every phase is done"})


class Run(msgspec.Struct, frozen=True):
    """One item of one plan. project: as a database of many projects knows it, "" in its own.

    plan_hash: of the text of the plan with which it began, with which it goes on. turn: 1, and one more for each resumption.
    phase: the one it is in, or was in last. score: of the last gate, 0 to 10. note: why it is not going on. created, updated: UTC ISO.
    """

    id: str
    project: str
    plan: str
    plan_hash: str
    item: str
    batch: str = ""
    state: State = "waiting"
    phase: str = ""
    score: float | None = None
    turn: int = 1
    note: str = ""
    created: str = ""
    updated: str = ""

    @property
    def workflow(self) -> str:
        """The id of the durable workflow that carries out its present turn."""
        return f"{self.id}.{self.turn}"


class Attempt(msgspec.Struct, frozen=True):
    """One go at one phase. key: turn and number, `1.1`. fingerprint: of all that its result depends on. outputs: path below the root → content hash.

    state: `done`, `kept` (as an earlier one left it), `below` its gate, or why it ended. approved: by whom, with what words; "" while nobody did.
    """

    run: str
    phase: str
    key: str
    state: Ended = "running"
    fingerprint: str = ""
    outputs: Mapping[str, str] = {}
    score: float | None = None
    approved: str = ""
    note: str = ""
    code: str = ""
    started: str = ""
    ended: str = ""


class Batch(msgspec.Struct, frozen=True):
    """Many items of one plan. most: how many at once. per_minute: how many may begin within a minute.

    money, tokens, time_ms: what all of them may use together (`ledger.Limit`).
    """

    id: str
    project: str
    plan: str
    items: int
    most: int
    money: int | None = None
    tokens: int | None = None
    time_ms: int | None = None
    per_minute: int | None = None
    created: str = ""


__all__ = ["GOING", "STATES", "Attempt", "Batch", "Ended", "Run"]
