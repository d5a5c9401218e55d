"""SWE-agent: trajectories (`*.traj`), one JSON document, written anew with each step.

Source: 18 trajectories of SWE-agent's own repository, versions before 1.0 and 1.0, seen 2026-11. `trajectory` has the steps (thought, action,
observation, state), `history` the messages of the model: the task is in its first user message that is no demonstration, everything else in it repeats
the steps, unless there are none (demonstrations of function calling). Steps have no time. A file is captured when it is named.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from passdown.model.event import Action, Event, Mark, Patch, Prompt, Reply, ToolCall, ToolResult, Usage
from passdown.transcripts.base import EDIT_CHARS, OUTPUT_CHARS, TEXT_CHARS, Evidence, clip
from passdown.transcripts.commands import files_printed
from passdown.transcripts.document import cut_at, top_keys
from passdown.transcripts.fields import first, number, obj, objects, row_object, string

AGENT = "swe-agent"
ROW_START = cut_at("history", "trajectory")
EVIDENCE: Evidence = "sample"
LOCATIONS = ()

ISSUE, INSTRUCTIONS = re.compile(r"^ISSUE:[ \t]*\n", re.MULTILINE), "\nINSTRUCTIONS:"  # around the task in the first message
WORDS = re.compile(r"""'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|(\S+)""", re.DOTALL)
RANGE = re.compile(r"(\d+):(\d+)[ \t]*\n(.*?)(?:\n?end_of_edit[ \t]*)?\Z", re.DOTALL)
TOOLS: Mapping[str, Action] = {
    "open": "read", "goto": "read", "scroll_up": "read", "scroll_down": "read", "create": "write", "edit": "edit", "insert": "edit",
    "search_dir": "search", "search_file": "search", "find_file": "search", "submit": "other", "exit_cost": "other", "exit_context": "other",
    "skip": "other", "str_replace_editor": "edit"}
EDITOR: Mapping[str, Action] = {"view": "read", "create": "write"}
REFUSED = re.compile(r"\A\s*(?:Your (?:proposed )?edit (?:has introduced|was not applied)|Text .{0,4000}? not found|File .{1,300} not found|Usage: "
                     r"|No file open|Error\b|No replacement was performed|usage: )", re.DOTALL)


def recognises(head: bytes) -> bool:
    """Whether it begins as an object with a trajectory, or with a history of messages of SWE-agent's kinds."""
    keys = top_keys(head)
    return "trajectory" in keys or (keys <= {"history"} and b'"message_type"' in head)


def start(state: dict[str, Any] | None = None) -> "Reading":
    return Reading(state or {})


