"""The contract of the checks: a claim and a view of the repository in, a verdict out. Checks are pure; the view does the looking."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import msgspec

from passdown.model.anchor import Anchor
from passdown.model.finding import Severity
from passdown.model.record import Record


class Verdict(msgspec.Struct, frozen=True):
    """code: of a finding, or `holds`, `unverified`. mark: ✔ as it was, ~ changed since, ✗ gone, "" not known.

    note: for a person, to stand behind the name of what was claimed: `moved to src/x.py:40`; "" when there is nothing to say.
    to: where the place is now, as `Anchor.place` writes it, when it is not where it was.
    """

    code: str
    mark: str = ""
    note: str = ""
    severity: Severity = "warning"
    to: str = ""


TRUNKS = frozenset(("", "main", "master", "trunk", "develop", "dev", "HEAD"))  # branches of no piece of work
HOLDS = Verdict("holds", "✔")
UNVERIFIED = Verdict("unverified", severity="info")


class Place(msgspec.Struct, frozen=True):
    """Something stands there, as it was seen."""

    anchor: Anchor


class Branch(msgspec.Struct, frozen=True):
    """Work goes on there. commits: made on it by the one who says so, as far as they are known. seen: it was the branch at that moment."""

    name: str
    commits: tuple[str, ...] = ()
    seen: bool = False


class CommitNamed(msgspec.Struct, frozen=True):
    """It is part of the project's history. made: it was made in a session, and git had it when that was captured."""

    sha: str
    made: bool = False


class Ran(msgspec.Struct, frozen=True):
    """A check ended so, at this time (UTC ISO). edited: files that the same session changed after it.

    seen: content hashes of files when the session was captured: what still is so did not change since.
    """

    command: str
    ok: bool
    at: str
    edited: tuple[str, ...] = ()
    seen: Mapping[str, str] = msgspec.field(default_factory=dict)


class Until(msgspec.Struct, frozen=True):
    """It holds up to a day (YYYY-MM-DD). what: `expires` or `expected`."""

    day: str
    what: str = "expires"


class Rests(msgspec.Struct, frozen=True):
    """It rests on another record, or speaks of it."""

    id: str


class Says(msgspec.Struct, frozen=True):
    """A sentence that says what is not there, not done or failing. said: when (UTC ISO)."""

    text: str
    said: str = ""
    anchors: tuple[Anchor, ...] = ()


class Runs(msgspec.Struct, frozen=True):
    """A command line can be run. said: when (UTC ISO). cwd: where, "" for the root."""

    command: str
    said: str = ""
    cwd: str = ""


class Left(msgspec.Struct, frozen=True):
    """Work on a file was not committed when a session ended.

    commit: the head then. seen: content hash of the file then, "" when not known.

    cwd: where the session ran, "" when not known: only of work in this work tree can it be said that it is lost.
    """

    path: str
    commit: str = ""
    seen: str = ""
    cwd: str = ""


Claim = Place | Branch | CommitNamed | Ran | Until | Rests | Says | Runs | Left


class Change(msgspec.Struct, frozen=True):
    """A commit that changed something: its first seven digits, its subject, and how long ago in words, "" when that is not known."""

    sha: str
    subject: str
    when: str = ""

    @property
    def words(self) -> str:
        """`15 h ago by 1a2b3c4 "Subject"`."""
        return " ".join(filter(None, (self.when, f'by {self.sha} "{self.subject}"')))


class BranchState(msgspec.Struct, frozen=True):
    """How a branch stands. there: it exists, here or at a remote. into: the trunk that has its work, "" when none has. by: the commit that merged it.

    known: it is or was a branch, as far as anything tells; of nothing else may it be said that it is gone.
    """

    known: bool
    there: bool = False
    into: str = ""
    by: str = ""


class View(Protocol):
    """The repository, the records and the sessions as they are now. Nothing raises: what cannot be known has an empty answer."""

    @property
    def today(self) -> str:
        """YYYY-MM-DD."""

    def content(self, path: str) -> bytes | None:
        """A file of the project, with LF line ends; None when it is not there, too large or outside."""

    def there(self, path: str) -> bool:
        """Whether something has this name."""

    def line_now(self, anchor: Anchor) -> int:
        """`anchors.line_now` of the anchor's file; 0 when the file is not there."""

    def before(self, anchor: Anchor) -> bytes | None:
        """The file in which the place was as it was seen, where git still has it."""

    def broken_by(self, anchor: Anchor) -> Change | None:
        """The commit after which the anchored place was not any more as it was seen; None when none is known."""

    def uncommitted(self, anchor: Anchor) -> bool:
        """Whether the place still is as it was seen in the last commit: then what changed it is not committed."""

    def aside(self, anchor: Anchor) -> str:
        """Why a place that is not here as it was may still be so: `on branch x`, `in another work tree`, `not checked out`; "" when nothing says that."""

    def renamed(self, path: str) -> str:
        """Where git says that a file went; "" when it does not."""

    def elsewhere(self, anchor: Anchor) -> tuple[str, int]:
        """File and line where the anchored lines or symbol stand now; ("", 0) when they stand nowhere."""

    def defines(self, symbol: str, among: Sequence[str] = ()) -> tuple[str, int]:
        """File and line of a definition, the first in these files or, without any, the only one anywhere; ("", 0) when there is none, or are several."""

    def branch(self, claim: Branch) -> BranchState: ...

    def commit(self, sha: str) -> str:
        """`here` (in the history of the work tree), `elsewhere` (on another branch), `nowhere` (git has it, no branch does), `unknown` (git does not have it).

        "": that cannot be told.
        """

    def touched(self, after: str) -> tuple[str, ...]:
        """Files that changed after a time (UTC ISO), committed or not."""

    def left(self, claim: Left) -> str:
        """What became of uncommitted work: `there`, `committed`, `gone` or "" when that cannot be told."""

    def record(self, id_: str) -> Record | None:
        """The record of this id, of any status."""

    def passed(self, words: str, after: str) -> str:
        """The command of a check that passed after a time (UTC ISO) and is meant by these words; "" when there is none."""

    def had(self, path: str, at: str) -> bytes | None:
        """A file as it was committed last before a time (UTC ISO); None when it was not there, or git does not know."""

    def newer(self, path: str, at: str) -> bool:
        """Whether a file was written after a time (UTC ISO), and is known to git from before or since: one that is not may have lain there."""


class Check(Protocol):
    """What a module in `checks/` provides."""

    @property
    def TAKES(self) -> Any:
        """The kind of claim that it judges."""

    def check(self, claim: Any, view: View) -> Verdict | None:
        """The verdict; None when it has nothing to say and the next check is asked."""


__all__ = [
    "HOLDS", "TRUNKS", "UNVERIFIED", "Branch", "BranchState", "Change", "Check", "Claim", "CommitNamed", "Left", "Place", "Ran", "Rests", "Runs", "Says",
    "Until", "Verdict", "View",
]
