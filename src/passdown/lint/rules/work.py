"""What is to be done: with a priority, a next step, a file to begin in."""

import re
from collections.abc import Iterator

from passdown.lint.base import Problem, Reading, Rule, World
from passdown.lint.page import Entry
from passdown.lint.words import PATH, SPAN, STEP, says_nothing, shown

PRIORITY = re.compile(
    r"(?i)\b(?:priorit\w*|high|medium|low|urgent\w*|critical|important|immediate\w*|first|next|now|blocking|must|should|could|nice to have|optional|p[0-4]|"
    r"later|short[- ]term|long[- ]term|future|today|tomorrow|this week|next week|next session|soon|eventually|if time|when|before|after|then|last|"
    r"step \d|phase \d)\b|🔴|🟡|🟢|⚡|\b[A-Z]+-?\d+\b|\d+\s?(?:min|h|d)\b|#\d+")
RANKING = re.compile(r"(?i)\b(?:priorit|immediate|short|future|later|urgent|first|high|medium|low|p\d|now|next session|this week|today|phase \d)")
SOMEDAY = re.compile(
    r"(?i)\b(?:some ?day|one day|eventually|nice to have|might|maybe|perhaps|could (?:also )?(?:be|add|try|look)|in the future|long[- ]term|stretch goal)\b")
TICKET = re.compile(r"#\d+|\b[A-Z][A-Z0-9]+-\d+\b|@?[\w./-]*(?:ticket|issue|todo|backlog|spec|rfc|roadmap)[\w./-]*|https?://|\.md\b", re.IGNORECASE)
LEAST_WORDS = 5  # of what a TODO says
ONLY_TICKETED = ("session-memory",)  # styles whose source wants no speculation
RESUME = re.compile(
    r"(?i)^(?:how to )?(?:resum\w*|continue|start here|pick(?:ing)? up|read (?:first|on resume|order|these)|recommended reading|first (?:ten|10) minutes)\b"
    r"|\b(?:resume instructions|on resume|to resume|where to (?:start|continue)|immediate actions)\b")


def unranked(reading: Reading, _world: World) -> Iterator[Problem]:
    """Of each list: to-dos neither numbered nor ranked by themselves or by their heading. A single one needs no rank."""
    lists: dict[tuple[int, str], list[Entry]] = {}
    for entry in reading.entries:
        if entry.is_open and entry.listed:
            lists.setdefault((entry.section, entry.heading), []).append(entry)
    for (_, heading), every in lists.items():
        bare = [e for e in every if e.listed != "1" and not e.detail("priority") and not e.detail("horizon") and not PRIORITY.search(e.text)]
        if len(every) > 1 and len(bare) * 2 > len(every) and not ranking(heading):
            yield Problem(bare[0].first, f"{len(bare)} to-dos without a priority, the first {shown(bare[0].title)}",
                          "Number them in the order in which they count, or begin each with [high], [medium], [low].")


def ranking(heading: str) -> bool:
    """Whether a heading says how urgent what stands below it is."""
    return RANKING.search(heading) is not None


def without_step(reading: Reading, _world: World) -> Iterator[Problem]:
    for entry in reading.entries:
        if entry.kind != "blocker" or entry.status != "active" or says_nothing(entry.title) or entry.detail("next") or entry.detail("expected"):
            continue
        if not STEP.search(entry.text) and not entry.title.endswith(":"):
            yield Problem(entry.first, f"{shown(entry.title)} says what blocks, not what would unblock it", "Add `Next step: …`, or `Expected: YYYY-MM-DD`.")


def speculative(reading: Reading, _world: World) -> Iterator[Problem]:
    if reading.layout is None or not reading.layout.name.startswith(ONLY_TICKETED):
        return
    for entry in reading.entries:
        if entry.is_open and SOMEDAY.search(entry.text) and not entry.detail("ticket") and not TICKET.search(entry.text):
            yield Problem(entry.first, f"{shown(entry.title)} is for some day, and no ticket asks for it", "Open a ticket and name it, or take it out.")


def without_place(reading: Reading, _world: World) -> Iterator[Problem]:
    """The section on how to go on names no file and no command."""
    for at, head in enumerate(reading.headings):
        if not RESUME.search(head.name) or head.level == 1:
            continue
        end = next((h.line for h in reading.headings[at + 1:] if h.level <= head.level), len(reading.lines) + 1)
        body = "\n".join(reading.lines[head.line: end - 1])
        if body.strip() and not says_nothing(body) and not concrete(reading, head.line, end - 1, body):
            yield Problem(head.line, f"“{head.title}” names no file and no command", "Name the file (path:line) to begin in, and the first thing to do there.")


def concrete(reading: Reading, first: int, last: int, body: str) -> bool:
    return bool(PATH.search(body) or SPAN.search(body) or any(reading.fenced[first:last]))


def bare_marker(reading: Reading, _world: World) -> Iterator[Problem]:
    """`TODO: …` among the text: with neither priority nor context nobody comes back to it."""
    for number, line in reading.prose:
        match = re.search(r"\b(?:TODO|FIXME)\b:?\s+(.*)$", SPAN.sub("", line)) if "TODO" in line or "FIXME" in line else None
        if match and not line.startswith("#") and len(match[1].split()) < LEAST_WORDS and match[1].strip(" .*_`|-") and not PRIORITY.search(match[1]):
            yield Problem(number, f"{shown(match[0])} has neither priority nor context", "Say how urgent it is, where, and why.")


RULES = (
    Rule("task-unranked", "info", "To-dos without an order: the next session picks one by chance.", unranked, "A, B, C"),
    Rule("todo-bare", "warning", "A TODO in the text with neither priority nor context: nobody comes back to it.", bare_marker, "B"),
    Rule("blocker-without-step", "warning", "A blocker without a next step cannot be acted on.", without_step, "A, B"),
    Rule("speculation", "info", "Work for some day that no ticket asks for.", speculative, "A"),
    Rule("resume-vague", "warning", "Instructions to resume that name no file and no command.", without_place, "A, E"),
)

__all__ = ["RULES"]
