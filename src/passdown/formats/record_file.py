"""The record file: one record as Markdown with front matter, readable and greppable without passdown.

Laws: `parse(render(r)) == r` for every valid record (some text, without trailing white space; no empty details; anchors whose last line is not
before the first), and `render(parse(t)) == t` for every text that `render` made. A key that is none of ours is kept as a detail, after the known ones.
"""

import functools
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import cast

from passdown.errors import InvalidRecord
from passdown.formats import front_matter
from passdown.formats.front_matter import Value
from passdown.model.anchor import Anchor, Evidence
from passdown.model.ids import HASH_PREFIX, ID
from passdown.model.record import KINDS, STATUSES, TRUST, Detail, Record, Status, Trust

_BEFORE = ("id", "kind", "status", "trust", "created", "updated", "session", "agent", "branch", "thread")
_FIRST = frozenset(_BEFORE)
_OWN = _FIRST | {"anchors", "evidence", "supersedes", "superseded_by", "extractor"}
_FIELDS = {kind.name: {field.name: field for field in kind.fields} for kind in KINDS.values()}

LINES_CHARS = 40  # of `12-20`: more is no place in a file
_IN_PATH = re.compile(r"[%#:\s\x00-\x1f]")
_IN_WORD = re.compile(r"[%\s\x00-\x1f]")
_ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_AS_SEEN = re.compile(rf"(?: ({HASH_PREFIX}[0-9a-f]+))?(?: sig:([0-9a-f]{{12}}))?(?: @([0-9a-f]{{12}}))?\Z")


def render(record: Record) -> str:
    """The canonical text. Lone surrogates in the record's text become U+FFFD: UTF-8 has no place for them.

    Raises `InvalidRecord` for a detail whose name is no key, or is one of the record's own.
    """
    return front_matter.render(_fields(record), "\n" + _encodable(record.text) + "\n")


def parse(text: str, where: str) -> Record:
    """A record from its canonical text, or from one edited by hand: CRLF, byte order mark, wider YAML, missing optional and unknown keys.

    where: names the file in errors. Raises `InvalidRecord`.
    """
    head, body = front_matter.split(text, where)
    (id_, name, status, trust, created, updated, session, agent, branch, thread), fields = _read(head, where)
    if name not in KINDS:
        raise InvalidRecord(where=where, reason=f"`kind` is {name!r}; known: {', '.join(KINDS)}")
    if not ID.fullmatch(id_):
        raise InvalidRecord(where=where, reason=f"`id` is {id_!r}, not 16 characters of our alphabet")
    said = body.removeprefix("\n").rstrip()
    if not said:
        raise InvalidRecord(where=where, reason="there is no text below the front matter")
    status, trust = status or "active", trust or "noted"
    _check("status", status, STATUSES, where)
    _check("trust", trust, TRUST, where)
    anchors = tuple(map(anchor, _many(fields.pop("anchors", ()))))
    evidence = tuple([_evidence(item, where) for item in _many(fields.pop("evidence", ()))])
    supersedes = _many(fields.pop("supersedes", ()))
    successor = _one(fields.pop("superseded_by", ""), "superseded_by", where)
    extractor = _one(fields.pop("extractor", ""), "extractor", where)
    return Record(
        id_, name, said, cast(Status, status), cast(Trust, trust), created, updated, session, agent, branch, thread,
        _details(name, fields, where), anchors, evidence, supersedes, successor, extractor,
    )


def anchor_line(anchor: Anchor) -> str:
    """`path:first-last#symbol hash sig:signature @commit` in one line, as far as they are known.

    In path and symbol, `%`, white space (and in the path `#` and `:`) are written as `%XX` of their UTF-8.
    One line has one form: a `last` that is 0 or before `first` is the first, and is read back so.
    """
    lines = "" if not anchor.first else f":{anchor.first}" if anchor.last <= anchor.first else f":{anchor.first}-{anchor.last}"
    symbol = f"#{_encode(anchor.symbol, _IN_WORD)}" if anchor.symbol else ""
    seen = [f" {lead}{value}" for lead, value in (("", anchor.seen), ("sig:", anchor.signature), ("@", anchor.commit)) if value]
    return _encode(anchor.path, _IN_PATH) + lines + symbol + "".join(seen)


