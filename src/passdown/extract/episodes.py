"""Episodes: a command that failed, what was tried, what made it pass. A failed approach and a fix, even if nobody says so.

Kept are those that took some doing: more than one attempt, minutes, or a search for the cause that the agent put into words. A slip that is set
right at once (a wrong directory, an unknown flag, a file to be formatted) is none. All that an episode cites was printed or said, word for word.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from passdown.extract.checks import read as closing_forms
from passdown.extract.commands import commits, probes, purpose, settled
from passdown.extract.deed import Deed, code, counted, minutes
from passdown.extract.explained import explanation
from passdown.extract.paths import Roots
from passdown.extract.runs import COMMITTED, NEVER_RAN, NO_FAILURE
from passdown.extract.scope import covers, display
from passdown.extract.symbols import changed_symbol
from passdown.extract.wording import clip, lines, plain, telling_line
from passdown.model.anchor import Anchor
from passdown.model.event import Event, Mark, Reply, ToolCall, ToolResult
from passdown.model.record import Detail
from passdown.model.session import CheckFact

WAITING, OPEN, CLOSED = 60, 8, 40  # calls without a result, commands that fail, episodes of a session: the latest are kept
LONGEST = 150  # events between two failures of one episode; what passes later passes for other reasons
NEAR = 40  # events behind a failure in which its cause is talked about
ERRORS, TRIED = 6, 30  # of an episode, kept
ATTEMPTS, FEW, CALLS, LONG, MINUTES = 2, 3, 5, 10, 4  # failed attempts, few, some and many calls, and minutes from which an episode is worth keeping
MOST_FIXES = 4  # files and commands; of more it is not known which one helped
CLEAR = 4  # an explanation worth this much names the cause
ERROR_CHARS, SHOWN = 160, 3

# Slips of the one who types, not problems of the work.
_SLIP = re.compile(
    r"command not found|unrecognized|unknown (?:option|command|flag|argument|subcommand)|unexpected argument|no such (?:file or directory|option)"
    r"|not a git repository|script not found|missing script|^usage:|did you mean|index\.lock|gitignore|parse error|syntax error near|no go files listed"
    r"|operation not permitted|permission denied|nothing to commit|no changes added|pathspec|not recognized as", re.IGNORECASE)
# What a linter says of form: put right by the same linter.
_FORM = re.compile(
    r"\b(?:formatter|formatting|formatted|gofmt|goimports|prettier|unused|sorted|imported and not used|trailing|whitespace|line too long)\b", re.IGNORECASE)
_EXPECTED = re.compile(
    r"\bas expected\b|\bexpected (?:to fail|failure)|\bshould fail\b|\bfails? first\b|\btdd\b|\bred phase\b|\bfailing tests? first\b", re.IGNORECASE)
# A test that was brought up to what the code does now.
_MOVED_ON = re.compile(r"\b(?:old|now|new|no longer|previous(?:ly)?|updated?|intentional(?:ly)?|still (?:checks?|expects?)|renamed|changed)\b", re.IGNORECASE)
_TEST = re.compile(r"(?:^|[/_.-])(?:tests?|specs?|fixtures?|testdata|__tests__)(?:[/_.-]|$)", re.IGNORECASE)
_TOOK = re.compile(r"\s*[\[(]\d[\d.,]*\s?(?:ms|s|µs|us|ns)[\])]")
_NUMBER = re.compile(r"\d+")  # times and line numbers differ from run to run
_SAYS_WHAT = re.compile(r"^(?:--- FAIL: |\(fail\) |FAILED \S|E\s+\S|not ok \d|[✗✘×●] \S)|^[\w./\\-]+:\d+(?::\d+)?:? .{8}")

State = dict[str, Any]


class Episodes:
    """A fold over the main thread. `state()` is bounded and made of JSON values."""

    def __init__(self, state: State | None = None, roots: Roots | None = None) -> None:
        state = state or {}
        self.roots = roots or Roots()
        self.home: str = state.get("home", "")
        self.waiting: dict[str, State] = dict(state.get("waiting", {}))
        self.open: list[State] = list(state.get("open", ()))
        self.closed: list[State] = list(state.get("closed", ()))

    def state(self) -> State:
        return {"home": self.home, "waiting": self.waiting, "open": self.open, "closed": self.closed}

    def add(self, event: Event) -> None:
        match event:
            case Mark():
                self.home = self.home or event.cwd
            case ToolCall(lane=""):
                self._call(event)
            case ToolResult() if event.call in self.waiting:
                self._result(self.waiting.pop(event.call), event)
            case Reply(lane="") if self.open:
                self._said(event)
            case _:
                pass

    def deeds(self) -> Iterator[Deed]:
        """The episodes that are worth keeping, in order of their end."""
        return (_deed(e) for e in self.closed)

    def _call(self, call: ToolCall) -> None:
        for episode in self.open:
            episode["calls"] += 1
        line = settled(call.command[:4_000])[0] if call.action == "shell" else ""
        changed = [[self.roots.relative(path, call.cwd or self.home, self.home), symbol] for path, symbol in _changes(call)]
        if not (changed or line):
            return
        self.waiting[call.call] = {"line": line, "changed": [c for c in changed if c[0]]}
        if len(self.waiting) > WAITING:
            del self.waiting[next(iter(self.waiting))]

    def _said(self, reply: Reply) -> None:
        for episode in self.open:
            n, error, _ = episode["errors"][-1]
            found = explanation(reply.text, error) if reply.n - n <= NEAR else None
            if found and (not episode["why"] or found[1] >= episode["why"][2]):
                episode["why"] = [reply.n, found[0], found[1]]
            episode["meant"] = episode["meant"] or bool(_EXPECTED.search(reply.text))

    def _result(self, call: State, result: ToolResult) -> None:
        if call["changed"] and result.ok is not False:
            for episode in self.open:
                episode["tried"] = [*episode["tried"], *([result.n, "edited", *c] for c in call["changed"])][-TRIED:]
        if call["line"] and not NEVER_RAN.match(result.output):
            self._ran(call["line"], result)

    def _ran(self, line: str, result: ToolResult) -> None:
        if result.ok is not False and commits(line):
            self._committed(result)
        shown = display(line)
        if not shown or probes(line):
            return
        found = closing_forms(line, result.output, result.ok) if purpose(line) != "other" else []
        if result.ok is False or not all(c.ok for c in found):
            if not NO_FAILURE.search(result.output[:500]):
                self._failed(shown, line, result, found)
        else:
            self._passed(shown, line, result)

    def _failed(self, shown: str, line: str, result: ToolResult, found: Sequence[CheckFact]) -> None:
        error: list[Any] = [result.n, error_line(result.output, found), result.at]
        self.open = [e for e in self.open if result.n - e["errors"][-1][0] < LONGEST]
        known = next((e for e in self.open if covers(shown, e["command"]) or covers(e["command"], shown)), None)
        if known is None:
            begun = {"command": shown, "purpose": purpose(line), "calls": 0, "errors": [error], "times": 1, "tried": [], "why": [], "meant": False}
            self.open = [*self.open, begun][-OPEN:]
        else:
            again = any(t[0] > known["errors"][-1][0] for t in known["tried"])  # else it was only run once more, to see more of it
            earlier = known["errors"] if again else known["errors"][:-1]
            if not again and not _SAYS_WHAT.match(error[1]):
                error[1] = known["errors"][-1][1] or error[1]
                error[0] = known["errors"][-1][0]
            known["errors"] = [*earlier, error][-ERRORS:]
            known["times"] += again

    def _passed(self, shown: str, line: str, result: ToolResult) -> None:
        over = [e for e in self.open if covers(shown, e["command"])]
        self.open = [e for e in self.open if e not in over]
        for episode in over:
            ended = {**episode, "n": result.n, "at": result.at, "commit": ""}
            if result.n - episode["errors"][-1][0] < LONGEST and worth_keeping(ended):
                self.closed = [*self.closed, ended][-CLOSED:]
        if not over and purpose(line) in ("set-up", "run", "build"):
            for episode in self.open:
                episode["tried"] = [*episode["tried"], [result.n, "ran", shown, ""]][-TRIED:]

    def _committed(self, result: ToolResult) -> None:
        found = COMMITTED.search(plain(result.output))
        sha = found["sha"] if found else result.commit
        for episode in self.closed:
            episode["commit"] = episode["commit"] or sha[:12]


def _changes(call: ToolCall) -> list[tuple[str, str]]:
    """(path as spelled, symbol) of each file that the call changes."""
    if call.patches:
        return [(p.path, changed_symbol(p.removed, p.added)) for p in call.patches]
    return [(path, "") for path in call.paths] if call.action in ("edit", "write", "delete") else []


def error_line(output: str, found: Sequence[CheckFact]) -> str:
    """The line that says best what went wrong, verbatim: broken test or place in the code, the checker's closing line, the first that speaks of an error."""
    said = [line for line in lines(output) if len(line) <= ERROR_CHARS * 2]
    told = next((line for line in said if _SAYS_WHAT.match(line)), "")
    return clip(told or next((c.line for c in found if c.line and not c.ok), "") or telling_line(output), ERROR_CHARS)


