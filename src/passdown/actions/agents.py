"""`agents`: which coding agents are here, how they are wired, when their hooks last fired, and how long their transcripts live."""

import re
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
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
from passdown.integrations.base import Agent, Piece
from passdown.integrations.own import signed_by_us
from passdown.integrations.pieces import pieces, scopes
from passdown.integrations.table import NAMED, agent
from passdown.model.finding import Finding
from passdown.model.json_values import BROKEN_JSON
from passdown.project import Project
from passdown.transcripts import table as transcript_table

VERSION = re.compile(rb'"version":"(\d+(?:\.\d+){1,3})')
SETTINGS_STAY = frozenset((".qwen",))  # what QWEN_RUNTIME_DIR moves are transcripts alone
TAIL_BYTES = 64 * 1024
NEWEST = 5  # transcripts that are asked for the agent's version: the newest may be of a session that has only begun


class Wiring(msgspec.Struct, frozen=True):
    """What is ours in one file. what: `hooks`, `mcp`, `plug-in`, `hook` …. state: `installed`, `partly` (it is not as this version installs it), `none`, or
    `unreadable`.
    """

    what: str
    scope: str
    path: Path
    state: str


class Seen(msgspec.Struct, frozen=True):
    """One agent. found: its folder or its program is here. version: of the newest transcript, "" when there is none.

    evidence: what its reader was written against, `sample` (a real session), `schema`, or "" where its transcripts are not read.
    sessions: captured of this project. fired: event and UTC time. transcripts: files of this project's sessions, on this machine; oldest: last change of
    the oldest one, UTC; deleted: when the agent will delete that, "" for never or where there is none. findings: why hooks may not run.
    """

    name: str
    title: str
    support: str
    found: bool
    home: Path
    version: str
    evidence: str
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
    return [seen(project, agent(name), fired.get(name, {}), sum(sessions[one] for one in readers(name))) for name in NAMED]


def seen(project: Project, one: Agent, fired: Mapping[str, str], sessions: int) -> Seen:
    here = transcripts(project, one.NAME)
    oldest = min((p.stat().st_mtime for p in here), default=None)
    return Seen(one.NAME, one.TITLE, one.SUPPORT, is_here(project, one), location(project, one.HOME), ".".join(map(str, version(project, one) or ())),
                evidence(one.NAME), tuple(wirings(project, one)), fired, sessions, len(here), _iso(oldest), deletion(project, one, oldest),
                tuple(hindrances(project, one)))


def location(project: Project, pattern: str) -> Path:
    """Where a file or folder of an agent lies on this machine."""
    if pattern.partition("/")[0] in SETTINGS_STAY:
        return Path.home() / pattern
    base, below = project.place_of(pattern)
    return base / below


def is_here(project: Project, one: Agent) -> bool:
    """Whether the agent is used on this machine: it has its folder, or its program is on the path."""
    return location(project, one.HOME).is_dir() or shutil.which(one.BINARY) is not None


def version(project: Project, one: Agent) -> tuple[int, ...] | None:
    """The agent's version as its newest transcripts tell it; None when they do not."""
    newest = nlargest(NEWEST, candidates(project, readers(one.NAME)), key=lambda p: p.stat().st_mtime)
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


def wirings(project: Project, one: Agent) -> Iterator[Wiring]:
    """How what is ours stands in each file of each scope."""
    for scope in scopes(one):
        for piece in pieces(one, scope, "", "", version(project, one)):
            yield Wiring(piece.what, scope, location(project, piece.path), state(real(location(project, piece.path)), piece))
    for file in one.own(""):
        if file.what != "command":
            path = location(project, file.path)
            yield Wiring(file.what, "user", path, "installed" if signed_by_us(readable(path)) else "none")


def state(path: Path, piece: Piece) -> str:
    """`partly` means that some of the events that this version wants are missing."""
    try:
        text = text_of(path) or ""
        if not piece.has(text):
            return "none"
        return "installed" if piece.whole(text) else "partly"
    except (PassdownError, ValueError):
        return "unreadable"


def hindrances(project: Project, one: Agent) -> list[Finding]:
    """Why hooks that are installed for the user may not run."""
    return list(one.hindrances(*(readable(location(project, path)) for path in (one.CONFIG.get("user", ""), one.SETTINGS))))


def readable(path: Path) -> str:
    """A file's text; "" when there is none, or it cannot be read."""
    try:
        return text_of(real(path)) or "" if path.is_file() else ""
    except PassdownError:
        return ""


def last_fired(project: Project) -> Mapping[str, Mapping[str, str]]:
    """When each hook last fired in this project, by agent and event: what the hooks wrote down."""
    try:
        return msgspec.json.decode(files.read(project.layout.hooks_fired) or b"{}", type=dict[str, dict[str, str]])
    except (OSError, *BROKEN_JSON):
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
    return [p for p in candidates(project, readers(name)) if ran_here(p, project, roots)]


def readers(name: str) -> tuple[str, ...]:
    """Names of the agent's readers: `cursor`, and `cursor-ide` for another of its stores. () where there is none."""
    return tuple(one for one in transcript_table.AGENTS if one == name or one.startswith(f"{name}-"))


def evidence(name: str) -> str:
    """What the agent's reader was written against; "" where there is none."""
    return transcript_table.reader(name).EVIDENCE if name in transcript_table.AGENTS else ""


def deletion(project: Project, one: Agent, oldest: float | None) -> str:
    """The day on which the agent will delete the transcript that was changed last at `oldest` (seconds since 1970)."""
    days = one.retention_days([readable(location(project, path)) for path in dict.fromkeys(filter(None, (one.SETTINGS, *one.CONFIG.values())))])
    if oldest is None or days is None:
        return ""
    return (datetime.fromtimestamp(oldest, UTC) + timedelta(days=days)).strftime("%Y-%m-%d")


def _iso(seconds: float | None) -> str:
    return "" if seconds is None else datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


__all__ = ["Seen", "Wiring", "agents", "hindrances", "is_here", "location", "version"]
