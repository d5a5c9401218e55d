"""Sessions as one JSON text each. Apart from records, since most questions are for records and a session has eleven classes."""

import json
from typing import Any

from passdown.index.codec import encode
from passdown.model.session import (
    CheckFact,
    CommandFact,
    CommitFact,
    ErrorFact,
    FileFact,
    Reading,
    Session,
    SubagentFact,
    TodoFact,
    UsageFact,
)

_FACTS: dict[str, Any] = {
    "files": FileFact, "commands": CommandFact, "checks": CheckFact, "commits": CommitFact, "todos": TodoFact,
    "errors": ErrorFact, "subagents": SubagentFact, "usage": UsageFact,
}
_TEXTS = ("branches", "asks", "summaries")


def _facts(value: Any) -> dict[str, Any]:
    """A flat dataclass with slots as a dictionary."""
    return {name: getattr(value, name) for name in value.__slots__}


def dump_session(session: Session) -> str:
    out = _facts(session)
    for name in _FACTS:
        out[name] = [_facts(f) for f in out[name]]
    out["reading"] = {**_facts(session.reading), "skipped": dict(session.reading.skipped)}
    return encode({k: v for k, v in out.items() if v})


def load_session(payload: str) -> Session:
    fields = json.loads(payload)
    for name, make in _FACTS.items():
        if name in fields:
            fields[name] = tuple(make(**f) for f in fields[name])
    for name in _TEXTS:
        if name in fields:
            fields[name] = tuple(fields[name])
    if "reading" in fields:
        fields["reading"] = Reading(**fields["reading"])
    return Session(**fields)


__all__ = ["dump_session", "load_session"]
