"""Redaction of events: every text in them, whatever field it stands in, so that a new field cannot be forgotten."""

from collections.abc import Sequence
from typing import Any

import msgspec

from passdown.model.event import Event, SafeEvents
from passdown.redaction.private import drop_private
from passdown.redaction.scan import scan, suspicious


def scan_events(events: Sequence[Event]) -> tuple[SafeEvents, int]:
    """The events in order without secrets and private spans, and the number of secrets. An event without any is returned as the same object."""
    safe: list[Event] = []
    count = 0
    for event in drop_private(events):
        if suspicious("\0".join(_texts(event))):
            cleaned, replaced = _clean(event)
            safe.append(cleaned)
            count += replaced
        else:
            safe.append(event)
    return SafeEvents(tuple(safe)), count


def _texts(value: Any) -> list[str]:
    """The strings in a struct or a tuple, as deep as they lie."""
    texts: list[str] = []
    for item in value if value.__class__ is tuple else msgspec.structs.astuple(value):
        if item.__class__ is str:
            texts.append(item)
        elif item.__class__ is tuple or isinstance(item, msgspec.Struct):
            texts += _texts(item)
    return texts


def _clean(value: Any) -> tuple[Any, int]:
    """`value` without secrets and the number of replacements; the same object when there were none."""
    if isinstance(value, str):
        result = scan(value)
        return result.text, len(result.findings)
    if isinstance(value, tuple):
        cleaned = [_clean(item) for item in value]
        count = sum(replaced for _, replaced in cleaned)
        return (tuple(item for item, _ in cleaned) if count else value), count
    if isinstance(value, msgspec.Struct):
        fields = value.__struct_fields__
        parts, count = _clean(tuple(getattr(value, name) for name in fields))
        return (msgspec.structs.replace(value, **dict(zip(fields, parts, strict=True))) if count else value), count
    return value, 0


__all__ = ["scan_events"]
