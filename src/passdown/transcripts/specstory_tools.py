"""Tool blocks of SpecStory Markdown: what one says of the call and of its result.

Source: Markdown v2.1.0 and the exports before it, of Claude Code, Codex, Cursor and Gemini sessions, seen 2026-11. A block is

    <tool-use data-tool-type="shell" data-tool-name="Bash"><details>
    <summary>Tool use: **Bash**</summary>
    what it is for
    `the command`
    ```text
    the output
    ```
    </details></tool-use>

The result is the text from the first fence that is no argument to the block's end: outputs hold fences themselves.
"""

import re
from collections.abc import Mapping
from itertools import islice, takewhile

import msgspec

from passdown.model.event import Action, Patch, Todo, ToolCall, ToolResult
from passdown.transcripts.base import EDIT_CHARS, OUTPUT_CHARS, TEXT_CHARS, clip
from passdown.transcripts.commands import commands_in_script, files_printed
from passdown.transcripts.patches import patched_paths, sides

ACTIONS: Mapping[str, Action] = {
    **dict.fromkeys(("read", "notebookread", "read_file", "read_file_v2", "view", "view_file", "view_image", "read_many_files"), "read"),
    **dict.fromkeys(("write", "create", "create_file", "write_file", "write_to_file"), "write"),
    **dict.fromkeys((
        "edit", "multiedit", "notebookedit", "apply_patch", "search_replace", "edit_file", "edit_file_v2", "replace", "replace_file_content",
        "multi_replace_file_content", "replace_string_in_file", "multi_replace_string_in_file", "insert_edit_into_file", "str_replace_editor"), "edit"),
    **dict.fromkeys((
        "bash", "powershell", "shell", "shell_command", "exec_command", "exec", "run_in_terminal", "run_terminal_cmd", "run_terminal_command_v2",
        "run_shell_command", "run_command", "execute", "bashoutput", "write_stdin", "local_shell"), "shell"),
    **dict.fromkeys((
        "grep", "glob", "grep_search", "file_search", "codebase_search", "ripgrep_raw_search", "list_dir", "list_directory", "ls", "grep_files",
        "search_file_content", "glob_file_search", "toolsearch"), "search"),
    **dict.fromkeys(("todowrite", "todo_write", "update_plan", "taskcreate", "taskupdate", "write_todos", "checklist_write"), "todo"),
    **dict.fromkeys(("task", "agent", "spawn_agent", "invoke_subagent", "agent_spawn", "invoke_agent", "runsubagent"), "agent"),
    **dict.fromkeys(("askuserquestion", "askuser", "ask_question", "request_user_input", "ask_user"), "ask"),
    **dict.fromkeys((
        "webfetch", "websearch", "web_search", "fetchurl", "fetch_url", "search_web", "read_url_content", "web_fetch", "google_web_search"), "web"),
    **dict.fromkeys(("exitplanmode", "exit_plan_mode", "enterplanmode"), "plan"),
}
HINTS: Mapping[str, Action] = {"shell": "shell", "read": "read", "search": "search", "grep": "search"}  # data-tool-type, where the name is not known