def is_slip(error: str) -> bool:
    """Whether the error is of how a command was typed, not of the work."""
    return bool(_SLIP.search(error))


def worth_keeping(episode: State) -> bool:
    """Whether it took some doing, was no slip and no test written to fail."""
    last = episode["errors"][-1]
    error = last[1]
    fixes = {t[2] for t in episode["tried"] if t[0] > last[0]}
    if not error or not 1 <= len(fixes) <= MOST_FIXES or is_slip(error) or _FORM.search(error) or episode["meant"] or _routine(episode, error, fixes):
        return False
    again = episode["times"] >= ATTEMPTS and _tried_in_vain(episode)
    if not episode["why"]:  # nobody said how, but the name of what was changed may tell
        return again and episode["purpose"] != "lint" and any(t[3] for t in episode["tried"] if t[0] > last[0])
    _, why, worth = episode["why"]
    if episode["calls"] < LONG and _MOVED_ON.search(why) and all(_TEST.search(t[2]) for t in episode["tried"] if t[0] > last[0] and t[1] == "edited"):
        return False
    searched = episode["calls"] >= (CALLS if worth < CLEAR else FEW) and episode["purpose"] != "lint"
    return again or searched or minutes(episode["errors"][0][2], episode["at"]) >= MINUTES


def _routine(episode: State, error: str, fixes: set[str]) -> bool:
    """Whether a checker named the place and it was put right there: what one writes anew needs that all the time."""
    if episode["purpose"] == "lint" and episode["calls"] < LONG:
        return True
    return episode["purpose"] != "test" and all(fix.rsplit("/", 1)[-1] in error for fix in fixes)


