"""What a search gives back."""

from typing import Literal

import msgspec

from passdown.model.record import Record

HitType = Literal["record", "session", "text"]


class Hit(msgspec.Struct, frozen=True):
    """One answer.

    id: of the record, or of the session; event: the number of the event of a text, -1 for the others.
    score: only comparable within one answer. at: UTC time of the record's last change, the session's end or the event.
    kind: the record's kind, "session", or the event's tag (prompt, reply, plan, call, result, compaction).
    stale: "" while it holds; else the id of the record that superseded it, of the superseded record that lies behind this text,
    or the record's status where that says no more.
    """

    type: HitType
    score: float
    id: str
    excerpt: str
    kind: str
    at: str = ""
    event: int = -1
    stale: str = ""
    record: Record | None = None


__all__ = ["Hit", "HitType"]
