"""Places that are not as they were: what git knows of them. All of them are asked about at once, so that a thousand cost no more processes than one."""

from collections.abc import Callable, Sequence
from functools import cached_property

from passdown import githistory
from passdown.actions.facts import COMMIT_DIGITS, content, is_there
from passdown.actions.repository import Repository
from passdown.model.anchor import Anchor
from passdown.model.ids import content_hash
from passdown.verification.anchors import excerpt, line_now, part, tells, text_of
from passdown.verification.base import Left
from passdown.verification.symbols.table import defined

STEPS = 25  # of one path that are looked back through
CANDIDATES = 60  # files in which lines that moved are looked for
RENAMES = 3  # of one file that are followed
LIKE = 0.5  # share of lines that a file must have of another one to be that one under a new name, as for git
EVER = (1 << 62, 0)  # came in before everything that was asked for
Content = Callable[[str], bytes | None]
Moved = dict[str, tuple[dict[str, str], tuple[str, ...]]]


class Disturbed:
    """anchors: those that were seen and do not stand. left: uncommitted work to be looked after. content: a file of the work tree."""

    def __init__(self, repository: Repository, anchors: Sequence[Anchor], left: Sequence[Left], content: Content) -> None:
        self._repository, self._anchors, self._left, self._content = repository, anchors, left, content
        self._before: dict[Anchor, bytes | None] = {}
        self._names: dict[str, str] = {}
        self._lines_of_work: dict[str, str] = {}
        self._holds: dict[tuple[Anchor, str], bool] = {}

    @cached_property
    def histories(self) -> dict[str, list[githistory.Step]]:
        """Steps of each path since the places were seen, the newest first."""
        paths = {a.path for a in self._anchors} | {c.path for c in self._left}
        commits = {a.commit for a in self._anchors} | {c.commit for c in self._left}
        return self._repository.ask(lambda place: githistory.histories(place, sorted(paths), githistory.common(place, sorted(commits))), {})

    @cached_property
    def _moved(self) -> Moved:
        breaking = [step.commit.sha for a in self._anchors if (step := self.step(a))]
        return self._repository.ask(lambda place: githistory.renames(place, breaking), {})

    def before(self, anchor: Anchor) -> bytes | None:
        """The file in which the place was as it was seen."""
        if anchor not in self._before:
            self._before[anchor] = next((data for v in self._versions(anchor.path) if (data := self._repository.blob(v)) is not None
                                         and (found := part(anchor, data)) is not None and content_hash(found) == anchor.seen), None)
        return self._before[anchor]

    def _text(self, anchor: Anchor) -> bytes | None:
        """What was seen, word for word."""
        data = self.before(anchor)
        return part(anchor, data) if data is not None else None

    def _versions(self, path: str) -> list[str]:
        """Names of the file's contents as git has them, the newest first."""
        steps = self.histories.get(path, [])[:STEPS]
        return [o for o in dict.fromkeys([*(s.after for s in steps), *(s.before for s in steps)]) if o.strip("0")] if steps else [f"HEAD:{path}"]

    def step(self, anchor: Anchor) -> githistory.Step | None:
        """What broke the place: the oldest step after which it was never again as it was seen; of what git never had, the newest one.

        No commit that is older than the seeing broke anything.
        """
        steps = self.histories.get(anchor.path, [])[:STEPS]
        if not steps or self.uncommitted(anchor):
            return None
        dated = self._reached.get(anchor.commit) == "here"
        steps = [s for s in steps if self._came(s.commit.sha) < self._came(anchor.commit)] if dated else steps
        return next((s for s in steps if self._held(anchor, s.before)), steps[0] if steps and dated else None)

    @cached_property
    def _reached(self) -> dict[str, str]:
        commits = sorted({a.commit for a in self._anchors if a.commit})
        return self._repository.ask(lambda place: githistory.reached(place, commits), {})

    @cached_property
    def _order(self) -> dict[str, tuple[int, int]]:
        return self._repository.order([sha for sha, where in self._reached.items() if where == "here"])

    def _came(self, sha: str) -> tuple[int, int]:
        return self._order.get(sha[:COMMIT_DIGITS], EVER)

    def _held(self, anchor: Anchor, version: str) -> bool:
        if (anchor, version) not in self._holds:
            data, text = self._repository.blob(version), self._text(anchor)
            self._holds[anchor, version] = data is not None and text is not None and (text in data if anchor.first or anchor.signature else text == data)
        return self._holds[anchor, version]

    def uncommitted(self, anchor: Anchor) -> bool:
        """Whether the file is changed in the work tree, and the last commit still has the place as it was seen, or is the one at which it was seen."""
        if not self._repository.is_dirty(anchor.path):
            return False
        steps = self.histories.get(anchor.path, [])
        return self._held(anchor, steps[0].after if steps else f"HEAD:{anchor.path}") or bool(anchor.commit and self._repository.head.startswith(anchor.commit))

    def aside(self, anchor: Anchor) -> str:
        """See `View.aside`. What a commit of this history or a change that is not committed did to the place is known, and so it is not aside."""
        if self._not_checked_out(anchor.path):
            return "not checked out"
        if self.uncommitted(anchor):
            return ""
        where = self._reached.get(anchor.commit, "") if anchor.commit else "here"
        if where == "elsewhere":
            return self._line_of_work(anchor.commit)
        if self.step(anchor):
            return ""
        return self._kept(anchor) if where else "seen at a commit that is not here"

    def _not_checked_out(self, path: str) -> bool:
        """Whether git has it here, and left it out: by a sparse checkout, or in a submodule that is not there."""
        if self._content(path) is not None or self._repository.is_dirty(path) or is_there(self._repository.root, path):
            return False
        return path.startswith(self._repository.submodules) or self._repository.blob(f"HEAD:{path}") is not None

    def _kept(self, anchor: Anchor) -> str:
        """Where the place is as it was seen, or its file at all when it is not here: another branch, a stash, another work tree."""
        missing = self._content(anchor.path) is None
        steps = [s for s in self._other_lines.get(anchor.path, []) if s.letter != "D"]
        found = next((s for s in steps if missing or self._stood(anchor, s.after)), None)
        if found:
            return self._line_of_work(found.commit.sha)
        trees = ((root, content(root, anchor.path)) for root in self._repository.other_trees)
        return "in another work tree" if any(data is not None and line_now(anchor, data) for _, data in trees) else ""

    def _stood(self, anchor: Anchor, version: str) -> bool:
        return (data := self._repository.blob(version)) is not None and line_now(anchor, data) > 0

    @cached_property
    def _other_lines(self) -> dict[str, list[githistory.Step]]:
        """Steps of each path on other branches and in the stash."""
        paths = sorted({a.path for a in self._anchors})
        return self._repository.ask(lambda place: githistory.histories(place, paths, within=githistory.ELSEWHERE), {})

    @cached_property
    def anywhere(self) -> dict[str, list[githistory.Step]] | None:
        """Steps of each path of which work was left, in all that git still has, since the first of the sessions that left it; None when git does not say."""
        paths, ends = sorted({c.path for c in self._left}), {c.commit for c in self._left}
        since = min((time for time, sha in self._repository.times if sha[:COMMIT_DIGITS] in {e[:COMMIT_DIGITS] for e in ends}), default="")
        within = (*githistory.ANYWHERE, *([f"--since={since}"] if since else []))
        return self._repository.ask(lambda place: githistory.histories(place, paths, within=within), None)

    def _line_of_work(self, sha: str) -> str:
        """`on branch x`, of the first reference that has the commit."""
        if sha not in self._lines_of_work:
            names: tuple[str, ...] = self._repository.ask(lambda place: githistory.containing(place, sha), ())
            self._lines_of_work[sha] = told(next(iter(names), ""))
        return self._lines_of_work[sha]

    def renamed(self, path: str) -> str:
        """Where a file went that is not there any more; "" when nothing tells."""
        if path not in self._names:
            self._names[path] = self._followed(path)
        return self._names[path]

    def _followed(self, path: str) -> str:
        for _ in range(RENAMES):
            step = next(iter(self.histories.get(path, ())), None)
            moved = self._moved.get(step.commit.sha, ({}, ()))[0] if step and step.letter == "D" else {}
            path = moved[path] if path in moved else self._alike(path)
            if not path or self._content(path) is not None:
                return path
            self._look_after(path)
        return ""

    def _look_after(self, path: str) -> None:
        """What happened to a file that another one was renamed to, and that is not there either."""
        found: dict[str, list[githistory.Step]] = self._repository.ask(lambda place: githistory.histories(place, [path], limit=STEPS), {})
        made: Moved = self._repository.ask(lambda place: githistory.renames(place, [s.commit.sha for s in found.get(path, [])[:1]]), {})
        self.histories.update(found)
        self._moved.update(made)

    def _alike(self, path: str) -> str:
        """A file that is not committed and has most lines of one that is in the last commit, and not in the work tree: git does not look there."""
        before = self._repository.blob(f"HEAD:{path}")
        rows = set(before.split(b"\n")) if before else set()
        ending = path[path.rfind("."):]
        shares = [(share(rows, self._content(other)), other) for other in self._repository.fresh[:CANDIDATES] if other.endswith(ending)] if rows else []
        best, name = max(shares, default=(0.0, ""))
        return name if best >= LIKE else ""

    def elsewhere(self, anchor: Anchor) -> tuple[str, int]:
        """File and line where the anchored lines or symbol stand now; ("", 0) when they stand nowhere."""
        text, to = self._text(anchor), "" if self._content(anchor.path) is not None else self.renamed(anchor.path)
        for path in self._candidates(anchor, to):
            data = self._content(path) if path != anchor.path else None
            if data is not None and (line := found_in(anchor, path, data, text, sure=path == to)):
                return path, line
        return "", 0

    def _candidates(self, anchor: Anchor, to: str) -> list[str]:
        """Files of the commit that broke the place, and those that are not committed: what was moved out of one file stands in another by the same change."""
        step = self.step(anchor)
        same = self._moved.get(step.commit.sha, ({}, ()))[1] if step else ()
        return list(dict.fromkeys(filter(None, (to, *self._repository.fresh, *same))))[:CANDIDATES]


