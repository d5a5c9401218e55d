"""The repository as checks see it (`verification.base.View`): files by stat and read, git by a handful of processes, each started when it is needed first."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from passdown import gitrepo
from passdown.actions.disturbed import CANDIDATES, Disturbed
from passdown.actions.facts import COMMIT_DIGITS, content, is_there
from passdown.actions.lines_of_work import SUBJECT_CHARS, LinesOfWork
from passdown.actions.repository import Repository
from passdown.briefing.times import LATER, ago
from passdown.model.anchor import Anchor
from passdown.model.ids import content_hash
from passdown.model.record import Record
from passdown.model.session import Session
from passdown.project import Project
from passdown.verification.anchors import line_now, text_of
from passdown.verification.base import Branch, BranchState, Change, Claim, CommitNamed, Left, Place, Says
from passdown.verification.symbols.table import meant

OWN = ".passdown/"  # what is kept there is no part of what a check runs on
COMMITS = 300  # the newest, looked through for files that changed since a check ran


class RepositoryView:
    """See `verification.base.View`. now: UTC ISO, or `times.LATER`. To be used with `with`.

    claims: those that will be judged. records: by id, of any status. sessions: newest first.
    """

    def __init__(self, project: Project, claims: Sequence[Claim], now: str, records: Mapping[str, Record], sessions: Sequence[Session]) -> None:
        self._project, self._claims, self._now, self._records, self._sessions = project, claims, now, records, sessions
        self._repository = Repository(project)
        self._contents: dict[str, bytes | None] = {}
        self._lines: dict[Anchor, int] = {}

    def __enter__(self) -> "RepositoryView":
        return self

    def __exit__(self, *_: object) -> None:
        self._repository.close()

    @property
    def today(self) -> str:
        return self._now[:10] if self._now != LATER else self._project.clock.iso()[:10]

    # -- files and places

    def content(self, path: str) -> bytes | None:
        if path not in self._contents:
            self._contents[path] = content(self._project.root, path)
        return self._contents[path]

    def there(self, path: str) -> bool:
        return is_there(self._project.root, path)

    def line_now(self, anchor: Anchor) -> int:
        if anchor not in self._lines:
            data = self.content(anchor.path)
            self._lines[anchor] = line_now(anchor, data) if data is not None else 0
        return self._lines[anchor]

    def _stands(self, anchor: Anchor) -> bool:
        """Whether it is where it was, or a symbol anywhere in its file: git need not be asked."""
        line = self.line_now(anchor)
        return line == anchor.first if anchor.first else line > 0

    @cached_property
    def _disturbed(self) -> Disturbed:
        anchors = [c.anchor for c in self._claims if isinstance(c, Place)]
        gone = [a for a in sorted(dict.fromkeys(anchors), key=lambda a: a.path) if a.seen and not self._stands(a)]
        left = [c for c in self._claims if isinstance(c, Left)]
        said = [Left(a.path, a.commit, a.seen) for c in self._claims if isinstance(c, Says) for a in c.anchors]
        return Disturbed(self._repository, gone, [*left, *said], self.content)

    def before(self, anchor: Anchor) -> bytes | None:
        return self._disturbed.before(anchor)

    def broken_by(self, anchor: Anchor) -> Change | None:
        step = self._disturbed.step(anchor)
        return Change(step.commit.sha[:7], step.commit.subject[:SUBJECT_CHARS], ago(step.commit.time, self._now)) if step else None

    def uncommitted(self, anchor: Anchor) -> bool:
        return self._disturbed.uncommitted(anchor)

    def aside(self, anchor: Anchor) -> str:
        return self._disturbed.aside(anchor)

    def renamed(self, path: str) -> str:
        return self._disturbed.renamed(path)

    def elsewhere(self, anchor: Anchor) -> tuple[str, int]:
        return self._disturbed.elsewhere(anchor)

    @cached_property
    def _holding(self) -> dict[str, list[str]]:
        from passdown.verification import sayings  # a briefing only asks about places

        said = [s for c in self._claims if isinstance(c, Says) for kind, s in sayings.negative(c.text) if kind == sayings.ABSENT]
        words = {last_part(name) for sentence in said for name in sayings.names(sentence)}
        return self._repository.ask(lambda place: gitrepo.holding(place, sorted(words)), {})

    def defines(self, symbol: str, among: Sequence[str] = ()) -> tuple[str, int]:
        paths = among or self._holding.get(last_part(symbol), [])
        if not among and len(paths) > CANDIDATES:
            return "", 0
        texts = ((path, text_of(data)) for path in paths if (data := self.content(path)) is not None)
        found = [(path, d.first) for path, text in texts for d in meant(path, text, symbol)]
        return found[0] if found and (among or len(found) == 1) else ("", 0)

    # -- branches and commits

    @cached_property
    def lines_of_work(self) -> LinesOfWork:
        branches, commits = [c for c in self._claims if isinstance(c, Branch)], [c for c in self._claims if isinstance(c, CommitNamed)]
        return LinesOfWork(self._repository, branches, commits, self._sessions)

    def branch(self, claim: Branch) -> BranchState:
        return self.lines_of_work.branch(claim)

    def commit(self, sha: str) -> str:
        return self.lines_of_work.commit(sha)

    # -- time

    @cached_property
    def _recent(self) -> Sequence[tuple[gitrepo.Commit, tuple[str, ...]]]:
        return self._repository.ask(lambda place: gitrepo.commits_with_files(place, limit=COMMITS), ())

    def touched(self, after: str) -> tuple[str, ...]:
        committed = [path for commit, files in self._recent if commit.time > after[:19] + "Z" for path in files]
        changed = [p for p in self._repository.dirty if not p.endswith("/") and self._changed_at(p) > after]
        return tuple(p for p in dict.fromkeys((*changed, *committed)) if not p.startswith(OWN))

    def _changed_at(self, path: str) -> str:
        try:
            at = (self._project.root / path).stat().st_mtime
        except OSError:
            return "9"  # it is gone: nobody knows since when
        return datetime.fromtimestamp(at, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    def left(self, claim: Left) -> str:
        data = self.content(claim.path)
        if not self._repository.head or claim.path.endswith("/"):
            return ""
        if self._repository.is_dirty(claim.path):
            return "there"
        if claim.seen and data is not None and content_hash(data) == claim.seen:
            return "committed" if self._repository.blob(f"HEAD:{claim.path}") is not None else "there"  # git ignores it
        then = next((time for time, sha in self._repository.times if claim.commit and sha.startswith(claim.commit[:COMMIT_DIGITS])), "")
        if then and any(s.commit.time > then for s in self._disturbed.histories.get(claim.path, [])):
            return "committed"
        return "gone" if then and self._nowhere(claim, then) else ""

    def _nowhere(self, claim: Left, then: str) -> bool:
        """Whether all say no: this work tree, which is the one in which the work was, the others, and every commit that git has since."""
        if not same_tree(claim.cwd, self._project.root) or (self.there(claim.path) and self._repository.blob(f"HEAD:{claim.path}") is None):
            return False
        others = (content(root, claim.path) for root in self._repository.other_trees)
        if any(data is not None and (not claim.seen or content_hash(data) == claim.seen) for data in others):
            return False
        steps = self._disturbed.anywhere
        return steps is not None and all(s.commit.time < then or s.commit.sha.startswith(claim.commit) for s in steps.get(claim.path, []))

    def had(self, path: str, at: str) -> bytes | None:
        commit = self._repository.at(at)
        return self._repository.blob(f"{commit}:{path}") if commit else None

    def newer(self, path: str, at: str) -> bool:
        if self._changed_at(path) <= at[:19] + "Z" or not self._repository.at(at):
            return False
        return self.had(path, at) is not None or self._repository.blob(f"HEAD:{path}") is not None

    # -- records and sessions

    def record(self, id_: str) -> Record | None:
        return self._records.get(id_)

    def passed(self, words: str, after: str) -> str:
        """Of the check that a sentence means the last run counts."""
        from passdown.verification import sayings

        latest: dict[str, tuple[str, bool, str]] = {}
        for check in (c for s in self._sessions for c in s.checks if c.at > after and sayings.meant(words, c.tool, c.command)):
            latest[check.tool] = max(latest.get(check.tool, ("", False, "")), (check.at, check.ok, check.command))
        _, ok, command = max(latest.values(), default=("", False, ""))
        return command if ok else ""


def same_tree(cwd: str, root: Path) -> bool:
    """Whether a session that ran in `cwd` worked in this work tree."""
    place = gitrepo.locate(Path(cwd)) if cwd and Path(cwd).is_dir() else None
    return place is not None and place.root is not None and place.root.resolve() == root.resolve()


def last_part(symbol: str) -> str:
    """The name by itself, without its class."""
    return symbol.replace("::", ".").rpartition(".")[2]


def view_of(project: Project, claims: Sequence[Claim], *, now: str = "", records: Mapping[str, Record] | None = None,
            sessions: Sequence[Session] = ()) -> RepositoryView:
    """The view for these claims; without `now` as of the project's clock."""
    return RepositoryView(project, claims, now or project.clock.iso(), records or {}, sessions)


__all__ = ["RepositoryView", "view_of"]
