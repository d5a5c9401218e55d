"""Places that are not as they were: what git knows of them. All of them are asked about at once, so that a thousand cost no more processes than one."""

from collections.abc import Callable, Sequence
from functools import cached_property

from passdown import gitrepo
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
Content = Callable[[str], bytes | None]
Moved = dict[str, tuple[dict[str, str], tuple[str, ...]]]


class Disturbed:
    """anchors: those that were seen and do not stand. left: uncommitted work to be looked after. content: a file of the work tree."""

    def __init__(self, repository: Repository, anchors: Sequence[Anchor], left: Sequence[Left], content: Content) -> None:
        self._repository, self._anchors, self._left, self._content = repository, anchors, left, content
        self._before: dict[Anchor, bytes | None] = {}
        self._names: dict[str, str] = {}

    @cached_property
    def histories(self) -> dict[str, list[gitrepo.Step]]:
        """Steps of each path since the places were seen, the newest first."""
        paths = {a.path for a in self._anchors} | {c.path for c in self._left}
        commits = {a.commit for a in self._anchors} | {c.commit for c in self._left}
        return self._repository.ask(lambda place: gitrepo.histories(place, sorted(paths), gitrepo.common(place, sorted(commits))), {})

    @cached_property
    def _moved(self) -> Moved:
        breaking = [step.commit.sha for a in self._anchors if (step := self.step(a))]
        return self._repository.ask(lambda place: gitrepo.renames(place, breaking), {})

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

    def step(self, anchor: Anchor) -> gitrepo.Step | None:
        """What broke the place: the oldest step after which it was never again as it was seen; of what git never had, the newest one."""
        steps = self.histories.get(anchor.path, [])[:STEPS]
        if not steps or self.uncommitted(anchor):
            return None
        return next((s for s in steps if self._held(anchor, s.before)), steps[0])

    def _held(self, anchor: Anchor, version: str) -> bool:
        data, text = self._repository.blob(version), self._text(anchor)
        if data is None or text is None:
            return False
        return text in data if anchor.first or anchor.signature else text == data

    def uncommitted(self, anchor: Anchor) -> bool:
        """Whether the last commit still has the place as it was seen."""
        steps = self.histories.get(anchor.path, [])
        return self._held(anchor, steps[0].after if steps else f"HEAD:{anchor.path}") or bool(anchor.commit and self._repository.head.startswith(anchor.commit))

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
        found: dict[str, list[gitrepo.Step]] = self._repository.ask(lambda place: gitrepo.histories(place, [path], limit=STEPS), {})
        made: Moved = self._repository.ask(lambda place: gitrepo.renames(place, [s.commit.sha for s in found.get(path, [])[:1]]), {})
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
