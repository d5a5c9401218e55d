"""Every error that a user may see. The docstring is the message's template, facts are attributes, the hint can be pasted.

Exit codes: 0 ok, 1 findings, 2 usage, 3–99 by class of error, 130 interrupt. `docs/errors.md` is generated from this module.
Front ends dispatch on the class or its code, never on the text.
"""

from collections.abc import Sequence
from typing import ClassVar


class PassdownError(Exception):
    """passdown could not go on."""

    exit_code: ClassVar[int] = 3
    hint: ClassVar[str] = ""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(facts)

    @property
    def code(self) -> str:
        """The class name: stable, the `msgid` of JSON output."""
        return type(self).__name__

    @property
    def message(self) -> str:
        """The docstring's first paragraph with the facts filled in."""
        template = " ".join((self.__doc__ or "").split("\n\n")[0].split())
        return template.format(**self._told)

    @property
    def advice(self) -> str:
        """What to do next, with the facts filled in; "" when there is nothing to say."""
        return self.hint.format(**self._told)

    @property
    def _told(self) -> dict[str, object]:
        """The facts, each on one line: a name or a text of others begins none of its own."""
        return {name: " ".join(one.splitlines()) if isinstance(one, str) and name != "hint" else one for name, one in self.facts.items()}

    def __str__(self) -> str:
        return self.message


class UsageError(PassdownError):
    """{problem}"""

    exit_code = 2
    hint = "{hint}"

    def __init__(self, problem: str, hint: str = "See `passdown --help`.") -> None:
        super().__init__(problem=problem, hint=hint)


class NotInitialised(PassdownError):
    """There is no passdown store for {root}."""

    exit_code = 10
    hint = "Run `passdown init` there first."


class RepositoryRefused(PassdownError):
    """git will not read the repository at {root}: {reason}"""

    exit_code = 11
    hint = "If you trust it: `git config --global --add safe.directory {root}`"


class GitFailed(PassdownError):
    """`git {command}` failed with code {status}: {reason}"""

    exit_code = 12
    hint = "Run the same command by hand to see more; passdown changed nothing."


class NotATranscript(PassdownError):
    """{path} is not a transcript that passdown knows: {reason}"""

    exit_code = 20
    hint = ("Formats read: Claude Code, Codex, Copilot CLI, VS Code chat, Gemini CLI, Qwen Code, Cursor, OpenCode, Windsurf, Cline, Roo Code, Aider, Entire, "
            "SWE-agent, ATIF, SpecStory; text of a chat with `--agent chat`.")


class UnsupportedTranscript(PassdownError):
    """{path} is a transcript of {agent}, which this version does not read."""

    exit_code = 21
    hint = "Nothing was changed. Keep the file: a later version can capture it as it is."


class UnreadableFile(PassdownError):
    """{path} cannot be read: {reason}"""

    exit_code = 22
    hint = "Check that the file exists and that you may read it."


class UnknownStyle(PassdownError):
    """{path} is a document of no style that passdown knows by its headings."""

    exit_code = 23
    hint = "`--style NAME` reads it as one of that style; `passdown import --help` lists them."


class DatabaseBusy(PassdownError):
    """{path} cannot be read now: {reason}"""

    exit_code = 24
    hint = "An agent is writing into it. Nothing was lost or changed: the next `passdown capture` reads it."


class UnknownSchema(PassdownError):
    """{path} is a database of {agent}, but not as this version knows it: {missing} is missing."""

    exit_code = 25
    hint = "Nothing was changed; the agent may be newer than this passdown: `pip install -U passdown`."


class NoSuchSession(PassdownError):
    """{path} holds no session {session}."""

    exit_code = 26
    hint = "`passdown capture --transcript {path}` reads all sessions of this project in it."


class NotABackup(PassdownError):
    """{path} is not a backup that can be restored: {reason}"""

    exit_code = 29
    hint = "Nothing was changed. `passdown backup FILE` writes one."


class NothingSaid(PassdownError):
    """{path} holds no turn of a session that could be read: {reason}"""

    exit_code = 27
    hint = "Nothing was changed. Take a whole copy of the file, or capture it again when its writer has finished."


class CaptureFailed(PassdownError):
    """{path} could not be captured, by a fault of passdown itself: {reason}"""

    exit_code = 28
    hint = "Other transcripts were read. Keep the file and report this; what was captured of it before is intact."


class NoSuchRecord(PassdownError):
    """There is no record {id}."""

    exit_code = 30
    hint = "`passdown list --all` shows every record, `passdown search` finds one by its words."


class AmbiguousRecord(PassdownError):
    """{id} is the beginning of more than one record: {matches}"""

    exit_code = 31
    hint = "Give more characters of the id."


class InvalidRecord(PassdownError):
    """{where} is not a valid record: {reason}"""

    exit_code = 32
    hint = "docs/format.md describes the format. The file was left as it is."


class Conflict(PassdownError):
    """{where} was changed by someone else since it was read."""

    exit_code = 33
    hint = "Nothing was overwritten. Look at it again and repeat the command."


class NothingToUndo(PassdownError):
    """There is no operation to take back."""

    exit_code = 34


class EditedDocument(PassdownError):
    """{where} is not as the template `{style}` wrote it: somebody edited it, or it is another document."""

    exit_code = 35
    hint = "Nothing was overwritten. Put what is missing into a record or the template and move the file away, or write elsewhere with --out."


