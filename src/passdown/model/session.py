"""What is known of one session: measured from its events, never judged."""

from collections.abc import Mapping, Sequence

import msgspec

LEAST_CALLS = 3  # of a session in which something was done


class FileFact(msgspec.Struct, frozen=True):
    """A file that the session touched with success. `path` is relative to the project's root, or as the transcript spells it when outside.

    reads / edits: how often. created / deleted: its last such fate in the session. last: UTC time of the last touch.
    why: what the agent said, or the user asked, just before the last edit (one sentence, verbatim), "" when nothing was.
    seen: content hash of the file when the session was captured, "" when it was not there then (see `anchor.Anchor.seen`).
    names: of code that its edits and the conversation were about, the most used first.
    """

    path: str
    reads: int = 0
    edits: int = 0
    created: bool = False
    deleted: bool = False
    last: str = ""
    why: str = ""
    seen: str = ""
    names: tuple[str, ...] = ()


class CommandFact(msgspec.Struct, frozen=True):
    """A command line that was run, verbatim (clipped to 300 characters). `ok` and `exit_code` are of the last run; None when not known.

    purpose: `test`, `build`, `lint`, `run`, `set-up`, `git`, `other`. said: the closing line of the last run's output, "" when there was none.
    """

    command: str
    runs: int = 1
    failures: int = 0
    ok: bool | None = None
    exit_code: int | None = None
    last: str = ""
    purpose: str = "other"
    said: str = ""


class CheckFact(msgspec.Struct, frozen=True):
    """The last closing line of a test runner, type checker, linter or build: what it counted. Counts are -1 when it does not say."""

    tool: str
    command: str
    ok: bool
    passed: int = -1
    failed: int = -1
    skipped: int = -1
    line: str = ""
    at: str = ""


class CommitFact(msgspec.Struct, frozen=True):
    """A commit that the session made. known: the repository had it when the session was captured; else it may be one of another clone."""

    sha: str
    subject: str
    at: str = ""
    branch: str = ""
    known: bool = False


class ErrorFact(msgspec.Struct, frozen=True):
    """An error that was met. event: number of the failing result. fixed_by: what was done before the same thing passed, "" while it has not."""

    what: str
    message: str
    at: str = ""
    event: int = 0
    fixed_by: str = ""


class TodoFact(msgspec.Struct, frozen=True):
    text: str
    status: str  # pending | in_progress | completed


class NameFact(msgspec.Struct, frozen=True):
    """A name of code that was spoken of or typed. said: the sentence that says most about it, verbatim, "" when none does."""

    name: str
    uses: int = 1
    said: str = ""


class SubagentFact(msgspec.Struct, frozen=True):
    id: str
    task: str
    result: str = ""
    calls: int = 0


class UsageFact(msgspec.Struct, frozen=True):
    """Tokens of one model in this session; `cost` in US dollars, None when the price table has no such model."""

    model: str
    input: int = 0
    output: int = 0
    cache_read: int = 0
    cache_write: int = 0
    cost: float | None = None


class Reading(msgspec.Struct, frozen=True):
    """How the transcript was read: rows = evented + sum(skipped) + unreadable; `unknown` is skipped["unknown-type"]."""

    rows: int = 0
    evented: int = 0
    skipped: Mapping[str, int] = msgspec.field(default_factory=dict)
    unreadable: int = 0

    @property
    def unknown(self) -> int:
        return self.skipped.get("unknown-type", 0)


class Session(msgspec.Struct, frozen=True):
    """One run of one agent on one project. Times are UTC ISO; lists are in order of first happening unless said otherwise.

    id: the agent's own. prompts, tool_calls: of the main thread, live branch and abandoned ones alike.
    end_head, uncommitted: commit and uncommitted paths when the session was captured, if that was within an hour of its end; else empty.
    refs: those of its branches that the repository had when the session was captured.
    goal: the first real prompt; asks: the later ones, each clipped; plan: the last plan approved or put up.
    files: by weight, most worked on first. commands: the latest first. names: the most used first. errors: open ones first.
    head: commit at the start; branch: at the end, branches: all in order. summaries: of compactions, the latest last.
    last_words: what the agent said last to the user. active_s: wall time without pauses of over five minutes.
    """

    id: str
    agent: str
    started: str = ""
    ended: str = ""
    title: str = ""
    parent: str = ""
    subagent: str = ""
    cwd: str = ""
    branch: str = ""
    branches: tuple[str, ...] = ()
    head: str = ""
    end_head: str = ""
    refs: tuple[str, ...] = ()
    uncommitted: tuple[str, ...] = ()
    thread: str = ""
    wall_s: int = 0
    active_s: int = 0
    prompts: int = 0
    tool_calls: int = 0
    events: int = 0
    rewinds: int = 0
    goal: str = ""
    asks: tuple[str, ...] = ()
    plan: str = ""
    last_words: str = ""
    files: tuple[FileFact, ...] = ()
    commands: tuple[CommandFact, ...] = ()
    checks: tuple[CheckFact, ...] = ()
    commits: tuple[CommitFact, ...] = ()
    todos: tuple[TodoFact, ...] = ()
    errors: tuple[ErrorFact, ...] = ()
    summaries: tuple[str, ...] = ()
    subagents: tuple[SubagentFact, ...] = ()
    names: tuple[NameFact, ...] = ()
    usage: tuple[UsageFact, ...] = ()
    reading: Reading = msgspec.field(default_factory=Reading)

    @property
    def files_changed(self) -> tuple[str, ...]:
        """Paths that a successful edit, write or patch of the main thread changed; what shell commands did is in `FileFact.deleted` alone."""
        return tuple(f.path for f in self.files if f.edits or f.created)


def last_work(sessions: Sequence[Session]) -> Session | None:
    """The last session in which something was done; one that only asked a question tells nothing of where things stand. sessions: newest first."""
    own = [s for s in sessions if not s.subagent]
    return next((s for s in own if s.tool_calls >= LEAST_CALLS or s.files_changed), next(iter(own), None))


__all__ = [
    "CheckFact", "CommandFact", "CommitFact", "ErrorFact", "FileFact", "Reading", "Session", "SubagentFact", "TodoFact", "UsageFact",
    "last_work",
]
