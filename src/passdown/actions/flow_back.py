"""What people and agents changed in our documents, taken into the records: lines rewritten, ticked, added, deleted. One operation, which `undo` takes back."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from passdown.actions.facts import seen_at
from passdown.actions.note import beside
from passdown.errors import NoSuchRecord
from passdown.extract.words import content_words
from passdown.formats.base import Found, Layout, LeftOut, Material
from passdown.formats.edits import Clash, Taken, descends, edits, foreign, itemised, marks, ours, parts, seals
from passdown.formats.losses import missing, plain
from passdown.formats.sectioned import parse
from passdown.model.record import Record
from passdown.project import Project
from passdown.redaction.scan import redact
from passdown.store.reading import Stored
from passdown.store.records import RecordStore
from passdown.store.rendered import Rendered, state

AGENT = "document"  # who said it, and in which: `document docs/decisions.md`
REWORDED = 0.5  # share of their content words that a line and the one that took its place have in common


class Flow(msgspec.Struct, frozen=True):
    """What came of one document.

    taken: our items that were rewritten; what changed of each record. added: new records. clashes: edits that were not taken over.
    gone: active records whose lines somebody deleted.
    """

    taken: tuple[Taken, ...] = ()
    added: tuple[Record, ...] = ()
    clashes: tuple[Clash, ...] = ()
    gone: tuple[Record, ...] = ()

    @property
    def changed(self) -> tuple[Record, ...]:
        """Records that are new or other than they were."""
        return (*(t.record for t in self.taken if t.changed), *self.added)


class Known(msgspec.Struct, frozen=True):
    """The records of any status that there are, by id, and the words of each kind."""

    records: dict[str, Record]
    words: set[tuple[str, str]]

    def says(self, record: Record) -> bool:
        return record.id in self.records or (record.kind, plain(record.text)) in self.words

    def add(self, records: Iterable[Record]) -> None:
        """Records that came to it, under ids that it does not have."""
        for record in records:
            self.records[record.id] = record
            self.words.add((record.kind, plain(record.text)))


def known(records: Iterable[Record]) -> Known:
    found = Known({}, set())
    found.add({r.id: r for r in records}.values())
    return found


def flow(project: Project, layout: Layout, text: str, whole: Material, have: Known, before: Rendered | None, source: str, prefer: str = "") -> Flow:
    """What is to be taken from one document. before: as it was last written, None when that is not known. prefer: `document` settles clashes so."""
    text = redact(text)
    found = parse(layout, text)
    unchanged = [i for i, was in (before.records.items() if before else ()) if i in have.records and state(have.records[i]) == was]
    judged = [preferred(e, prefer) for e in edits(layout, text, whole, have.records, unchanged)]
    taken, clashes = [e for e in judged if isinstance(e, Taken)], tuple(e for e in judged if isinstance(e, Clash))
    new, gone = moved(found, text, whole, have, before) if before and descends(text, before.marks) else ([], [])
    reworded = list(paired(gone, new))
    taken += [Taken(r, parts(have.records[r.id], r)) for _, r in reworded]
    listed = None if layout.read else itemised(text)  # what such a layout reads are whole files or entries, no free paragraphs
    added = [f.record for f in new if (listed is None or f.first in listed) and not any(f is one for one, _ in reworded)]
    gone = [r for r in gone if seals(text) and not any(r.id == taken_over.id for _, taken_over in reworded)]  # without a mark it was written anew
    return Flow(
        tuple(settled(project, t, whole.now) for t in taken), tuple(fresh(project, r, whole.now, source) for r in added), clashes, tuple(gone))


def preferred(one: Taken | Clash, prefer: str) -> Taken | Clash:
    """A clash as the edit that it is, when the document shall win."""
    return Taken(one.taken, parts(one.record, one.taken), whole=True) if isinstance(one, Clash) and one.taken and prefer == "document" else one


def moved(found: Sequence[Found], text: str, whole: Material, have: Known, before: Rendered) -> tuple[list[Found], list[Record]]:
    """Lines of others that are new since the document was written, and active records whose lines are not there any more."""
    here = {f.record.id for f in found} | {plain(f.record.text) for f in found}
    new = [f for f in foreign(found, text) if f.record.id not in before.foreign and not have.says(f.record)]
    active = {r.id: r for r in (*whole.records, *whole.done)}
    gone = [active[i] for i, was in {**before.records, **before.gone}.items()
            if i in active and not here & {i, plain(active[i].text)} and (i not in before.gone or state(active[i]) == was)]
    return list({f.record.id: f for f in new}.values()), gone


def paired(gone: Sequence[Record], new: Sequence[Found]) -> Iterator[tuple[Found, Record]]:
    """New lines that took the place of one that is gone, the mark and all: the same kind, half of the words; with the record in its new words."""
    left = [(r, content_words(r.text)) for r in gone]
    for found in new:
        words = content_words(found.record.text)
        near = [(len(words & others) / max(1, len(words | others)), n) for n, (r, others) in enumerate(left) if r.kind == found.record.kind]
        share, n = max(near, default=(0.0, 0))
        if share >= REWORDED:
            record, _ = left.pop(n)
            yield found, replace(record, text=found.record.text, details={**record.details, **found.record.details}, status=found.record.status)


def settled(project: Project, taken: Taken, now: str) -> Taken:
    """The record as it is kept: noted, its new places looked at."""
    if not taken.changed:
        return taken
    record = taken.record
    trust = "noted" if record.trust == "extracted" else record.trust  # it is no quote any more
    return replace(taken, record=replace(placed(project, record), trust=trust, updated=now))


def fresh(project: Project, record: Record, day: str, source: str) -> Record:
    """A record that a document says: from there, its places looked at; what it quotes stays a quote that nobody has confirmed. day: UTC ISO."""
    return replace(placed(project, record), created=day, updated=day, agent=f"{AGENT} {source}")


def placed(project: Project, record: Record) -> Record:
    """With what stands at its places now, where that was not looked at before."""
    commit = project.head().commit if record.anchors else ""
    return replace(record, anchors=tuple(
        a if a.seen or a.commit else seen_at(project.root, replace(a, path=beside(project, a.path)), commit=commit) for a in record.anchors))


def said_by_others(documents: Iterable[tuple[Layout, str]], records: Sequence[Record]) -> list[LeftOut]:
    """Records that lines of others say in their very words, in one of these documents (layout, text): no document needs to say them again.

    The reason tells what of the record these lines lack; it is "" where they say all of it.
    """
    theirs: dict[tuple[str, str], Found] = {}
    marked: set[str] = set()
    for layout, text in documents:
        marked |= ours(text)
        theirs |= {(f.record.kind, plain(f.record.text)): f for f in foreign(parse(layout, redact(text)), text)}
    found = ((r, theirs.get((r.kind, plain(r.text)))) for r in records if r.id not in marked)
    return [LeftOut(r.id, r.title, f"somebody's line says it, without {', '.join(lost)}" if (lost := missing(r, f.record)) else "") for r, f in found if f]


def keep(project: Project, verb: str, records: Sequence[Record]) -> int:
    """Write records, new ones and new versions, in one operation; its number. Raises `Conflict`, `WriteFailed`."""
    store = RecordStore(project.layout)
    return store.apply(verb, [(stored(store, r.id), r) for r in records], at=project.clock.iso())


def stored(store: RecordStore, record_id: str) -> Stored | None:
    try:
        return store.get(record_id)
    except NoSuchRecord:
        return None


def with_records(whole: Material, changed: Sequence[Record]) -> Material:
    """The material with these records as they are now."""
    ids = {r.id for r in changed}
    active = [r for r in changed if r.status == "active"]
    done = [r for r in changed if r.status == "resolved" and r.kind in ("task", "milestone")]
    return replace(whole, records=(*active, *(r for r in whole.records if r.id not in ids)), done=(*done, *(r for r in whole.done if r.id not in ids)))


def rendered(layout: Layout, name: str, text: str, have: Mapping[str, Record], gone: Sequence[Record], before: Rendered | None) -> Rendered:
    """What a document says as it was just written. have: records by id. An item that stays as somebody rewrote it keeps the state that it was made from."""
    found = parse(layout, text)
    said = {f.record.id: f for f in reversed(found) if f.record.id in have}
    was = before.records if before else {}
    return Rendered(
        path=name, marks=marks(text), records={i: was.get(i, "") if f.edited else state(have[i]) for i, f in sorted(said.items())},
        foreign=tuple(dict.fromkeys(f.record.id for f in foreign(found, text))), gone={r.id: state(r) for r in gone})


__all__ = ["AGENT", "Flow", "Known", "flow", "fresh", "keep", "known", "plain", "rendered", "said_by_others", "with_records"]
