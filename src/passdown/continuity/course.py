"""The course of a session in its main thread: what was said, read, edited and run, in order, with event numbers."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

import msgspec

from passdown.continuity.shell_edits import changed
from passdown.extract.briefed import without_briefings
from passdown.extract.commands import settled
from passdown.extract.shell import effects
from passdown.extract.spending import PAUSE_MS, milliseconds
from passdown.extract.voices import speaker
from passdown.model.command_line import simple
from passdown.model.event import Compaction, Event, Injected, Mark, Patch, Prompt, Reply, ToolCall, ToolResult, Usage

Resolve = Callable[[str, str, str], str]  # path, directory it was said in, directory of the session → the project's spelling
CHANGING = frozenset(("edit", "write", "delete"))
ASIDE = re.compile(r"(?:^|/)(?:\.claude|\.codex|\.cursor|\.tmp|\.passdown)/|^(?:/|~|\.\.)|^[A-Za-z]:/")  # of the agent and of other places, not of the project


class Said(msgspec.Struct, frozen=True):
    """text: without briefings of ours."""

    n: int
    at: str
    text: str


class Touch(msgspec.Struct, frozen=True):
    """A file that was read. path: the project's spelling. output: what was shown of it."""

    n: int
    at: str
    path: str
    output: str = ""


class Change(msgspec.Struct, frozen=True):
    """An edit that succeeded, of one file."""

    n: int
    at: str
    path: str
    removed: str = ""
    added: str = ""
    deleted: bool = False


class Ran(msgspec.Struct, frozen=True):
    """A command line. ok: None where it is not known."""

    n: int
    at: str
    command: str
    ok: bool | None = None
    output: str = ""


