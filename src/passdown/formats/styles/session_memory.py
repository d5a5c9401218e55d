"""Session memory: `.tmp/SESSION_MEMORY.md`, thirteen numbered sections with a line budget each, and an archive.

Source of the format: the hand-off prompt "Write a memory document to .tmp/SESSION_MEMORY.md" (system A, seen 2026-11); headings, order and budgets are its.
Law: what `update` wrote and nobody touched, it finds as it is: `update(update(x, m).text, m).text == update(x, m).text`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from passdown.formats import outline
from passdown.formats.archive import archived, kept
from passdown.formats.base import Draft, Found, Item, LeftOut, Material, SectionLines
from passdown.formats.budget import fitted
from passdown.formats.document import Section, inserted, lines_of, restored, stamped, unified, written_by_hand
from passdown.formats.marked import Chunk, chunk, chunks
from passdown.formats.merge import Merged, merged
from passdown.formats.parts import continuation, knowledge, orientation, saying, work
from passdown.model.ids import ID

NAME = "session-memory"
PATH = ".tmp/SESSION_MEMORY.md"
BUDGET = 500
ARCHIVE = 14  # the number of the archive among the sections
TITLE = "# Session Memory\n"
Make = Callable[[Material], Iterator[Item]]


def note(kind: str, words: str = "…", options: str = "") -> str:
    return f"Nothing known yet: `passdown note {kind} \"{words}\"{' ' + options if options else ''}`"


SECTIONS: tuple[Section, ...] = (
    Section(1, "Project Overview", 10, ("overview",), orientation.overview, "", by_hand=True),
    Section(2, "Architecture", 20, ("structure",), orientation.architecture,
            note("knowledge", "how data flows", "--category architecture --file path"), by_hand=True),
    Section(3, "Completed Work", 50, ("completed", "done"), work.completed, note("milestone", "what was finished", "--file path"), "task", head=work.HEAD),
    Section(4, "In-Progress/Blocked", 20, ("in progress", "in-progress", "in progress / blocked", "in progress/blocked", "blocked"), work.in_progress,
            note("task", "what is begun", "--state \"in progress\" --stopped file:line --next \"…\""), "task"),
    Section(5, "Pending Work", 20, ("pending", "next steps", "todo"), work.pending, note("task", "what remains", "--priority high --ticket path"), "task"),
    Section(6, "Critical Knowledge", 150, ("knowledge", "gotchas"), knowledge.critical,
            note("knowledge", "what is not obvious", "--severity critical --category gotcha --file path:line"), "knowledge"),
    Section(7, "Test Data", 30, (), knowledge.test_data, note("test-data", "data that works", "--as-of YYYY-MM-DD --credentials path"), "test-data"),
    Section(8, "Quick Start", 20, ("quickstart", "how to run"), orientation.quick_start,
            note("command", "exact command", "--purpose set-up"), "command", by_hand=True),
    Section(9, "Git State", 15, ("git", "git status"), orientation.git_state, "Not in a git work tree."),
    Section(10, "Related Memory Files", 15, ("related files", "memory files"), orientation.related, note("resource", "what it is", "--link path"), "resource"),
    Section(11, "Resume Instructions", 25, ("resume", "how to resume"), continuation.resume_instructions,
            note("task", "what comes next", "--stopped file:line --next \"…\""), by_hand=True),
    Section(12, "User Preferences", 25, ("preferences",), knowledge.preferences, note("preference", "how the user wants it", "--scope Commits"), "preference"),
    Section(13, "Lessons Learned", 20, ("lessons",), knowledge.lessons, note("lesson", "what to do differently", "--why \"…\""), "lesson"),
)
NUMBERS: Mapping[str, int] = {name: s.number for s in SECTIONS for name in (s.name.lower(), *s.aliases)}
GIT_WORDS = ("branch:", "last commit", "uncommitted", "remote sync")


def number(name: str) -> int:
    """The section that a heading names, 0 for another one."""
    return ARCHIVE if name.split(" ")[0] in ("archive", "archived") else NUMBERS.get(name, 0)


def update(existing: str, material: Material, budget: int = BUDGET) -> Draft:
    """The document brought up to date, or written for the first time. See `formats.base.Style`."""
    text = unified(existing)
    document = outline.parts(text, number) or [outline.Part(TITLE, "\n", 0, 1)]
    made = {s.number: planned(s, document, material, budget) for s in SECTIONS}
    left_out = [*speculation(material), *(one for _, left in made.values() for one in left)]
    alive = frozenset([i.key for items, _ in made.values() for i in items] + [one.key for one in left_out])
    results = {s.number: settled(s, body_of(s.number, document), made[s.number][0], alive, material) for s in SECTIONS}
    fresh = not text.strip()
    document = rebuilt(document, results, material.today, fresh=fresh)
    obsolete = [(f"{s.number}. {s.name}", one) for s in SECTIONS for one in results[s.number].obsolete]
    document, expired = with_archive(document, obsolete, material, alive)
    changed = [s.name for s in SECTIONS if results[s.number].changed]
    if fresh or changed or obsolete or expired:
        document = dated(document, material, fresh=fresh)
    return Draft(
        restored("".join(p.text for p in document), existing),
        tuple(SectionLines(s.number, s.name, lines_of(document, s.number), scaled(s.budget, budget)) for s in SECTIONS), tuple(changed),
        tuple(key for r in results.values() for key in r.edited), len(obsolete), expired, tuple(left_out))


def scaled(lines: int, budget: int) -> int:
    return max(4, round(lines * budget / BUDGET))


def body_of(which: int, document: Sequence[outline.Part]) -> str:
    return next((p.body for p in document if p.number == which), "\n")


def planned(section: Section, document: Sequence[outline.Part], material: Material, budget: int) -> tuple[list[Item], list[LeftOut]]:
    """The items that the section should have, within its budget, and those for which there is no room."""
    present = chunks(outdated(section.number, body_of(section.number, document), material)[0])
    foreign = "".join(c.text for c in present if not c.key and not c.text.startswith(("#", "|--")))
    titles = {r.id: r.title for r in (*material.records, *material.done)}
    items = [i for i in section.make(material) if not already(i, foreign, titles)]
    if section.by_hand and written_by_hand(present):
        items = [i for i in items if ID.fullmatch(i.key)]
    room = scaled(section.budget, budget) - 2 - len(foreign.split("\n")) * bool(foreign.strip())
    items, left = fitted(items, room, head=section.head)
    if not items and not foreign.strip() and section.nothing:
        items = [Item("none", section.nothing)]
    return items, [LeftOut(i.key, titles.get(i.key, i.text.split("\n", 1)[0]), f"no room in section {section.number}") for i in left]


def already(item: Item, foreign: str, titles: Mapping[str, str]) -> bool:
    """Whether somebody said it by hand: a record in its very words, a file or commit by its name."""
    if not foreign.strip():
        return False
    if item.key in titles:
        return titles[item.key] in foreign
    return item.key.startswith("memory-") and item.text[2:].split(" - ")[0] in foreign


def speculation(material: Material) -> Iterator[LeftOut]:
    """The seed wants no future work that is not captured in a ticket."""
    for record in material.records:
        if work.speculative(record):
            yield LeftOut(record.id, record.title, "for the future, and no ticket asks for it")


def settled(section: Section, body: str, items: Sequence[Item], alive: frozenset[str], material: Material) -> Merged:
    """The section's new body, and what became obsolete in it."""
    rest, old = outdated(section.number, body, material)
    result = merged(rest, items, alive, section.head)
    obsolete = tuple(c for c in (*old, *result.obsolete) if not said_no_more(c, material))
    edited = tuple(c.key for c in obsolete if c.key in material.withheld)
    return msgspec.structs.replace(result, changed=result.body != body, obsolete=obsolete, edited=(*result.edited, *edited))


