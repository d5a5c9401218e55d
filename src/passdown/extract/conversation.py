"""What was asked, planned, listed and said last: the part of a session's facts that a rewind takes back."""

import re
from typing import Any

from passdown.extract import todos as todo_list
from passdown.extract.briefed import FIRST as BRIEFED
from passdown.extract.briefed import without_briefings
from passdown.extract.wording import clip, ends
from passdown.model.event import Compaction, Injected, Mark, Prompt, Reply, Rewind, Todo
from passdown.model.plan import is_plan
from passdown.model.session import TodoFact

PLAN_CHARS = 6_000
GOAL_CHARS = 2_000
ASK_CHARS = 500
FIRST_ASKS, LAST_ASKS = 5, 20
LAST_WORDS_CHARS = 4_000
SUMMARY_CHARS = 8_000
SUMMARIES = 3
TURNS = 8  # turns of which plan, to-dos and last words are kept, so that a rewind can go back to them
COMMAND_WORDS = 4  # behind a slash command that make a goal
TITLE_CHARS = 200
HEADING = re.compile(r"^#+\s+(?:Plan:\s*)?(.+)$", re.MULTILINE)
COMMAND_TAG = re.compile(r"<command-(name|args)>(.*?)</command-\1>", re.DOTALL)

State = dict[str, Any]


def empty() -> State:
    """prompts: [n, text] of the first 6 and last 20; plans, words: [n, value], one a turn; todos: see `todos`; turn: number of the last prompt."""
    return {"prompts": [], "count": 0, "turn": 0, "plans": [], "words": [], "todos": todo_list.empty(), "summaries": [], "commands": [],
            "title": "", "rewinds": 0}


def _keep(history: list[list[Any]], n: int, turn: int, value: Any) -> None:
    """One value a turn: it replaces the turn's earlier one, since a rewind goes back to a prompt."""
    if history and history[-1][0] >= turn:
        history[-1] = [n, value]
    else:
        history.append([n, value])
        del history[:-TURNS]


def prompt(state: State, event: Prompt) -> None:
    state["count"] += 1
    state["turn"] = state["todos"]["turn"] = event.n
    text = without_briefings(event.text).strip() if BRIEFED in event.text else event.text
    if not text:
        return  # nothing but a briefing of ours that was pasted
    kept = state["prompts"]
    limit = ASK_CHARS if kept else PLAN_CHARS if is_plan(text) else GOAL_CHARS
    kept.append([event.n, clip(text, limit)])
    if len(kept) > 1 + FIRST_ASKS + LAST_ASKS:
        del kept[1 + FIRST_ASKS]


def injected(state: State, event: Injected) -> None:
    """The first slash command that stands: [n, [name, arguments]]. It names a session that has no title."""
    if not state["commands"] and event.source.startswith("command"):
        said = dict(COMMAND_TAG.findall(event.text))
        state["commands"] = [[event.n, [clip(said.get("name", "").strip(), 100), clip(said.get("args", "").strip(), GOAL_CHARS)]]]


def mark(state: State, event: Mark) -> None:
    if event.title:
        state["title"] = event.title


def reply(state: State, event: Reply) -> None:
    _keep(state["words"], event.n, state["turn"], ends(event.text.strip(), LAST_WORDS_CHARS))


def plan(state: State, n: int, text: str) -> None:
    if text.strip():
        _keep(state["plans"], n, state["turn"], clip(text, PLAN_CHARS))


def compaction(state: State, event: Compaction) -> None:
    if event.text:
        state["summaries"] = [*state["summaries"], clip(event.text, SUMMARY_CHARS)][-SUMMARIES:]


def todos(state: State, n: int, given: tuple[Todo, ...], *, whole: bool) -> None:
    todo_list.change(state["todos"], n, given, "", whole=whole)


def rewind(state: State, event: Rewind) -> None:
    """Takes back what was said from event `to` on. What happened (files, commands, tokens, compactions) stays: it happened."""
    state["rewinds"] += 1
    for name in ("prompts", "plans", "words", "commands"):
        state[name] = [row for row in state[name] if row[0] < event.to]
    todo_list.rewind(state["todos"], event)
    state["turn"] = event.n


def _command_first(state: State) -> list[str]:
    """[name, words] of a slash command that came before the first prompt, else two empty texts."""
    if state["commands"] and (not state["prompts"] or state["commands"][0][0] < state["prompts"][0][0]):
        said: list[str] = state["commands"][0][1]
        return said
    return ["", ""]


def _opened_by_command(state: State) -> str:
    """What the user wrote behind a slash command before the first prompt: words of the user, though the host injected them."""
    words = _command_first(state)[1]
    return words if len(words.split()) >= COMMAND_WORDS else ""


def goal(state: State) -> str:
    """The first prompt, or the words behind a slash command that came before it."""
    return _opened_by_command(state) or (state["prompts"][0][1] if state["prompts"] else "")


def asks(state: State) -> tuple[str, ...]:
    """The prompts that are not the goal."""
    later = state["prompts"] if _opened_by_command(state) else state["prompts"][1:]
    return tuple(clip(text, ASK_CHARS) for _, text in later)


def title(state: State) -> str:
    """The host's title, else the slash command that opened the session, else the heading of the plan that it was to carry out."""
    said = state["title"] or " ".join(_command_first(state)).strip()
    first = goal(state)
    if not said and is_plan(first) and (heading := HEADING.search(first)):
        said = heading[1]
    return clip(" ".join(said.split()), TITLE_CHARS)


def latest(history: list[list[Any]]) -> Any:
    """The last value of a history, "" when it has none."""
    return history[-1][1] if history else ""


def todo_facts(state: State) -> tuple[TodoFact, ...]:
    """Entries of which the transcript tells how far they are."""
    return tuple(TodoFact(row[1], row[2]) for row in todo_list.current(state["todos"]) if row[2])


__all__ = [
    "asks", "compaction", "empty", "goal", "injected", "latest", "mark", "plan", "prompt", "reply", "rewind", "title", "todo_facts", "todos",
]
