"""Records and sessions as one JSON text each: what a question reads instead of files."""

import re
from typing import Any

import msgspec

from passdown.model.record import Record
from passdown.model.session import Session

_SURROGATE = re.compile("[\ud800-\udfff]")
_encode = msgspec.json.Encoder().encode
_record = msgspec.json.Decoder(Record).decode
_session = msgspec.json.Decoder(Session).decode


def dump(value: Record | Session) -> str:
    """The value as JSON. Half a surrogate pair, which UTF-8 has no place for, becomes U+FFFD: it must not keep a record out of the index."""
    try:
        return _encode(value).decode()
    except UnicodeEncodeError:
        return _encode(_mended(msgspec.to_builtins(value))).decode()


def load_record(payload: str) -> Record:
    """What `dump` wrote. Raises ValueError when it is damaged."""
    return _record(payload)


def load_session(payload: str) -> Session:
    """What `dump` wrote. Raises ValueError when it is damaged."""
    return _session(payload)


def record_from(value: dict[str, Any]) -> Record:
    """A record from a dictionary with the names of its fields. Raises ValueError when it is none."""
    return msgspec.convert(value, Record)


def _mended(value: Any) -> Any:
    if isinstance(value, str):
        return _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", value)
    if isinstance(value, dict):
        return {_mended(k): _mended(v) for k, v in value.items()}
    return [_mended(v) for v in value] if isinstance(value, list) else value


__all__ = ["dump", "load_record", "load_session", "record_from"]
