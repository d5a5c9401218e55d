"""Any document of sections by its layout: written, brought up to date, read.

Laws: what `update` wrote and nobody touched, it finds as it is (`update(update(x, m).text, m).text == update(x, m).text`); lines of somebody else come back
byte for byte; what of the records the document does not give back when it is read, is listed in `Draft.left_out`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache

import msgspec

from passdown.formats import grammar, outline, unclosed
from passdown.formats.archive import archived, kept
from passdown.formats.base import Draft, Found, Item, Layout, LeftOut, Material, Section, SectionLines
from passdown.formats.budget import fitted
from passdown.formats.document import inserted, lines_of, restored, stamped, unified, written_by_hand
from passdown.formats.losses import by_hand, losses, plain
from passdown.formats.marked import Chunk, chunks, owner, rewritten
from passdown.formats.merge import Merged, merged
from passdown.model.ids import ID

ARCHIVE = 99  # the number of the archive among the sections
LEAST_LINES = 4


def number(layout: Layout) -> Callable[[str], int]:
    """From one of a heading's names (`outline.names_of`) to the section that it names, 0 for another one."""
    names = _names(tuple((s.number, s.name, s.aliases) for s in layout.sections))
    if not layout.archive:
        return lambda name: names.get(name, 0)
    return lambda name: ARCHIVE if name.split(" ")[0] in ("archive", "archived") else names.get(name, 0)


