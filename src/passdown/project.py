"""The project: where it is, what time it is, and its stores. The only place where environment and clock are read."""

import os
import time
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache, cached_property
from pathlib import Path

import msgspec

from passdown import config, files, gitrepo
from passdown.errors import Conflict, NotInitialised, PassdownError, UnsupportedStore, UsageError
from passdown.redaction import markers, personal
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

    def privacy(self) -> tuple[str, ...]:
        """Kinds of personal data to replace; none where the settings cannot be read, which whoever needs them says."""
        try:
            return self.config.privacy
        except PassdownError:
            return ()

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
    project = Project(root, place, clock_at(now or os.environ.get("PASSDOWN_NOW", "")), start)
    markers.use_digest(lambda secret: digest_of_secret(secret, make=project.initialised))
    personal.use_policy(project.privacy)
    return project


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


def surroundings() -> dict[str, str]:
    """The environment as it is, for the processes of a project's own productions."""
    return dict(os.environ)


def thread_of_work() -> str:
    """The thread to which this process belongs: the run of a production that started it, or ""."""
    return os.environ.get("PASSDOWN_THREAD", "")


def productions_url() -> str:
    """Of the PostgreSQL that keeps the productions; "" for the file in the private store.

    The user's own word alone: a repository that came with a setting of its own would have productions told to somebody else's server.
    """
    return os.environ.get("PASSDOWN_WORKFLOWS_URL", "") or config.load(user_home() / "config.toml").workflows


def digest_of_secret(secret: bytes, *, make: bool) -> str:
    """Four digits by which the user's markers tell one secret from another; "" where there is no key. For `redaction.markers.use_digest`.

    make: a key where there is none: only for a project that has a store, so that a look at anything else leaves no file.
    """
    digest = _digest(user_home() / "secrets.key", make)
    return digest(secret) if digest else ""


@cache
def _digest(path: Path, make: bool) -> markers.Digest | None:
    """By the key at `path`; of two processes that make one at once, one wins."""
    try:
        with suppress(Conflict):
            if make and files.read(path) is None:
                from passdown.redaction.scan import redact

                files.write(path, redact(os.urandom(markers.DIGEST_KEY_BYTES).hex()), expected=None)
        key = bytes.fromhex((files.read(path) or b"").decode("ascii"))
    except (OSError, ValueError, PassdownError):
        return None
    return markers.keyed_digest(key) if len(key) == markers.DIGEST_KEY_BYTES else None


__all__ = ["Clock", "Project", "clock_at", "digest_of_secret", "given", "open_project", "productions_url", "surroundings", "thread_of_work", "user_home"]
