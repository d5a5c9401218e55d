"""The only place that runs git. Where a question can be answered from two small files, no process is started.

Every process runs with `GIT_OPTIONAL_LOCKS=0` (we never make another git wait) and without a prompt, a pager or colours.
"""

import os
from pathlib import Path

import msgspec

from passdown.errors import GitFailed, RepositoryRefused

TIMEOUT_S = 20
REFTABLE_HEAD = "refs/heads/.invalid"  # what HEAD holds when the refs are in a reftable: only git can read those


class Place(msgspec.Struct, frozen=True):
    """A repository seen from a directory. `root` is the top of the work tree, None in a bare repository.

    git_dir: of this work tree; common_dir: one for all work trees of the repository, the project's identity.
    """

    root: Path | None
    git_dir: Path
    common_dir: Path


class Head(msgspec.Struct, frozen=True):
    """branch: "" when detached. commit: 40 or 64 hexadecimal digits, "" before the first commit."""

    branch: str = ""
    commit: str = ""


class Changed(msgspec.Struct, frozen=True):
    """One uncommitted path: `state` is the two letters of `git status --porcelain`, such as ` M`, `A `, `??`."""

    path: str
    state: str


class Commit(msgspec.Struct, frozen=True):
    """time: UTC ISO."""

    sha: str
    time: str
    subject: str


def locate(start: Path) -> Place | None:
    """The repository that holds `start`, found as git finds it; None outside any."""
    at = Path(os.path.abspath(start))  # noqa: PTH100  resolve() would leave the path under which the user works
    for folder in (at, *at.parents):
        dot = folder / ".git"
        if dot.is_dir() and (dot / "HEAD").is_file():
            return Place(folder, dot, dot)
        if dot.is_file():
            git_dir = _linked(dot)
            return Place(folder, git_dir, _common(git_dir)) if git_dir is not None else None
        if (folder / "HEAD").is_file() and (folder / "objects").is_dir() and (folder / "refs").is_dir():
            return Place(None, folder, _common(folder))
    return None


def _linked(dot: Path) -> Path | None:
    """The directory that a `.git` file of a work tree or submodule names."""
    words = _line(dot)
    if not words.startswith("gitdir:"):
        return None
    target = Path(os.path.normpath(dot.parent / words.removeprefix("gitdir:").strip()))
    return target if target.is_dir() else None


def _common(git_dir: Path) -> Path:
    words = _line(git_dir / "commondir")
    return Path(os.path.normpath(git_dir / words)) if words else git_dir


def _line(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="surrogateescape").strip()
    except OSError:
        return ""


def work_trees(place: Place) -> list[Path]:
    """Roots of the repository's work trees other than this one, as its own files name them; also of those that are not there any more."""
    linked = (_line(entry / "gitdir") for entry in sorted((place.common_dir / "worktrees").glob("*")))
    roots = [Path(path).parent for path in linked if path]
    if place.common_dir.name == ".git":
        roots.append(place.common_dir.parent)
    return [root for root in roots if root != place.root]


def head(place: Place) -> Head:
    """Branch and commit of the work tree."""
    words = _line(place.git_dir / "HEAD")
    if not words.startswith("ref:"):
        return Head("", words)
    ref = words.removeprefix("ref:").strip()
    if ref == REFTABLE_HEAD or (place.common_dir / "reftable").is_dir():
        return _head_by_git(place)
    return Head(ref.removeprefix("refs/heads/"), _line(place.common_dir / ref) or _packed(place.common_dir, ref))


def _packed(common_dir: Path, ref: str) -> str:
    for line in _line(common_dir / "packed-refs").splitlines():
        if line.endswith(" " + ref):
            return line.split(" ", 1)[0]
    return ""


def _head_by_git(place: Place) -> Head:
    branch = run(place, "symbolic-ref", "--short", "-q", "HEAD", accept=(0, 1)).strip()
    return Head(branch, run(place, "rev-parse", "-q", "--verify", "HEAD", accept=(0, 1)).strip())


def run(place: Place, *words: str, accept: tuple[int, ...] = (0,), when: str = "") -> str:
    """Standard output of one git command. `when`: the committer's time. Raises `RepositoryRefused` or `GitFailed`."""
    import subprocess  # 3 ms, which verbs that ask git nothing need not pay

    where = place.root or place.git_dir
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or k in ("GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_GLOBAL", "GIT_SSH")}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C.UTF-8"} | ({"GIT_COMMITTER_DATE": when} if when else {})
    try:
        done = subprocess.run(["git", "-C", str(where), "--no-pager", *words], capture_output=True, timeout=TIMEOUT_S, check=False, env=environment,
                              stdin=subprocess.DEVNULL)
    except FileNotFoundError:
        raise GitFailed(command=words[0], status=127, reason="git is not installed or not on PATH") from None
    except subprocess.TimeoutExpired:
        raise GitFailed(command=words[0], status=124, reason=f"no answer within {TIMEOUT_S} s") from None
    if done.returncode not in accept:
        reason = done.stderr.decode("utf-8", "replace").strip()
        if "dubious ownership" in reason or "safe.directory" in reason:
            raise RepositoryRefused(root=where, reason="it belongs to another user")
        raise GitFailed(command=" ".join(words[:2]), status=done.returncode, reason=reason.splitlines()[0] if reason else "no message")
    return done.stdout.decode("utf-8", "surrogateescape")