class Reading:
    """One trajectory."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.stepped: bool = state.get("stepped", False)  # there are steps: the history repeats them
        self.asked: bool = state.get("asked", False)
        self.file: str = state.get("file", "")  # the one that is open in SWE-agent's editor
        self.place: str = state.get("place", "")

    def state(self) -> dict[str, Any]:
        return {"stepped": self.stepped, "asked": self.asked, "file": self.file, "place": self.place}

    def row(self, number: int, line: bytes) -> Sequence[Event] | str:
        row = row_object(line)
        if number == 0:
            return self._around(row, number)
        if "role" in row:
            return self._message(row, number)
        return self._step(row, number) if "action" in row or "observation" in row else "unknown-type"

    def _around(self, row: Mapping[str, Any], n: int) -> Sequence[Event] | str:
        self.stepped = bool(number(row.get("trajectory")))
        model = obj(obj(obj(row.get("replay_config")).get("agent")).get("model")).get("name")
        used = obj(obj(row.get("info")).get("model_stats"))
        out: list[Event] = [Mark(row=n, model=string(model))] if string(model) else []
        if used.get("tokens_sent"):
            out.append(Usage(row=n, message="all", model=string(model), input=number(used["tokens_sent"]), output=number(used.get("tokens_received")),
                             total=True))
        return out or "bookkeeping"

    def _message(self, row: Mapping[str, Any], n: int) -> Sequence[Event] | str:
        role, words = row.get("role"), text_of(row.get("content"))
        if role == "system" or row.get("is_demo"):
            return "instructions"
        if role == "user" and not self.asked:
            self.asked = True
            issue = ISSUE.search(words)
            said = (words[issue.end():].partition(INSTRUCTIONS)[0] if issue else words).strip()
            return [Prompt(row=n, text=clip(said, TEXT_CHARS))] if said else "empty"
        if self.stepped:
            return "repeat"
        if role == "assistant":
            return self._acted(string(row.get("thought")) or words, string(row.get("action")), _call_id(row, n), n) or "empty"
        called = row.get("tool_call_ids")
        call = string(called[0]) if isinstance(called, list) and called else f"row-{n - 1}"
        return [_result(call, words, None, n)]

    def _step(self, row: Mapping[str, Any], n: int) -> Sequence[Event] | str:
        state = obj(row.get("state"))
        opened, place = string(state.get("open_file")), string(state.get("working_dir"))
        self.file = opened if opened not in ("", "n/a") else self.file
        out: list[Event] = []
        if place and not self.place:
            out.append(Mark(row=n, cwd=place))
        self.place = place or self.place
        out += self._acted(first(row, "thought", "response"), string(row.get("action")), str(n), n)
        if any(isinstance(e, ToolCall) for e in out):
            action = next(e.action for e in out if isinstance(e, ToolCall))
            out.append(_result(str(n), string(row.get("observation")), action, n))
        return out or "empty"

    def _acted(self, thought: str, action: str, call: str, n: int) -> list[Event]:
        out: list[Event] = [Reply(row=n, text=clip(thought.strip(), TEXT_CHARS))] if thought.strip() else []
        if action.strip():
            out.append(self._call(action.strip(), call, n))
        return out

    def _call(self, line: str, call: str, n: int) -> ToolCall:
        """A command of SWE-agent's own, or one of the shell."""
        name, _, rest = line.partition(" ")
        name = name.split("\n")[0]
        base = ToolCall(row=n, call=call, tool=name if name in TOOLS else "bash", action=TOOLS.get(name, "shell"))
        words = [a or b or c for a, b, c in WORDS.findall(rest[:2_000])]
        change = msgspec.structs.replace
        if name == "str_replace_editor":
            action = EDITOR.get(words[0] if words else "", "edit")
            return self._edited(change(base, action=action), words[1] if len(words) > 1 else "", _option(rest, "old_str"),
                                _option(rest, "new_str") or _option(rest, "file_text"))
        if base.action == "shell":
            return change(base, command=clip(line, TEXT_CHARS), cwd=self.place, paths=files_printed(line) if len(line) < 4_000 else ())
        if base.action == "search":
            return change(base, command=clip(rest, 2_000))
        if name == "open":
            self.file = words[0] if words else self.file
        if base.action == "read":
            return change(base, paths=(self.file,) if self.file else ())
        if base.action == "write":
            self.file = words[0] if words else ""
            return self._edited(base, self.file, "", "")
        return self._edited(base, self.file, *_sides(name, rest, words)) if base.action == "edit" else base

    def _edited(self, call: ToolCall, path: str, removed: str, added: str) -> ToolCall:
        if not path or call.action == "read":
            return msgspec.structs.replace(call, paths=(path,) if path else ())
        patch = Patch(path=path, action="write" if call.action == "write" else "edit", removed=clip(removed, EDIT_CHARS), added=clip(added, EDIT_CHARS))
        return msgspec.structs.replace(call, paths=(path,), patches=(patch,))


def text_of(content: Any) -> str:
    """The text of a message, given as such or as parts."""
    return string(content) or "\n".join(t for part in objects(content) if (t := string(part.get("text"))))


def _sides(name: str, rest: str, words: list[str]) -> tuple[str, str]:
    """What an edit took out and put in: `edit FIRST:LAST`, `edit OLD NEW`, `insert TEXT`."""
    span = RANGE.match(rest)
    if span or not words:
        return "", span[3] if span else ""
    return ("", words[0]) if name == "insert" else (words[0], words[1] if len(words) > 1 else "")


def _call_id(row: Mapping[str, Any], n: int) -> str:
    calls = objects(row.get("tool_calls"))
    return (string(calls[0].get("id")) if calls else "") or f"row-{n}"


def _option(rest: str, name: str) -> str:
    """The value of `--name` as the editor command gives it."""
    found = re.search(rf"--{name} ((?:'[^']*'\s?)+|\"(?:[^\"\\]|\\.)*\"|\S+)", rest[:20_000])
    return found[1].strip().strip("'\"") if found else ""


def _result(call: str, output: str, action: Action | None, n: int) -> ToolResult:
    """What was observed. How a shell command ended is not told; the editor says when it refused."""
    ok = None if action in ("shell", None) else not REFUSED.match(output)
    return ToolResult(row=n, call=call, ok=ok, output=clip(output, OUTPUT_CHARS), size=len(output))


__all__ = ["AGENT", "LOCATIONS", "ROW_START", "Reading", "recognises", "start", "text_of"]
