"""The contract of an agent's integration, and how our own entries are known again in a file that is not ours.

The command that an agent runs is a string, `"<PASSDOWN_HOME>/bin/passdown-hook" hook <agent>`, not the exec form (`command` and `args`):
the string is understood by every version of both agents, while `args` is not known to Codex and to older Claude Code. The path is
absolute, because hosts started from a desktop have another PATH; it has forward slashes, which sh, cmd and Git Bash take in quotes. It
has no version in it and never changes: Codex ties its user's trust to the hook's content, so an upgrade rewrites the launcher alone.

In a file that a team shares a path of one machine is of no use: there the command looks below the home of whoever runs it, and says
nothing where passdown is not installed.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Protocol

from passdown.model.finding import Finding

LAUNCHER = "passdown-hook"  # the marker. Names of earlier releases are added to PRIOR and never taken out: uninstall must know them all
PRIOR: tuple[str, ...] = ()
SHARED = """sh -c 'f="$HOME/.passdown/bin/{launcher}"; [ ! -x "$f" ] || exec "$f" hook {agent}'"""

_SPECIAL = re.compile(r'[\\$`"]')  # in double quotes, for sh

Group = dict[str, Any]  # an entry of an event: {"matcher": …, "hooks": [handler, …]}


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


def command(launcher: str, agent: str) -> str:
    """What a host runs: the launcher's absolute path in double quotes, so that blanks and, in sh, any other character may stand in it."""
    quoted = _SPECIAL.sub(r"\\\g<0>", launcher)
    return f'"{quoted}" hook {agent}'


def shared_command(agent: str) -> str:
    """The same for a file that others use too."""
    return SHARED.format(launcher=LAUNCHER, agent=agent)


def entry(command: str, matcher: str, timeout_s: int) -> Group:
    """The entry of an event, in the shape that Claude Code and Codex share."""
    hooks = [{"type": "command", "command": command, "timeout": timeout_s}]
    return {"matcher": matcher, "hooks": hooks} if matcher else {"hooks": hooks}


def may_have_ours(text: str) -> bool:
    """Whether a file may have an entry of ours: False is certain, also for a text that does not parse."""
    return any(name in text for name in (LAUNCHER, *PRIOR))


def is_ours(handler: Any) -> bool:
    """Whether a handler of a hook is one that passdown installed, now or in an earlier release: nothing else may run the launcher so."""
    if not isinstance(handler, dict) or not isinstance(handler.get("command"), str):
        return False
    if isinstance(args := handler.get("args"), list):
        return args[:1] == ["hook"] and any(p.fullmatch(handler["command"]) for p in _PROGRAMS)
    return any(p.fullmatch(handler["command"]) for p in _COMMANDS)


def _patterns(name: str) -> Iterator[re.Pattern[str]]:
    name = re.escape(name)
    yield re.compile(rf'"(?:\\.|[^"\\])*[/\\]{name}(?:\.cmd)?" hook [a-z-]+')
    yield re.compile(rf"[^\s\"';&|]*[/\\]{name}(?:\.cmd)? hook [a-z-]+")
    yield re.compile(re.escape(SHARED).replace(re.escape("{launcher}"), name).replace(re.escape("{agent}"), "[a-z-]+"))


_COMMANDS = tuple(pattern for name in (LAUNCHER, *PRIOR) for pattern in _patterns(name))
_PROGRAMS = tuple(re.compile(rf".*[/\\]{re.escape(name)}(?:\.cmd)?") for name in (LAUNCHER, *PRIOR))

__all__ = ["LAUNCHER", "PRIOR", "Agent", "Group", "command", "entry", "is_ours", "may_have_ours", "shared_command"]
