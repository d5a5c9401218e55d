"""Branches and named commits: which are there, which were merged, and which are in no history any more."""

import re
from collections.abc import Sequence
from functools import cached_property

from passdown import gitrepo
from passdown.actions.repository import Repository
from passdown.model.session import Session
from passdown.verification.base import TRUNKS, Branch, BranchState, CommitNamed

TRUNK_NAMES = ("main", "master", "trunk", "develop", "dev")
MERGED = re.compile(r"Merge (?:remote-tracking )?branch '([^']+)'|Merge pull request #\d+ from [\w.-]+/(\S+)")
SUBJECT_CHARS = 60


class LinesOfWork:
    """current: the branch of the work tree. claims: those that will be asked about, so that git is asked once."""

    def __init__(self, repository: Repository, current: str, branches: Sequence[Branch], commits: Sequence[CommitNamed], sessions: Sequence[Session]) -> None:
        self._repository, self._current, self._branches, self._commits, self._sessions = repository, current, branches, commits, sessions

    @cached_property
    def _tips(self) -> dict[str, str]:
        return self._repository.ask(gitrepo.branches, {})

    @cached_property
    def _trunk(self) -> str:
        names = (n for kind in ("heads", "remotes/origin") for n in TRUNK_NAMES if f"refs/{kind}/{n}" in self._tips)
        return next(names, self._current)

    @cached_property
    def _trunk_tip(self) -> str:
        return self._tips.get(f"refs/heads/{self._trunk}") or self._tips.get(f"refs/remotes/origin/{self._trunk}", "")

    @cached_property
    def _merges(self) -> list[tuple[gitrepo.Commit, tuple[str, ...]]]:
        return self._repository.ask(lambda place: gitrepo.merges(place, self._trunk_tip), []) if self._trunk_tip else []

    @cached_property
    def _in_trunk(self) -> dict[str, str]:
        shas = {sha for c in self._branches for sha in c.commits}
        return self._repository.ask(lambda place: gitrepo.reached(place, sorted(shas), self._trunk_tip or "HEAD"), {})

    @cached_property
    def _reached(self) -> dict[str, str]:
        return self._repository.ask(lambda place: gitrepo.reached(place, sorted({c.sha for c in self._commits})), {})

    @cached_property
    def _known(self) -> set[str]:
        return {name for s in self._sessions for name in (s.branch, *s.branches) if name}

    def commit(self, sha: str) -> str:
        """See `View.commit`."""
        return self._reached.get(sha, "")

    def branch(self, claim: Branch) -> BranchState:
        """See `View.branch`."""
        tip = self._tip(claim.name)
        merge = self._merge_of(claim.name, tip) if claim.name != self._trunk else None
        if merge:
            return BranchState(True, bool(tip), self._trunk, f'{merge.sha[:7]} "{merge.subject[:SUBJECT_CHARS]}"')
        arrived = claim.name not in TRUNKS and self._own_work(claim) and all(self._in_trunk.get(sha) == "here" for sha in claim.commits)
        return BranchState(bool(tip) or claim.seen or claim.name in self._known, bool(tip), self._trunk if arrived else "")

    def _tip(self, name: str) -> str:
        """Of the branch here, else at any remote."""
        far = (sha for ref, sha in self._tips.items() if ref.startswith("refs/remotes/") and ref.split("/", 3)[-1] == name)
        return self._tips.get(f"refs/heads/{name}") or next(far, "")

    def _merge_of(self, name: str, tip: str) -> gitrepo.Commit | None:
        """The merge that brought the branch's tip in; of a branch that is gone, the one that names it."""
        if tip:
            return next((commit for commit, parents in self._merges if tip in parents), None)
        return next((c for c, _ in self._merges if (m := MERGED.search(c.subject)) and name in ((m[1] or "").removeprefix("origin/"), m[2])), None)

    def _own_work(self, claim: Branch) -> bool:
        """Whether commits were made on it: one that was only begun looks as if it had been merged."""
        return any(c.sha in claim.commits for s in self._sessions if claim.name in (s.branch, *s.branches) for c in s.commits)

    def merged_since(self, after: str) -> list[str]:
        """Branches that merge commits after a time (UTC ISO) name, the newest first."""
        named = (MERGED.search(c.subject) for c, _ in self._merges if c.time > after[:19] + "Z")
        return list(dict.fromkeys((m[1] or m[2]).removeprefix("origin/") for m in named if m))

    def worked_on_since(self, after: str) -> list[str]:
        """Branches of this repository whose last commit was made after a time (UTC ISO), the newest first."""
        times: list[tuple[str, str]] = self._repository.ask(gitrepo.branch_times, [])
        return [name for time, name in times if time > after[:19] + "Z"]


__all__ = ["LinesOfWork"]
