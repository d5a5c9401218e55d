"""The project: where it is, what time it is, and its stores. The only place where environment and clock are read."""

import os
import time
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import msgspec

from passdown import config, gitrepo
from passdown.errors import NotInitialised, UnsupportedStore, UsageError
from passdown.store.layout import FORMAT_VERSION, PRIVATE_ONLY, Layout

AGENT_HOMES = {  # what moves an agent's directory
    ".claude": "CLAUDE_CONFIG_DIR", ".codex": "CODEX_HOME", ".copilot": "COPILOT_HOME", ".qwen": "QWEN_RUNTIME_DIR"}
AGENT_PARENTS = {".gemini": "GEMINI_CLI_HOME"}  # what moves the home in which an agent's directory lies


class Clock(msgspec.Struct, frozen=True):
    """The time that counts: the one that was fixed, else the machine's. UTC."""

    fixed: datetime | None = None

    def time(self) -> datetime:
        return self.fixed or datetime.now(UTC)

    def iso(self) -> str:
        """`YYYY-MM-DDTHH:MM:SSZ`."""
        return self.time().strftime("%Y-%m-%dT%H:%M:%SZ")

    def milliseconds(self) -> int:
        """Since 1970, never the same moment for two machines' ids only by chance: ids carry random bits too."""
        return int(self.time().timestamp() * 1000) if self.fixed else time.time_ns() // 1_000_000


def clock_at(stamp: str) -> Clock:
    """The clock that an ISO time fixes; the machine's for "". Raises `UsageError`."""
    if not stamp:
        return Clock()
    try:
        at = datetime.fromisoformat(stamp)
    except ValueError:
        raise UsageError(f"`{stamp}` is not an ISO time", "Write it as 2026-11-20T09:12:00Z.") from None
    return Clock(at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC))


class Project:
    """One project as seen from one directory."""

    def __init__(self, root: Path, place: gitrepo.Place | None, clock: Clock, start: Path | None = None) -> None:
        self.root, self.place, self.clock, self.start = root, place, clock, start or root
        self.layout = layout_of(root, place)

    @property
    def name(self) -> str:
        """The directory's name; of the main work tree in a linked one."""
        main = self.place.common_dir if self.place else self.root
        return main.parent.name if main.name == ".git" else self.root.name

    @property
    def initialised(self) -> bool:
        return self.layout.private_version.is_file()

    def require(self) -> "Project":
        """The project itself, if `init` was run in it. Raises `NotInitialised`, `UnsupportedStore`."""
        try:
            version = self.layout.private_version.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            raise NotInitialised(root=self.root) from None
        if not version.isdecimal() or int(version) > FORMAT_VERSION:
            raise UnsupportedStore(path=self.layout.private, version=version, known=FORMAT_VERSION)
        return self

    @cached_property
    def config(self) -> config.Config:
        return config.load(user_home() / "config.toml", self.layout.config)

    def place_of(self, pattern: str) -> tuple[Path, str]:
        """Base directory and glob of a reader's location: below the root for `{project}/…`, else below home or the agent's own override."""
        if pattern.startswith("{project}/"):
            return self.root, pattern.removeprefix("{project}/")
        first, _, rest = pattern.partition("/")
        if first == "{data}":
            return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"), rest
        override = os.environ.get(AGENT_HOMES.get(first, ""), "")
        home = os.environ.get(AGENT_PARENTS.get(first, ""), "")
        return (Path(override), rest) if override else (Path(home) if home else Path.home(), pattern)

    def head(self) -> gitrepo.Head:
        return gitrepo.head(self.place) if self.place else gitrepo.Head()


def layout_of(root: Path, place: gitrepo.Place | None) -> Layout:
    """Private store in the common git directory, published copies in the work tree; outside git both below `.passdown/`."""
    if place is None:
        return Layout(private=root / ".passdown" / "local", shared=root / ".passdown")
    private = place.common_dir / "passdown"
    hidden = place.root is None or (private / PRIVATE_ONLY).exists()
    return Layout(private=private, shared=None if hidden or place.root is None else place.root / ".passdown")


def open_project(directory: str | os.PathLike[str], now: str = "", *, optional: bool = False) -> Project:
    """The project that holds `directory`. Raises `UsageError` when there is no such directory (unless `optional`)."""
    start = Path(directory)
    if not start.is_dir() and not optional:
        raise UsageError(f"there is no directory {start}", "Give an existing one to -C, or change into the project.")
    start = Path(os.path.abspath(start))  # noqa: PTH100  keeps the path under which the user works
    place = gitrepo.locate(start)
    root = place.root or place.git_dir if place else outside_git(start)
    return Project(root, place, clock_at(now or os.environ.get("PASSDOWN_NOW", "")), start)


def given(name: str) -> str:
    """The setting PASSDOWN_<name> of the environment; "" when it is not there."""
    return os.environ.get(f"PASSDOWN_{name}", "")


def outside_git(start: Path) -> Path:
    """The nearest directory above that was initialised, else `start` itself."""
    return next((p for p in (start, *start.parents) if (p / ".passdown" / "VERSION").is_file()), start)


def user_home() -> Path:
    """The user's own directory: configuration, launcher, backups."""
    given = os.environ.get("PASSDOWN_HOME")
    return Path(given) if given else Path.home() / ".passdown"


__all__ = ["Clock", "Project", "clock_at", "given", "open_project", "user_home"]
