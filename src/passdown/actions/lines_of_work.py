"""Branches and named commits: which are there, which were merged, and which are in no history any more."""

import functools
import re
from collections.abc import Sequence
from functools import cached_property

from passdown import githistory, gitrepo
from passdown.actions.repository import Repository
from passdown.model.session import Session
from passdown.verification.base import TRUNKS, Branch, BranchState, CommitNamed

TRUNK_NAMES = ("main", "master", "trunk", "develop", "dev")
MERGED = re.compile(r"Merge (?:remote-tracking )?branch '([^']+)'|Merge pull request #\d+ from [\w.-]+/(\S+)")
SUBJECT_CHARS = 60
Merge = tuple[gitrepo.Commit, tuple[str, ...]]


class LinesOfWork:
    """claims: those that will be asked about, so that git is asked once."""

    def __init__(self, repository: Repository, branches: Sequence[Branch], commits: Sequence[CommitNamed], sessions: Sequence[Session]) -> None:
        self._repository, self._branches, self._commits, self._sessions = repository, branches, commits, sessions

    @cached_property
    def _tips(self) -> dict[str, str]:
        return self._repository.ask(githistory.branches, {})

    @cached_property
    def _trunks(self) -> list[tuple[str, str]]:
        """(name, tip) of the branches into which work is merged, here and at `origin`: the one that `origin` calls its own first."""
        names = dict.fromkeys(filter(None, (self._repository.ask(githistory.remote_trunk, ""), *TRUNK_NAMES)))
        found = {tip: name for name in reversed(names) for kind in ("remotes/origin", "heads") if (tip := self._tips.get(f"refs/{kind}/{name}"))}
        return [(name, tip) for tip, name in reversed(found.items())]

    @cached_property
    def _merges(self) -> list[tuple[str, Merge]]:
        """Merge commits of each trunk, with its name."""
        found: list[tuple[str, Merge]] = []
        for name, tip in self._trunks:
            merges: list[Merge] = self._repository.ask(functools.partial(githistory.merges, tip=tip), [])
            found += [(name, merge) for merge in merges]
        return found

    @cached_property
    def _in_trunk(self) -> dict[str, set[str]]:
        """For each trunk the commits and tips of claims that it has."""
        shas = sorted({sha for c in self._branches for sha in (*c.commits, self._tip(c.name)) if sha})
        found: dict[str, set[str]] = {}
        for name, tip in self._trunks:
            reached: dict[str, str] = self._repository.ask(functools.partial(githistory.reached, shas=shas, tip=tip), {})
            found.setdefault(name, set()).update(sha for sha, where in reached.items() if where == "here")
        return found

    @cached_property
    def _reached(self) -> dict[str, str]:
        return self._repository.ask(lambda place: githistory.reached(place, sorted({c.sha for c in self._commits})), {})

    @cached_property
    def _whole(self) -> bool:
        """Whether what git does not have is not there."""
        return not self._repository.ask(githistory.shallow, True)

    @cached_property
    def _known(self) -> frozenset[str]:
        """Branches that were here at some time, as the logs of git and the captures of sessions saw them."""
        logged: frozenset[str] = self._repository.ask(githistory.switched, frozenset())
        return logged | {name for s in self._sessions for name in s.refs}

    def commit(self, sha: str) -> str:
        """See `View.commit`."""
        return self._reached.get(sha) or ("unknown" if self._whole else "")

    def branch(self, claim: Branch) -> BranchState:
        """See `View.branch`. A branch with new commits on top of what was merged is not merged."""
        tip, known = self._tip(claim.name), claim.seen or claim.name in self._known
        if claim.name in (name for name, _ in self._trunks):
            return BranchState(True, True)
        trunk, merge = self._merge_of(claim.name, tip)
        if merge:
            return BranchState(True, bool(tip), trunk, f'{merge.sha[:7]} "{merge.subject[:SUBJECT_CHARS]}"')
        return BranchState(bool(tip) or (known and bool(self._trunks)), bool(tip), self._arrived(claim, tip))

    def _arrived(self, claim: Branch, tip: str) -> str:
        """The trunk that has all commits of the branch, though no merge tells: it was fast-forwarded."""
        shas = {*claim.commits, *([tip] if tip else [])}
        return next((name for name, has in self._in_trunk.items() if shas <= has), "") if self._own_work(claim) and claim.name not in TRUNKS else ""

    def _tip(self, name: str) -> str:
        """Of the branch here, else at any remote."""
        far = (sha for ref, sha in self._tips.items() if ref.startswith("refs/remotes/") and ref.split("/", 3)[-1] == name)
        return self._tips.get(f"refs/heads/{name}") or next(far, "")

    def _merge_of(self, name: str, tip: str) -> tuple[str, gitrepo.Commit | None]:
        """Trunk and merge that brought the branch's tip in; of a branch that is gone, the one that names it."""
        if tip:
            return next(((trunk, commit) for trunk, (commit, parents) in self._merges if tip in parents), ("", None))
        return next(((trunk, commit) for trunk, (commit, _) in self._merges if name in merged_by(commit)), ("", None))

    def _own_work(self, claim: Branch) -> bool:
        """Whether commits were made on it: one that was only begun looks as if it had been merged."""
        return any(c.sha in claim.commits for s in self._sessions if claim.name in (s.branch, *s.branches) for c in s.commits)

    def merged_since(self, after: str) -> list[str]:
        """Branches of some piece of work that merge commits after a time (UTC ISO) name, the newest first."""
        named = (name for _, (commit, _) in self._merges if commit.time > after[:19] + "Z" for name in merged_by(commit))
        return [name for name in dict.fromkeys(named) if name not in TRUNKS]

    def worked_on_since(self, after: str) -> list[str]:
        """Branches of this repository whose last commit was made after a time (UTC ISO), the newest first."""
        times: list[tuple[str, str]] = self._repository.ask(githistory.branch_times, [])
        return [name for time, name in times if time > after[:19] + "Z"]


def merged_by(commit: gitrepo.Commit) -> list[str]:
    """The branch that a merge commit names, if it names one."""
    found = MERGED.search(commit.subject)
    return [(found[1] or found[2]).removeprefix("origin/")] if found else []


__all__ = ["LinesOfWork"]
