"""What a check asks git: its state now, and which paths it has. Asked in a thread of its own while rules and documents are read, since git needs as long."""

from contextlib import suppress
from functools import cached_property
from threading import Thread

from passdown import gitrepo
from passdown.errors import GitFailed
from passdown.formats.base import Commit, GitState

COMMITS = 30


class GitLook:
    """Each answer is asked for once. place: None outside of git, where there are none."""

    def __init__(self, place: gitrepo.Place | None) -> None:
        self._place = place if place and place.root else None
        self._thread: Thread | None = None

    def begun(self) -> "GitLook":
        """The same, with all that can be asked being asked now; whoever wants an answer waits for it."""
        if self._place:
            self._thread = Thread(target=self._ask, daemon=True)
            self._thread.start()
        return self

    @property
    def state(self) -> GitState | None:
        """Less than a document says of git, so that a check costs two processes; None where it cannot be known."""
        self._wait()
        return self._state

    @cached_property
    def ends(self) -> frozenset[str]:
        """All ends of the project's paths: documents often leave the first folders out."""
        self._wait()
        ends: set[str] = set()
        for path in self._tracked:
            parts = path.split("/")
            ends.update("/".join(parts[n:m]) for n in range(len(parts)) for m in range(n + 1, len(parts) + 1))
        return frozenset(ends)

    def _wait(self) -> None:
        if self._thread:
            self._thread.join()

    def _ask(self) -> None:
        with suppress(Exception):  # who wants the answer asks again, and gets the error
            _ = self._state, self._tracked

    @cached_property
    def _state(self) -> GitState | None:
        if self._place is None:
            return None
        try:
            changed = tuple((c.path, c.state) for c in gitrepo.changes(self._place))
            recent = tuple(Commit(c.sha, c.subject, c.time[:10]) for c in gitrepo.commits(self._place, limit=COMMITS))
            return GitState(gitrepo.head(self._place).branch, recent[0] if recent else None, changed, commits=recent)
        except GitFailed:
            return None

    @cached_property
    def _tracked(self) -> tuple[str, ...]:
        try:
            return gitrepo.tracked(self._place) if self._place else ()
        except GitFailed:
            return ()


__all__ = ["GitLook"]
