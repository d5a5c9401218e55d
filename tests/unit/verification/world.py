"""A repository as a value, for checks: what a test does not say is not known."""

from collections.abc import Sequence

import msgspec

from passdown.model.anchor import Anchor
from passdown.model.record import Record
from passdown.verification.anchors import line_now
from passdown.verification.base import Branch, BranchState, Change, Left
from passdown.verification.symbols.table import defined


class World(msgspec.Struct):
    """Answers of a `View`, by what is asked."""

    today: str = "2026-11-20"
    files: dict[str, bytes] = {}
    folders: frozenset[str] = frozenset()
    old: dict[str, bytes] = {}
    by: Change | None = None
    open_change: bool = False
    to: dict[str, str] = {}
    away: str = ""
    stands: tuple[str, int] = ("", 0)
    branches: dict[str, BranchState] = {}
    commits: dict[str, str] = {}
    changed: tuple[str, ...] = ()
    rest: dict[str, str] = {}
    records: dict[str, Record] = {}
    passing: str = ""
    then: dict[str, bytes] = {}
    lay_there: frozenset[str] = frozenset()

    def content(self, path: str) -> bytes | None:
        return self.files.get(path)

    def there(self, path: str) -> bool:
        return path in self.files or path in self.folders

    def line_now(self, anchor: Anchor) -> int:
        return line_now(anchor, self.files[anchor.path]) if anchor.path in self.files else 0

    def before(self, anchor: Anchor) -> bytes | None:
        return self.old.get(anchor.path)

    def broken_by(self, _anchor: Anchor) -> Change | None:
        return self.by

    def uncommitted(self, _anchor: Anchor) -> bool:
        return self.open_change

    def aside(self, _anchor: Anchor) -> str:
        return self.away

    def renamed(self, path: str) -> str:
        return self.to.get(path, "")

    def elsewhere(self, _anchor: Anchor) -> tuple[str, int]:
        return self.stands

    def defines(self, symbol: str, among: Sequence[str] = ()) -> tuple[str, int]:
        for path in among or self.files:
            found = defined(path, self.files.get(path, b"").decode(), symbol)
            if found:
                return path, found.first
        return "", 0

    def branch(self, claim: Branch) -> BranchState:
        return self.branches.get(claim.name, BranchState(claim.seen))

    def commit(self, sha: str) -> str:
        return self.commits.get(sha, "")

    def touched(self, _after: str) -> tuple[str, ...]:
        return self.changed

    def left(self, claim: Left) -> str:
        return self.rest.get(claim.path, "")

    def record(self, id_: str) -> Record | None:
        return self.records.get(id_)

    def passed(self, _words: str, _after: str) -> str:
        return self.passing

    def had(self, path: str, _at: str) -> bytes | None:
        return self.then.get(path)

    def newer(self, path: str, _at: str) -> bool:
        return path not in self.lay_there
