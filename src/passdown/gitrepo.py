"""The only place that runs git. Where a question can be answered from two small files, no process is started.

Every process runs with `GIT_OPTIONAL_LOCKS=0` (we never make another git wait) and without a prompt, a pager or colours.
"""

import os
from collections.abc import Sequence
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
    rows = (row.strip("\n").split("\x1f") for row in out.split("\x1e"))
    return tuple(Commit(r[0], _utc(r[1]), r[2]) for r in rows if len(r) == 3)


def _utc(stamp: str) -> str:
    from datetime import UTC, datetime

    return datetime.fromisoformat(stamp).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def tracked(place: Place, *patterns: str) -> tuple[str, ...]:
    """Paths in the index of the work tree; only those that fit one of the patterns, such as `*.md`, when there are any."""
    return tuple(filter(None, run(place, "ls-files", "-z", *(["--", *patterns] if patterns else [])).split("\0")))


def untracked(place: Place) -> tuple[str, ...]:
    """Files of which git has nothing and that it does not ignore, those in new folders too."""
    return tuple(filter(None, run(place, "ls-files", "-z", "--others", "--exclude-standard").split("\0")))


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


class Step(msgspec.Struct, frozen=True):
    """What one commit did to one path: git's letter (A, M, D, T), and the objects before and after, zeros where there is none."""

    commit: Commit
    letter: str
    before: str
    after: str


def histories(place: Place, paths: Sequence[str], after: str = "", limit: int = 500) -> dict[str, list[Step]]:
    """For each path the steps of the newest `limit` commits that changed any of them, the newest first; after a commit when it is given."""
    if not paths or not head(place).commit:
        return {}
    span = [f"{after}..HEAD"] if after else []
    form = ("--format=%x1e%H%x1f%cI%x1f%s", "--raw", "--no-abbrev", "--no-renames", "-z")
    out = run(place, "--literal-pathspecs", "log", f"-n{limit}", *form, *span, "--", *paths)
    found: dict[str, list[Step]] = {}
    for block in out.split("\x1e")[1:]:
        first, _, rest = block.partition("\0")
        commit = _commit(first)
        fields = [field.lstrip("\n") for field in rest.split("\0") if field.strip("\n")]
        for about, path in zip(fields[::2], fields[1::2], strict=False):
            _, _, before, then, letter = about.split(" ")
            found.setdefault(path, []).append(Step(commit, letter, before, then))
    return found


def common(place: Place, shas: Sequence[str]) -> str:
    """The newest commit that all of these have in their history; "" when one is empty or not known."""
    if not shas or not all(shas):
        return ""
    return shas[0] if len(shas) == 1 and reached(place, shas) else run(place, "merge-base", "--octopus", *shas, accept=(0, 1, 128)).strip()


def _commit(row: str) -> Commit:
    sha, time, subject = row.split("\x1f", 2)
    return Commit(sha, _utc(time), subject)


def renames(place: Place, commits: Sequence[str]) -> dict[str, tuple[dict[str, str], tuple[str, ...]]]:
    """For each commit what it renamed (old path to new one), and the paths that are in it as they were made or changed."""
    if not commits:
        return {}
    out = run(place, "diff-tree", "--stdin", "-r", "-M", "--name-status", "-z", "--root", "-l2000", feed="".join(f"{sha}\n" for sha in dict.fromkeys(commits)))
    found: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {}
    fields, sha = iter(out.split("\0")), ""
    for field in fields:
        if len(field) >= 40:
            sha = field.strip()
            found[sha] = ({}, ())
        elif field[:1] in ("R", "C"):
            old, new = next(fields), next(fields)
            moved, made = found[sha]
            found[sha] = ({**moved, old: new} if field[0] == "R" else moved, (*made, new))
        elif field:
            path = next(fields)
            found[sha] = (found[sha][0], found[sha][1] if field == "D" else (*found[sha][1], path))
    return found


def branches(place: Place) -> dict[str, str]:
    """Tips by full reference name: `refs/heads/x`, `refs/remotes/origin/x`."""
    rows = run(place, "for-each-ref", "--format=%(objectname) %(refname)", "refs/heads", "refs/remotes").splitlines()
    return {name: sha for sha, _, name in (row.partition(" ") for row in rows)}


def branch_times(place: Place) -> list[tuple[str, str]]:
    """(time of the last commit in UTC ISO, name) of each local branch, the newest first."""
    rows = run(place, "for-each-ref", "--sort=-committerdate", "--format=%(committerdate:iso-strict) %(refname:short)", "refs/heads").splitlines()
    return [(_utc(time), name) for time, _, name in (row.partition(" ") for row in rows)]


def merges(place: Place, tip: str, limit: int = 2_000) -> list[tuple[Commit, tuple[str, ...]]]:
    """Merge commits on the first-parent line down from a tip, the newest first, each with the tips that it brought in."""
    out = run(place, "log", f"-n{limit}", "--first-parent", "--merges", "--format=%x1e%P%x1d%H%x1f%cI%x1f%s", tip, accept=(0, 128))
    rows = (row.strip("\n").partition("\x1d") for row in out.split("\x1e")[1:])
    return [(_commit(about), tuple(parents.split()[1:])) for parents, _, about in rows]


def reached(place: Place, shas: Sequence[str], tip: str = "HEAD") -> dict[str, str]:
    """For each commit, spelled in full or not: `here` (an ancestor of the tip), `elsewhere` (of another reference), `nowhere`; others are left out."""
    if not shas:
        return {}
    rows = run(place, "cat-file", "--batch-check=%(objectname) %(objecttype)", feed="".join(f"{sha}\n" for sha in shas)).splitlines()
    full = {sha: row.split()[0] for sha, row in zip(shas, rows, strict=False) if row.endswith(" commit")}
    if not full:
        return {}
    given = "".join(f"{sha}\n" for sha in sorted(set(full.values())))
    outside = set(run(place, "rev-list", "--stdin", "--not", tip, feed=given, accept=(0, 128)).split())
    lost = set(run(place, "rev-list", "--stdin", "--not", "--all", "HEAD", feed=given, accept=(0, 128)).split()) if outside else set()
    return {sha: "nowhere" if whole in lost else "elsewhere" if whole in outside else "here" for sha, whole in full.items()}


def times(place: Place) -> list[tuple[str, str]]:
    """(time in UTC ISO, commit) of the whole history on the first-parent line, the newest first."""
    if not head(place).commit:
        return []
    rows = (row.partition(" ") for row in run(place, "log", "--first-parent", "--format=%cI %H").splitlines())
    return [(_utc(time), sha) for time, _, sha in rows]


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
    "Changed", "Commit", "Head", "Objects", "Place", "Step", "branch_times", "branches", "changes", "commit_all", "commits", "commits_with_files", "common",
    "head", "histories", "holding", "last_changed_line", "locate", "merges", "reached", "remote_state", "renames", "run", "start", "times", "tracked",
    "untracked", "work_trees", "would_track",
]