def said_no_more(one: Chunk, material: Material) -> bool:
    """Whether a chunk goes without a trace. What somebody rewrote is theirs: it is kept, and told."""
    return one.intact and one.key in material.withheld


def outdated(which: int, body: str, material: Material) -> tuple[str, tuple[Chunk, ...]]:
    """Hand-written lines that time has overtaken: git's state, which is measured; resume instructions that a later session has worked off."""
    if which == 9 and material.git:
        return without(body, lambda c: any(word in c.text.lower() for word in GIT_WORDS))
    if which == 11 and material.written and material.sessions and material.sessions[0].started > material.written:
        return without(body, lambda c: not c.text.startswith("#"))
    return body, ()


def without(body: str, old: Callable[[Chunk], bool]) -> tuple[str, tuple[Chunk, ...]]:
    """The body without somebody's chunks that are old, and these."""
    present = chunks(body)
    gone = tuple(c for c in present if not c.key and not c.blank and old(c))
    if not gone:
        return body, ()
    text = "".join(c.text for c in present if c not in gone)
    return text if text.strip() else "\n", gone


def rebuilt(document: Sequence[outline.Part], results: Mapping[int, Merged], today: str, *, fresh: bool) -> list[outline.Part]:
    """The parts with their new bodies and stamps; sections that were missing in their places."""
    out = [with_body(p, results[p.number], today) if p.number in results else p for p in document]
    for section in SECTIONS:
        if not any(p.number == section.number for p in out):
            level = level_at(out, section.number)
            heading = f"{'#' * level} {section.number}. {section.name}\n"
            out = inserted(out, outline.Part(heading if fresh else stamped(heading, today), results[section.number].body, section.number, level), ARCHIVE)
    return out