def anchor(line: str) -> Anchor:
    """The anchor that `anchor_line` wrote, or that a person did: blanks and colons in the path need not be encoded, and lines may be none (`0-9`, `5-3`)."""
    found = _AS_SEEN.search(line)
    place, known = (line[: found.start()], found.groups("")) if found else (line, ("", "", ""))
    path, _, symbol = place.partition("#")
    before, colon, lines = path.rpartition(":")
    first, dash, last = lines.partition("-")
    if colon and len(lines) <= LINES_CHARS and first.isdecimal() and (last.isdecimal() or not dash):
        top = int(first)
        return Anchor(_decode(before), top, max(top, int(last or first)) if top else 0, _decode(symbol), *known)
    return Anchor(_decode(path), 0, 0, _decode(symbol), *known)


def _fields(record: Record) -> Iterator[tuple[str, Value]]:
    for key in _BEFORE:
        if value := getattr(record, key):
            yield key, value
    yield from _ordered(record)
    yield "anchors", tuple(map(anchor_line, record.anchors))
    yield "evidence", tuple(map(_evidence_line, record.evidence))
    yield "supersedes", record.supersedes
    if record.superseded_by:
        yield "superseded_by", record.superseded_by
    if record.extractor:
        yield "extractor", record.extractor


def _ordered(record: Record) -> Iterator[tuple[str, Detail]]:
    """Details in the table's order, then the others in their own."""
    known = _FIELDS.get(record.kind, {})
    details = record.details
    for name in known:
        if name in details:
            yield name, details[name]
    for name, value in details.items():
        if name not in known:
            if name in _OWN or not front_matter.KEY.fullmatch(name):
                raise InvalidRecord(where=record.id, reason=f"a detail cannot be called {name!r}")
            yield name, value


@functools.cache
def _opening() -> re.Pattern[str]:
    return re.compile("".join(f"(?:{key}: ({front_matter.EASY})\n)?" for key in _BEFORE))


def _read(head: str, where: str) -> tuple[Sequence[str], dict[str, Value]]:
    """The texts of `_BEFORE`, and the other fields. Nearly every file begins with ours in our order: then one match finds them all."""
    opening = _opening().match(head)
    try:
        fields = front_matter.canonical(head[opening.end():], where) if opening else {}
    except front_matter.NotCanonicalError:
        opening = None
    if opening and _FIRST.isdisjoint(fields):
        return [text.strip('"') for text in opening.groups("")], fields
    fields = front_matter.parse(head, where)
    return [_one(fields.pop(key, ""), key, where) for key in _BEFORE], fields


def _details(kind: str, fields: Mapping[str, Value], where: str) -> dict[str, Detail]:
    known = _FIELDS[kind]
    details: dict[str, Detail] = {}
    for key, value in fields.items():
        field = known.get(key)
        if field and field.many and isinstance(value, str):
            value = (value,)
        if field and field.choices and value:
            _check(key, _one(value, key, where), field.choices, where)
        if value:
            details[key] = value
    return details


def _one(value: Value, key: str, where: str) -> str:
    if isinstance(value, str):
        return value
    raise InvalidRecord(where=where, reason=f"`{key}` is a list")


def _many(value: Value) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,) if value else ()


def _check(key: str, value: str, choices: Collection[str], where: str) -> None:
    if value not in choices:
        raise InvalidRecord(where=where, reason=f"`{key}` is {value!r}, not one of: {', '.join(choices)}")


def _evidence_line(evidence: Evidence) -> str:
    quote = f" {evidence.quote}" if evidence.quote else ""
    return f"{_encode(evidence.session, _IN_PATH)}#{evidence.event}{quote}"


def _evidence(line: str, where: str) -> Evidence:
    place, _, quote = line.partition(" ")
    session, _, event = place.rpartition("#")
    if not event.isdecimal():
        raise InvalidRecord(where=where, reason=f"evidence {line!r} is not `session#event hash`")
    return Evidence(_decode(session), int(event), quote)


def _encode(text: str, special: re.Pattern[str]) -> str:
    return special.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), text)


def _decode(text: str) -> str:
    if "%" not in text:
        return text
    return _ENCODED.sub(lambda found: bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace"), text)


def _encodable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", text)
    return text


__all__ = ["anchor", "anchor_line", "parse", "render"]