def _tried_in_vain(episode: State) -> bool:
    return any(t[0] < episode["errors"][-1][0] for t in episode["tried"])


def _persisted(episode: State) -> bool:
    """Whether the last failure says the same as one before the last attempt: then what was tried in between did not help."""
    errors = episode["errors"]
    if len(errors) < 2 or _NUMBER.sub("", errors[-1][1]) != _NUMBER.sub("", errors[-2][1]):
        return False
    vain = {(t[2], t[3]) for t in episode["tried"] if errors[-2][0] < t[0] < errors[-1][0]}
    return bool(vain) and vain.isdisjoint((t[2], t[3]) for t in episode["tried"] if t[0] > errors[-1][0])


def _deed(episode: State) -> Deed:
    command, errors = episode["command"], episode["errors"]
    error, last = errors[-1][1], errors[-1][0]
    fix = _done([t for t in episode["tried"] if t[0] > last])
    before = _done([t for t in episode["tried"] if t[0] < last])
    vain = _persisted(episode)
    tried = f", also after {before}" if vain else ""
    commit = f" (commit `{episode['commit']}`)" if episode["commit"] else ""
    text = f"{code(command)} failed{counted(episode['times'])} with {code(_TOOK.sub('', error))}{tried}; it passed after {fix}{commit}"
    details: dict[str, Detail] = {"outcome": "failed" if vain else "worked"}
    quotes = [(last, error)]
    if episode["why"]:
        details["why"] = episode["why"][1]
        quotes.append((episode["why"][0], episode["why"][1]))
    if vain:
        details["instead"] = fix
    if (spent := minutes(errors[0][2], episode["at"])) >= MINUTES:
        details["spent"] = f"{spent}m" if spent < 120 else f"{round(spent / 60)}h"
    return Deed("approach", text, details, episode["n"], episode["at"], tuple(quotes), _anchors(episode))


def _anchors(episode: State) -> tuple[Anchor, ...]:
    """The files that were changed before it passed, those inside the project."""
    last = episode["errors"][-1][0]
    places = {t[2]: t[3] for t in episode["tried"] if t[0] > last and t[1] == "edited" and not t[2].startswith(("/", "~")) and ":" not in t[2][:3]}
    return tuple(Anchor(path, symbol=symbol) for path, symbol in list(places.items())[-SHOWN:])


def _done(steps: Sequence[Sequence[Any]]) -> str:
    """`editing a, b and 2 more, and running c`: the latest, each once."""
    said = []
    for kind, verb in (("edited", "editing"), ("ran", "running")):
        names = list({t[2]: f"`{t[2]}`" + (f" (`{t[3]}`)" if t[3] else "") for t in steps if t[1] == kind}.values())
        if names:
            more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
            said.append(f"{verb} {', '.join(names[-SHOWN:])}{more}")
    return " and ".join(said)


__all__ = ["Episodes", "error_line", "is_slip", "worth_keeping"]