def level_at(document: Sequence[outline.Part], which: int) -> int:
    """The level of the nearest section before, else behind: one that were deeper than its neighbour would become a part of it."""
    levels = {p.number: p.level for p in document if p.number}
    before = [n for n in levels if n < which]
    return levels[max(before)] if before else levels[min(levels)] if levels else 2


def with_body(part: outline.Part, result: Merged, today: str) -> outline.Part:
    return outline.Part(stamped(part.heading, today) if result.changed else part.heading, result.body, part.number, part.level)


def dated(document: Sequence[outline.Part], material: Material, *, fresh: bool) -> list[outline.Part]:
    """The document with the line that says of when it is: below the title of a new one, and where it stands already."""
    mark = chunk(orientation.head(material))
    out = list(document)
    for n, part in enumerate(out):
        if any(c.key == mark.key and c.intact for c in chunks(part.body)) or (fresh and not n):
            out[n] = msgspec.structs.replace(part, body=merged(part.body, [orientation.head(material)], frozenset()).body)
            break
    return out


def with_archive(document: list[outline.Part], obsolete: Sequence[tuple[str, Chunk]], material: Material,
                 alive: frozenset[str]) -> tuple[list[outline.Part], int]:
    """The document with what became obsolete in its archive, and how many entries of that were too old."""
    today, expired = material.today, 0
    if not any(p.number == ARCHIVE for p in document):
        if not obsolete:
            return document, 0
        document = inserted(document, outline.Part("## Archive\n", "", ARCHIVE, 2), ARCHIVE)
    for at, part in enumerate(document):
        if part.number == ARCHIVE:
            said = "".join(c.text for c in chunks(part.body) if not said_no_more(c, material))
            body, expired = kept(said, today, alive)
            body = archived(body, obsolete, today)
            emptied = part.body.strip() and not body.strip()
            document[at: at + 1] = [] if emptied else [msgspec.structs.replace(part, body=body)]
            break
    return document, expired


def parse(text: str) -> tuple[Found, ...]:
    """What the document says, in order; ids from our marks, made from the words where there is none. Never raises."""
    found: list[Found] = []
    first = 1
    by_number = {s.number: s for s in SECTIONS}
    for part in outline.parts(unified(text), number):
        if part.number:
            section = by_number.get(part.number)
            found += saying.records(part.body, part.number, section.kind if section else "", first + part.heading.count("\n"))
        first += part.text.count("\n")
    return tuple(found)


__all__ = ["ARCHIVE", "BUDGET", "NAME", "PATH", "SECTIONS", "number", "parse", "update"]
