"""`agents`: which coding agents are here, how they are wired, when their hooks last fired, and how long their transcripts live."""

import re
import shutil
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from heapq import nlargest
from pathlib import Path

import msgspec

from passdown import files
from passdown.actions.capture import roots_of
from passdown.actions.discover import candidates, ran_here
from passdown.actions.foreign import real, text_of
from passdown.actions.refresh import opened
from passdown.errors import PassdownError
from passdown.integrations import plan
from passdown.integrations.base import Agent
from passdown.integrations.table import AGENTS, agent
from passdown.model.finding import Finding
from passdown.project import Project

VERSION = re.compile(rb'"version":"(\d+(?:\.\d+){1,3})')
TAIL_BYTES = 64 * 1024
NEWEST = 5  # transcripts that are asked for the agent's version: the newest may be of a session that has only begun


class Wiring(msgspec.Struct, frozen=True):
    """Our hooks in one file. state: `installed`, `partly` (some events are missing), `none`, or `unreadable`. events: those that are there."""

    scope: str
    path: Path
    state: str
    events: tuple[str, ...] = ()


class Seen(msgspec.Struct, frozen=True):
    """One agent. found: its folder or its program is here. version: of the newest transcript, "" when there is none.

    sessions: captured of this project. fired: event and UTC time. transcripts: files of this project's sessions, on this machine; oldest: last change of
    the oldest one, UTC; deleted: when the agent will delete that, "" for never or where there is none. findings: why hooks may not run.
    """

    name: str
    title: str
    support: str
    found: bool
    home: Path
    version: str
    hooks: tuple[Wiring, ...]
    fired: Mapping[str, str]
    sessions: int
    transcripts: int
    oldest: str
    deleted: str
    findings: tuple[Finding, ...]


def agents(project: Project) -> list[Seen]:
    """All agents of the table. The project need not have been initialised."""
    fired, sessions = last_fired(project), captured(project)
    return [seen(project, agent(name), fired.get(name, {}), sessions[name]) for name in AGENTS]


def seen(project: Project, one: Agent, fired: Mapping[str, str], sessions: int) -> Seen:
    here = transcripts(project, one.NAME)
    oldest = min((p.stat().st_mtime for p in here), default=None)
    return Seen(one.NAME, one.TITLE, one.SUPPORT, is_here(project, one), location(project, one.HOME), ".".join(map(str, version(project, one) or ())),
                tuple(wiring(project, one, scope) for scope in one.CONFIG), fired, sessions, len(here), _iso(oldest), deletion(project, one, oldest),
                tuple(hindrances(project, one)))


def location(project: Project, pattern: str) -> Path:
    """Where a file or folder of an agent lies on this machine."""
    base, below = project.place_of(pattern)
    return base / below


def is_here(project: Project, one: Agent) -> bool:
    """Whether the agent is used on this machine: it has its folder, or its program is on the path."""
    return location(project, one.HOME).is_dir() or shutil.which(one.BINARY) is not None


def version(project: Project, one: Agent) -> tuple[int, ...] | None:
    """The agent's version as its newest transcripts tell it; None when they do not."""
    newest = nlargest(NEWEST, candidates(project, (one.NAME,)), key=lambda p: p.stat().st_mtime)
    return next((found for path in newest if (found := last_version(path))), None)


def last_version(path: Path) -> tuple[int, ...] | None:
    """The version in the last row of a transcript that has one."""
    try:
        with path.open("rb") as stream:
            stream.seek(max(0, path.stat().st_size - TAIL_BYTES))
            found = VERSION.findall(stream.read())
    except OSError:
        return None
    return tuple(map(int, found[-1].split(b"."))) if found else None


def wiring(project: Project, one: Agent, scope: str) -> Wiring:
    """How the hooks stand in one file."""
    path = location(project, one.CONFIG[scope])
    try:
        events = tuple(plan.installed(text_of(real(path)) or ""))
    except (PassdownError, ValueError):
        return Wiring(scope, path, "unreadable")
    wanted = one.hooks("", version(project, one))
    return Wiring(scope, path, "none" if not events else "installed" if set(wanted) <= set(events) else "partly", events)


def hindrances(project: Project, one: Agent) -> list[Finding]:
    """Why hooks that are installed for the user may not run."""
    return list(one.hindrances(readable(location(project, one.CONFIG["user"])), readable(location(project, one.SETTINGS))))


def readable(path: Path) -> str:
    """A file's text; "" when there is none, or it cannot be read."""
    try:
        return text_of(real(path)) or ""
    except PassdownError:
        return ""


def last_fired(project: Project) -> Mapping[str, Mapping[str, str]]:
    """When each hook last fired in this project, by agent and event: what the hooks wrote down."""
    try:
        return msgspec.json.decode(files.read(project.layout.hooks_fired) or b"{}", type=dict[str, dict[str, str]])
    except (OSError, msgspec.DecodeError):
        return {}


def captured(project: Project) -> Counter[str]:
    """Number of captured sessions by agent."""
    if not project.initialised:
        return Counter()
    with opened(project) as index:
        return Counter(s.agent for s in index.sessions())


def transcripts(project: Project, name: str) -> list[Path]:
    """The agent's transcripts of this project's sessions."""
    roots = roots_of(project, ())
    return [p for p in candidates(project, (name,)) if ran_here(p, project, roots)]


def deletion(project: Project, one: Agent, oldest: float | None) -> str:
    """The day on which the agent will delete the transcript that was changed last at `oldest` (seconds since 1970)."""
    days = one.retention_days([readable(location(project, path)) for path in dict.fromkeys((one.SETTINGS, *one.CONFIG.values()))])
    if oldest is None or days is None:
        return ""
    return (datetime.fromtimestamp(oldest, UTC) + timedelta(days=days)).strftime("%Y-%m-%d")


def _iso(seconds: float | None) -> str:
    return "" if seconds is None else datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


__all__ = ["Seen", "Wiring", "agents", "hindrances", "is_here", "location", "version"]
