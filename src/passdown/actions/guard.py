"""Does this prompt, command or edit reopen what is settled? The table that hooks read, and the same question asked by hand."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec
from msgspec.structs import replace

from passdown import files
from passdown.actions.cache import slotted, stamped
from passdown.actions.documents import ProjectFiles, known
from passdown.actions.held import standings
from passdown.actions.refresh import opened
from passdown.briefing.render import MARK
from passdown.briefing.situation import Standing
from passdown.briefing.times import LATER
from passdown.guard import documents
from passdown.guard.line import line
from passdown.guard.settled import entries, settles
from passdown.guard.table import MOST, table
from passdown.hooks import briefing, place
from passdown.hooks.guarding import rendered
from passdown.hooks.guarding.match import matches
from passdown.hooks.guarding.probe import probe
from passdown.hooks.guarding.table import Table
from passdown.index import Index
from passdown.loading import phases, roles
from passdown.loading.markdown import Markdown
from passdown.loading.sources import UnreadableError
from passdown.model.handed import handed
from passdown.model.ids import derived_id
from passdown.model.record import Record
from passdown.model.text import RedactedText
from passdown.project import Project
from passdown.redaction.scan import redact

KINDS = ("decision", "preference", "approach")
MOST_LOOKED_AT = 4 * MOST
MOST_ASKED_IN = 100  # sessions
ID_CHARS = 8


class Warned(msgspec.Struct, frozen=True):
    """One settled matter that a text may reopen. score: 0 to 1. why: what the two have in common, most telling first.

    record: of an entry of a document the id is its place.
    """

    record: Record
    score: float
    why: tuple[str, ...]
    overridden: bool = False


def guard(project: Project, text: str, how: str = "prompt", path: str = "") -> list[Warned]:
    """The records that a prompt, a command or an edit may reopen, the clearest first. Raises `NotInitialised`."""
    records, talked = looked_up(project, settling(project))
    found = Table(table(entries(records.values(), talked), {}, lambda _: ("", [])))
    return [Warned(named(records[m.entry.id]), round(m.score, 3), tuple(m.why), m.overridden) for m in matches(found, probe(how, text, path))]


def looked_up(project: Project, paths: Mapping[str, str]) -> tuple[dict[str, Record], list[str]]:
    """What is settled, by id, and what the project talks about. paths: as `settling` gives them."""
    with opened(project) as index:
        records, talked = index.records(KINDS, limit=MOST_LOOKED_AT), talked_of(index)
    return with_documents(project, records, paths), talked


def with_documents(project: Project, records: Sequence[Record], paths: Mapping[str, str]) -> dict[str, Record]:
    """What these records and the project's own documents settled, but for what the user set aside with one of the records: a document's entry by its words,
    or, as it was once named, by its place.
    """
    aside, own = {r.detail("overrides") for r in records}, settled(records)
    said = {worded(r.title) for r in own}
    return {r.id: r for r in (*own, *(r for r in documented(project, paths) if aside.isdisjoint((r.id, place_of(r))) and worded(r.title) not in said))}


def named(record: Record) -> Record:
    """As it is shown: a document's entry by its place, since its own id finds nothing."""
    return record if record.created or not record.anchors else replace(record, id=place_of(record))


def place_of(entry: Record) -> str:
    """`docs/decisions.md:3` of a document's entry."""
    return f"{entry.anchors[0].path}:{entry.anchors[0].first}"


def talked_of(index: Index) -> list[str]:
    """What the latest sessions asked for and worked on: words that stand everywhere tell nothing."""
    sessions, records = index.sessions(MOST_ASKED_IN), index.records(limit=MOST_LOOKED_AT)
    asked = [text for s in sessions if not s.subagent for text in (s.goal, *s.asks)]
    return asked + ["\n".join(f.path for f in s.files) for s in sessions] + [r.text for r in records if not settles(r)]


