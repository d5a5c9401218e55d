"""From a question to hits: full-text ranking for candidates, then how much of the question each covers, of which kind, and how new.

Records, sessions and captured text are ranked in tables of their own, since a word that is rare among records may be common
in what was said. Which hit covers a word is what FTS5 says, so that stemming has one definition.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from math import log

import msgspec

from passdown.index.codec import load_record, load_session
from passdown.index.excerpt import excerpt
from passdown.index.hit import Hit, HitType
from passdown.index.query import Concept, Question
from passdown.index.vocabulary import STOP_WORDS

CANDIDATES = 60  # of each table, looked at more closely
COMMON = 8  # a word in more than 1/8 of a table's rows does not choose candidates there when there are rarer ones
ALWAYS_RARE = 200  # rows: in a small table no word is too common
LISTENED = 20  # of the best texts, whose neighbourhood is looked at
NEIGHBOURS = 0.25  # of a text's score goes to the records next to it
NEAR = 4  # events: what was said that close to a record's evidence speaks for the record
FAINT = 0.3  # of the best coverage: sessions and texts below it are no answer
WEAK = 0.5  # of the best coverage: hits below it come after all others
NEW = 0.1  # the newest candidate's advantage over the oldest
ALIKE = 0.5  # of the words of the shorter of two records are also in the other: two values of one thing, or near enough
SAME_COVERAGE = 0.3  # that two hits may differ in and still answer alike: about a phrase
REPORTED = 0.9  # of a milestone that is not asked for: it tells what was done, and seldom answers what to know
BY_KIND = 10  # the newest records of a kind that the question names are candidates, whatever their words
_WORD = re.compile(r"[^\W_]+")
_TAGS = {"prompt": 1.0, "plan": 1.0, "compaction": 0.95, "reply": 0.9, "call": 0.7, "result": 0.5}
_TABLES: dict[HitType, str] = {"record": "record_words", "session": "session_words", "text": "text_words"}
_COUNTS: dict[HitType, str] = {
    "record": "SELECT count(*) FROM records WHERE shown", "session": "SELECT count(*) FROM sessions WHERE shown", "text": "SELECT count(*) FROM texts",
}


class _Candidate(msgspec.Struct):
    """A hit before it is dressed. payload: the record's or the session's, or the text. rank: BM25, the more the better."""

    type: HitType
    doc: int
    id: str
    kind: str
    at: str
    payload: str
    rank: float = 0.0
    event: int = -1
    stale: str = ""
    near: float = 0.0
    covers: float = 0.0
    score: float = 0.0


class _Word(msgspec.Struct, frozen=True):
    """A concept in one table: in which rows it is, and what finding it there is worth. common: too many rows to have looked at all."""

    concept: Concept
    rows: frozenset[int]
    worth: float
    common: bool


def search(db: sqlite3.Connection, question: Question, limit: int, *, inactive: bool, kind: str | None) -> list[Hit]:
    """At most `limit` hits, best first. With `kind`, records alone."""
    types: tuple[HitType, ...] = ("record",) if kind else ("record", "session", "text")
    words = _look_up(db, question, types)
    wanted = _Wanted(inactive, kind)
    records = {c.doc: c for c in _candidates(db, "record", words["record"], wanted.condition, wanted.values)}
    others = [c for type_ in types[1:] for c in _candidates(db, type_, words[type_])]
    for name in question.kinds:
        _join(records, _rows(db, wanted.of_kind, (*wanted.values, name)))
    for type_ in types[1:]:
        _score([c for c in others if c.type == type_], words[type_])
    _hear_neighbours(db, records, others, wanted)
    _score(records.values(), words["record"], question)
    found = [*records.values(), *_without_repeats(db, others, records)]
    best = _ordered(found)[:max(0, limit)]
    return newest_value_first([_dress(c, question) for c in best], [c.covers for c in best])


def _look_up(db: sqlite3.Connection, question: Question, types: Iterable[HitType]) -> dict[HitType, list[_Word]]:
    """Each concept in each table. What occurs nowhere says nothing about any hit, and is left out."""
    found: dict[HitType, list[_Word]] = {}
    for type_ in types:
        (total,) = db.execute(_COUNTS[type_]).fetchone()
        found[type_] = [_word(db, _TABLES[type_], concept, total) for concept in question.concepts]
    somewhere = {w.concept for words in found.values() for w in words if w.rows}
    return {type_: [w for w in words if w.concept in somewhere] for type_, words in found.items()}


def _word(db: sqlite3.Connection, table: str, concept: Concept, total: int) -> _Word:
    most = max(ALWAYS_RARE, total // COMMON)
    statement = f"SELECT rowid FROM {table} WHERE {table} MATCH ? LIMIT ?"  # noqa: S608 - one of three names
    expression = f"- context : ({concept.match})"  # a word that only a neighbour has counts in the ranking, it covers nothing
    rows = frozenset(chain.from_iterable(db.execute(statement, (expression, most + 1)))) if total else frozenset()
    return _Word(concept, rows, concept.weight * log(1 + (total + 1) / (len(rows) + 0.5)), common=len(rows) > most)


def _expression(words: Sequence[_Word]) -> str:
    """What chooses candidates: the rarer words, or where all are common the rarest there is."""
    usable = [w for w in words if w.rows and w.concept.ranks]
    chosen = [w for w in usable if not w.common] or usable[:3]
    return " OR ".join(w.concept.match for w in chosen)


_RECORD = """
    SELECT 'record', r.doc, r.id, r.kind, r.updated, r.payload, {rank}, -1,
        CASE r.status WHEN 'active' THEN '' WHEN 'superseded' THEN coalesce(nullif(r.by, ''), r.status) ELSE r.status END
    FROM """
_RANKED: dict[HitType, str] = {
    "record": _RECORD.format(rank="-w.rank") + "record_words w JOIN records r ON r.doc = w.rowid WHERE record_words MATCH ? {more} ORDER BY w.rank LIMIT ?",
    "session": "SELECT 'session', s.doc, s.id, 'session', s.ended, s.payload, -w.rank, -1, ''"
               " FROM session_words w JOIN sessions s ON s.doc = w.rowid WHERE session_words MATCH ? ORDER BY w.rank LIMIT ?",
    "text": "SELECT 'text', t.doc, l.session, t.tag, t.at, t.text, -w.rank, t.n, ''"
            " FROM text_words w JOIN texts t ON t.doc = w.rowid JOIN logs l ON l.log = t.log WHERE text_words MATCH ? ORDER BY w.rank LIMIT ?",
}


class _Wanted:
    """Which records may be hits, as SQL."""

    def __init__(self, inactive: bool, kind: str | None) -> None:
        self.condition = ("" if inactive else "AND r.status = 'active' ") + ("AND r.kind = ?" if kind else "")
        self.values: tuple[str, ...] = (kind,) if kind else ()
        plain = _RECORD.format(rank="0.0") + "records r "
        self.of_kind = f"{plain} WHERE r.shown {self.condition} AND r.kind = ? ORDER BY r.updated DESC, r.id DESC LIMIT {BY_KIND}"
        self.near = f"{plain} JOIN evidence e ON e.doc = r.doc WHERE r.shown {self.condition} AND e.session = ? AND e.event BETWEEN ? AND ?"


def _rows(db: sqlite3.Connection, statement: str, values: Sequence[object]) -> list[_Candidate]:
    return [_Candidate(type_, doc, id_, kind, at, payload, rank, event, stale)
            for type_, doc, id_, kind, at, payload, rank, event, stale in db.execute(statement, values)]


def _candidates(db: sqlite3.Connection, type_: HitType, words: Sequence[_Word], more: str = "", values: tuple[str, ...] = ()) -> list[_Candidate]:
    """The best by BM25, in which title counts more than details, body, identifiers and neighbours, in this order."""
    expression = _expression(words)
    return _rows(db, _RANKED[type_].format(more=more), (expression, *values, CANDIDATES)) if expression else []


def _join(records: dict[int, _Candidate], more: Iterable[_Candidate]) -> None:
    for candidate in more:
        records.setdefault(candidate.doc, candidate)


def _hear_neighbours(db: sqlite3.Connection, records: dict[int, _Candidate], others: Iterable[_Candidate], wanted: _Wanted) -> None:
    """What was said next to a record's evidence counts for the record, and may make it a candidate."""
    texts = sorted((c for c in others if c.type == "text"), key=lambda c: -c.score)[:LISTENED]
    for text in texts:
        near = _rows(db, wanted.near, (*wanted.values, text.id, text.event - NEAR, text.event + NEAR))
        _join(records, near)
        for record in near:
            records[record.doc].near = max(records[record.doc].near, text.score)