class WriteFailed(PassdownError):
    """{path} could not be written: {reason}"""

    exit_code = 40
    hint = "Nothing was acknowledged and the previous content is intact. Free space or permissions, then run the same command again."


class NotVerified(PassdownError):
    """{path} was written but reads back differently."""

    exit_code = 41
    hint = "The disk or another program changed it. Run `passdown doctor`."


class Locked(PassdownError):
    """Another passdown process has held {path} for more than {seconds} s."""

    exit_code = 42
    hint = "Wait for it, or find it with `ps`; the lock goes when that process ends."


class UnsupportedStore(PassdownError):
    """The store at {path} has format version {version}; this passdown knows up to {known}."""

    exit_code = 43
    hint = "Update passdown: `pip install -U passdown`."


class BadConfig(PassdownError):
    """{path}: {problem}"""

    exit_code = 44
    hint = "docs/design.md lists the settings."


class BadTemplate(PassdownError):
    """.passdown/templates/{name}.md.j2, line {line}: {problem}"""

    exit_code = 45
    hint = "docs/templates.md says what a template knows and may do."


class UntrustedTemplate(PassdownError):
    """.passdown/templates/{name}.md.j2 came with the repository, and you have not accepted it."""

    exit_code = 46
    hint = "Read it; then run `passdown handoff --style {name} --trust-template` once."


class BadAgentConfig(PassdownError):
    """{path} cannot be edited: {reason}"""

    exit_code = 50
    hint = "It was left as it is. Mend it, or move it away, and run the same command again."


class NoAgentFound(PassdownError):
    """No agent that passdown can be wired into was found on this machine: neither {looked}."""

    exit_code = 51
    hint = "Name the one you are going to use: `passdown install {first}`."


class NoProgram(PassdownError):
    """`{program}` cannot be started: it is not on the path."""

    exit_code = 52
    hint = "Install {agent}, or open a new shell if you just did. `passdown resume --paste` prints a first message for any agent."


class MissingExtra(PassdownError):
    """{what} needs a part that is not installed."""

    exit_code = 53
    hint = "pip install 'passdown[{extra}]'"


class CannotListen(PassdownError):
    """Nothing can listen on {host}, port {port}: {reason}"""

    exit_code = 54
    hint = "Take another port (`--port 0` finds a free one) or another address."


class ExposedToken(PassdownError):
    """{path} holds a token, and others may read it."""

    exit_code = 55
    hint = "Run `chmod 600 {path}`; if others were here, remove it, and the next start makes a new one."


class UnknownResource(PassdownError):
    """There is no resource {uri}."""

    exit_code = 56
    hint = "resources/list has the documents and the newest records; the tool `search` finds the ids of the others."


class PlanError(PassdownError):
    """{where}: {problem}"""

    exit_code = 60
    hint = "docs/productions.md says what a plan may hold. Nothing was run."


class InvalidPlan(PlanError):
    """{where} cannot run: {told}"""

    exit_code = 57
    hint = "`passdown workflow schema` prints what a plan may hold, for editors too. Nothing was run."

    def __init__(self, where: object, problems: Sequence[tuple[int, int, str]]) -> None:
        """where: the file. problems: line, column, what is wrong."""
        rows = [f"{where}:{line}:{column}: {message}" for line, column, message in problems]
        PassdownError.__init__(self, where=where, problems=list(problems), told="".join(f"\n{row}" for row in rows))


class NoSuchPlan(PlanError):
    """There is no plan `{name}`{near}"""

    exit_code = 58
    hint = "`passdown workflow new {name} --template production` writes one to {path}."


class UntrustedPlan(PlanError):
    """{where} was not written by you, or has changed since you looked at it: nothing in it runs."""

    exit_code = 59
    hint = "`passdown trust {name}` shows every command in it and asks."


class NoSuchRun(PassdownError):
    """There is no run or batch {name}."""

    exit_code = 62
    hint = "`passdown workflow list` shows them all; a run is named by its id, its beginning, or its item."


class PhaseFailed(PassdownError):
    """{phase} of {item} failed: {problem}"""

    exit_code = 63
    hint = "`passdown workflow logs {run}` shows what it printed, `passdown workflow resume {run}` tries again from there."


class BudgetExceeded(PassdownError):
    """The budget does not allow it: {problem}"""

    exit_code = 64
    hint = "Raise the budget in the plan; nothing was begun that it does not cover."


class BelowGate(PassdownError):
    """{phase} of {item} is below its gate: {problem}"""

    exit_code = 65
    hint = "`passdown workflow approve {run}` takes it as it is, `passdown workflow retry {run} --from {phase}` makes it again."


class BadGate(PassdownError):
    """The gate cannot be read: {problem}"""

    exit_code = 66
    hint = "Run the gate's command by hand and look at what it prints last."


class RunBusy(PassdownError):
    """{run} is being worked on by another process."""

    exit_code = 67
    hint = "`passdown workflow status {run}` shows how far it is; `passdown workflow cancel {run}` stops it."


class RunCancelled(PassdownError):
    """{run} was cancelled."""

    exit_code = 68
    hint = "`passdown workflow resume {run}` goes on with it."


class DatabaseFailed(PassdownError):
    """The database of productions at {place} cannot be used: {reason}"""

    exit_code = 69
    hint = "PASSDOWN_WORKFLOWS_URL or the setting `workflows` names it. What was acknowledged is in it still."


class WaitsForApproval(PassdownError):
    """{phase} of {item} waits for a person's approval."""

    exit_code = 71
    hint = "Look at what it made, then `passdown workflow approve {run}`."