def documented(project: Project, paths: Mapping[str, str]) -> Iterator[Record]:
    """What the session context and the decisions document settled."""
    sources = ProjectFiles(project.root)
    pages = [(path, page) for path in dict.fromkeys(paths.values()) if (page := page_of(sources, path))]
    phase = next((phases.current(page) for path, page in pages if path == paths.get(roles.CONTEXT)), -1)
    for path, page in pages:
        yield from documents.settled(page, path, phase, decided=path == paths.get(roles.DECISIONS))


def settling(project: Project) -> dict[str, str]:
    """Paths of the documents that settle something, by role."""
    found = roles.Documents(known(project, folders=project.config.documents))
    return {kind: path for kind in (roles.CONTEXT, roles.DECISIONS) if (path := found.of(kind))}


def stamps(root: Path, paths: Iterable[str]) -> list[list[object]]:
    """Path, size and mtime in ns of each document that settles something: a hook leaves out what stands in one that is not as it was."""
    found: list[list[object]] = []
    for path in dict.fromkeys(paths):
        try:
            now = (root / path).stat()
        except (OSError, ValueError):
            continue
        found.append([path, now.st_size, now.st_mtime_ns])
    return found


def page_of(sources: ProjectFiles, path: str) -> Markdown | None:
    try:
        return Markdown(sources.text(path))
    except UnreadableError:
        return None


def worded(title: str) -> str:
    """A title as it is compared: its words in lower case."""
    return " ".join("".join(c if c.isalnum() else " " for c in title.lower()).split())


def settled(records: Sequence[Record]) -> list[Record]:
    """Records that settle something: what was said by the user or noted first, then the newest; what the user set aside later is none any more."""
    aside = {r.detail("overrides") for r in records}
    return sorted((r for r in records if settles(r) and r.id not in aside), key=lambda r: (r.trust != "extracted", r.updated, r.id), reverse=True)[:MOST]


def render_guard(project: Project) -> Path:
    """Write the table for hooks. Records that change while this runs make it outdated, and hooks silent."""
    private = str(project.layout.private)
    git_dir, common = (str(project.place.git_dir), str(project.place.common_dir)) if project.place else ("", "")
    changed = briefing.records_stamp(private)
    path = Path(rendered.path(private, place.work_tree(git_dir, common)))
    paths = settling(project)
    read = stamps(project.root, paths.values())  # first: a document that changes while this runs is then left out by hooks
    records, talked = looked_up(project, paths)
    standing = standings(project, [a for r in records.values() for a in r.anchors[:2]], LATER)
    facts = {"records": changed, "documents": read, "mode": project.config.guard, "id": MARK + derived_id(f"guard {changed}", project.name)[1:ID_CHARS + 1]}
    text = table(entries(records.values(), talked), facts, lambda entry: row(project.root, records[entry.id], standing))
    safe = sealed(text)
    if safe:
        files.write(path, safe, durable=False)
    else:
        files.remove(path)
    return path


def sealed(text: str) -> RedactedText | None:
    """A table without secrets, and with the sum by which a hook knows that it is whole; None where a marker would swallow a line end or the sum."""
    head, _, rest = text.partition("\n")
    safe = redact(rest)
    whole = json.dumps({**json.loads(head), "sum": rendered.checksum(safe.encode())}) + "\n" + safe
    return once if safe.count("\n") == rest.count("\n") and (once := redact(whole)) == whole else None


def row(root: Path, record: Record, standing: Mapping[str, Standing]) -> tuple[str, list[object]]:
    words: str = redact(handed(line(record)))
    for anchor in record.anchors[:2]:
        mark = standing.get(anchor.place, Standing()).mark
        words = words.replace(anchor.place, f"{anchor.place} {mark}", 1) if mark and anchor.place in words else words
    text, anchors = slotted(words, standing, record.anchors[:2])
    return text, [stamped(root, a) for a in anchors]


__all__ = ["Warned", "guard", "render_guard"]