SUMMARY = re.compile(r"\s*(?:<details>\s*)?<summary>\s*Tool use: \*\*(?P<name>[^*\n]+)\*\*(?P<rest>.*?)</summary>[ \t]*\n?", re.DOTALL)
FENCE = re.compile(r"^```([\w+.#-]*)[ \t]*\n(.*?)(?:^```[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
OPENING = re.compile(r"^```", re.MULTILINE)
INLINE = re.compile(r"^ ?`(?!``)(.+)`[ \t]*$", re.MULTILINE)
NAMED = re.compile(r"(?:[Pp]ath|[Ff]ile|filePath)\**: `([^`\n]+)`")
BULLET = re.compile(r"• (?:Read|Edit|Write|Create|Delete) file: (.+?)\s*$|• Run command: (.+?)\s*$", re.DOTALL)
LISTED = re.compile(r"^- ([\w-]+):(?: `([^`]*)`| (.*)|\s*\n\s*```\w*\n(.*?)\n\s*```)", re.DOTALL | re.MULTILINE)
SEARCHED = re.compile(r"\b(pattern|query|path|glob): ?`([^`\n]*)`|\b(pattern|query|path|glob) `([^`\n]*)`")
RESULT = re.compile(r"^(?:\*\*Result:\*\*|Result:|Output:)[ \t]*", re.MULTILINE)
PATCHED = re.compile(r"^\*\*(Update|Add|Delete)(?: File)?: `([^`\n]+)`\*\*[ \t]*$", re.MULTILINE)
CHECKLIST = re.compile(r"^- \[(.)\] (?:[^\w\s`'\"(*\[]+ )?(.+?)[ \t]*$", re.MULTILINE)
TASK_MADE = re.compile(r"Task #(\w+) created successfully: (.+)")
TASK_CHANGED = re.compile(r"Updated task #(\w+)")
ANSWER = re.compile(r"^\*\*Answer:\*\* ?", re.MULTILINE)
APPROVED = re.compile(r"^## Approved Plan[^\n]*\n", re.MULTILINE)
WROTE = re.compile(r"The file (.+?) has been (?:updated|overwritten)|File created successfully at: (.+?)(?: \(file state|\s*$)", re.MULTILINE)
CODE = re.compile(r"\A\s*(?:Error: )?Exit code:? (-?\d+)|(?:Process|Command) exited with code:? (-?\d+)|^Exit code: (-?\d+)", re.MULTILINE)
FAILED = re.compile(r"\A\s*(?:<tool_use_error>|Error\b|error:|\[Request interrupted by user|The user doesn't want to (?:proceed|take this action)"
                    r"|apply_patch verification failed|Permission to use|Claude requested permissions|Invalid input for tool)")
SUCCESS = re.compile(r"\A\s*(?:The file .+ has been (?:updated|overwritten)|File created successfully|Success\. Updated|Plan updated|Todos have been modified)")
AGENT_ID = re.compile(r"\bagentId: (\w+)")
COMMITTED = re.compile(r"^\[[^\]\n]*?([0-9a-f]{7,40})\] ", re.MULTILINE)


class Block(msgspec.Struct, frozen=True):
    """One tool block, split: `summary` behind the tool's name, what stands before the result, and the result (None when there is none)."""

    hint: str
    name: str
    summary: str
    before: str
    result: str | None
    fences: tuple[tuple[str, str], ...] = ()  # those among `before`: (language, text)

    @property
    def action(self) -> Action:
        return ACTIONS.get(self.name.lower()) or HINTS.get(self.hint, "other")

    @property
    def head(self) -> str:
        """What stands before the first fence: what a write wrote is no place to look for its path."""
        first = OPENING.search(self.before)
        return self.before[: first.start()] if first else self.before

    @property
    def bare(self) -> bool:
        """Nothing is said of the call: some exports repeat a call as such a block, for its result."""
        return not self.summary and not self.before.strip()


def split_block(hint: str, name: str, inner: str) -> Block:
    """The parts of a block's inside; never fails, an unusual block has its text in `before`."""
    head = SUMMARY.match(inner)
    summary = head["rest"].strip() if head else ""
    inner = (inner[head.end():] if head else inner.replace("<details>", "", 1)).rstrip().removesuffix("</details>").rstrip()
    action = ACTIONS.get(name.lower()) or HINTS.get(hint, "other")
    marked = next((m for m in RESULT.finditer(inner) if len(OPENING.findall(inner, 0, m.start())) % 2 == 0), None)  # not one inside an output
    at, fences = _arguments_end(action, name, summary, inner[: marked.start()] if marked else inner)
    if marked:
        return Block(hint, name, summary, inner[: marked.start()], _unfenced(inner[marked.end():]), fences)
    return Block(hint, name, summary, inner[:at], _unfenced(inner[at:]), fences)


def _arguments_end(action: Action, name: str, summary: str, text: str) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Where the arguments end, and the fences among them: an edit's diffs, a command of several lines, what a write wrote."""
    if text.lstrip().startswith("Input") and name == "exec":
        return len(text), ()
    first = OPENING.search(text)
    if not first:
        answer = ANSWER.search(text)
        return answer.start() if answer else len(text), ()
    mine: list[re.Match[str]] = []
    if action == "edit":
        mine = list(takewhile(lambda f: f[1] == "diff", FENCE.finditer(text)))
        behind = mine[-1].end() if mine else 0
        output = OPENING.search(text, behind)
        headings = [h.end() for h in PATCHED.finditer(text, behind, output.start() if output else len(text))]  # of files that have no diff
        return max([behind, *headings]) or first.start(), _texts(mine)
    if action == "write":
        found = list(islice(FENCE.finditer(text), 2))
        mine = found[:1] if len(found) > 1 else []
    elif action == "shell" and not summary and not INLINE.search(text, 0, first.start()):
        mine = list(islice(FENCE.finditer(text), 1))
    return mine[-1].end() if mine else first.start(), _texts(mine)


def _texts(fences: list[re.Match[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((f[1], f[2].rstrip("\n")) for f in fences)


def _unfenced(text: str) -> str | None:
    """A result without the fence around it; None when nothing is there."""
    text = text.strip("\n")
    opened = re.match(r"\s*```[\w+.#-]*[ \t]*(?:\n|\Z)", text)
    if opened:
        text = text[opened.end():].rstrip().removesuffix("```").removesuffix("\n")
    elif not text.strip():
        return None
    return ANSWER.sub("", text, count=1) if text.startswith("**Answer") else text


def call_of(block: Block, *, call: str, at: str, lane: str, row: int) -> ToolCall:
    """The call as far as the block tells it. Claude Code's edits name their file in the result only."""
    base = ToolCall(call=call, tool=block.name, action=block.action, at=at, lane=lane, row=row)
    change = msgspec.structs.replace
    told = block.head if block.action in ("read", "edit", "write") else block.before
    listed = {m[1]: (m[2] or m[3] or m[4] or "").strip() for m in LISTED.finditer(told)}
    if block.action in ("read", "edit", "write"):
        patches = _patches(block)
        paths = tuple(dict.fromkeys((*patched_paths(patches), *_paths(block, listed)))) if block.action == "edit" else _paths(block, listed)
        return change(base, paths=paths, patches=patches or _written(block, paths))
    if block.action == "shell":
        command = _command(block, listed)
        if not command and block.name == "exec":  # a script that calls other tools
            return change(base, action="other")
        return change(base, command=command, about=_about(block), cwd=listed.get("workdir", ""),
                      paths=files_printed(command) if block.name not in ("Bash", "PowerShell") else ())
    if block.action in ("search", "web"):
        return change(base, command=_searched(block, listed))
    if block.action == "todo":
        return change(base, todos=_todos(block), whole=bool(CHECKLIST.search(block.before)), about=_about(block))
    if block.action == "plan":
        approved = APPROVED.search(block.result or "")
        about = (block.result or "")[approved.end():] if approved else listed.get("plan", "")
        return change(base, about=clip(about.strip(), TEXT_CHARS))
    return change(base, about=clip(_about(block) or listed.get("description", ""), TEXT_CHARS))


def _patches(block: Block) -> tuple[Patch, ...]:
    """Patches of an `apply_patch` block: a heading for each file, its diff below."""
    out: list[Patch] = []
    heads = list(PATCHED.finditer(block.before))
    for head, end in zip(heads, [*(h.start() for h in heads[1:]), len(block.before)], strict=False):
        removed, added = sides(block.before[head.end(): end])
        verb = {"Add": "write", "Delete": "delete"}.get(head[1], "edit")
        out.append(Patch(path=head[2], action=verb, removed=removed, added=added))  # type: ignore[arg-type]
    return tuple(out)


def _written(block: Block, paths: tuple[str, ...]) -> tuple[Patch, ...]:
    if len(paths) != 1 or not block.fences:
        return ()
    if block.action == "write":
        return (Patch(path=paths[0], action="write", added=clip(block.fences[0][1], EDIT_CHARS)),)
    removed, added = sides("\n".join(text for language, text in block.fences if language == "diff"))
    return (Patch(path=paths[0], removed=removed, added=added),) if removed or added else ()


def _paths(block: Block, listed: Mapping[str, str]) -> tuple[str, ...]:
    told = BULLET.search(block.summary)
    if told and told[1]:
        return (told[1],)
    for key in ("filePath", "file_path", "path", "absolute_path"):
        if listed.get(key):
            return (listed[key].removeprefix("./"),)
    named = NAMED.search(block.head) or INLINE.search(block.head)
    if named:
        return (named[1].removeprefix("./"),)
    wrote = WROTE.search(block.result or "") if block.action != "read" else None
    path = (wrote[1] or wrote[2]) if wrote else ""
    return (path.removeprefix("./"),) if path else ()


def _command(block: Block, listed: Mapping[str, str]) -> str:
    told = BULLET.search(block.summary)
    if told and told[2]:
        return told[2]
    if block.summary.startswith("`"):
        return block.summary.strip("`").strip()
    if block.name == "exec":
        return commands_in_script(block.before)
    if listed.get("command"):
        return re.sub(r"^\[\w+ -l?c (.*)\]$", r"\1", listed["command"], flags=re.DOTALL)
    inline = INLINE.search(block.head)
    if inline:
        return inline[1].strip()
    return block.fences[0][1].strip() if block.fences else ""


def _searched(block: Block, listed: Mapping[str, str]) -> str:
    said = {m[1] or m[3]: m[2] or m[4] for m in SEARCHED.finditer(block.before)} | dict(listed)
    inline = INLINE.search(block.head)
    return said.get("pattern") or said.get("query") or (inline[1] if inline and not said else "") or said.get("url", "") or said.get("path", "")


def _about(block: Block) -> str:
    """The words before the command: what the call is for, the question asked, the task given."""
    text = FENCE.sub("", INLINE.sub("", LISTED.sub("", block.before)))
    return clip("\n".join(line for line in text.split("\n") if line.strip() and not line.startswith(("**Input", "- [", "**Agent task"))).strip(), TEXT_CHARS)


def _todos(block: Block) -> tuple[Todo, ...]:
    status = {"X": "completed", "x": "completed", " ": "pending"}
    if CHECKLIST.search(block.before):
        return tuple(Todo(text=m[2], status=status.get(m[1], "in_progress")) for m in CHECKLIST.finditer(block.before))  # type: ignore[arg-type]
    made = TASK_MADE.search(block.result or "")
    if made:
        return (Todo(id=made[1], text=made[2].strip(), status="pending"),)
    changed = TASK_CHANGED.search(block.result or "")
    return (Todo(id=changed[1]),) if changed else ()


def result_of(block: Block, *, call: str, at: str, lane: str, row: int, told: bool) -> ToolResult | None:
    """The result; None when the block has none. told: the agent marks every failure (Claude Code), so what is not marked went well."""
    text = block.result
    if text is None:
        return None
    known = CODE.search(text[:600])
    code = next((int(g) for g in known.groups() if g is not None), None) if known else None
    ok: bool | None = code == 0 if code is not None else False if FAILED.match(text) else True if told or SUCCESS.match(text) else None
    effect = ("created" if text.lstrip().startswith("File created") else "updated") if block.action in ("write", "edit") and WROTE.search(text[:600]) else ""
    body = text.partition("Output:\n")[2] if known and text.startswith(("Chunk ID", "Process exited", "Exit code:")) and "Output:\n" in text else text
    agent = AGENT_ID.search(text) if block.action == "agent" else None
    commit = COMMITTED.search(text) if block.action == "shell" and ok is not False and "git" in block.before + block.summary + str(block.fences) else None
    return ToolResult(call=call, at=at, lane=lane, row=row, ok=ok, exit_code=code, output=clip(body, OUTPUT_CHARS), size=len(body),
                      effect=effect if ok else "",  # type: ignore[arg-type]
                      commit=commit[1] if commit else "", agent=agent[1] if agent else "")


__all__ = ["Block", "call_of", "result_of", "split_block"]