class Course:
    """events: of one session, in order, of all its threads. resolve: gives paths the project's spelling; as they are written without it."""

    def __init__(self, events: Sequence[Event], resolve: Resolve | None = None) -> None:
        self._all = events
        self.main = [e for e in events if not e.lane]
        self._resolve = resolve or (lambda path, _cwd, _home: path)
        self._results = {e.call: e for e in self.main if isinstance(e, ToolResult)}
        self._home = next((e.cwd for e in self.main if isinstance(e, Mark) and e.cwd), "")

    @cached_property
    def prompts(self) -> list[Said]:
        """What the user typed; a summary or document in the user's place is none."""
        return [Said(e.n, e.at, without_briefings(e.text)) for e in self.main if isinstance(e, Prompt)]

    @cached_property
    def replies(self) -> list[Said]:
        return [Said(e.n, e.at, without_briefings(e.text)) for e in self.main if isinstance(e, Reply) and speaker(e) == "agent"]

    @cached_property
    def handed(self) -> list[Said]:
        """Text that was put in on the user's side, and summaries of compactions, as they are."""
        return [Said(e.n, e.at, e.text) for e in self.main if isinstance(e, Injected | Compaction | Prompt)]

    @cached_property
    def calls(self) -> list[ToolCall]:
        return [e for e in self.main if isinstance(e, ToolCall)]

    @cached_property
    def asked(self) -> list[Said]:
        """Questions that the agent put to the user with a tool."""
        return [Said(e.n, e.at, e.about) for e in self.calls if e.action == "ask" and e.about]

    @cached_property
    def reads(self) -> list[Touch]:
        """Files that were read, those printed by a command too, where that did not fail."""
        found = []
        for call in self.calls:
            result = self._results.get(call.call)
            if result is None or result.ok is not False:
                found += [Touch(call.n, call.at, self._path(p, call.cwd), result.output if result else "") for p in _read(call)]
        return [touch for touch in found if touch.path]

    @cached_property
    def edits(self) -> list[Change]:
        """Changes of the project's files that did not fail, those by shell too, of which the text is not known."""
        found = []
        for call in self.calls:
            result = self._results.get(call.call)
            if call.action in CHANGING and (result is None or result.ok is not False):
                patches = call.patches or tuple(Patch(p, "delete" if call.action == "delete" else "edit") for p in call.paths)
                found += [Change(call.n, call.at, self._path(p.path, call.cwd), p.removed, p.added, p.action == "delete") for p in patches]
            elif call.action == "shell" and result is not None and result.ok:
                line, step = settled(call.command)
                found += [Change(call.n, call.at, self._path(path, step or call.cwd)) for path in changed(line)]
        return [change for change in found if change.path and not ASIDE.search(change.path)]

    @cached_property
    def commands(self) -> list[Ran]:
        found = []
        for call in self.calls:
            if call.action == "shell" and call.command.strip():
                result = self._results.get(call.call)
                found.append(Ran(call.n, call.at, call.command, result.ok if result else None, result.output if result else ""))
        return found

    @cached_property
    def productive(self) -> Change | None:
        """The first edit that survives the session; None when none does."""
        return next((edit for edit in self.edits if not self._taken_back(edit)), None)

    @property
    def first_edit(self) -> int:
        """Number of the event of the first edit, whatever became of it; behind the last event when there is none."""
        return self.edits[0].n if self.edits else self.main[-1].n + 1 if self.main else 0

    def before_edit(self, said: Iterable[Said]) -> list[Said]:
        return [one for one in said if one.n < self.first_edit]

    def active_s(self, until: int) -> int | None:
        """Seconds from the first prompt to an event, pauses of over five minutes left out; None where the transcript has no times."""
        first = self.prompts[0].n if self.prompts else 0
        times = [t for e in self.main if first <= e.n <= until and e.at and (t := milliseconds(e.at)) is not None]
        gaps = (later - earlier for earlier, later in pairwise(times))
        return sum(gap for gap in gaps if 0 < gap <= PAUSE_MS) // 1_000 if times else None

    def tokens(self, until: int) -> int | None:
        """Tokens up to an event that were new to the model: input, output and what was written to the cache; None where the transcript does not count."""
        answers: dict[str, Usage] = {}
        row = next((e.row for e in self.main if e.n == until), -1)  # the tokens of an answer stand behind its calls
        for event in self._all:
            if isinstance(event, Usage) and (event.n <= until or event.row == row) and not event.lane.startswith("fork:"):
                answers["total" if event.total else event.message or str(event.n)] = event
        return sum(u.input + u.output + u.cache_write for u in answers.values()) if answers else None

    def _taken_back(self, edit: Change) -> bool:
        """By its inverse, which is no work either, with the file, or by git."""
        same = [e for e in self.edits if e.path == edit.path and e.n != edit.n]
        inverse = edit.added.strip() and edit.removed.strip() and any((e.removed, e.added) == (edit.added, edit.removed) for e in same)
        deleted = not edit.deleted and any(e.deleted and e.n > edit.n for e in same)
        return bool(inverse) or deleted or any(_throws_away(ran.command, edit.path) for ran in self.commands if ran.n > edit.n and ran.ok is not False)

    def _path(self, path: str, cwd: str) -> str:
        return self._resolve(path, cwd, self._home)


def _read(call: ToolCall) -> Iterator[str]:
    """Paths that a call reads, as they are spelled."""
    if call.action == "read":
        yield from call.paths
    elif call.action == "shell":
        yield from call.paths or effects(settled(call.command)[0]).read


def _throws_away(command: str, path: str) -> bool:
    """Whether git is told to put this file, or all files, back to what was committed; or the file is removed."""
    for words in simple(command):
        last = words[-1].rstrip("/")
        named = path == last or path.endswith(f"/{last}") or path.startswith(f"{last}/")
        if words[:1] == ["git"] and words[1:2] in (["checkout"], ["restore"]) and "--staged" not in words and (last == "." or named):
            return True
        if (words[:2] == ["git", "reset"] and "--hard" in words) or (words[0] == "rm" and named):
            return True
    return False


__all__ = ["Change", "Course", "Ran", "Resolve", "Said", "Touch"]
