"""Tools known by their name, whatever agent calls them: one call, with its arguments as an object, as a tool call.

For agents whose tools are named alike and differ in the spelling of arguments: Gemini CLI and Qwen Code (tool declarations of 2026-08), VS Code
(tool names of its chat, 2026-07), Windsurf, and formats that carry the calls of any agent (ATIF). Seen 2026-11. A name that is not known is `other`.
"""

import re
from collections.abc import Mapping
from typing import Any

from passdown.model.event import Action, Patch, Todo, TodoStatus, ToolCall
from passdown.transcripts.base import EDIT_CHARS, TEXT_CHARS, clip
from passdown.transcripts.commands import script_of
from passdown.transcripts.fields import first, objects, string
from passdown.transcripts.patches import BEGIN, parse_patch, patched_paths

ACTIONS: Mapping[str, Action] = {
    **dict.fromkeys(("read", "readfile", "view", "viewfile", "readmanyfiles", "open", "opena", "getnotebooksummary", "readnotebookcelloutput",
                     "readfilev2"), "read"),
    **dict.fromkeys(("write", "writefile", "create", "createfile", "writetofile"), "write"),
    **dict.fromkeys((
        "edit", "multiedit", "replace", "applypatch", "searchreplace", "editfile", "replacestringinfile", "replacestring", "multireplacestringinfile",
        "multireplacestring", "inserteditintofile", "inserteditinfile", "insertedit", "editnotebook", "editnotebookfile", "notebookedit", "insert",
        "strreplaceeditor", "strreplacebasededittool", "replacefilecontent", "multireplacefilecontent", "editfiles", "strreplace",
        "multistrreplace", "editfilev2", "reapply", "replaceinfile", "patch"), "edit"),
    **dict.fromkeys(("delete", "deletefile"), "delete"),
    **dict.fromkeys((
        "bash", "shell", "powershell", "runshellcommand", "runinterminal", "runcommand", "runterminalcmd", "executecommand", "execcommand", "execute",
        "bashcommand", "terminal", "localshell", "shellcommand", "commandaction", "runtask", "createandruntask", "runterminalcommand",
        "runterminalcommandv2"), "shell"),
    **dict.fromkeys((
        "grep", "glob", "ls", "grepsearch", "searchfilecontent", "filesearch", "listdir", "listdirectory", "findfile", "searchdir", "searchfile",
        "semanticsearch", "codebasesearch", "codebase", "findfiles", "findtextinfiles", "toolsearch", "listcodeusages", "searchworkspacesymbols",
        "list", "listfiles", "searchfiles", "semsearch", "ripgrep", "ripgreprawsearch", "globfilesearch", "codesearch", "listdirv2"), "search"),
    **dict.fromkeys(("todowrite", "writetodos", "managetodolist", "updateplan", "trackercreatetask", "trackerupdatetask", "taskcreate", "taskupdate"), "todo"),
    **dict.fromkeys(("task", "agent", "invokeagent", "runsubagent", "spawnagent", "searchsubagent"), "agent"),
    **dict.fromkeys(("askuser", "askuserquestion", "askquestions", "vscodeaskquestions", "question", "askquestion", "askfollowupquestion"), "ask"),
    **dict.fromkeys((
        "webfetch", "websearch", "googlewebsearch", "fetchwebpage", "fetch", "readurlcontent", "searchweb", "opensimplebrowser", "githubrepo"), "web"),
    **dict.fromkeys(("exitplanmode", "enterplanmode", "createplan"), "plan"),
}
PATH = ("file_path", "filePath", "absolute_path", "path", "notebook_path", "target_file", "TargetFile", "AbsolutePath", "filename", "uri", "dirPath")
COMMAND = ("command", "cmd", "commandLine", "command_line", "CommandLine", "keystrokes", "script", "input")
QUERY = ("pattern", "query", "glob_pattern", "globPattern", "regex", "regexp", "Query", "url", "prompt", "search_term", "file_name", "dir_path", "path",
         "directory", "target_directory", "uri")
REMOVED = ("old_string", "oldString", "old_str", "search", "TargetContent")
ADDED = ("new_string", "newString", "new_str", "content", "contents", "code_edit", "file_text", "code", "new_source", "newCode", "new_content",
         "CodeContent", "insert_text", "replace")
ABOUT = ("description", "explanation", "prompt", "title", "plan", "question", "summary", "reason", "Instruction", "subject")
FOLDER = ("directory", "dir_path", "cwd", "workdir", "Cwd", "working_directory", "workingDirectory")
STATUSES: Mapping[str, TodoStatus] = {
    "pending": "pending", "not-started": "pending", "todo": "pending", "in_progress": "in_progress", "in-progress": "in_progress", "completed": "completed",
    "done": "completed"}


