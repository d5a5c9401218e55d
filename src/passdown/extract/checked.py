"""The commands by which a session checked, built, ran and set up its work, as they were run, and how they ended last."""

import re
from collections.abc import Iterator
from typing import Any

from passdown.extract.checks import read as closing_forms
from passdown.extract.commands import probes, purpose, settled
from passdown.extract.deed import Deed
from passdown.extract.paths import Roots
from passdown.extract.runs import NEVER_RAN, NO_FAILURE
from passdown.extract.scope import display, filtered, whole
from passdown.extract.wording import clip
from passdown.model.command_line import segments
from passdown.model.event import Event, Mark, ToolCall, ToolResult
from passdown.model.record import Detail

WAITING, RUNS = 40, 60  # calls without a result, commands: the latest are kept
MOST = 4  # of a session
SAID_CHARS = 120
# Purpose of a command → detail of the record, in the order in which they are kept.
PURPOSES = {"test": "verify", "lint": "verify", "build": "verify", "set-up": "set-up", "run": "run"}
# What is done once, or changes files: no check.
_AT_ONCE = re.compile(
    r"--help|--fix\b|:fix\b|--write\b|\bgofmt\b|\bgoimports\b|[0-9a-f]{8}-[0-9a-f]{4}-|>|--version|\bpip install\b|\b(?:npm|pnpm|yarn|bun) (?:add"
    r"|install|i|remove)\s+\S|\bgo (?:get|mod)\b|-[a-zA-Z]*c ['\"]|\s-e ['\"]")

# What takes the exit code of the command before it.
_MASKED = re.compile(r"(?<!\|)\|(?!\|)|\|\||;\s*(?:echo|true)\b")

State = dict[str, Any]


class Checked:
    """A fold over the main thread. `state()` is bounded and made of JSON values."""

    def __init__(self, state: State | None = None, roots: Roots | None = None) -> None:
        state = state or {}
        self.roots = roots or Roots()
        self.home: str = state.get("home", "")
        self.waiting: dict[str, list[Any]] = dict(state.get("waiting", {}))
        self.runs: dict[str, State] = dict(state.get("runs", {}))

    def state(self) -> State:
        return {"home": self.home, "waiting": self.waiting, "runs": self.runs}

    def add(self, event: Event) -> None:
        match event:
            case Mark():
                self.home = self.home or event.cwd
            case ToolCall(lane="", action="shell"):
                self._call(event)
            case ToolResult() if event.call in self.waiting:
                self._result(self.waiting.pop(event.call), event)
            case _:
                pass

    def deeds(self) -> Iterator[Deed]:
        """At most `MOST`: of each purpose what was run most and reaches farthest, those for verifying first."""
        best: dict[str, State] = {}
        for row in self.runs.values():
            kept = best.get(row["purpose"])
            if _telling(row) and (kept is None or _rank(row) >= _rank(kept)):
                best[row["purpose"]] = row
        return (_deed(best[name]) for name in [name for name in PURPOSES if name in best][:MOST])

    def _call(self, call: ToolCall) -> None:
        line, step = settled(call.command[:4_000])
        place = self.roots.relative(step, call.cwd or self.home, self.home) if step else ""
        if line and not place.startswith(("/", "~")) and ":" not in place[:3] and not probes(line):
            self.waiting[call.call] = [line, place, call.n]
            if len(self.waiting) > WAITING:
                del self.waiting[next(iter(self.waiting))]

    def _result(self, call: list[Any], result: ToolResult) -> None:
        line, place, n = call
        if NEVER_RAN.match(result.output) or NO_FAILURE.search(result.output[:500]):
            return
        found = closing_forms(line, result.output, result.ok)
        if not found and _MASKED.search(line):
            return  # how it ended is not known
        passed = result.ok is not False and all(c.ok for c in found)
        parts = list(dict.fromkeys(shown for part in segments(line) if (shown := display(part)) and purpose(part) in PURPOSES and not _AT_ONCE.search(shown)))
        for shown in parts:
            said = next((c.line for c in found if c.line), "") if len(parts) == 1 else ""
            self._ran(f"{place}\n{shown}", {"command": shown, "place": place, "purpose": purpose(shown), "passed": passed, "said": clip(said, SAID_CHARS),
                                            "n": n, "end": result.n, "at": result.at})

    def _ran(self, key: str, row: State) -> None:
        before = self.runs.pop(key, {"runs": 0, "passes": 0})
        self.runs[key] = {**row, "runs": before["runs"] + 1, "passes": before["passes"] + row["passed"]}
        if len(self.runs) > RUNS:
            del self.runs[next(iter(self.runs))]


def _telling(row: State) -> bool:
    """Whether it passed, and would be run again: a check of one test or place would not, what was only tried once neither."""
    return bool(row["passes"]) and not filtered(row["command"]) and (row["passes"] >= 2 if row["purpose"] == "run" else whole(row["command"]))


def _rank(row: State) -> tuple[bool, int]:
    return whole(row["command"]), row["passes"]


def _deed(row: State) -> Deed:
    said = f": {row['said']}" if row["said"] else ""
    details: dict[str, Detail] = {"purpose": PURPOSES[row["purpose"]], "outcome": f"{'passed' if row['passed'] else 'failed'}{said}"}
    if row["place"]:
        details["cwd"] = row["place"]
    quotes = [(row["n"], row["command"])] + ([(row["end"], row["said"])] if row["said"] else [])
    return Deed("command", row["command"], details, row["n"], row["at"], tuple(quotes))


__all__ = ["Checked"]
