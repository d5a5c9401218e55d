"""What is rendered for hooks: they read a file, and fill in what time and files have become since (`hooks.briefing`, `hooks.topics`, `hooks.lost`)."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from passdown import files
from passdown.actions.held import standings
from passdown.actions.refresh import opened
from passdown.actions.resume import places, situation_of
from passdown.agentstores import table as agentstores
from passdown.briefing import lost, topics
from passdown.briefing.render import MARK, brief
from passdown.briefing.situation import Standing
from passdown.briefing.times import LATER, later
from passdown.hooks import briefing, payload, place, tails
from passdown.hooks import lost as lost_lines
from passdown.hooks import topics as on_topic
from passdown.model.anchor import Anchor
from passdown.model.briefing import Request
from passdown.model.event import Compaction
from passdown.model.handed import handed
from passdown.model.ids import ID, content_hash, derived_id
from passdown.model.session import Session
from passdown.project import Project
from passdown.redaction.scan import redact
from passdown.store import events as event_log
from passdown.store.state import Cursor, State

MOST_TOKENS = 2_100  # with the fence around it below the 2,300 that hosts take
MOST_MARKED = 300  # topics, the first, whose places are held against the work tree
MOST_ON_TOPIC = 2 * topics.MOST  # records, the latest, from which those that are said are chosen
MOST_ASKED_IN = 300  # sessions, the latest, whose prompts tell which words are common
MOST_KNOWN = 300  # transcripts, the latest, that a session's start looks at
ID_CHARS = 8


def render_cache(project: Project) -> Path:
    """Write the briefing of this work tree for its hooks. What it was made from is looked at first: a change in between makes it outdated, not wrong."""
    private = str(project.layout.private)
    git_dir, common = (str(project.place.git_dir), str(project.place.common_dir)) if project.place else ("", "")
    head, records = place.head(git_dir, common), briefing.records_stamp(private)
    with opened(project) as index:
        situation = situation_of(project, index, Request(min(project.config.budget, MOST_TOKENS), now=LATER))
    text, said, _ = brief(situation, Request(min(project.config.budget, MOST_TOKENS), now=LATER))
    safe, anchors = slotted(redact(text), situation.standing, places(situation.hot or (), situation.records))
    facts = {"format": briefing.FORMAT, "rendered": int(time_of(project)), "head": head, "records": records,
             "id": MARK + safe.partition(MARK)[2][:ID_CHARS],
             "included": [s.key for s in said if ID.fullmatch(s.key)], "places": [stamped(project.root, a) for a in anchors]}
    path = Path(briefing.path(private, place.work_tree(git_dir, common)))
    files.write(path, redact(json.dumps(facts, ensure_ascii=False) + "\n" + safe), durable=False)
    return path


def render_topics(project: Project) -> Path:
    """Write what is said of a topic when a prompt opens it. Records that change while this runs make the table outdated, and hooks silent."""
    private = str(project.layout.private)
    git_dir, common = (str(project.place.git_dir), str(project.place.common_dir)) if project.place else ("", "")
    changed = briefing.records_stamp(private)
    path = Path(on_topic.path(private, place.work_tree(git_dir, common)))
    with opened(project) as index:
        records, sessions = index.records(topics.KINDS_SAID, limit=MOST_ON_TOPIC), index.sessions(MOST_ASKED_IN)
    of = content_hash("\n".join(f"{r.id} {r.updated} {content_hash(r.text)}" for r in records))
    if still_holds(path, of, changed):
        return path
    found = topics.topics(records)
    marked = [a for topic in found[:MOST_MARKED] for a in topic.record.anchors[: topics.PLACES]]
    standing = standings(project, marked, LATER)
    terms, rows = topics.table(found, sessions, lambda topic: topic_row(project.root, topic, standing))
    facts = {"format": on_topic.FORMAT, "records": changed, "of": of, "id": MARK + derived_id(str(changed), project.name)[1:ID_CHARS + 1],
             "terms": len(terms.encode())}
    text = json.dumps(facts) + "\n" + terms + rows
    safe = redact(text)
    if safe == text:  # its parts were redacted before; what looks like a secret only where they meet would move all places in the table
        files.write(path, safe, durable=False)
    else:
        files.remove(path)
    return path


def still_holds(path: Path, of: str, changed: int) -> bool:
    """Whether the table there is of these very records; then its first line is brought up to date, and the rest, which takes half a second, stays."""
    head, _, rest = (files.read(path) or b"").partition(b"\n")
    facts = payload.parse(head.decode("utf-8", "replace"))
    if facts.get("format") != on_topic.FORMAT or facts.get("of") != of:
        return False
    if facts.get("records") != changed:
        files.write(path, redact(json.dumps({**facts, "records": changed}) + "\n" + rest.decode()), durable=False)
    return True


def topic_row(root: Path, topic: topics.Topic, standing: Mapping[str, Standing]) -> str:
    """Places as JSON, a tab, and the line with a slot for the mark of each."""
    words = redact(handed(topic.text))
    text, anchors = slotted(with_marks(words, standing, topic.record.anchors), standing, topic.record.anchors)
    return json.dumps([stamped(root, a) for a in anchors], ensure_ascii=False) + "\t" + text


def with_marks(text: str, standing: Mapping[str, Standing], anchors: Sequence[Anchor]) -> str:
    """The line with the mark of each place in its closing brackets."""
    head, bracket, places = text.rpartition(" [")
    named = {a.place: standing[a.place].mark for a in anchors if a.place in standing}
    if not bracket or not named:
        return text
    return head + bracket + ", ".join(f"{name} {named[name]}" if named.get(name) else name for name in places.removesuffix("]").split(", ")) + "]"


def render_lost(project: Project, session: Session) -> Path | None:
    """Write what the last compaction of a session left out of its summary, once a compaction; None when it had none.

    The session's own facts hold the ends of a long summary alone, so the whole one is read from the kept events.
    """
    if not session.summaries:
        return None
    path = Path(lost_lines.path(str(project.layout.private), session.id))
    head = json.dumps({"format": lost_lines.FORMAT, "of": content_hash(session.summaries[-1])})
    if (files.read(path) or b"").startswith(head.encode()):
        return path
    summaries = [e.text for e in event_log.read(project.layout.events(session.id)) if isinstance(e, Compaction) and not e.lane and e.text]
    with opened(project) as index:
        said = lost.lost((summaries or session.summaries)[-1], session, index.records(session=session.id))
    lines = [lost.HEADING, *said] if said else []
    files.write(path, redact(head + "\n" + redact("\n".join([*lines[:1], *map(handed, lines[1:])])) + "\n"), durable=False)
    return path


def time_of(project: Project) -> float:
    return project.clock.time().timestamp()


def slotted(text: str, standing: Mapping[str, Standing], anchors: Sequence[Anchor]) -> tuple[str, list[Anchor]]:
    """The text with a slot for each mark behind a place, and the places by their numbers. Longer names come first: one may end with another."""
    found: list[Anchor] = []
    for anchor in sorted({a.place: a for a in anchors}.values(), key=lambda a: (-len(a.place), a.place)):
        mark = standing.get(anchor.place, Standing()).mark
        said, named = f"{anchor.place} {mark}", later(anchor.place, mark, LATER)
        if mark and (said in text or named in text):
            slot = f"{briefing.OPEN}P{len(found)}{mark}{briefing.CLOSE}"
            text = text.replace(named, slot).replace(said, f"{anchor.place} {slot}")
            found.append(anchor)
    return text, found


def stamped(root: Path, anchor: Anchor) -> list[object]:
    """A place as its file is now; see `hooks.briefing`."""
    path, of_a_part = root / anchor.path, int(bool(anchor.first or anchor.signature))
    try:
        at = path.stat()
    except (OSError, ValueError):
        return [anchor.path, -1, 0, -1, of_a_part]
    return [anchor.path, at.st_size, at.st_mtime_ns, briefing.checksum(str(path)), of_a_part]


def list_transcripts(project: Project, others: Iterable[tuple[str, str]] = ()) -> None:
    """Write down how far each transcript was captured, for hooks to see what is not.

    others: (path, code of the error or "") of transcripts that could not be read, or that say nothing yet.
    """
    private = str(project.layout.private)
    with State(project.layout.state) as state:
        cursors = sorted(state.cursors(), key=lambda c: -c.mtime_ns)
    rows = dict(map(known_to_hooks, cursors[:MOST_KNOWN]))
    captured = {known_to_hooks(c)[0] for c in cursors}
    before = {path: row for path, row in tails.rows(private).items() if path not in captured and Path(path).exists()}
    files_ = ((str(agentstores.split(Path(path))[0]), error) for path, error in others)
    now = {path: (size_of(path), error) for path, error in files_ if path not in captured or error}
    text = "".join(f"{size}\t{error}\t{path}\n" for path, (size, error) in (before | rows | now).items() if path.isprintable())
    files.write(Path(private) / tails.KNOWN, redact(text), durable=False)


def known_to_hooks(cursor: Cursor) -> tuple[str, tuple[int, str]]:
    """A transcript and its size when it was captured; of a store's session the store, as it is now: a hook looks at files."""
    store, session = agentstores.split(Path(cursor.path))
    return (str(store), (size_of(str(store)), "")) if session else (cursor.path, (cursor.size, ""))


def size_of(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def drop_cache(project: Project) -> None:
    """Take what was rendered away: something in it was forgotten."""
    folder = project.layout.private / briefing.FOLDER
    for path in [path for pattern in ("briefing-*.txt", "topics-*.txt", "lost-*.txt", "guard-*.txt") for path in folder.glob(pattern)]:
        files.remove(path)


__all__ = ["drop_cache", "list_transcripts", "render_cache", "render_lost", "render_topics"]
