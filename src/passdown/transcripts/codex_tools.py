"""Tools of Codex: a call's arguments and a result's text to events.

Source: `exec_command`, `write_stdin`, `apply_patch`, `update_plan` and `web_search` in rollouts of 0.118 to 0.126; `shell`,
`shell_command`, `spawn_agent` and `view_image` as in the tool specifications of 0.169, seen 2026-11.
"""

import re
from typing import Any

import msgspec

from passdown.model.event import Action, Todo, ToolCall, ToolResult
from passdown.model.json_values import BROKEN_JSON
from passdown.transcripts.base import OUTPUT_CHARS, TEXT_CHARS, clip
from passdown.transcripts.commands import commands_in_script, files_printed, script_of
from passdown.transcripts.fields import code_of
from passdown.transcripts.patches import BEGIN, parse_patch, patched_paths

AGENTS = frozenset(("spawn_agent", "send_input", "send_message", "wait", "wait_agent", "close_agent", "resume_agent", "assign_task", "list_agents"))
COMMITS = re.compile(r"\bgit\b[^\n;&|]*\b(?:commit|cherry-pick|revert|merge)\b")
COMMITTED = re.compile(r"^\[[^\]\n]*?([0-9a-f]{7,40})\] ", re.MULTILINE)
HEADED = ("Chunk ID:", "Command:", "Exit code:", "Wall time:", "Process ")  # the lines that exec_command puts before "Output:"
PROCESS = re.compile(r"Process running with session ID (\w+)")
RUNNING, WROTE_TO = "running:", "wrote-to:"  # what is kept of a call whose command runs on, and of a `write_stdin`, before the process id
CODE = re.compile(r"(?:Process exited with code|Exit code:) ?(-?\d+)")
REFUSED = re.compile(r"\s*(?:error|failed|aborted|exec_command failed|unsupported call|apply_patch verification failed|rejected|execution error"
                     r"|the user (?:rejected|declined))\b", re.IGNORECASE)
STATUSES = {"pending": "pending", "in_progress": "in_progress", "completed": "completed"}
decode = msgspec.json.Decoder().decode


def tool_call(name: str, given: Any, *, call: str, at: str, row: int) -> tuple[ToolCall, str]:
    """The call, and what its result needs to know of it: `write` or `edit` (files), `commit`, `wrote-to:<process>`, or "".

    given: the arguments as an object or as its JSON text, the input of a custom tool, or the action of a shell call or web search.
    """
    args = _arguments(given)
    command = _command(args) or (commands_in_script(given) if name == "exec" and isinstance(given, str) else "")
    patch = _patch_text(given, args, command)
    base = ToolCall(call=call, tool=name, at=at, row=row)
    if patch:
        patches = parse_patch(patch)
        made = all(p.action == "write" for p in patches)
        return msgspec.structs.replace(base, action="edit", patches=patches, paths=patched_paths(patches), cwd=_cwd(args)), "write" if made else "edit"
    if command:
        about = _first(args, "justification", "description")
        shell = msgspec.structs.replace(base, action="shell", command=command, paths=files_printed(command), cwd=_cwd(args), about=about)
        return shell, "commit" if COMMITS.search(command) else ""
    return _other(base, name, args), f"{WROTE_TO}{args['session_id']}" if name == "write_stdin" and args.get("session_id") else ""


def _other(base: ToolCall, name: str, args: dict[str, Any]) -> ToolCall:
    change = msgspec.structs.replace
    if name == "update_plan":
        plan = args.get("plan")
        todos = tuple(Todo(text=str(s.get("step", "")), status=STATUSES.get(str(s.get("status"))))  # type: ignore[arg-type]
                      for s in plan if isinstance(s, dict)) if isinstance(plan, list) else ()
        return change(base, action="todo", todos=todos, whole=True, about=_first(args, "explanation"))
    if name == "web_search":
        return change(base, action="web", command=_first(args, "query", "url", "pattern"))
    if name == "view_image":
        path = _first(args, "path")
        return change(base, action="read", paths=(path,) if path else ())
    if name in AGENTS:
        return change(base, action="agent", about=clip(_first(args, "message", "prompt", "task", "items"), TEXT_CHARS))
    if name == "request_user_input":
        asked = args.get("questions")
        about = "\n".join(_first(q, "question") for q in asked if isinstance(q, dict)) if isinstance(asked, list) else _first(args, "question")
        return change(base, action="ask", about=about)
    action: Action = "shell" if name in ("write_stdin", "shell", "shell_command", "local_shell", "exec_command") else \
        "edit" if name == "apply_patch" else "search" if name in ("tool_search", "grep_files", "list_dir") else \
        "read" if name == "read_file" else "other"
    path = _first(args, "file_path", "path") if action == "read" else ""
    return change(base, action=action, command=_first(args, "chars", "query", "pattern"), paths=(path,) if path else ())


