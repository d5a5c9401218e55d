"""The only place that runs git. Where a question can be answered from two small files, no process is started.

Every process runs with `GIT_OPTIONAL_LOCKS=0` (we never make another git wait) and without a prompt, a pager or colours.
Subjects and names of branches are redacted as they come in: what is cut later on may not cut a secret in two. `Head.branch` alone is as git has it.
"""

import os
from collections.abc import Sequence
from pathlib import Path

import msgspec

from passdown.errors import GitFailed, RepositoryRefused
from passdown.redaction.scan import redact

TIMEOUT_S = 20
REFTABLE_HEAD = "refs/heads/.invalid"  # what HEAD holds when the refs are in a reftable: only git can read those

IN_PROGRESS = ("MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "REBASE_HEAD")  # git's files for commits that are being brought in


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
    """time: UTC ISO. subject: redacted."""

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
    words = line(dot)
    if not words.startswith("gitdir:"):
        return None
    target = Path(os.path.normpath(dot.parent / words.removeprefix("gitdir:").strip()))
    return target if target.is_dir() else None


def _common(git_dir: Path) -> Path:
    words = line(git_dir / "commondir")
    return Path(os.path.normpath(git_dir / words)) if words else git_dir


def line(path: Path) -> str:
    """A small file of git's own; "" where there is none."""
    try:
        return path.read_text(encoding="utf-8", errors="surrogateescape").strip()
    except OSError:
        return ""


def work_trees(place: Place) -> list[Path]:
    """Roots of the repository's work trees other than this one, as its own files name them; also of those that are not there any more."""
    linked = (line(entry / "gitdir") for entry in sorted((place.common_dir / "worktrees").glob("*")))
    roots = [Path(path).parent for path in linked if path]
    if place.common_dir.name == ".git":
        roots.append(place.common_dir.parent)
    return [root for root in roots if root != place.root]


def submodules(place: Place) -> tuple[str, ...]:
    """Folders, each with `/` at its end, that `.gitmodules` gives to other repositories."""
    rows = (row.partition("=") for row in line(place.root / ".gitmodules").splitlines()) if place.root else ()
    return tuple(value.strip() + "/" for name, _, value in rows if name.strip() == "path" and value.strip())


def head(place: Place) -> Head:
    """Branch and commit of the work tree."""
    words = line(place.git_dir / "HEAD")
    if not words.startswith("ref:"):
        return Head("", words)
    ref = words.removeprefix("ref:").strip()
    if ref == REFTABLE_HEAD or (place.common_dir / "reftable").is_dir():
        return _head_by_git(place)
    return Head(ref.removeprefix("refs/heads/"), line(place.common_dir / ref) or _packed(place.common_dir, ref))


def _packed(common_dir: Path, ref: str) -> str:
    for row in line(common_dir / "packed-refs").splitlines():
        if row.endswith(" " + ref):
            return row.split(" ", 1)[0]
    return ""


def _head_by_git(place: Place) -> Head:
    branch = run(place, "symbolic-ref", "--short", "-q", "HEAD", accept=(0, 1)).strip()
    return Head(branch, run(place, "rev-parse", "-q", "--verify", "HEAD", accept=(0, 1)).strip())


def environment(when: str = "") -> dict[str, str]:
    """The surroundings of every git process. `when`: the committer's time."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or k in ("GIT_CONFIG_NOSYSTEM", "GIT_CONFIG_GLOBAL", "GIT_SSH")}
    return kept | {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C.UTF-8"} | ({"GIT_COMMITTER_DATE": when} if when else {})


def run(place: Place, *words: str, accept: tuple[int, ...] = (0,), when: str = "", feed: str = "") -> str:
    """Standard output of one git command. `when`: the committer's time; `feed`: its standard input. Raises `RepositoryRefused` or `GitFailed`."""
    import subprocess  # 3 ms, which verbs that ask git nothing need not pay

    where = place.root or place.git_dir
    try:
        done = subprocess.run(["git", "-C", str(where), "--no-pager", *words], capture_output=True, timeout=TIMEOUT_S, check=False, env=environment(when),
                              input=feed.encode("utf-8", "surrogateescape"))
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
    return tuple(commit_of(row.strip("\n")) for row in out.split("\x1e") if row.count("\x1f") == 2)


def commit_of(row: str) -> Commit:
    """From git's `%H%x1f%cI%x1f%s`."""
    sha, time, subject = row.split("\x1f", 2)
    return Commit(sha, utc(time), redact(subject))


def utc(stamp: str) -> str:
    """UTC ISO from the ISO time that git writes."""
    from datetime import UTC, datetime

    return datetime.fromisoformat(stamp).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def first_commit(place: Place) -> str:
    """The commit with which the history of the branch began, the same in every clone; "" before there is one."""
    return next(iter(run(place, "rev-list", "--max-parents=0", "HEAD", accept=(0, 128)).split()), "")


def tracked(place: Place, *patterns: str) -> tuple[str, ...]:
    """Paths in the index of the work tree; only those that fit one of the patterns, such as `*.md`, when there are any."""
    return tuple(filter(None, run(place, "ls-files", "-z", *(["--", *patterns] if patterns else [])).split("\0")))


def has(place: Place, path: str) -> bool:
    """Whether the index has a path, in capitals or not, or the last commit, or one that is being merged or picked just now."""
    if run(place, "ls-files", "-z", "--", f":(top,literal,icase){path}"):
        return True
    coming = [sha for name in IN_PROGRESS for sha in line(place.git_dir / name).split()]
    known = [sha for sha in (head(place).commit, *coming) if sha]
    return any(run(place, "ls-tree", "--name-only", "-z", "--full-tree", sha, "--", path) for sha in known)


def untracked(place: Place) -> tuple[str, ...]:
    """Files of which git has nothing and that it does not ignore, those in new folders too."""
    return tuple(filter(None, run(place, "ls-files", "-z", "--others", "--exclude-standard").split("\0")))


def commits_with_files(place: Place, after: str = "", limit: int = 30) -> tuple[tuple[Commit, tuple[str, ...]], ...]:
    """The newest commits first, merges left out, each with the paths that it changed; those made after `after` (UTC ISO) when it is given."""
    if not head(place).commit:
        return ()
    out = run(place, "log", f"-n{limit}", "--no-merges", "--format=%x1e%H%x1f%cI%x1f%s%x1d", "--name-only", "-z", *([f"--since={after}"] if after else []))
    found = []
    for block in out.split("\x1e")[1:]:
        first, _, names = block.partition("\x1d")
        found.append((commit_of(first), tuple(filter(None, (name.removeprefix("\n") for name in names.split("\0"))))))
    return tuple(found)


def line_counts(place: Place, limit: int = 30) -> dict[str, tuple[int, int]]:
    """Lines added and removed by each of the newest commits, by its whole name; merges and binary files left out."""
    if not head(place).commit:
        return {}
    out = run(place, "log", f"-n{limit}", "--no-merges", "--format=%x1e%H", "--shortstat")
    blocks = (block.partition("\n") for block in out.split("\x1e")[1:])
    return {sha: (_counted(said, "insertion"), _counted(said, "deletion")) for sha, _, said in blocks}


def _counted(said: str, word: str) -> int:
    """The number before `insertion(+)` or `deletion(-)` in git's summary, 0 when it does not name them."""
    before = said.partition(f" {word}")[0] if f" {word}" in said else "0"
    return int(before.rsplit(" ", 1)[-1])


def remote_state(place: Place) -> str:
    """How the branch stands with its upstream, in words; "" where git does not say."""
    name = run(place, "rev-parse", "--abbrev-ref", "--symbolic-full-name", "@{upstream}", accept=(0, 1, 128)).strip()
    if not name:
        return "no upstream branch"
    counts = run(place, "rev-list", "--left-right", "--count", f"HEAD...{name}", accept=(0, 128)).split()
    if len(counts) != 2:
        return ""
    said = [f"{count} {word}" for count, word in zip(counts, ("ahead", "behind"), strict=True) if count != "0"]
    return f"{', '.join(said) or 'synced'} ({redact(name)}, as of the last fetch)"


def last_changed_line(place: Place, path: str) -> int:
    """The first line of the last uncommitted change in a file, 0 when there is none."""
    out = run(place, "diff", "HEAD", "--unified=0", "--no-color", "--no-ext-diff", "--", path, accept=(0, 1, 128))
    hunks = [line.split("+", 1)[1].split(" ", 1)[0] for line in out.split("\n") if line.startswith("@@ ") and "+" in line]
    return int(hunks[-1].split(",")[0]) if hunks else 0


def last_commit_time(place: Place, path: str) -> str:
    """When a commit last changed a path, UTC ISO; "" when none did."""
    stamp = run(place, "log", "-n1", "--format=%cI", "--", path, accept=(0, 128)).strip()
    return utc(stamp) if stamp else ""


def would_track(place: Place, path: Path) -> bool:
    """Whether git has the file in its index, or would take it with `git add`."""
    if run(place, "ls-files", "-z", "--", str(path), accept=(0, 1, 128)):
        return True
    return not run(place, "check-ignore", "--", str(path), accept=(0, 1, 128)).strip()


def holding(place: Place, words: Sequence[str]) -> dict[str, list[str]]:
    """For each word the files of the work tree, untracked ones too, in which it stands by itself."""
    if not words:
        return {}
    out = run(place, "grep", "-IowF", "--null", "--untracked", *(f"-e{w}" for w in words), accept=(0, 1))
    found: dict[str, list[str]] = {}
    for row in out.splitlines():
        path, _, word = row.partition("\0")
        if word and path not in found.setdefault(word, []):
            found[word].append(path)
    return found


class Objects:
    """Contents of git's objects, one at a time, from one process that lives until this is closed."""

    def __init__(self, place: Place) -> None:
        import subprocess

        self._process = subprocess.Popen(
            ["git", "-C", str(place.root or place.git_dir), "cat-file", "--batch"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=environment())

    def read(self, name: str) -> bytes | None:
        """The object that a name means, such as `HEAD:src/a.py` or an object's own; None when there is none. A folder is its list."""
        asked, answered = self._process.stdin, self._process.stdout
        if asked is None or answered is None or "\n" in name:
            return None
        try:
            asked.write(name.encode("utf-8", "surrogateescape") + b"\n")
            asked.flush()
            row = answered.readline()
            words = row.rsplit(b" ", 2)
            if not row or len(words) < 3 or not words[2].strip().isdigit():
                return None
            return answered.read(int(words[2]) + 1)[:-1]
        except OSError:
            return None

    def close(self) -> None:
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.wait(TIMEOUT_S)


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
    "Changed", "Commit", "Head", "Objects", "Place", "changes", "commit_all", "commit_of", "commits", "commits_with_files", "has", "head", "holding",
    "last_changed_line", "line", "locate", "remote_state", "run", "start", "submodules", "tracked", "untracked", "utc", "work_trees", "would_track",
]
