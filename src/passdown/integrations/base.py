"""The contract of an agent's integration, and how our own entries are known again in a file that is not ours.

The command that an agent runs is a string, `"<PASSDOWN_HOME>/bin/passdown-hook" hook <agent>`, not the exec form (`command` and `args`):
the string is understood by every version of both agents, while `args` is not known to Codex and to older Claude Code. The path is
absolute, because hosts started from a desktop have another PATH; it has forward slashes, which sh, cmd and Git Bash take in quotes. It
has no version in it and never changes: Codex ties its user's trust to the hook's content, so an upgrade rewrites the launcher alone.

In a file that a team shares a path of one machine is of no use: there the command looks below the home of whoever runs it, and says
nothing where passdown is not installed.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, Literal, Protocol

import msgspec

from passdown.model.finding import Finding

LAUNCHER = "passdown-hook"  # the marker. Names of earlier releases are added to PRIOR and never taken out: uninstall must know them all
PRIOR: tuple[str, ...] = ()
SHARED = """sh -c 'f="$HOME/.passdown/bin/{launcher}"; [ ! -x "$f" ] || exec "$f" hook {agent}'"""

COMMAND_KEYS = ("command", "bash", "powershell")  # of a handler
_SPECIAL = re.compile(r'[\\$`"]')  # in double quotes, for sh

Group = dict[str, Any]  # an entry of an event: {"matcher": …, "hooks": [handler, …]}, or a handler itself where the host knows no matchers


class Piece(msgspec.Struct, frozen=True):
    """Something of ours in a file that is not: how it is put into the text, taken out again, and known. Each raises ValueError for a text that it cannot edit.

    path: a pattern of `Agent.CONFIG`. take: text, and the text before we were installed ("" when that is not known). has: whether anything of it is there,
    whole: all of it. bare: nothing is left in the text.
    """

    what: Literal["hooks", "mcp", "rules"]
    path: str
    put: Callable[[str], str]
    take: Callable[[str, str], str]
    has: Callable[[str], bool]
    whole: Callable[[str], bool]
    bare: Callable[[str], bool]


class Own(msgspec.Struct, frozen=True):
    """A file that is ours as a whole. path: a pattern of `Agent.CONFIG`. text: as `integrations.own` signs it."""

    what: Literal["skill", "command", "plug-in", "hook"]
    path: str
    text: str
    runnable: bool = False


class Server(msgspec.Struct, frozen=True):
    """Where an agent's MCP servers stand. keys: of the object that holds them, () for the TOML of Codex. listed: the command is one list of words."""

    path: str
    keys: tuple[str, ...] = ("mcpServers",)
    listed: bool = False


class Sheet(msgspec.Struct, frozen=True):
    """What the documentation says of an agent, in a few words each; "no" where it has nothing of the kind.

    start, compaction: how the briefing comes. fallback: what else brings it. trust: what the user has to do once. sees: how to see that it works.
    """

    start: str
    compaction: str
    fallback: str
    trust: str
    sees: str
    guard: str = "no"


class Run(msgspec.Struct, frozen=True):
    """How the agent's program is started with a briefing.

    words: `{text}` stands for the briefing, `{file}` for a file with it, `{named}` for a prompt that names such a file: of an agent that reads any file by
    itself, since words of a command line can be read by whoever has an account on the machine. binary: "" for the agent's own.
    first: it is the user's first message, so the start protocol goes with it; else a task is given as a prompt of its own, if the program takes one.
    """

    words: Sequence[str]
    binary: str = ""
    first: bool = True
    prompted: bool = False


class Agent(Protocol):
    """What a module in `agents/` provides. Paths are below home, or `{project}/…`; `Project.place_of` resolves them, agents' overrides too."""

    @property
    def NAME(self) -> str:
        """As in `transcripts.table`."""
        ...

    @property
    def TITLE(self) -> str: ...

    @property
    def HOME(self) -> str:
        """The agent's own folder: that it is there says that the agent is used here."""
        ...

    @property
    def BINARY(self) -> str: ...

    @property
    def SUPPORT(self) -> str:
        """What works with this agent, in one line for `agents`."""
        ...

    @property
    def CONFIG(self) -> Mapping[str, str]:
        """Scope (`user`, `project`, `local`) and the file that holds hooks in it."""
        ...

    @property
    def SETTINGS(self) -> str:
        """The user's file that is read, never written, for `hindrances` and `retention_days`; it may be the one with the hooks."""
        ...

    @property
    def SKILLS(self) -> str:
        """The folder of skills."""
        ...

    @property
    def AFTER(self) -> str:
        """What the user has to do after an installation; "" for nothing."""
        ...

    def hooks(self, command: str, version: tuple[int, ...] | None) -> Mapping[str, Group]:
        """Event and the entry for it. version: of the agent on this machine, None when it is not known."""
        ...

    def hindrances(self, hooks: str, settings: str) -> Iterator[Finding]:
        """Why hooks that are installed may not run. Texts of the hooks' file and of `SETTINGS`, "" for none."""
        ...

    def retention_days(self, settings: Iterable[str]) -> int | None:
        """Days after which the agent deletes a transcript, None for never. settings: texts, those that count more last."""
        ...

    @property
    def ROOT(self) -> Mapping[str, Any]:
        """What a file of hooks must hold beside them."""
        ...

    @property
    def MCP(self) -> Mapping[str, Server]:
        """Scope, and where an MCP server is entered in it."""
        ...

    @property
    def RUN(self) -> Run | None:
        """None when it has no program that takes a briefing."""
        ...

    @property
    def SHEET(self) -> Sheet: ...

    def own(self, launcher: str) -> Iterator[Own]:
        """Files of the user's scope beside the skills: slash commands, plug-ins, scripts. launcher: its absolute path, with forward slashes."""
        ...


