"""The session file: the facts of one session as Markdown, prose for people above, the same facts as JSON below.

Front matter says which session it is. The sections up to `## Facts` are for reading and are never parsed. The block below
`## Facts` holds every fact: one JSON object, a line for each field and for each item of a list; default values are left out.

Laws: `parse(render(s)) == s`, `parse(render(s, shared=True)) == shared_view(s)`, and `render(parse(t)) == t` for every text that `render` made.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from passdown.errors import InvalidRecord
from passdown.formats import front_matter
from passdown.formats.session_prose import body
from passdown.model.session import (
    CheckFact,
    CommandFact,
    CommitFact,
    ErrorFact,
    FileFact,
    NameFact,
    Reading,
    Session,
    SubagentFact,
    TodoFact,
    UsageFact,
)

HEAD = ("id", "agent", "started", "ended", "title", "branch", "head", "end_head", "thread", "parent", "subagent", "cwd")  # in front matter, in this order
ROWS: dict[str, Any] = {
    "files": FileFact, "commands": CommandFact, "checks": CheckFact, "commits": CommitFact, "todos": TodoFact, "errors": ErrorFact,
    "names": NameFact, "subagents": SubagentFact, "usage": UsageFact}
TEXTS = frozenset(("branches", "asks", "summaries", "uncommitted", "refs"))
NUMBERS = frozenset(("wall_s", "active_s", "prompts", "tool_calls", "events", "rewinds"))
START, END = "\n## Facts\n\n```json\n", "\n```\n"
_encode = json.JSONEncoder(ensure_ascii=False, separators=(", ", ": ")).encode
_SURROGATE = re.compile("[\ud800-\udfff]")
_DEFAULTS = {kind: {f.name: f.default for f in msgspec.structs.fields(kind)} for kind in (*ROWS.values(), Session)}


def render(session: Session, *, shared: bool = False) -> str:
    """The file's text; `shared` leaves out what is private (see `shared_view`)."""
    if shared:
        session = shared_view(session)
    head = [(name, value) for name in HEAD if (value := getattr(session, name)) or name in ("id", "agent")]
    prose = _SURROGATE.sub("\ufffd", body(session))
    return front_matter.render(head, f"\n{prose}{START}{_facts(session)}{END}")


def parse(text: str, where: str = "the session file") -> Session:
    """The session of a file. where: names the file in errors. Unknown keys are passed over. Raises `InvalidRecord`."""
    head, rest = front_matter.split(text, where)
    known = front_matter.parse(head, where)
    start = rest.rfind(START)
    end = rest.find(END, start + len(START))
    if start < 0 or end < 0:
        raise InvalidRecord(where=where, reason="there is no JSON block under `## Facts`")
    try:
        facts = json.loads(rest[start + len(START):end])
        given: dict[str, Any] = {name: _value(name, value) for name, value in facts.items() if name in _DEFAULTS[Session]}
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise InvalidRecord(where=where, reason=f"its facts do not read: {error}") from error
    said = {name: value for name in HEAD if isinstance(value := known.get(name, ""), str)}
    if not said["id"]:
        raise InvalidRecord(where=where, reason="`id` is missing")
    try:
        return msgspec.convert(msgspec.to_builtins(Session(**given | said)), Session)  # the types of all that stands in it
    except (msgspec.ValidationError, UnicodeEncodeError, RecursionError, TypeError) as error:
        raise InvalidRecord(where=where, reason=f"its facts do not read: {error}") from error


def shared_view(session: Session) -> Session:
    """What others may see: no tokens, cost and durations, days instead of times, no directory or file outside the project, nor what this clone has."""
    return replace(
        session, started=session.started[:10], ended=session.ended[:10], wall_s=0, active_s=0, usage=(), cwd="", reading=Reading(),
        files=tuple(replace(f, last=f.last[:10]) for f in session.files if not _outside(f.path)),
        commands=tuple(replace(c, last=c.last[:10]) for c in session.commands),
        checks=tuple(replace(c, at=c.at[:10]) for c in session.checks),
        commits=tuple(replace(c, at=c.at[:10], known=False) for c in session.commits), refs=(),
        errors=tuple(replace(e, at=e.at[:10]) for e in session.errors))


def _outside(path: str) -> bool:
    return path.startswith(("/", "~")) or path[1:2] == ":"


def _facts(session: Session) -> str:
    lines = []
    for name, default in _DEFAULTS[Session].items():
        value = getattr(session, name)
        if name not in HEAD and value != (Reading() if name == "reading" else default):
            lines.append(f"{_encode(name)}: {_line(name, value)}")
    text = "{\n" + ",\n".join(lines) + "\n}" if lines else "{}"
    return _SURROGATE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def _line(name: str, value: Any) -> str:
    if name == "reading":
        return _encode({"rows": value.rows, "evented": value.evented, "skipped": dict(value.skipped), "unreadable": value.unreadable})
    if name in ROWS:
        return "[\n" + ",\n".join(_encode(_row(ROWS[name], item)) for item in value) + "]"
    if name in TEXTS:
        return "[\n" + ",\n".join(map(_encode, value)) + "]"
    return _encode(value)


def _row(kind: Any, item: Any) -> dict[str, Any]:
    """The fields of a fact that differ from their default."""
    return {name: getattr(item, name) for name, default in _DEFAULTS[kind].items() if default is msgspec.NODEFAULT or getattr(item, name) != default}


def _value(name: str, value: Any) -> Any:
    """A field of the session from its JSON. Raises TypeError when it is of another shape."""
    if name in ROWS:
        return tuple(_read_rows(ROWS[name], value))
    if name in TEXTS:
        return tuple(_expect(item, str) for item in _expect(value, list))
    if name == "reading":
        return Reading(**{k: v for k, v in _expect(value, dict).items() if k in Reading.__struct_fields__})
    return _expect(value, int if name in NUMBERS else str)


def _read_rows(kind: Any, rows: Any) -> Iterator[Any]:
    known = _DEFAULTS[kind]
    for row in _expect(rows, list):
        if not row.keys() <= known.keys():
            row = {name: value for name, value in row.items() if name in known}
        yield kind(**{name: tuple(value) if isinstance(value, list) else value for name, value in row.items()})


def _expect(value: Any, kind: Any) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"{value!r:.40} is not a {kind.__name__}")
    return value


__all__ = ["parse", "render", "shared_view"]