@cache
def _names(sections: tuple[tuple[int, str, tuple[str, ...]], ...]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for which, name, aliases in sections:
        for one in (outline.names_of(f"# {name}")[0], *aliases):
            found.setdefault(one, which)
    return found


def cut(layout: Layout, text: str, *, again: bool = False) -> list[outline.Part]:
    """The document's parts: sections and subsections of the layout by number, and what lies between them. again: also under a second heading of one name."""
    return outline.parts(text, number(layout), _inner(layout), again=again)


def _inner(layout: Layout) -> frozenset[int]:
    """The sections that are parts of others."""
    return frozenset(s.number for s in layout.sections if s.within)


def update(layout: Layout, existing: str, material: Material, budget: int = 0) -> Draft:
    """The document brought up to date; written anew for an empty `existing`. Same material, same bytes. budget: lines, 0 for the layout's own.

    What lies behind a fence that is never closed stays behind what is written (`unclosed.apart`).
    """
    text, rest = unclosed.apart(unified(existing))
    draft = _whole(layout, text, material) if layout.whole else _updated(layout, text, rest, material, budget or layout.budget)
    whole = restored(draft.text + rest if draft.text == text else unclosed.together(draft.text, rest), existing)
    draft = msgspec.structs.replace(draft, text=whole.rstrip("\r\n") if rest and not rest.endswith("\n") else whole)
    if not rest and unclosed.apart(unified(draft.text))[1]:  # our last line behind such a fence went: what stands there is not seen any more
        again = update(layout, draft.text, material, budget)
        return msgspec.structs.replace(draft, text=again.text, sections=again.sections, left_out=again.left_out)
    return draft


def _whole(layout: Layout, text: str, material: Material) -> Draft:
    whole = layout.whole(text, material) if layout.whole else text
    return Draft(whole, edited=tuple(rewritten(whole)), left_out=tuple(losses(parse(layout, whole), whole, material)))


def _updated(layout: Layout, text: str, rest: str, material: Material, budget: int) -> Draft:
    """The same for a document that is written by sections. rest: what its last section holds besides."""
    text = layout.prepare(text, material) if layout.prepare else text
    fresh = not text.strip()
    before = cut(layout, text)
    document = before or [outline.Part(*_titled(layout, material), 0, 1)]
    titles = {r.id: r.title for r in (*material.records, *material.done)}
    made = {s.number: _planned(layout, s, document, material, titles, budget) for s in layout.sections}
    excluded = list(layout.excludes(material)) if layout.excludes else []
    left_out = [*excluded, *(one for _, left in made.values() for one in left)]
    alive = frozenset([i.key for items, _ in made.values() for i in items] + [one.key for one in left_out])
    results = {s.number: _settled(s, body_of(s.number, document), made[s.number][0], alive, material, archive=bool(layout.archive))
               for s in layout.sections}
    document = _rebuilt(layout, document, results, material, fresh=fresh)
    obsolete = [(heading_of(layout, s), one) for s in layout.sections for one in results[s.number].obsolete]
    document, expired = _with_archive(layout, document, obsolete, material, alive)
    changed = [s.name for s in layout.sections if results[s.number].changed]
    if fresh or changed or obsolete or expired:
        document = _dated(layout, _headed(layout, document, material, fresh=fresh), material.today)
    whole = "".join(p.text for p in (_ending(layout, document, before[-1]) if rest and before else document))
    told = {one.key for one in left_out}
    left_out += [one for one in losses(parse(layout, whole), whole, material) if one.key not in told]
    edited = [*(key for r in results.values() for key in r.edited), *(key for key in rewritten(whole) if owner(key) in material.withheld)]
    lines = tuple(SectionLines(s.number, s.name, lines_of(document, s.number), scaled(layout, s, budget)) for s in layout.sections)
    return Draft(whole, lines, tuple(changed), tuple(dict.fromkeys(edited)), len(obsolete) if layout.archive else 0, expired, tuple(left_out))


def _ending(layout: Layout, document: Sequence[outline.Part], last: outline.Part) -> list[outline.Part]:
    """The parts with the one last that was it before, and its subsections: what follows the document goes on in it. A title stays the first, and so does
    a heading that would become a part of a section above it. An archive that was emptied is not there any more.
    """
    own = {s.number for s in layout.sections if last.number and s.within == last.number}
    at = max((n for n, p in enumerate(document) if p.number == last.number and (last.number or p.heading == last.heading)), default=len(document) - 1)
    between, behind = [[p for p in document[at + 1:] if (p.number in own) == of_it] for of_it in (False, True)]
    if (not last.number and last.level < 2) or any(p.level < last.level for p in between):
        return list(document)
    return [*document[:at], *between, document[at], *behind]


def parse(layout: Layout, text: str) -> tuple[Found, ...]:
    """What any document of this layout says, in order, also one written by hand; ids from our marks, made from the words where there is none. Never raises."""
    if layout.read:
        return layout.read(unified(text))
    found: list[Found] = []
    first = 1
    by_number = {s.number: s for s in layout.sections}
    for part in cut(layout, unified(text), again=True):
        below = first + part.heading.count("\n")
        if part.number in by_number:
            found += grammar.records(part.body, _place(by_number[part.number]), below)
        elif part.number:
            found += _put_away(layout, part.body, below)
        first += part.text.count("\n")
    return tuple(found)


def _place(section: Section) -> grammar.Place:
    return grammar.Place(section.number, section.kind, section.given, dashed=section.dashed)


def _put_away(layout: Layout, body: str, first: int) -> Iterator[Found]:
    """The records of an archive; the heading above them, `[day] name`, says which section they stood in."""
    by_number = {s.number: s for s in layout.sections}
    for part in outline.parts(body, lambda _: 0):
        section = by_number.get(outline.number_of(f"# {part.heading.partition('] ')[2]}", number(layout)))
        place = _place(section) if section else grammar.Place(ARCHIVE)
        yield from grammar.records(part.body, msgspec.structs.replace(place, section=ARCHIVE, archive=True), first + part.heading.count("\n"))
        first += part.text.count("\n")


def scaled(layout: Layout, section: Section, budget: int) -> int:
    """The section's lines when the whole document has `budget`."""
    return max(LEAST_LINES, round(section.budget * budget / layout.budget))


def body_of(which: int, document: Sequence[outline.Part]) -> str:
    return next((p.body for p in document if p.number == which), "\n")


def _titled(layout: Layout, material: Material) -> tuple[str, str]:
    """The first line of a new document, and what stands below it."""
    first, newline, rest = layout.title(material).partition("\n")
    return (first + "\n", rest.strip("\n") + "\n\n" if rest.strip() else "\n") if newline or first else ("", "\n")


def _planned(layout: Layout, section: Section, document: Sequence[outline.Part], material: Material, titles: Mapping[str, str],
             budget: int) -> tuple[list[Item], list[LeftOut]]:
    """The items that the section should have, within its budget, and those for which there is no room."""
    body = _outdated(section, body_of(section.number, document), material)[0]
    present = chunks(body)
    ours = {"", *section.head.split("\n")}
    foreign = "".join(c.text for c in present if not c.key and not c.text.startswith(("#", "|--")) and c.text.rstrip() not in ours)
    theirs = by_hand(list(grammar.records(body, _place(section), 1)), body) if foreign.strip() else {}
    said = {r.id for r in (*material.records, *material.done) if (r.kind, plain(r.text)) in theirs}
    items = [i for i in section.make(material) if i.key not in said and not _named(i, foreign)]
    if section.by_hand and foreign.strip() and written_by_hand(present):
        items = [i for i in items if ID.fullmatch(i.key)]
    room = scaled(layout, section, budget) - 2 - (len(foreign.rstrip("\n").split("\n")) + 1 if foreign.strip() else 0)  # also where a last line has no end
    items, left = fitted(items, room, head=section.head)
    if section.around and items:
        first, last = section.around(items, material)
        items = [first, *items, last]
    if section.nothing and not items and not foreign.strip() and not any(_says(s, document, material) for s in layout.sections if s.within == section.number):
        items = [Item("none", section.nothing)]
    if section.number == layout.sections[-1].number:
        items += [i for i in layout.foot(material) if "**" not in i.text or f"**{i.text.split('**')[1]}**" not in foreign]
    return items, [LeftOut(i.key, titles.get(i.key, i.text.split("\n", 1)[0]), f"no room in {heading_of(layout, section)}") for i in left]


def _says(section: Section, document: Sequence[outline.Part], material: Material) -> bool:
    """Whether a part of a section has something to say: then the section above it is not empty."""
    return any(True for _ in section.make(material)) or any(not c.key and not c.blank for c in chunks(body_of(section.number, document)))


def _named(item: Item, foreign: str) -> bool:
    """Whether somebody names the file of an item by hand."""
    return item.key.startswith("memory-") and item.text[2:].split(" - ")[0] in foreign


def _settled(section: Section, body: str, items: Sequence[Item], alive: frozenset[str], material: Material, *, archive: bool) -> Merged:
    """The section's new body, and what became obsolete in it."""
    rest, old = _outdated(section, body, material)
    result = merged(rest, items, alive, section.head, archive=archive)
    obsolete = tuple(c for c in (*old, *result.obsolete) if not _said_no_more(c, material))
    return msgspec.structs.replace(result, changed=result.body != body, obsolete=obsolete)


def _said_no_more(one: Chunk, material: Material) -> bool:
    """Whether a chunk goes without a trace. What somebody rewrote is theirs: it is kept, and told with every update."""
    return one.intact and one.key in material.withheld


def _outdated(section: Section, body: str, material: Material) -> tuple[str, tuple[Chunk, ...]]:
    """The body without somebody's chunks that time has overtaken, and these."""
    if section.outdated is None:
        return body, ()
    present = chunks(body)
    gone = tuple(c for c in present if not c.key and not c.blank and section.outdated(c.text, material))
    if not gone:
        return body, ()
    text = "".join(c.text for c in present if c not in gone)
    return text if text.strip() else "\n", gone


def _rebuilt(layout: Layout, document: Sequence[outline.Part], results: Mapping[int, Merged], material: Material, *, fresh: bool) -> list[outline.Part]:
    """The parts with their new bodies and stamps; sections that were missing in their places."""
    out = [_with_body(layout, p, results[p.number], material.today) if p.number in results else p for p in document]
    for section in layout.sections:
        if not any(p.number == section.number for p in out) and not _unneeded(layout, section, results):
            level = _level_at(layout, out, section)
            heading = f"{'#' * level} {heading_of(layout, section)}\n"
            if layout.stamped and not fresh:
                heading = stamped(heading, material.today)
            out = inserted(out, outline.Part(heading, results[section.number].body, section.number, level), ARCHIVE, _inner(layout))
    return out


def _unneeded(layout: Layout, section: Section, results: Mapping[int, Merged]) -> bool:
    """Whether an optional section has nothing to say, in its subsections neither."""
    return section.optional and not any(results[s.number].body.strip() for s in layout.sections if section.number in (s.number, s.within))


def heading_of(layout: Layout, section: Section) -> str:
    """The words of a section's heading."""
    return f"{section.number}. {section.name}" if layout.numbered else section.name


def _level_at(layout: Layout, document: Sequence[outline.Part], section: Section) -> int:
    """One below the section that it is a part of; else that of the highest one: a deeper one would become a part of its neighbour."""
    levels = {p.number: p.level for p in document if p.number}
    if section.within in levels:
        return levels[section.within] + 1
    level = min((level for n, level in levels.items() if n == ARCHIVE or not layout.sections[n - 1].within), default=2)
    return min(6, level + bool(section.within))


def _with_body(layout: Layout, part: outline.Part, result: Merged, today: str) -> outline.Part:
    heading = stamped(part.heading, today) if result.changed and layout.stamped else part.heading
    return outline.Part(heading, result.body, part.number, part.level)


def _headed(layout: Layout, document: Sequence[outline.Part], material: Material, *, fresh: bool) -> list[outline.Part]:
    """The document with the items below its title: those of a new one, and where they stand already."""
    items = list(layout.head(material))
    ours = {i.key for i in items}
    out = list(document)
    for n, part in enumerate(out):
        if any(c.key in ours and c.intact for c in chunks(part.body)) or (fresh and not n):
            out[n] = msgspec.structs.replace(part, body=merged(part.body, items, frozenset()).body)
            break
    return out


def _dated(layout: Layout, document: list[outline.Part], today: str) -> list[outline.Part]:
    """The document with today as the day of its last change, where a line above the first section says it."""
    for at, part in enumerate(document if layout.dated else ()):
        found = re.search(layout.dated, part.body) if not part.number else None
        if part.number or found:
            body = part.body[: found.start(1)] + today + part.body[found.end(1):] if found else part.body
            return [*document[:at], msgspec.structs.replace(part, body=body), *document[at + 1:]]
    return document


def _with_archive(layout: Layout, document: list[outline.Part], obsolete: Sequence[tuple[str, Chunk]], material: Material,
                  alive: frozenset[str]) -> tuple[list[outline.Part], int]:
    """The document with what became obsolete in its archive, and how many entries of that were too old."""
    today, expired = material.today, 0
    if not layout.archive:
        return document, 0
    if not any(p.number == ARCHIVE for p in document):
        if not obsolete:
            return document, 0
        level = min([2, *(p.level for p in document if p.number)])  # a deeper one would be a part of the section above it
        document = inserted(document, outline.Part(f"{'#' * level} {layout.archive}\n", "", ARCHIVE, level), ARCHIVE)
    for at, part in enumerate(document):
        if part.number == ARCHIVE:
            said = "".join(c.text for c in chunks(part.body) if not _said_no_more(c, material))
            body, expired = kept(said, today, alive)
            body = archived(body, obsolete, today)
            emptied = part.body.strip() and not body.strip()
            document[at: at + 1] = [] if emptied else [msgspec.structs.replace(part, body=body)]
            break
    return document, expired


def bodies(layout: Layout, text: str) -> Iterator[tuple[Section, str, int]]:
    """Section, body and number of the heading's line, of each section that the document has."""
    by_number = {s.number: s for s in layout.sections}
    first = 1
    for part in cut(layout, unified(text)):
        if part.number in by_number:
            yield by_number[part.number], part.body, first
        first += part.text.count("\n")


__all__ = ["ARCHIVE", "bodies", "body_of", "cut", "heading_of", "number", "parse", "scaled", "update"]