def command(launcher: str, agent: str) -> str:
    """What a host runs: the launcher's absolute path in double quotes, so that blanks and, in sh, any other character may stand in it."""
    quoted = _SPECIAL.sub(r"\\\g<0>", launcher)
    return f'"{quoted}" hook {agent}'


def shared_command(agent: str) -> str:
    """The same for a file that others use too."""
    return SHARED.format(launcher=LAUNCHER, agent=agent)


def with_word(command: str, word: str) -> str:
    """A command with one more word, for hosts whose payload does not name the event."""
    return f"{command[:-1]} {word}'" if command.endswith("'") else f"{command} {word}"


def entry(command: str, matcher: str, timeout_s: int) -> Group:
    """The entry of an event, in the shape that Claude Code and Codex share."""
    hooks = [{"type": "command", "command": command, "timeout": timeout_s}]
    return {"matcher": matcher, "hooks": hooks} if matcher else {"hooks": hooks}


def may_have_ours(text: str) -> bool:
    """Whether a file may have an entry of ours: False is certain, also for a text that does not parse."""
    return any(name in text for name in (LAUNCHER, *PRIOR))


def is_ours(handler: Any) -> bool:
    """Whether a handler of a hook is one that passdown installed, now or in an earlier release: nothing else may run the launcher so."""
    words = next((handler[key] for key in COMMAND_KEYS if isinstance(handler.get(key), str)), None) if isinstance(handler, dict) else None
    if words is None:
        return False
    if isinstance(args := handler.get("args"), list):
        return args[:1] == ["hook"] and is_launcher(words)
    return any(p.fullmatch(words) for p in _COMMANDS)


def is_launcher(word: Any) -> bool:
    """Whether a program is our launcher, now or as an earlier release called it."""
    return isinstance(word, str) and any(p.fullmatch(word) for p in _PROGRAMS)


def _patterns(name: str) -> Iterator[re.Pattern[str]]:
    name = re.escape(name)
    yield re.compile(rf'"(?:\\.|[^"\\])*[/\\]{name}(?:\.cmd)?" hook [a-z-]+(?: [A-Za-z_]+)?')
    yield re.compile(rf"[^\s\"';&|]*[/\\]{name}(?:\.cmd)? hook [a-z-]+(?: [A-Za-z_]+)?")
    yield re.compile(re.escape(SHARED).replace(re.escape("{launcher}"), name).replace(re.escape("{agent}"), "[a-z-]+(?: [A-Za-z_]+)?"))


_COMMANDS = tuple(pattern for name in (LAUNCHER, *PRIOR) for pattern in _patterns(name))
_PROGRAMS = tuple(re.compile(rf".*[/\\]{re.escape(name)}(?:\.cmd)?") for name in (LAUNCHER, *PRIOR))

def nothing_own(launcher: str) -> Iterator[Own]:  # noqa: ARG001
    """`Agent.own` of one that has no files of that kind."""
    return iter(())


def no_hindrances(hooks: str, settings: str) -> Iterator[Finding]:  # noqa: ARG001
    """`Agent.hindrances` where nothing is known to stop hooks."""
    return iter(())


def kept_for_good(settings: Iterable[str]) -> int | None:  # noqa: ARG001
    """`Agent.retention_days` of one that is not known to delete its transcripts."""
    return None


__all__ = ["LAUNCHER", "PRIOR", "Agent", "Group", "Own", "Piece", "Run", "Server", "Sheet", "command", "entry", "is_launcher", "is_ours", "kept_for_good",
           "may_have_ours", "no_hindrances", "nothing_own", "shared_command", "with_word"]
