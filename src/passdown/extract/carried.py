"""Plans that were carried out: ordered or approved by the user, followed by edits, and then by a commit or a check that passed."""

from collections.abc import Iterator
from typing import Any

from passdown.extract.checks import read as closing_forms
from passdown.extract.commands import commits, purpose, settled
from passdown.extract.deed import Deed
from passdown.extract.paths import Roots
from passdown.extract.plans import ORDER, motive, title
from passdown.extract.runs import COMMITTED
from passdown.extract.wording import plain
from passdown.model.anchor import Anchor
from passdown.model.event import Event, Mark, Prompt, Rewind, ToolCall, ToolResult
from passdown.model.record import Detail

WAITING, PLANS = 40, 20  # calls without a result, plans of a session: the latest are kept
FILES, SHOWN = 40, 3
LINE_CHARS = 160  # of the command that committed
CHECKS = frozenset({"test", "lint", "build"})

State = dict[str, Any]


class Carried:
    """A fold over the main thread. `state()` is bounded and made of JSON values."""

    def __init__(self, state: State | None = None, roots: Roots | None = None) -> None:
        state = state or {}
        self.roots = roots or Roots()
        self.home: str = state.get("home", "")
        self.waiting: dict[str, State] = dict(state.get("waiting", {}))
        self.plans: list[State] = list(state.get("plans", ()))

    def state(self) -> State:
        return {"home": self.home, "waiting": self.waiting, "plans": self.plans}

    def add(self, event: Event) -> None:
        match event:
            case Mark():
                self.home = self.home or event.cwd
            case Prompt(lane="") if ORDER.match(event.text):
                self._begin(event.n, event.text)
            case ToolCall(lane=""):
                self._call(event)
            case ToolResult() if event.call in self.waiting:
                self._result(self.waiting.pop(event.call), event)
            case Rewind():
                self._rewind(event.to)
            case _:
                pass

    def _rewind(self, to: int) -> None:
        """What was ordered, run and proved behind the place that the session went back to never was."""
        self.waiting = {call: row for call, row in self.waiting.items() if row.get("n", to - 1) < to}
        self.plans = [plan for plan in self.plans if plan["n"] < to]
        for plan in self.plans:
            if plan["proof"] and plan["end"] >= to:
                plan.update(proof="", sha="", said="", line="", files={})

    def deeds(self) -> Iterator[Deed]:
        """The plans that were carried through, in order."""
        return (_deed(plan) for plan in self.plans if plan["proof"])

    def _begin(self, n: int, text: str) -> None:
        if name := title(text):
            begun = {"n": n, "title": name, "why": motive(text), "files": {}, "proof": "", "sha": "", "said": "", "line": "", "ran": n, "end": n, "at": ""}
            self.plans = [*self.plans, begun][-PLANS:]

    def _call(self, call: ToolCall) -> None:
        row: State = {}
        if call.action == "plan" and call.about:
            row = {"n": call.n, "plan": call.about}
        elif self.plans and call.action in ("edit", "write", "delete"):
            row = {"paths": [p for path in call.paths if (p := self.roots.relative(path, call.cwd or self.home, self.home))]}
        elif self.plans and call.action == "shell":
            line = settled(call.command[:4_000])[0]
            row = {"line": line, "typed": call.command.split("\n", 1)[0][:LINE_CHARS], "n": call.n} if commits(line) or purpose(line) in CHECKS else {}
        if row:
            self.waiting[call.call] = row
            if len(self.waiting) > WAITING:
                del self.waiting[next(iter(self.waiting))]

    def _result(self, call: State, result: ToolResult) -> None:
        if result.ok is False:
            if "line" in call and self.plans and not commits(call["line"]):
                self._doubted()
            return
        if "plan" in call:
            if result.ok:
                self._begin(call["n"], call["plan"])
        elif "paths" in call:
            files = self.plans[-1]["files"] if self.plans else {}
            for path in call["paths"]:
                if path in files or len(files) < FILES:
                    files[path] = files.get(path, 0) + 1
        elif self.plans and self.plans[-1]["files"]:
            self._proved(call, result)

    def _proved(self, call: State, result: ToolResult) -> None:
        """A commit proves more than a check, and the first commit is the plan's; of the checks the last one counts, and it must say that it passed."""
        plan, line, n = self.plans[-1], call["line"], call["n"]
        if commits(line):
            found = COMMITTED.search(plain(result.output))
            sha = found["sha"] if found else result.commit[:12]
            if plan["proof"] != "commit":
                plan.update(proof="commit", sha=sha, said="", line="" if sha else call["typed"], ran=n, end=result.n, at=result.at)
        elif plan["proof"] != "commit" and (told := [c for c in closing_forms(line, result.output, result.ok) if c.line]):
            if all(c.ok for c in told):
                plan.update(proof="check", said=told[-1].line, line="", ran=n, end=result.n, at=result.at)
            else:
                self._doubted()

    def _doubted(self) -> None:
        """A check that failed takes back what an earlier one proved."""
        if self.plans[-1]["proof"] == "check":
            self.plans[-1].update(proof="", said="")


def _deed(plan: State) -> Deed:
    """A title says what was to be done, in whatever form; that it was done stands below it."""
    edited = counted(plan["files"])
    shown = f" (commit `{plan['sha']}`)" if plan["sha"] else f": {edited} edited and committed" if plan["line"] else f": {edited} edited, then “{plan['said']}”"
    details: dict[str, Detail] = {"why": plan["why"]} if plan["why"] else {}
    files: dict[str, int] = plan["files"]
    most = [path for path in sorted(files, key=lambda p: -files[p]) if not path.startswith(("/", "~")) and ":" not in path[:3]]
    quotes = [(plan["n"], plan["title"]), (plan["n"], plan["why"]), (plan["ran"], plan["line"]), (plan["end"], plan["sha"]), (plan["end"], plan["said"])]
    return Deed("milestone", f"{plan['title']}\nPlan carried out{shown}", details, plan["end"], plan["at"],
                tuple((n, said) for n, said in quotes if said), tuple(Anchor(path) for path in most[:SHOWN]))


def counted(files: dict[str, int]) -> str:
    return f"{len(files)} file{'s' * (len(files) != 1)}"


__all__ = ["Carried"]