def _arguments(given: Any) -> dict[str, Any]:
    if isinstance(given, dict):
        return given
    if isinstance(given, str) and given.lstrip().startswith("{"):
        try:
            value = decode(given)
        except BROKEN_JSON:
            return {}
        return value if isinstance(value, dict) else {}
    return {}


def _command(args: dict[str, Any]) -> str:
    given = args.get("cmd") or args.get("command")
    if isinstance(given, list):
        return script_of([str(w) for w in given])
    return given if isinstance(given, str) else ""


def _patch_text(given: Any, args: dict[str, Any], command: str) -> str:
    """The patch in a call: the whole input of the custom tool, an argument, or a here-document on a command line."""
    texts = [command, *(v for v in args.values() if isinstance(v, str))] if args else [given]
    return next((t for t in texts if isinstance(t, str) and BEGIN in t and parse_patch(t)), "")


def _cwd(args: dict[str, Any]) -> str:
    return _first(args, "workdir", "working_directory")


def _first(args: dict[str, Any], *names: str) -> str:
    """The first of these arguments that is a text with something in it."""
    return next((v for n in names if isinstance(v := args.get(n), str) and v), "")


def result_of(output: Any, needs: str, code: int | None, *, call: str, at: str, row: int) -> tuple[ToolResult, str]:
    """The result, and the process id of a command that still runs. code: the exit code where a row before it told it."""
    text, given, ok = _unpacked(output)
    head = text[:600]
    running = None
    if given is None and head.startswith(HEADED):
        front, cut, rest = text.partition("Output:\n")
        known = CODE.search(front)
        given, running = (int(known[1]), None) if known else (None, PROCESS.search(front))
        text = rest if cut and len(front) < 2_000 else text
    code = code if given is None else given
    if code is not None:
        ok = code == 0
    elif ok is None and REFUSED.match(head):
        ok = False
    elif ok is None and needs in ("write", "edit"):
        ok = "Success" in head or None
    commit = COMMITTED.search(text) if needs == "commit" and ok is not False else None
    effect = "created" if needs == "write" and ok else "updated" if needs == "edit" and ok else ""
    return ToolResult(at=at, row=row, call=call, ok=ok, exit_code=code, output=clip(text, OUTPUT_CHARS), size=len(text), effect=effect,  # type: ignore[arg-type]
                      commit=commit[1] if commit else "", agent=_agent(text)), running[1] if running and code is None else ""


def _unpacked(output: Any) -> tuple[str, int | None, bool | None]:
    """(text, exit code, ok) of an output: a text, the JSON of `{output, metadata: {exit_code}}`, content parts, or `{content, success}`."""
    if isinstance(output, str) and output.startswith('{"output"'):
        value = _arguments(output)
        meta = value.get("metadata")
        code = meta.get("exit_code") if isinstance(meta, dict) else None
        if value:
            return _flat(value.get("output")), code_of(code), None
    if isinstance(output, dict):
        success = output.get("success")
        return _flat(output.get("content")), None, success if isinstance(success, bool) else None
    return _flat(output), None, None


def _flat(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return "\n".join(str(b["text"]) for b in value if isinstance(b, dict) and isinstance(b.get("text"), str))
    return ""


def _agent(text: str) -> str:
    """The thread that `spawn_agent` started: its output is `{"agent_id": …}`."""
    return _first(_arguments(text), "agent_id") if text.startswith("{") and '"agent_id"' in text[:200] else ""


__all__ = ["RUNNING", "WROTE_TO", "result_of", "tool_call"]
