"""What was said to be open, and then was done: by an edit of what it names, a commit that says so, an entry ticked off."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from msgspec.structs import replace

from passdown.extract.runs import COMMITTED
from passdown.extract.wording import plain
from passdown.extract.words import content_words
from passdown.model.event import Event, ToolCall, ToolResult
from passdown.model.record import Record
from passdown.model.session import Session

WATCHED, WAITING, NAMES = 120, 60, 16
TOUCHED = 0.5  # share of the names in a task that edits must have touched
AT_ONCE = 3  # edits after which what was to be done next is behind
SAID = 0.7  # share of its content words that a commit's subject or a finished entry must have
LEAST_WORDS = 3

_NAME = re.compile(r"`([^`\s]{3,80})`|((?:[\w.-]+/)+[\w.-]+|\b[\w-]+\.(?:[a-z]{1,4}|json|toml|yaml|html)\b)|\b([A-Za-z]\w*(?:_\w+|[a-z][A-Z]\w*))\b")
_TESTING = re.compile(r"\btests?\b|\bcoverage\b", re.IGNORECASE)
_TEST_FILE = re.compile(r"(?:^|[/_.-])(?:tests?|specs?|__tests__)(?:[/_.-]|$)", re.IGNORECASE)
_MAKES = re.compile(r"^\W*(?:add|create|write|make|implement|introduce|move|extract|split)\b", re.IGNORECASE)
# Edits alone do not finish what has to be decided, looked at or shown to somebody.
_NO_EDIT = re.compile(r"\b(?:investigat|decid|review|confirm|ask|verify|check|monitor|deploy|releas|publish|merge|benchmark|measure|manual)", re.IGNORECASE)

State = dict[str, Any]


class Closing:
    """Watches what is open in one session. `state()` is bounded and made of JSON values."""

    def __init__(self, state: State | None = None) -> None:
        state = state or {}
        self.open: list[State] = list(state.get("open", ()))
        self.waiting: dict[str, list[list[str]]] = dict(state.get("waiting", {}))

    def state(self) -> State:
        return {"open": self.open, "waiting": self.waiting}

    def watch(self, n: int, text: str, *, left: int = 0, problem: bool = False) -> None:
        """From event `n` on `text` is open. left: edits after which it is done, whatever they touch, 0 for no number. problem: it is no task but a fault."""
        self.open = [*self.open, {"n": n, "text": text, "names": list(names(text))[:NAMES], "seen": [], "left": left, "problem": problem,
                                  "done": False}][-WATCHED:]

    def done(self, n: int, text: str) -> bool:
        """Whether what was said at event `n` was done since, or something else that was said there of the same things."""
        there = [task for task in self.open if task["n"] == n]
        mine = next((task for task in there if task["text"] == text), None)
        return mine is not None and (mine["done"] or any(task["done"] and _of_one_thing(task, mine) for task in there))

    def add(self, event: Event) -> None:
        """Takes an event; cheap as long as nothing is open."""
        if not self.open:
            return
        match event:
            case ToolCall(lane="") if event.action in ("edit", "write", "delete", "shell"):
                paths = () if event.action == "shell" else event.paths
                self.waiting[event.call] = [[p.path, f"{p.removed}\n{p.added}"] for p in event.patches] or [[path, ""] for path in paths]
                if len(self.waiting) > WAITING:
                    del self.waiting[next(iter(self.waiting))]
            case ToolResult() if event.call in self.waiting:
                self._result(event, self.waiting.pop(event.call))
            case _:
                pass
        for entry in getattr(event, "todos", ()):
            if entry.status == "completed" and entry.text:
                self._said(event.n, entry.text)

    def _result(self, result: ToolResult, changed: list[list[str]]) -> None:
        if result.ok is False:
            return
        for path, text in changed:
            self._edited(result.n, path, text)
        if result.commit or "] " in result.output:
            for made in COMMITTED.finditer(plain(result.output)):
                self._said(result.n, made["subject"])

    def _edited(self, n: int, path: str, text: str) -> None:
        for task in self.open:
            if task["done"] or task["n"] >= n:
                continue
            if task["left"]:
                task["left"] -= 1
                task["done"] = not task["left"]
            if not task["names"] or _NO_EDIT.search(task["text"]):
                continue
            if _TESTING.search(task["text"]) and not _TEST_FILE.search(path):
                continue
            hit = [name for name in task["names"] if name not in task["seen"] and (path.endswith(name) or name.removesuffix("()") in text)]
            task["seen"] = [*task["seen"], *hit]
            # An edit without its text tells of paths only.
            told = [name for name in task["names"] if "/" in name or "." in name] if hit and not text else task["names"]
            task["done"] = task["done"] or len(task["seen"]) >= TOUCHED * len(told)

    def _said(self, n: int, report: str) -> None:
        words = content_words(report)
        for task in self.open:
            task["done"] = task["done"] or (task["n"] < n and says(words, task["text"]))


def _of_one_thing(task: State, other: State) -> bool:
    """Whether a problem and the step against it have a name in common."""
    return task["problem"] != other["problem"] and not set(task["names"]).isdisjoint(other["names"])


def closed(records: Sequence[Record], sessions: Sequence[Session]) -> list[Record]:
    """The same records; an open task is `resolved` when a later session has a commit or finished entry that says so, or made the file that it asks for."""
    reports = [(s, [content_words(t) for t in (*(c.subject for c in s.commits), *(t.text for t in s.todos if t.status == "completed"))],
                {f.path for f in s.files if f.created}) for s in sessions]
    out = []
    for record in records:
        if record.kind == "task" and record.status == "active":
            by = [s for s, said, made in reports if s.started > record.created and (any(says(words, record.text) for words in said) or _made(record, made))]
            record = replace(record, status="resolved", updated=max(record.updated, min(s.ended for s in by)[:19] + "Z")) if by else record
        out.append(record)
    return out


def _made(task: Record, made: set[str]) -> bool:
    """Whether it asks for files, and all that it names were made."""
    paths = {a.path for a in task.anchors}
    return bool(paths) and bool(_MAKES.search(task.text)) and all(any(path == p or path.endswith(f"/{p}") for path in made) for p in paths)


def names(text: str) -> Iterator[str]:
    """Paths and identifiers in a text, each once."""
    return iter(dict.fromkeys(next(g for g in m.groups() if g).strip("./,;:") for m in _NAME.finditer(text)))


def says(report: frozenset[str], task: str) -> bool:
    """Whether a report's content words name the task: most of them, and no fewer than a few."""
    words = content_words(task)
    return len(words & report) >= max(LEAST_WORDS, SAID * len(words))


__all__ = ["AT_ONCE", "Closing", "closed", "names", "says"]