def told(reference: str) -> str:
    """Where something is that this reference has."""
    kind, _, name = reference.removeprefix("refs/").partition("/")
    return f"on branch {name}" if kind in ("heads", "remotes") else "in a stash" if kind == "stash" else "on another branch"


def share(rows: set[bytes], data: bytes | None) -> float:
    """How many of the lines are in the text."""
    return len(rows & set(data.split(b"\n"))) / len(rows) if data else 0.0


def found_in(anchor: Anchor, path: str, data: bytes, text: bytes | None, *, sure: bool) -> int:
    """The line of a file at which what was seen elsewhere begins, 0 when it does not hold that.

    sure: the file is the one that the anchor's was renamed to; in any other, what is too little to be known again does not count.
    """
    if anchor.signature and not anchor.first:
        found = defined(path, text_of(data), anchor.symbol.rpartition(".")[2])
        return found.first if found and same(anchor, excerpt(data, found.first, found.last) or b"", found.signature, text) else 0
    if not anchor.first:
        return int(content_hash(data) == anchor.seen)
    line = line_of(text, data) if text is not None else line_now(anchor, data)
    return line if line and (sure or tells(text or excerpt(data, line, line + anchor.last - anchor.first) or b"")) else 0


def line_of(text: bytes, data: bytes) -> int:
    """The line at which some whole lines stand, 0 when they do not."""
    at = data.find(text)
    while at > 0 and data[at - 1: at] != b"\n":
        at = data.find(text, at + 1)
    return data.count(b"\n", 0, at) + 1 if at >= 0 else 0


def same(anchor: Anchor, now: bytes, signature: str, text: bytes | None) -> bool:
    """Whether a definition of the symbol's name elsewhere is the one that was seen: word for word, or with its signature and half of its lines."""
    if content_hash(now) == anchor.seen:
        return True
    rows, kept = (text or b"").split(b"\n"), {row.strip() for row in now.split(b"\n")}
    return signature == anchor.signature and text is not None and 2 * sum(row.strip() in kept for row in rows) >= len(rows)


__all__ = ["Disturbed"]
