"""The briefing rendered for hooks: they read a file, and fill in what time and files have become since (`hooks.briefing`)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from passdown import files
from passdown.actions.refresh import opened
from passdown.actions.resume import places, situation_of
from passdown.briefing.render import MARK, brief
from passdown.briefing.situation import Standing
from passdown.briefing.times import LATER
from passdown.hooks import briefing, place, tails
from passdown.model.anchor import Anchor
from passdown.model.briefing import Request
from passdown.project import Project
from passdown.redaction.scan import redact
from passdown.store.state import State

MOST_TOKENS = 2_100  # with the fence around it below the 2,300 that hosts take
MOST_KNOWN = 300  # transcripts, the latest, that a session's start looks at
ID_CHARS = 8


def render_cache(project: Project) -> Path:
    """Write the briefing of this work tree for its hooks. What it was made from is looked at first: a change in between makes it outdated, not wrong."""
    private = str(project.layout.private)
    git_dir, common = (str(project.place.git_dir), str(project.place.common_dir)) if project.place else ("", "")
    head, records = place.head(git_dir, common), briefing.records_stamp(private)
    with opened(project) as index:
        situation = situation_of(project, index, Request(min(project.config.budget, MOST_TOKENS), now=LATER))
    text, _, _ = brief(situation, Request(min(project.config.budget, MOST_TOKENS), now=LATER))
    safe, anchors = slotted(printable(redact(text)), situation.standing, places(situation.sessions, situation.records))
    facts = {"format": briefing.FORMAT, "rendered": int(time_of(project)), "head": head, "records": records,
             "id": MARK + safe.partition(MARK)[2][:ID_CHARS], "places": [stamped(project.root, a) for a in anchors]}
    path = Path(briefing.path(private, place.work_tree(git_dir, common)))
    files.write(path, redact(json.dumps(facts, ensure_ascii=False) + "\n" + safe), durable=False)
    return path


def time_of(project: Project) -> float:
    return project.clock.time().timestamp()


def printable(text: str) -> str:
    """Without control characters and bidirectional marks, but for line ends and the slots' own."""
    return "".join(c if c.isprintable() or c in "\n" + briefing.OPEN + briefing.CLOSE else " " if c.isspace() else "" for c in text)


def slotted(text: str, standing: Mapping[str, Standing], anchors: Sequence[Anchor]) -> tuple[str, list[Anchor]]:
    """The text with a slot for each mark behind a place, and the places by their numbers. Longer names come first: one may end with another."""
    found: list[Anchor] = []
    for anchor in sorted({a.place: a for a in anchors}.values(), key=lambda a: (-len(a.place), a.place)):
        mark = standing.get(anchor.place, Standing()).mark
        said = f"{anchor.place} {mark}"
        if mark and said in text:
            text = text.replace(said, f"{anchor.place} {briefing.OPEN}P{len(found)}{mark}{briefing.CLOSE}")
            found.append(anchor)
    return text, found


def stamped(root: Path, anchor: Anchor) -> list[object]:
    """A place as its file is now; see `hooks.briefing`."""
    path = root / anchor.path
    try:
        at = path.stat()
    except (OSError, ValueError):
        return [anchor.path, -1, 0, -1, int(anchor.first > 0)]
    return [anchor.path, at.st_size, at.st_mtime_ns, briefing.checksum(str(path)), int(anchor.first > 0)]


def list_transcripts(project: Project, others: Iterable[tuple[str, str]] = ()) -> None:
    """Write down how far each transcript was captured, for hooks to see what is not.

    others: (path, code of the error or "") of transcripts that could not be read, or that say nothing yet.
    """
    private = str(project.layout.private)
    with State(project.layout.state) as state:
        cursors = sorted(state.cursors(), key=lambda c: -c.mtime_ns)
    rows = {c.path: (c.size, "") for c in cursors[:MOST_KNOWN]}
    captured = {c.path for c in cursors}
    before = {path: row for path, row in tails.rows(private).items() if path not in captured and Path(path).exists()}
    now = {path: (size_of(path), error) for path, error in others if path not in captured or error}
    text = "".join(f"{size}\t{error}\t{path}\n" for path, (size, error) in (before | rows | now).items() if path.isprintable())
    files.write(Path(private) / tails.KNOWN, redact(text), durable=False)


def size_of(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def drop_cache(project: Project) -> None:
    """Take rendered briefings away: something in them was forgotten."""
    for path in (project.layout.private / briefing.FOLDER).glob("briefing-*.txt"):
        files.remove(path)


__all__ = ["drop_cache", "list_transcripts", "render_cache"]
