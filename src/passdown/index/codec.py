"""Records and sessions as one JSON text each: what a question reads instead of files."""

import re
from typing import Any, TypeVar

import msgspec

from passdown.model.record import Record
from passdown.model.session import Session

V = TypeVar("V", Record, Session)

_SURROGATE = re.compile("[\ud800-\udfff]")
_encode = msgspec.json.Encoder().encode
_record = msgspec.json.Decoder(Record).decode
_session = msgspec.json.Decoder(Session).decode


def dump(value: V) -> tuple[V, str]:
    """The value as `load_…` gives it back, and its JSON.

    Half a surrogate pair, which neither UTF-8 nor SQLite has a place for, becomes U+FFFD: it must not keep a record out of the index.
    """
    try:
        return value, _encode(value).decode()
    except UnicodeEncodeError:
        mended = msgspec.convert(_mended(msgspec.to_builtins(value)), type(value))
        return mended, _encode(mended).decode()


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