def _score(candidates: Iterable[_Candidate], words: Sequence[_Word], question: Question | None = None) -> None:
    """Sets `covers`, 0 to 1, and `score`, which is about 0 to 2."""
    candidates = list(candidates)
    if not candidates:
        return
    looked_at = [w for w in words if not w.common] or words
    whole = sum(w.worth for w in looked_at) or 1.0
    best = max(c.rank for c in candidates) or 1.0
    newness = {at: place for place, at in enumerate(sorted({c.at for c in candidates}))}
    for c in candidates:
        c.covers = sum(w.worth for w in looked_at if c.doc in w.rows) / whole
        c.score = (0.65 * c.covers + 0.35 * c.rank / best + NEIGHBOURS * c.near) * (1 + NEW * newness[c.at] / len(newness))
        c.score *= _prior(c, question) if question else _TAGS.get(c.kind, 1.0)
        c.covers = min(1.0, c.covers + NEIGHBOURS * c.near)


def _prior(record: _Candidate, question: Question) -> float:
    factor = question.kinds.get(record.kind, REPORTED if record.kind == "milestone" else 1.0)
    if record.kind == "approach" and question.failed and '"outcome":"failed"' not in record.payload:
        return 1.0
    return factor


def _without_repeats(db: sqlite3.Connection, others: Iterable[_Candidate], records: Mapping[int, _Candidate]) -> Iterator[_Candidate]:
    """Others, best first, without those whose words stand in a better one or in a record that is itself a hit; marked where superseded."""
    seen: set[str] = set()
    for c in sorted(others, key=lambda c: (-c.score, c.at, c.id, c.event)):
        if c.type == "text":
            behind = db.execute(_BEHIND, (c.id, c.event)).fetchall()
            c.stale = next((id_ for _, id_, status in behind if status == "superseded"), "")
            if c.payload in seen or (not c.stale and any(doc in records and records[doc].covers >= c.covers for doc, _, _ in behind)):
                continue
            seen.add(c.payload)
        yield c


