"""Time and tokens of a session."""

from datetime import datetime
from typing import Any

from passdown.extract.prices import cost
from passdown.model.event import Usage
from passdown.model.session import UsageFact

PAUSE_MS = 5 * 60 * 1_000  # a longer gap between two events is no work
MODELS = 30
OPEN_MESSAGES = 64  # answers whose numbers may still be replaced: rows of one answer stand near each other

State = dict[str, Any]


def empty() -> State:
    """first, last: UTC times; at: milliseconds of the latest event; active: milliseconds.

    models: name -> four sums; answers: message -> [model, four numbers]; totals: the four numbers of the last total.
    """
    return {"first": "", "last": "", "at": 0, "active": 0, "models": {}, "answers": {}, "totals": [0, 0, 0, 0]}


def milliseconds(at: str) -> int | None:
    """Milliseconds since 1970 of a UTC time, None when it is none."""
    try:
        return int(datetime.fromisoformat(at).timestamp() * 1_000)
    except ValueError:
        return None


def tick(state: State, at: str) -> None:
    """An event at this time. Events that lie before an earlier one (a sub-agent's, told later) count for nothing."""
    now = milliseconds(at)
    if now is None:
        return
    gap = now - state["at"]
    if not state["first"]:
        state["first"], state["last"], state["at"] = at, at, now
    elif gap > 0:
        state["active"] += gap if gap <= PAUSE_MS else 0
        state["last"], state["at"] = at, now
    elif at < state["first"]:
        state["first"] = at


def wall(state: State) -> int:
    """Seconds from first to last."""
    begun = milliseconds(state["first"])
    return 0 if begun is None else (state["at"] - begun) // 1_000


def usage(state: State, event: Usage, model: str) -> None:
    """Adds tokens; a later row of the same answer replaces the earlier one, a total counts as what it is more than the last total."""
    now = [event.input, event.output, event.cache_read, event.cache_write]
    name = event.model or model or "unknown"
    if event.total:
        more = [a - b for a, b in zip(now, state["totals"], strict=True)]
        state["totals"] = now
        _add(state, name, now if min(more) < 0 else more)
        return
    before = state["answers"].pop(event.message, None) if event.message else None
    if before:
        _add(state, before[0], [-n for n in before[1:]])
    _add(state, name, now)
    if event.message:
        state["answers"][event.message] = [name, *now]
        if len(state["answers"]) > OPEN_MESSAGES:
            del state["answers"][next(iter(state["answers"]))]


def _add(state: State, name: str, numbers: list[int]) -> None:
    models = state["models"]
    name = name if name in models or len(models) < MODELS else "other"
    models[name] = [a + b for a, b in zip(models.get(name, (0, 0, 0, 0)), numbers, strict=True)]


def usage_facts(state: State) -> tuple[UsageFact, ...]:
    return tuple(
        UsageFact(model, given, output, read, write, cost(model, given, output, read, write))
        for model, (given, output, read, write) in state["models"].items() if given or output or read or write)


__all__ = ["empty", "milliseconds", "tick", "usage", "usage_facts", "wall"]
