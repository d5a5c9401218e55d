"""The session context (system E): its update log, and what was put off."""

import re
from collections.abc import Iterator

from passdown.lint.base import Problem, Reading, Rule, World
from passdown.lint.words import LIST, plain, shown

LOG = re.compile(r"(?i)\b(?:update log|updates?|change ?log|history|recent changes|session log|log)\b")
DATED = re.compile(r"^\s*(?:[-*]\s+)?\**\[?\d{4}-\d{2}-[\dX]{2}")
LAYOUT = "session-context"


def is_context(reading: Reading) -> bool:
    name = reading.path.rsplit("/", 1)[-1].lower()
    return name == "session_context.md" or (
        reading.layout is not None and reading.layout.name in (LAYOUT, f"{LAYOUT}/context") and any(part.number for _, part in reading.parts))


def no_log(reading: Reading, _world: World) -> Iterator[Problem]:
    if not is_context(reading) or not reading.headings:
        return
    if not any(LOG.search(h.name) for h in reading.headings) and not any(DATED.match(line) for _, line in reading.prose):
        yield Problem(0, "it has no update log: nobody can tell what is new in it", "Add `## Update Log` with a dated entry for each session.")


def ignored(reading: Reading, world: World) -> Iterator[Problem]:
    """An open task takes up what the project's documents, or this one below a heading that says so, put off or ruled out."""
    tasks = [e for e in reading.entries if e.is_open or (e.kind == "task" and e.detail("state") == "in progress")]
    tasks = [e for e in tasks if not LOOKS.match(plain(e.title)) and not PUT_OFF.search(f"{e.heading} {e.title}")]
    if not tasks:
        return
    later = [*_own(reading), *(one for path, text in world.settled if path != reading.path for one in _settled(path, text))]
    if not later:
        return
    from passdown.loading import deferrals  # its patterns take a while to compile

    for entry in tasks:
        asked = deferrals.topic(entry.title)
        found = next(((place, said) for place, said in later if _same(asked, deferrals.topic(said))), None)
        if found and not found[0].endswith(f":{entry.first}"):
            place, said = found
            yield Problem(entry.first, f"{shown(entry.title)} takes up what was put off ({place}): {shown(said, 100)}", "Say why it comes now, or take it out.")


def _same(asked: frozenset[str], put_off: frozenset[str]) -> bool:
    """Whether a task is about at least half of what was put off."""
    put_off = frozenset(word for word in put_off if not word.isdigit())
    return bool(put_off) and len(asked & put_off) * 2 >= len(put_off)


def _own(reading: Reading) -> Iterator[tuple[str, str]]:
    """Place and text of the list entries below a heading that puts off or rules out."""
    heads = iter(reading.headings)
    following, wanted = next(heads, None), False
    for number, line in reading.prose:
        while following is not None and following.line <= number:
            wanted, following = bool(PUT_OFF.search(following.name)), next(heads, None)
        if wanted and LIST.match(line) and len(line.split()) < LONGEST:
            yield f"{reading.path}:{number}", plain(line)


def _settled(path: str, text: str) -> Iterator[tuple[str, str]]:
    """The same of another document, with what it puts off in a sentence; what is due by now is put off no more."""
    from passdown.loading import deferrals, phases
    from passdown.loading.markdown import Markdown

    page = Markdown(text)
    now = phases.current(page)
    for line, said in (*deferrals.deferrals(page), *deferrals.avoided(page)):
        due = deferrals.until(said)
        if len(said.split()) < LONGEST and (due < 0 or due > now):
            yield f"{path}:{line}", said


LONGEST = 30  # words of a sentence that puts off one thing
LOOKS = re.compile(r"(?i)^(?:re-?read|read|ask|check|decide|review|confirm|discuss|verify|see|look|investigate|consider|do not|don't|never|avoid|no)\b")
PUT_OFF = re.compile(
    r"(?i)\b(?:defer\w*|postpon\w*|not to do|out of scope|not now|later|non-goals?|anti-?patterns?|off[- ]limits|future|long[- ]term|phase \d)\b")

RULES = (
    Rule("update-log-missing", "warning", "A session context without an update log.", no_log, "E"),
    Rule("deferral-ignored", "warning", "A task takes up what the project has put off or ruled out, without a word.", ignored, "E"),
)

__all__ = ["RULES"]