_BEHIND = "SELECT r.doc, r.id, r.status FROM evidence e JOIN records r ON r.doc = e.doc WHERE e.session = ? AND e.event = ? ORDER BY r.id"


def _ordered(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """What is stale last; what covers little of the question behind what covers much; records before sessions and texts; the best first."""
    best = max((c.covers for c in candidates if not c.stale), default=0.0)
    clear = [c for c in candidates if c.type == "record" or c.covers >= FAINT * best]
    clear.sort(key=lambda c: (c.id, c.event))
    clear.sort(key=lambda c: c.at, reverse=True)
    clear.sort(key=lambda c: (bool(c.stale), c.covers < WEAK * best, c.type != "record", -c.score))
    return clear


def newest_value_first(hits: list[Hit], covers: Sequence[float]) -> list[Hit]:
    """Of two records that say nearly the same of one thing and answer the question alike, the newer one takes the better place."""
    words = {h.id: frozenset(_WORD.findall(h.record.text.lower())) - STOP_WORDS for h in hits if h.record and not h.stale}
    places = [i for i, h in enumerate(hits) if h.record and not h.stale]
    for at, i in enumerate(places):
        for j in places[at + 1 :]:
            one, other = words[hits[i].id], words[hits[j].id]
            alike = len(one & other) >= ALIKE * min(len(one), len(other)) and abs(covers[i] - covers[j]) <= SAME_COVERAGE
            if alike and hits[j].at > hits[i].at:
                hits[i], hits[j] = hits[j], hits[i]
    return hits


def _dress(c: _Candidate, question: Question) -> Hit:
    record = load_record(c.payload) if c.type == "record" else None
    if record:
        text = record.text
    elif c.type == "session":
        session = load_session(c.payload)
        text = "\n".join(t for t in (session.title, session.goal, session.last_words) if t)
    else:
        text = c.payload
    return Hit(c.type, round(c.score, 4), c.id, excerpt(text, question), c.kind, c.at, c.event, c.stale, record)


__all__ = ["search"]
