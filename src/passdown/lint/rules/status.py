"""How things stand: fields of the head and of the state, each with the values that its style allows."""

import re
from collections.abc import Iterator, Mapping

from passdown.lint.base import Problem, Reading, Rule, World
from passdown.lint.fields import fields
from passdown.lint.words import bag, shown

WORDS = re.compile(r"[a-z]+")
# Words that say how work, a decision or a document stands. The first three groups exclude one another.
OPEN = bag("progress wip active ongoing started open implementing working underway continuing running investigating preparing")
DONE = bag("completed complete done finished closed resolved merged shipped released archived final implemented fixed")
STUCK = bag("blocked paused hold waiting suspended failed")
OTHER = bag("""
pending planned planning proposed accepted rejected superseded deprecated draft ready approved abandoned cancelled canceled unknown experimental stable
todo review new queued scheduled initial enabled disabled passing failing ok clean dirty success failure healthy
live deployed verified operational prototype alpha beta production handoff committed uncommitted green
red passed current parked deferred adopted retired historical reference solved mitigated
""")
HEDGES = re.compile(
    r"(?i)\b(?:kind of|sort of|mostly|almost|nearly|more or less|somewhat|probably|maybe|perhaps|unclear|not sure|i think|roughly|basically)\b|\?\s*$")
SESSION = ("session-log",)  # styles whose sessions are in progress, completed or blocked
ALLOWED: Mapping[str, tuple[str, frozenset[str]]] = {  # field → what its style allows, and words that say so
    "git status": ("CLEAN, DIRTY or UNKNOWN", bag("clean dirty unknown uncommitted committed modified untracked staged")),
    "build status": ("SUCCESS, FAILURE or UNKNOWN", bag(
        "success succeeds successful succeeded failure fails failed failing unknown passing passes passed green red clean broken ok not")),
    "test status": ("PASSING, FAILING or UNKNOWN", bag("passing passes passed pass failing fails failed fail unknown green red not none skipped")),
    "confidence in continuity": ("HIGH, MEDIUM or LOW", bag("high medium low unknown")),
}


def ambiguous(reading: Reading, _world: World) -> Iterator[Problem]:
    """The status of the whole document, in its head, and the fields for which a style names the values."""
    head_ends = next((h.line for h in reading.headings if h.level > 1), len(reading.lines) + 1)
    for number, name, value in fields(reading):
        if not value or value.startswith("["):
            continue
        said = frozenset(WORDS.findall(value.lower()))
        if name in ALLOWED and not said & ALLOWED[name][1]:
            yield Problem(number, f"{name} is {shown(value)}", f"Write {ALLOWED[name][0]}.")
        elif name in ("status", "current status", "session status") and number < head_ends and (why := doubtful(value, said, reading)):
            yield Problem(number, f"the status is {shown(value)}: {why}", "Write in_progress, completed or blocked, and the rest behind it.")


def doubtful(value: str, said: frozenset[str], reading: Reading) -> str:
    """Why a status does not tell how things stand, "" when it does."""
    first = re.split(r"[.;,(—–]|\s-\s", value.lower(), maxsplit=1)[0]
    leading = frozenset(WORDS.findall(first))
    strict = reading.layout is not None and reading.layout.name.startswith(SESSION)
    known = OPEN | DONE | STUCK | (frozenset(("unknown",)) if strict else OTHER)
    groups = [group for group in (OPEN, DONE, STUCK) if leading & group]
    if len(groups) > 1 and not re.search(r"\b(?:not|in)\b|/\d|\d%", first):
        return "it says two things at once"
    if HEDGES.search(first):
        return "nobody can tell whether it is done"
    if not said & known and not re.search(r"\d|✅|🔄|🚧|⏸|❌|✓|✔", value):
        return "it is none of the words that say how things stand"
    return ""


def no_status(reading: Reading, _world: World) -> Iterator[Problem]:
    if reading.layout is None or not reading.layout.name.startswith(SESSION) or "template" in reading.path:
        return
    if not any(name in ("status", "current status", "session status") for _, name, _ in fields(reading)):
        yield Problem(0, "it does not say whether the work is in progress, completed or blocked", "Add `**Status**: in_progress` below the title.")


RULES = (
    Rule("status-ambiguous", "warning", "A status that is none of the words for it: nobody can tell whether the work is done.", ambiguous, "B, C, E"),
    Rule("status-missing", "warning", "A session file without a status: nobody can tell whether the work is done.", no_status, "B"),
)

__all__ = ["RULES"]
