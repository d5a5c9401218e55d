"""Which sections a document has, in which order, how long they are."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from passdown.formats.base import Section
from passdown.formats.grammar import BULLET
from passdown.formats.outline import names_of
from passdown.formats.sectioned import ARCHIVE
from passdown.formats.vocabulary import LEADS
from passdown.lint.base import Problem, Reading, Rule, World
from passdown.lint.fields import HEAD, labelled
from passdown.lint.words import says_nothing

SLACK = 1.5  # the budgets are approximate
FIXED = ("session-memory", "session-log", "session-handoff", "session-context")  # styles whose sections and their order somebody has laid down
BUDGETED = ("session-memory",)  # styles whose source gives each section its lines


def empty(reading: Reading, _world: World) -> Iterator[Problem]:
    if not any(line.strip() for line in reading.lines[reading.front:]):
        yield Problem(0, "it says nothing", "Write it with `passdown handoff`, or remove it.")


def no_headings(reading: Reading, _world: World) -> Iterator[Problem]:
    if not reading.headings and reading.prose:
        lines = len(reading.prose)
        yield Problem(1, f"{lines} line{'s' if lines > 1 else ''} and no heading: no section can be found in it", "Put a heading above each subject.")


def missing(reading: Reading, _world: World) -> Iterator[Problem]:
    """One problem for each; a document that has less than half of them gets one for all, and one that has none is of another kind."""
    layout = reading.layout
    have = {part.number for _, part in reading.parts} - {0}
    if layout is None or layout.read or not have:
        return
    fixed = layout.name.startswith(FIXED)
    wanted = [s for s in layout.sections if not s.optional and (not s.within or s.within in have) and (fixed or _needed(s))]
    lacking = [s for s in wanted if s.number not in have and not _told_below(s, layout.sections, have)]
    if fixed and len(lacking) * 2 > len(wanted):
        names = ", ".join(s.name for s in lacking)
        yield Problem(0, f"it has {len(wanted) - len(lacking)} of the {len(wanted)} sections of `{layout.name}`; missing: {names}", _write(layout.name))
        return
    yield from (Problem(0, f"the section “{s.name}” is missing", _write(layout.name)) for s in lacking)


def _needed(section: Section) -> bool:
    """Of a habit that nobody has laid down: what comes next."""
    return section.kind == "task" and "state" not in section.given


def _told_below(section: Section, sections: Sequence[Section], have: set[int]) -> bool:
    return any(s.within == section.number and s.number in have for s in sections)


def _write(layout: str) -> str:
    return f"`passdown handoff --style {layout.split('/')[0]}` puts it in its place."


def misordered(reading: Reading, _world: World) -> Iterator[Problem]:
    """Sections that stand outside of the longest run that is in order, subsections among their own."""
    if reading.layout is None or not reading.layout.name.startswith(FIXED) or not is_whole(reading):
        return
    within = {s.number: s.within for s in reading.layout.sections}
    names = {s.number: s.name for s in reading.layout.sections}
    placed = [(line, part.number) for line, part in reading.parts if part.number and part.number != ARCHIVE]
    for parent in dict.fromkeys(within.values()):
        own = [(line, number) for line, number in placed if within.get(number) == parent]
        kept = in_order([number for _, number in own])
        for line, number in own:
            if number not in kept:
                before = max((n for n in kept if n < number), default=0)
                where = f"behind “{names[before]}”" if before else "before the others"
                yield Problem(line, f"the section “{names[number]}” belongs {where}", "Move it there: a reader looks for it in the order of the style.")


def is_whole(reading: Reading) -> bool:
    """Whether a document has at least half of the sections that its style asks for: with fewer it has a habit of its own."""
    wanted = [s.number for s in reading.layout.sections if not s.optional and not s.within] if reading.layout else []
    have = {part.number for _, part in reading.parts}
    return sum(n in have for n in wanted) * 2 >= len(wanted)


def in_order(numbers: Sequence[int]) -> set[int]:
    """A longest increasing run of numbers, each of which comes once."""
    ends: list[int] = []
    links: dict[int, int] = {}
    for number in numbers:
        at = bisect_left(ends, number)
        links[number] = ends[at - 1] if at else 0
        ends[at: at + 1] = [number]
    kept, last = set(), ends[-1] if ends else 0
    while last:
        kept.add(last)
        last = links[last]
    return kept


def duplicate(reading: Reading, _world: World) -> Iterator[Problem]:
    """Two headings of one name and level below the same heading."""
    seen: dict[tuple[str, ...], int] = {}
    above: list[tuple[int, str]] = []
    for head in reading.headings:
        above = [one for one in above if one[0] < head.level]
        name = names_of(reading.lines[head.line - 1])[0]
        key = (*(one for _, one in above), name, str(head.level))
        above.append((head.level, name))
        if name and key in seen:
            yield Problem(head.line, f"the heading “{head.title}” stands in line {seen[key]} already: who reads the first does not look for another",
                          "Put the two together.")
        seen.setdefault(key, head.line)


def hollow(reading: Reading, _world: World) -> Iterator[Problem]:
    """A heading with nothing below it, deeper headings neither."""
    said = sorted([number for number, line in reading.prose if not line.startswith("#")] + [n for n, f in enumerate(reading.fenced, 1) if f])
    for head, following in zip(reading.headings, (*reading.headings[1:], None), strict=False):
        if following is not None and following.level > head.level:
            continue
        at = bisect_left(said, head.line + 1)
        end = following.line if following else len(reading.lines) + 1
        if not (at < len(said) and said[at] < end) and head.level > 1:
            yield Problem(head.line, f"nothing stands below “{head.title}”", "Write “None” when there is nothing: an empty section may as well be forgotten.")


def long_section(reading: Reading, _world: World) -> Iterator[Problem]:
    if reading.layout is None or not reading.layout.name.startswith(BUDGETED):
        return
    budgets = {s.number: s for s in reading.layout.sections}
    for line, part in reading.parts:
        section = budgets.get(part.number)
        lines = len(part.text.rstrip().split("\n"))
        if section and lines > section.budget * SLACK:
            yield Problem(line, f"“{section.name}” has {lines} lines; its budget is {section.budget}", "Keep what saves the most time.")


def long_document(reading: Reading, _world: World) -> Iterator[Problem]:
    if reading.layout is not None and reading.layout.budget and len(reading.lines) > reading.layout.budget * SLACK:
        yield Problem(0, f"it has {len(reading.lines)} lines; the budget is about {reading.layout.budget}", "`passdown handoff --budget N` keeps what matters.")


def blank_field(reading: Reading, _world: World) -> Iterator[Problem]:
    """A lead without a value: not one above a list, a table or a code block."""
    following = {n: line for (n, _), (_, line) in zip(reading.prose, reading.prose[1:], strict=False)}
    for number, line in reading.prose:
        name, value = labelled(line)
        if not name or value or (name not in LEADS and name not in HEAD):
            continue
        below = following.get(number, "")
        indent, next_indent = len(line) - len(line.lstrip()), len(below) - len(below.lstrip())
        near = not reading.lines[number: number + 1] or reading.lines[number].strip() != ""
        goes_on = (near and (bool(BULLET.match(below)) or not labelled(below)[0])) and (next_indent > indent or not BULLET.match(line))
        if number < len(reading.fenced) and any(reading.fenced[number: number + 2]):
            continue
        if not goes_on and not (not near and BULLET.match(below) and not BULLET.match(line)):
            yield Problem(number, f"“{name.capitalize()}” has no value", "Say it, or write UNKNOWN: that is a value.")


def nothing_known(reading: Reading, _world: World) -> Iterator[Problem]:
    """Most of its sections say that nothing is known: form without content."""
    told = [part for _, part in reading.parts if part.number]
    bare = [part for part in told if says_nothing("\n".join(line for line in part.body.split("\n") if line.strip()))]
    if len(told) >= 4 and len(bare) * 2 > len(told):
        yield Problem(0, f"{len(bare)} of its {len(told)} sections say nothing", "`passdown capture`, then `passdown handoff`, fills what sessions show.")


RULES = (
    Rule("empty-document", "error", "A document without a word hands nothing on.", empty, "A–E"),
    Rule("no-headings", "warning", "Without headings nobody, and no tool, finds a section.", no_headings, "A–E"),
    Rule("section-missing", "warning", "A section that the style asks for is not there: the next session has to ask.", missing, "A–E"),
    Rule("section-order", "info", "Sections do not stand in the order of the style.", misordered, "A–E"),
    Rule("section-duplicate", "warning", "A section stands there twice: who reads the first does not look for another.", duplicate, "A–E"),
    Rule("section-empty", "info", "A heading with nothing below it: nobody can tell “nothing” from “forgotten”.", hollow, "C"),
    Rule("section-long", "info", "A section is far over its line budget.", long_section, "A"),
    Rule("document-long", "warning", "The document is far over its line budget: it costs the context that it is to save.", long_document, "A"),
    Rule("field-empty", "warning", "A field of the head or of an entry has no value; UNKNOWN is one.", blank_field, "C"),
    Rule("nothing-said", "warning", "Most sections say that nothing is known: headings alone hand nothing on.", nothing_known, "C"),
)

__all__ = ["RULES"]
