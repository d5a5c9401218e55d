"""The agent's own to-do list, followed through its changes and through rewinds. What is open at the end is a task."""

import re
from collections.abc import Iterator
from typing import Any

from passdown.extract.briefed import FIRST
from passdown.extract.deed import Deed
from passdown.extract.wording import clip
from passdown.model.event import Event, Prompt, Rewind, Todo, ToolCall, ToolResult

TURNS = 8  # of which the list is kept, so that a rewind can go back to it
TODOS, TODO_CHARS = 100, 300
LEAST_WORDS = 3
OPEN = {"pending": "open", "in_progress": "in progress"}

# Steps of every piece of work: open at the end they say nothing.
_ROUTINE = re.compile(
    r"^(?:re-?)?(?:run|verify|check|test|build|lint|commit|push|review|finali[sz]e|clean ?up|format|update|final)\b(?:[ ,&/]|and|the|all|any|full"
    r"|final|changes?|tests?|lint(?:er|ing)?"
    r"|build|suite|typecheck|format(?:ting)?|code|everything|works?|verification|cleanup|commit|push)*\.?$", re.IGNORECASE)

State = dict[str, Any]
Row = list[Any]  # [id, text, status, number of the event that said the text]; status "" when the transcript does not tell it


def empty() -> State:
    """lists: [n, rows], one a turn; turn: number of the last prompt."""
    return {"lists": [], "turn": 0}


def add(state: State, event: Event) -> None:
    """Takes an event of the main thread; others say nothing about the list."""
    match event:
        case Prompt(lane=""):
            state["turn"] = event.n
        case ToolCall(lane="") if event.todos or (event.whole and event.action == "todo"):
            change(state, event.n, event.todos, event.at, whole=event.whole)
        case ToolResult(lane="") if event.todos:
            change(state, event.n, event.todos, event.at, whole=False)
        case Rewind():
            rewind(state, event)
        case _:
            pass


def rewind(state: State, event: Rewind) -> None:
    """Back to the list of an earlier turn."""
    state["lists"] = [entry for entry in state["lists"] if entry[0] < event.to]
    state["turn"] = event.n


def change(state: State, n: int, given: tuple[Todo, ...], at: str, *, whole: bool) -> None:
    """A change to an entry that is not known is a new entry when it has a text; one that says neither text nor status leaves its status unknown."""
    before = current(state)
    rows: list[Row] = [] if whole else [list(row) for row in before]
    for todo in given:
        known = next((r for r in (before if whole else rows) if (r[0] == todo.id if todo.id else r[1] == clip(todo.text, TODO_CHARS))), None)
        text, said = clip(todo.text, TODO_CHARS), [n, at]
        if known is not None and not whole:
            known[1:] = [text or known[1], todo.status or (known[2] if text else ""), *(said if text else known[3:])]
        elif text:
            rows.append([todo.id, text, todo.status or "pending", *said])
    _keep(state, n, rows[-TODOS:])


def _keep(state: State, n: int, rows: list[Row]) -> None:
    """One list a turn: it replaces the turn's earlier one, since a rewind goes back to a prompt."""
    lists = [*state["lists"]]
    if lists and lists[-1][0] >= state["turn"]:
        lists.pop()
    state["lists"] = [*lists, [n, rows]][-TURNS:]


def current(state: State) -> list[Row]:
    """The list as it stands."""
    return state["lists"][-1][1] if state["lists"] else []


def deeds(state: State) -> Iterator[Deed]:
    """The entries that are open on a list that was followed: one of which nothing was taken up is a plan, not what is left."""
    rows = current(state)
    if any(row[2] in ("completed", "in_progress") for row in rows):
        for _, text, status, n, at in rows:
            if status in OPEN and FIRST not in text and not _ROUTINE.match(text) and len(text.split()) >= LEAST_WORDS:
                yield Deed("task", text, {"state": OPEN[status]}, n, at, ((n, text),))


__all__ = ["Row", "add", "change", "current", "deeds", "empty", "rewind"]
