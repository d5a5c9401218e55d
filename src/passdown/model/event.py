"""What happened in a session, one value a happening, whatever agent wrote the transcript.

The order of a session's events is the
order of its transcript; `n` counts them from 0 and never changes, so that evidence can point at one.
"""

from typing import Literal, NewType

import msgspec

Action = Literal["read", "edit", "write", "delete", "shell", "search", "todo", "agent", "ask", "web", "plan", "other"]
TodoStatus = Literal["pending", "in_progress", "completed"]


class Happening(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True, tag_field="e"):
    """What every event has.

    at: UTC, `YYYY-MM-DDTHH:MM:SS[.mmm]Z`, "" when the transcript does not say.
    lane: "" for the main thread, else the id of the sub-agent that it happened in, or `fork:<session>` for history that was
        copied from the session that this one was forked from.
    row: the 0-based line (JSONL) or message (Markdown) of the transcript from which it was read.
    """

    n: int = 0
    at: str = ""
    lane: str = ""
    row: int = 0


class Mark(Happening, frozen=True, tag="mark"):
    """Facts about the session from here on; an empty field says nothing new.

    `commit` is the head of the repository when the agent reports it. `parent` is the session that this one continues or
    was forked from; `subagent` names the role when this whole transcript is a sub-agent's.
    """

    session: str = ""
    cwd: str = ""
    branch: str = ""
    commit: str = ""
    model: str = ""
    version: str = ""
    title: str = ""
    parent: str = ""
    subagent: str = ""


class Prompt(Happening, frozen=True, tag="prompt"):
    """What the user said. `queued`: typed while the agent was busy. Text that a host or tool injected is never a prompt."""

    text: str
    queued: bool = False
    images: int = 0


class Injected(Happening, frozen=True, tag="injected"):
    """Text that the host, a hook, a command or a skill put into the conversation on the user's side; never evidence of intent."""

    text: str
    source: str = ""


class Reply(Happening, frozen=True, tag="reply"):
    """What the agent said to the user."""

    text: str


class Thinking(Happening, frozen=True, tag="thinking"):
    """The agent's reasoning where the transcript shows it; kept, but neither searched nor extracted from."""

    text: str


class Todo(msgspec.Struct, frozen=True, omit_defaults=True):
    """One entry of the agent's own to-do list. `id` is the agent's, "" when the whole list is given at once."""

    text: str = ""
    status: TodoStatus | None = None
    id: str = ""


class Patch(msgspec.Struct, frozen=True, omit_defaults=True):
    """What an edit did to one file: `removed` and `added` are excerpts, clipped to `transcripts.base.EDIT_CHARS`."""

    path: str
    action: Literal["edit", "write", "delete", "move"] = "edit"
    removed: str = ""
    added: str = ""
    moved_to: str = ""


class ToolCall(Happening, frozen=True, tag="call"):
    """A tool that the agent used.

    call: the transcript's id of the call, to which its result refers.
    tool: the agent's own name of the tool.
    paths: files it reads, edits, writes or deletes, as spelled in the transcript.
    command: the command line of a shell call, the pattern of a search, the address of a web call.
    about: the agent's own words on what it is for; the task given to a sub-agent; the plan put up for approval; a question.
    whole: the to-do list is the whole list (TodoWrite, update_plan), not a change to it.
    """

    call: str
    tool: str
    action: Action = "other"
    paths: tuple[str, ...] = ()
    command: str = ""
    cwd: str = ""
    about: str = ""
    patches: tuple[Patch, ...] = ()
    todos: tuple[Todo, ...] = ()
    whole: bool = False


class ToolResult(Happening, frozen=True, tag="result"):
    """How a tool call ended.

    ok: False when the tool failed, was refused or its command exited with another code than 0; None when it is not known.
    output: head and tail, clipped to `transcripts.base.OUTPUT_CHARS`; `size` is its full length in characters.
    created / updated: whether a write made the file or replaced it, where the transcript tells.
    commit: the commit that a git command of this call made, where the transcript tells.
    agent: the sub-agent that the call started. todos: entries of the to-do list that the host gave an id in this result.
    """

    call: str
    ok: bool | None = None
    exit_code: int | None = None
    output: str = ""
    size: int = 0
    effect: Literal["", "created", "updated"] = ""
    commit: str = ""
    agent: str = ""
    todos: tuple[Todo, ...] = ()


class Compaction(Happening, frozen=True, tag="compaction"):
    """The host replaced the conversation by `text`, its summary ("" when it is not in the transcript)."""

    text: str = ""
    trigger: str = ""
    tokens_before: int = 0


class Rewind(Happening, frozen=True, tag="rewind"):
    """The user went back: the events from number `to` up to this one are off the live branch. They stay, as evidence."""

    to: int


class Usage(Happening, frozen=True, tag="usage"):
    """Tokens of one answer (`total` False) or of the whole session so far (`total` True). A later row with the same `message` replaces it."""

    message: str = ""
    model: str = ""
    input: int = 0
    output: int = 0
    cache_read: int = 0
    cache_write: int = 0
    total: bool = False


class Notice(Happening, frozen=True, tag="notice"):
    """Anything else worth keeping: `kind` is `interrupted`, `api-error`, `hook`, `link`, `branch`, `aborted`, `subagent` …"""

    kind: str
    text: str = ""


Event = Mark | Prompt | Injected | Reply | Thinking | ToolCall | ToolResult | Compaction | Rewind | Usage | Notice

# Events in order of which `redaction.scan_events` has scanned every text: only these are kept, indexed and extracted from.
SafeEvents = NewType("SafeEvents", tuple[Event, ...])

__all__ = [
    "Action", "Compaction", "Event", "Happening", "Injected", "Mark", "Notice", "Patch", "Prompt", "Reply", "Rewind",
    "SafeEvents", "Thinking", "Todo", "TodoStatus", "ToolCall", "ToolResult", "Usage",
]
