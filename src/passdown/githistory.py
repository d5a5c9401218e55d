"""What git has in its history: commits and what they did to paths, branches and where they went."""

import re
from collections.abc import Sequence

import msgspec

from passdown.gitrepo import Commit, Place, commit_of, head, line, run, utc
from passdown.redaction.scan import redact

SWITCHED = re.compile(r"\tcheckout: moving from (\S+) to (\S+)$", re.MULTILINE)  # as `git checkout` and `switch` write it into the log of HEAD
_FULL = ("--full-history", "--diff-merges=first-parent")  # a stash is a merge; what was not tracked is in its third parent
ELSEWHERE = ("--all", "--not", "HEAD", *_FULL)  # commits of other references only, the last stash among them
ANYWHERE = ("--all", "--reflog", *_FULL)  # also what was reset, amended, or put into an older stash


class Step(msgspec.Struct, frozen=True):
    """What one commit did to one path: git's letter (A, M, D, T), and the objects before and after, zeros where there is none."""

    commit: Commit
    letter: str
    before: str
    after: str


def histories(place: Place, paths: Sequence[str], after: str = "", limit: int = 500, within: Sequence[str] = ("HEAD",)) -> dict[str, list[Step]]:
    """For each path the steps of the newest `limit` commits that changed any of them, the newest first; after a commit when it is given.

    within: what `git log` walks, such as `ELSEWHERE`.
    """
    if not paths or not head(place).commit:
        return {}
    span = [*([f"^{after}"] if after else []), *within]
    form = ("--format=%x1e%H%x1f%cI%x1f%s", "--raw", "--no-abbrev", "--no-renames", "-z")
    out = run(place, "--literal-pathspecs", "log", f"-n{limit}", *form, *span, "--", *paths)
    found: dict[str, list[Step]] = {}
    for block in out.split("\x1e")[1:]:
        first, _, rest = block.partition("\0")
        commit = commit_of(first)
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
    return {_named(name): sha for sha, _, name in (row.partition(" ") for row in rows)}


def _named(reference: str) -> str:
    """With the branch's own name redacted, by itself, as it is where a session tells it."""
    parts = reference.split("/", 3 if reference.startswith("refs/remotes/") else 2)
    return "/".join((*parts[:-1], redact(parts[-1])))


def containing(place: Place, sha: str, limit: int = 3) -> tuple[str, ...]:
    """References that have a commit in their history: `refs/heads/x`, `refs/remotes/origin/x`, `refs/stash`; local branches first."""
    rows = run(place, "for-each-ref", f"--count={limit}", f"--contains={sha}", "--format=%(refname)", accept=(0, 128, 129)).split()
    return tuple(map(_named, rows))


def switched(place: Place) -> frozenset[str]:
    """Branches that a work tree was switched from or to, as far as the logs of HEAD go back: these were there, whatever is left of them."""
    logs = (place.common_dir / "logs" / "HEAD", *place.common_dir.glob("worktrees/*/logs/HEAD"))
    return frozenset(redact(name) for log in logs for pair in SWITCHED.findall(line(log)) for name in pair)


def remote_trunk(place: Place) -> str:
    """The branch that `origin` calls its own, as of the clone; "" when that is not known."""
    return redact(line(place.common_dir / "refs" / "remotes" / "origin" / "HEAD").partition("refs/remotes/origin/")[2])


def shallow(place: Place) -> bool:
    """Whether a part of the history was never fetched."""
    return (place.common_dir / "shallow").is_file()


def branch_times(place: Place) -> list[tuple[str, str]]:
    """(time of the last commit in UTC ISO, name) of each local branch, the newest first."""
    rows = run(place, "for-each-ref", "--sort=-committerdate", "--format=%(committerdate:iso-strict) %(refname:short)", "refs/heads").splitlines()
    return [(utc(time), redact(name)) for time, _, name in (row.partition(" ") for row in rows)]


def merges(place: Place, tip: str, limit: int = 2_000) -> list[tuple[Commit, tuple[str, ...]]]:
    """Merge commits on the first-parent line down from a tip, the newest first, each with the tips that it brought in."""
    out = run(place, "log", f"-n{limit}", "--first-parent", "--merges", "--format=%x1e%P%x1d%H%x1f%cI%x1f%s", tip, accept=(0, 128))
    rows = (row.strip("\n").partition("\x1d") for row in out.split("\x1e")[1:])
    return [(commit_of(about), tuple(parents.split()[1:])) for parents, _, about in rows]


def known(place: Place, shas: Sequence[str]) -> dict[str, str]:
    """The full names of those that are commits of this repository."""
    if not shas:
        return {}
    rows = run(place, "cat-file", "--batch-check=%(objectname) %(objecttype)", feed="".join(f"{sha}\n" for sha in shas)).splitlines()
    return {sha: row.split()[0] for sha, row in zip(shas, rows, strict=False) if row.endswith(" commit")}


def reached(place: Place, shas: Sequence[str], tip: str = "HEAD") -> dict[str, str]:
    """For each commit, spelled in full or not: `here` (an ancestor of the tip), `elsewhere` (of another reference), `nowhere`; others are left out."""
    full = known(place, shas)
    if not full:
        return {}
    given = "".join(f"{sha}\n" for sha in sorted(set(full.values())))
    outside = set(run(place, "rev-list", "--stdin", "--not", tip, feed=given, accept=(0, 128)).split())
    lost = set(run(place, "rev-list", "--stdin", "--not", "--all", "HEAD", feed=given, accept=(0, 128)).split()) if outside else set()
    return {sha: "nowhere" if whole in lost else "elsewhere" if whole in outside else "here" for sha, whole in full.items()}


def order(place: Place, after: str = "") -> dict[str, tuple[int, int]]:
    """When each commit of the history, after a commit when it is given, came in: smaller is later.

    First by the commit of the first-parent line that brought it in, then by the order within what that brought in.
    """
    rows = [row.split() for row in run(place, "rev-list", "--topo-order", "--parents", "HEAD", *([f"^{after}"] if after else [])).splitlines()]
    parents, numbers = {row[0]: row[1:] for row in rows}, {row[0]: number for number, row in enumerate(rows)}
    trunk, sha = [], rows[0][0] if rows else ""
    while sha in parents:
        trunk.append(sha)
        sha = next(iter(parents[sha]), "")
    came: dict[str, tuple[int, int]] = {}
    for number in range(len(trunk) - 1, -1, -1):
        todo = [trunk[number]]
        while todo:
            if (sha := todo.pop()) in parents and sha not in came:
                came[sha] = number, numbers[sha]
                todo += parents[sha]
    return came


def times(place: Place) -> list[tuple[str, str]]:
    """(time in UTC ISO, commit) of the whole history on the first-parent line, the newest first."""
    if not head(place).commit:
        return []
    rows = (row.partition(" ") for row in run(place, "log", "--first-parent", "--format=%cI %H").splitlines())
    return [(utc(time), sha) for time, _, sha in rows]


__all__ = [
    "ANYWHERE", "ELSEWHERE", "Step", "branch_times", "branches", "common", "containing", "histories", "known", "merges", "order", "reached", "remote_trunk",
    "renames", "shallow", "switched", "times",
]