def changes(place: Place) -> tuple[Changed, ...]:
    """Uncommitted paths, relative to the root, in git's order; untracked folders as one entry."""
    out: list[Changed] = []
    fields = iter(run(place, "status", "--porcelain=v1", "-z", "--untracked-files=normal", "--no-renames").split("\0"))
    for field in fields:
        if len(field) > 3:
            out.append(Changed(field[3:], field[:2]))
    return tuple(out)


def commits(place: Place, after: str = "", limit: int = 50) -> tuple[Commit, ...]:
    """The newest commits first: those made after `after` (UTC ISO) when it is given, at most `limit`."""
    if not head(place).commit:
        return ()
    out = run(place, "log", f"-n{limit}", "--format=%H%x1f%cI%x1f%s%x1e", *([f"--since={after}"] if after else []))
    rows = (row.strip("\n").split("\x1f") for row in out.split("\x1e"))
    return tuple(Commit(r[0], _utc(r[1]), r[2]) for r in rows if len(r) == 3)


def _utc(stamp: str) -> str:
    from datetime import UTC, datetime

    return datetime.fromisoformat(stamp).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def tracked(place: Place) -> tuple[str, ...]:
    """Paths in the index of the work tree."""
    return tuple(filter(None, run(place, "ls-files", "-z").split("\0")))


def last_changes(place: Place, paths: tuple[str, ...]) -> dict[str, Commit]:
    """For each path the newest of the last 200 commits that changed it."""
    if not paths or not head(place).commit:
        return {}
    out = run(place, "log", "-n200", "--format=%x1e%H%x1f%cI%x1f%s", "--name-only", "-z", "--", *paths)
    found: dict[str, Commit] = {}
    for block in out.split("\x1e")[1:]:
        first, _, names = block.partition("\0")
        sha, time, subject = first.split("\x1f", 2)
        for name in names.strip("\n\0").split("\0"):
            found.setdefault(name.lstrip("\n"), Commit(sha, _utc(time), subject))
    return found


def commits_with_files(place: Place, after: str = "", limit: int = 30) -> tuple[tuple[Commit, tuple[str, ...]], ...]:
    """The newest commits first, merges left out, each with the paths that it changed; those made after `after` (UTC ISO) when it is given."""
    if not head(place).commit:
        return ()
    out = run(place, "log", f"-n{limit}", "--no-merges", "--format=%x1e%H%x1f%cI%x1f%s%x1d", "--name-only", *([f"--since={after}"] if after else []))
    found = []
    for block in out.split("\x1e")[1:]:
        first, _, names = block.partition("\x1d")
        sha, time, subject = first.split("\x1f", 2)
        found.append((Commit(sha, _utc(time), subject), tuple(filter(None, names.split("\n")))))
    return tuple(found)


def remote_state(place: Place) -> str:
    """How the branch stands with its upstream, in words; "" where git does not say."""
    name = run(place, "rev-parse", "--abbrev-ref", "--symbolic-full-name", "@{upstream}", accept=(0, 1, 128)).strip()
    if not name:
        return "no upstream branch"
    counts = run(place, "rev-list", "--left-right", "--count", f"HEAD...{name}", accept=(0, 128)).split()
    if len(counts) != 2:
        return ""
    said = [f"{count} {word}" for count, word in zip(counts, ("ahead", "behind"), strict=True) if count != "0"]
    return f"{', '.join(said) or 'synced'} ({name}, as of the last fetch)"


def last_changed_line(place: Place, path: str) -> int:
    """The first line of the last uncommitted change in a file, 0 when there is none."""
    out = run(place, "diff", "HEAD", "--unified=0", "--no-color", "--no-ext-diff", "--", path, accept=(0, 1, 128))
    hunks = [line.split("+", 1)[1].split(" ", 1)[0] for line in out.split("\n") if line.startswith("@@ ") and "+" in line]
    return int(hunks[-1].split(",")[0]) if hunks else 0


def would_track(place: Place, path: Path) -> bool:
    """Whether git has the file in its index, or would take it with `git add`."""
    if run(place, "ls-files", "-z", "--", str(path), accept=(0, 1, 128)):
        return True
    return not run(place, "check-ignore", "--", str(path), accept=(0, 1, 128)).strip()


def start(root: Path, branch: str) -> None:
    """Make a repository on a branch, for the demonstration."""
    place = Place(root, root / ".git", root / ".git")
    run(place, "init", "-q")
    run(place, "symbolic-ref", "HEAD", f"refs/heads/{branch}")


def commit_all(root: Path, subject: str, at: str) -> None:
    """Commit everything in the demonstration's repository, as a made-up colleague, at a time (UTC ISO)."""
    place = Place(root, root / ".git", root / ".git")
    run(place, "add", "-A")
    identity = ("-c", "user.name=Dev", "-c", "user.email=dev@example.com", "-c", "commit.gpgsign=false", "-c", "core.hooksPath=")
    run(place, *identity, "commit", "-q", "--no-verify", "-m", subject, f"--date={at}", when=at)


__all__ = [
    "Changed", "Commit", "Head", "Place", "changes", "commit_all", "commits", "commits_with_files", "head", "last_changed_line", "last_changes",
    "locate", "remote_state", "run", "start", "tracked", "work_trees", "would_track",
]
