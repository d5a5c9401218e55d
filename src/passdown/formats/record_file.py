"""The record file: one record as Markdown with front matter, readable and greppable without passdown.

Laws: `parse(render(r)) == r` for every valid record (some text, without trailing white space; no empty details; anchors whose last line is not
before the first), and `render(parse(t)) == t` for every text that `render` made. A key that is none of ours is kept as a detail, after the known ones.
"""

import re
from collections.abc import Iterator, Mapping
from typing import cast

from passdown.errors import InvalidRecord
from passdown.formats import front_matter
from passdown.formats.front_matter import Value
from passdown.model.anchor import Anchor, Evidence
from passdown.model.ids import HASH_PREFIX, ID
from passdown.model.record import KINDS, STATUSES, TRUST, Detail, Kind, Record, Status, Trust

_BEFORE = ("id", "kind", "status", "trust", "created", "updated", "session", "agent", "branch", "thread")
_AFTER = ("anchors", "evidence", "supersedes", "superseded_by", "extractor")
_OWN = frozenset(_BEFORE + _AFTER)
_FIELDS = {kind.name: {field.name: field for field in kind.fields} for kind in KINDS.values()}

_PLACE = re.compile(r"(?P<path>.*?)(?::(?P<first>\d+)(?:-(?P<last>\d+))?)?(?:#(?P<symbol>.*))?", re.DOTALL)
_IN_PATH = re.compile(r"[%#:\s\x00-\x1f]")
_IN_WORD = re.compile(r"[%\s\x00-\x1f]")
_ENCODED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_SURROGATES = re.compile("[\ud800-\udfff]")


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
    fields = front_matter.parse(head, where)
    kind = _kind(fields, where)
    one = {key: _one(fields, key, where) for key in _BEFORE if key in fields}
    if not ID.fullmatch(one.get("id", "")):
        raise InvalidRecord(where=where, reason=f"`id` is {one.get('id', '')!r}, not 16 characters of our alphabet")
    said = body.removeprefix("\n").rstrip()
    if not said:
        raise InvalidRecord(where=where, reason="there is no text below the front matter")
    return Record(
        id=one["id"], kind=kind.name, text=said,
        status=cast(Status, _choice(one, "status", STATUSES, "active", where)), trust=cast(Trust, _choice(one, "trust", tuple(TRUST), "noted", where)),
        created=one.get("created", ""), updated=one.get("updated", ""), session=one.get("session", ""), agent=one.get("agent", ""),
        branch=one.get("branch", ""), thread=one.get("thread", ""), details=_details(kind, fields, where),
        anchors=tuple(map(anchor, _many(fields, "anchors"))),
        evidence=tuple(_evidence(item, where) for item in _many(fields, "evidence")),
        supersedes=_many(fields, "supersedes"), superseded_by=_one(fields, "superseded_by", where), extractor=_one(fields, "extractor", where),
    )


def anchor_line(anchor: Anchor) -> str:
    """`path:first-last#symbol hash` in one line; in path and symbol, `%`, white space (and in the path `#` and `:`) as `%XX` of their UTF-8.

    One line has one form: a `last` that is 0 or before `first` is the first, and is read back so.
    """
    lines = "" if not anchor.first else f":{anchor.first}" if anchor.last <= anchor.first else f":{anchor.first}-{anchor.last}"
    symbol = f"#{_encode(anchor.symbol, _IN_WORD)}" if anchor.symbol else ""
    seen = f" {anchor.seen}" if anchor.seen else ""
    return _encode(anchor.path, _IN_PATH) + lines + symbol + seen


def anchor(line: str) -> Anchor:
    """The anchor that `anchor_line` wrote, or that a person did: blanks and colons in the path need not be encoded."""
    place, blank, seen = line.rpartition(" ")
    if not (blank and seen.startswith(HASH_PREFIX)):
        place, seen = line, ""
    found = _PLACE.fullmatch(place)
    assert found  # every text matches
    path, first, last, symbol = found.group("path", "first", "last", "symbol")
    start = int(first or 0)
    return Anchor(_decode(path), start, int(last) if last else start, _decode(symbol or ""), seen)


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


def _kind(fields: Mapping[str, Value], where: str) -> Kind:
    name = fields.get("kind", "")
    kind = KINDS.get(name) if isinstance(name, str) else None
    if not kind:
        raise InvalidRecord(where=where, reason=f"`kind` is {name!r}; known: {', '.join(KINDS)}")
    return kind


def _details(kind: Kind, fields: Mapping[str, Value], where: str) -> dict[str, Detail]:
    known = _FIELDS[kind.name]
    details: dict[str, Detail] = {}
    for key, value in fields.items():
        if key in _OWN or not value:
            continue
        field = known.get(key)
        if field and field.many and isinstance(value, str):
            value = (value,)
        if field and field.choices:
            _choice({key: _one(fields, key, where)}, key, field.choices, "", where)
        details[key] = value
    return details


def _one(fields: Mapping[str, Value], key: str, where: str) -> str:
    value = fields.get(key, "")
    if not isinstance(value, str):
        raise InvalidRecord(where=where, reason=f"`{key}` is a list")
    return value


def _many(fields: Mapping[str, Value], key: str) -> tuple[str, ...]:
    value = fields.get(key, ())
    return value if isinstance(value, tuple) else (value,) if value else ()


def _choice(fields: Mapping[str, str], key: str, choices: tuple[str, ...], default: str, where: str) -> str:
    value = fields.get(key) or default
    if value not in choices:
        raise InvalidRecord(where=where, reason=f"`{key}` is {value!r}, not one of: {', '.join(choices)}")
    return value


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