def plain_name(name: str) -> str:
    """A tool's name without what hosts put around it: `copilot_readFile`, `read_file` and `ReadFile` are one."""
    return re.sub(r"[^a-z0-9]", "", name.lower().removeprefix("copilot_"))


def action_of(name: str) -> Action:
    return ACTIONS.get(plain_name(name), "other")


def tool_call(name: str, args: Mapping[str, Any], *, call: str, at: str = "", lane: str = "", row: int = 0) -> ToolCall:
    """The call of one tool. args: as the agent gave them."""
    action = action_of(name)
    if plain_name(name).startswith("strreplace") and args.get("command") in ("view", "create"):
        action = "read" if args["command"] == "view" else "write"
    patch = next((v for v in args.values() if isinstance(v, str) and BEGIN in v), "") if action in ("edit", "other") else ""
    patches = parse_patch(patch) if patch else _patches(action, args)
    if patch:
        action = "edit"
    whole = action == "todo" and args.get("merge") is not True and any(isinstance(args.get(k), list) for k in ("todos", "todoList", "plan"))
    return ToolCall(
        at=at, lane=lane, row=row, call=call, tool=name, action=action, paths=patched_paths(patches) or _paths(action, args),
        command=_command(action, args), cwd=first(args, *FOLDER) if action == "shell" else "", about=_about(action, args), patches=patches,
        todos=_todos(args, whole) if action == "todo" else (), whole=whole)


def _paths(action: Action, args: Mapping[str, Any]) -> tuple[str, ...]:
    if action not in ("read", "edit", "write", "delete"):
        return ()
    several = next((v for k in ("paths", "include", "files", "filePaths") if isinstance(v := args.get(k), list)), [])
    found = (place(first(args, *PATH)), *(place(p) for p in several if isinstance(p, str)))
    return tuple(dict.fromkeys(p for p in found if p))[:50]


def place(path: str) -> str:
    """A path, also where it is given as a `file:` address."""
    return re.sub(r"^/([A-Za-z]:)", r"\1", path.removeprefix("file://")) if path.startswith("file://") else clip(path, 1_000)


def _command(action: Action, args: Mapping[str, Any]) -> str:
    if action == "shell":
        words = next((v for n in ("command", "cmd") if isinstance(v := args.get(n), list)), None)
        return clip(script_of([str(w) for w in words]) if words else first(args, *COMMAND), TEXT_CHARS)
    if action == "web":
        several = args.get("urls")
        return clip(" ".join(map(str, several)) if isinstance(several, list) else first(args, "url", "query", "prompt"), 2_000)
    return clip(first(args, *QUERY), 2_000) if action == "search" else ""


def _about(action: Action, args: Mapping[str, Any]) -> str:
    asked = "\n".join(q for one in objects(args.get("questions")) if (q := first(one, "question", "title")))
    if asked:
        return clip(asked, TEXT_CHARS)
    if action == "agent" and args.get("description") and args.get("prompt"):
        return clip(f"{string(args['description'])}\n{string(args['prompt'])}", TEXT_CHARS)
    return clip(first(args, *ABOUT), TEXT_CHARS)


def _patches(action: Action, args: Mapping[str, Any]) -> tuple[Patch, ...]:
    if action not in ("edit", "write", "delete"):
        return ()
    edits = next((found for k in ("edits", "replacements", "ReplacementChunks") if (found := objects(args.get(k)))), [args])
    given = first(args, *PATH)
    return tuple(
        Patch(path=place(path), action="edit" if action == "edit" else action,
              removed=clip(first(e, *REMOVED), EDIT_CHARS), added=clip(first(e, *ADDED), EDIT_CHARS))
        for e in edits if (path := first(e, *PATH) or given))


def _todos(args: Mapping[str, Any], whole: bool) -> tuple[Todo, ...]:
    """The entries; of a list that changes another one with their ids."""
    rows = next((found for k in ("todos", "todoList", "plan") if (found := objects(args.get(k)))), None)
    if rows is None:
        rows = [dict(args)] if first(args, "title", "subject", "description") else []
    return tuple(Todo(text=clip(first(r, "content", "title", "description", "step", "subject"), 500), status=STATUSES.get(string(r.get("status"))),
                      id=string(r.get("id")) if args.get("merge") is True and not whole else "") for r in rows)


__all__ = ["action_of", "place", "plain_name", "tool_call"]
