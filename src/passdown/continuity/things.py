"""What can be known and needed alike: files, commands by their signature, names of code."""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from passdown.briefing.heat.commands import telling
from passdown.briefing.heat.files import GIVEN, ours
from passdown.continuity.course import ASIDE, Course
from passdown.extract.episodes import is_slip
from passdown.extract.names import named
from passdown.model.session import Session

EARLY = 40  # calls that count as the beginning of a session, as in the benchmark of what a session needs
FLAG = "--"  # what programs take is no name of the project's
LEAST_NAME = 4  # characters of a file name by which a text may name the file


class Thing(msgspec.Struct, frozen=True, order=True):
    """kind: `file`, `command` or `name`. key: path, signature (`commands.telling`) or name."""

    kind: str
    key: str


Things = dict[Thing, str]  # and where it was first seen: an event number as text, or the id of a session


def known_to(sessions: Sequence[Session]) -> Things:
    """Things of these sessions, each with the session that had it last. sessions: newest first."""
    found: Things = {}
    for session in sessions:
        for thing in _of_facts(session):
            found.setdefault(thing, session.id)
    return found


def _of_facts(session: Session) -> Iterator[Thing]:
    yield from (Thing("file", f.path) for f in session.files if ours(f.path) and not f.deleted)
    yield from (Thing("command", signature) for c in session.commands for signature in telling(c.command))
    yield from (Thing("name", n.name) for n in session.names if not n.name.startswith(FLAG))


def needed(course: Course, calls: int = EARLY) -> dict[Thing, int]:
    """What the first calls of a session read, edited, ran and looked for, with the number of the event; what was typed wrongly was not needed."""
    upto = course.calls[min(calls, len(course.calls)) - 1].n if course.calls else -1
    found: dict[Thing, int] = {}
    for n, path in sorted([*((t.n, t.path) for t in course.reads), *((e.n, e.path) for e in course.edits)]):
        if n <= upto and project_file(path):
            found.setdefault(Thing("file", path), n)
    for ran in (r for r in course.commands if r.n <= upto and not (r.ok is False and is_slip(r.output))):
        found.update({t: ran.n for signature in telling(ran.command) if (t := Thing("command", signature)) not in found})
    for call in (c for c in course.calls if c.n <= upto and c.action in ("search", "shell")):
        found.update({t: call.n for name in named(call.command) if not name.startswith(FLAG) and (t := Thing("name", name)) not in found})
    return dict(sorted(found.items(), key=lambda item: item[1]))


def project_file(path: str) -> bool:
    return not ASIDE.search(path) and path not in GIVEN


def says(text: str, thing: Thing) -> bool:
    """Whether a text names it: a file by its path or name, a command with all words of its signature on one line, a name as it is."""
    if thing.kind == "file":
        name = thing.key.rsplit("/", 1)[-1]
        return thing.key in text or (len(name) >= LEAST_NAME and re.search(rf"(?<![\w.-]){re.escape(name)}(?![\w-])", text) is not None)
    if thing.kind == "command":
        pattern = r"[^\n]{0,40}?".join(rf"(?<![\w-]){re.escape(word)}(?![\w-])" for word in thing.key.split())
        return re.search(pattern, text, re.IGNORECASE) is not None
    return thing.key in text


def said_in(text: str, things: Iterable[Thing]) -> list[Thing]:
    return [thing for thing in things if says(text, thing)]


__all__ = ["EARLY", "Thing", "Things", "known_to", "needed", "project_file", "said_in", "says"]
