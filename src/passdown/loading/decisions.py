"""What was decided: the entries of a decisions document, and those that a task touches."""

import re
from collections import Counter
from collections.abc import Iterator

import msgspec

from passdown.loading.markdown import Markdown, Section
from passdown.loading.reading import Settled, item_id
from passdown.loading.words import Task, content, cut, stem

# Titles such as `Decision 7: x`, `D-7 x`, `ADR-0007 x`, `7. x`; or with a day before them.
_NUMBERED = re.compile(r"^(?:[^\w\[]*)(?:(?:decision|adr|dec|d)\s*[-#]?\s*(\d{1,4})\b|(\d{1,4})[.):]\s)[\s:.)–—-]*(.*)$", re.IGNORECASE)
_DATED = re.compile(r"^(?:[^\w\[]*)\[?(\d{4}-\d{2}-\d{2})\]?[\s:.)–—-]+(.+)$")
_ITEM = re.compile(r"^\s{0,3}(?:(\d{1,4})[.)]|[-*+])\s+(?:\*\*|__)(.{3,120}?)(?:\*\*|__)(.*)$")
_ROW = re.compile(r"^\s*\|(.+)\|\s*$")
_CELL_NUMBER = re.compile(r"\W*(?:D|ADR)?[-#\s]*(\d{1,4})\W*", re.IGNORECASE)
_GONE = re.compile(
    r"status\W{0,6}(?:superseded|deprecated|rejected|replaced|obsolete|reversed)|^~~|\bsuperseded by\b|\[(?:superseded|deprecated|rejected)\]",
    re.IGNORECASE | re.MULTILINE)
_LABEL = re.compile(
    r"^\s*(?:[-*+]\s+)?(?:\*\*|__)?(decision|chosen|choice|decided|rationale|reasons?|why|because|outcome)\b[^:\n]{0,20}?:\s*(?:\*\*|__)?\s*(.*)$",
    re.IGNORECASE)
_TURNED_DOWN = re.compile(
    r"\balternatives?\b|\breject\w*|\bconsidered\b|\binstead of\b|\brather than\b|\bnot\b|\bno\b|\bover\b|\bvs\b|❌|✗", re.IGNORECASE)
COMMON = frozenset(stem(w) for w in re.findall(r"\w+", """
write implement build add create test fix make change update run start phase code file layer module part thing data new first next one two more decision
alternative
"""))
_MARKS = re.compile(r"\*\*|__|`|^#+\s*|~~")
MAX_SAID, MAX_CHARS = 3, 240


class Entry(msgspec.Struct, frozen=True):
    """One decision. number: as the document gives it, "" without one. gone: superseded, rejected or struck out. body: its text, title and all."""

    number: str
    title: str
    body: str
    first: int
    last: int
    gone: bool = False


def entries(page: Markdown) -> list[Entry]:
    """The decisions of a document in order: numbered or dated sections, else list items with bold titles or table rows, else its second-level sections."""
    found = list(_sections(page))
    return found or list(_items(page)) or list(_rows(page)) or [_entry(page, s, "", s.title) for s in page.sections if s.level == 2]


def _sections(page: Markdown) -> Iterator[Entry]:
    for section in page.sections:
        numbered = _NUMBERED.match(section.title)
        dated = None if numbered else _DATED.match(section.title)
        if numbered:
            yield _entry(page, section, numbered[1] or numbered[2], numbered[3] or section.title)
        elif dated:
            yield _entry(page, section, dated[1], dated[2])


def _entry(page: Markdown, section: Section, number: str, title: str) -> Entry:
    body = page.part(section.first, section.last)
    last = section.first + len(body.rstrip().split("\n")) - 1
    return Entry(number, title.strip(), body, section.first, last, bool(_GONE.search(body)) or "~~" in section.title)


def _items(page: Markdown) -> Iterator[Entry]:
    for line, text in enumerate(page.lines, 1):
        match = _ITEM.match(text[:600]) if not page.fenced[line - 1] else None
        if match:
            yield Entry(match[1] or "", match[2].rstrip(":. "), text, line, line, bool(_GONE.search(text)) or "~~" in text)


def _rows(page: Markdown) -> Iterator[Entry]:
    for line, text in enumerate(page.lines, 1):
        match = _ROW.match(text[:2_000]) if not page.fenced[line - 1] else None
        cells = [c.strip() for c in match[1].split("|")] if match else []
        if len(cells) < 2 or not set("".join(cells)) - set("-: ") or _is_head(page, line):
            continue
        number = _CELL_NUMBER.fullmatch(cells[0])
        title = cells[1] if number or _DATED.match(cells[0] + " x") else cells[0]
        yield Entry(number[1] if number else "", title, text, line, line, bool(_GONE.search(text)))


def _is_head(page: Markdown, line: int) -> bool:
    below = page.lines[line] if line < len(page.lines) else ""
    return bool(below.strip()) and not set(below) - set("|-: \t\r")


def touched(page: Markdown, path: str, task: Task) -> list[tuple[Entry, Settled]]:
    """The decisions in force that a task touches, the closest first, at most three.

    A word counts by how few decisions have it; one in the title counts twice. A decision is touched when the task has a word that sets it apart from most.
    """
    found = [e for e in entries(page) if not e.gone]
    titles = [frozenset(content(e.title)) for e in found]
    bodies = [frozenset(content(e.body)) for e in found]
    spread = Counter(word for words in bodies for word in words)
    telling = {w for w in task.content if spread[w] and (spread[w] <= max(1, len(found) // 3)) and len(w) > 1}
    scored = []
    for n, entry in enumerate(found):
        score = sum((2.0 if w in titles[n] else 1.0) / spread[w] for w in telling & bodies[n])
        if score and _close(telling, titles[n], bodies[n], spread):
            scored.append((score, entry))
    scored.sort(key=lambda one: (-one[0], one[1].first))
    best = scored[0][0] if scored else 0.0
    return [(e, settled(e, path)) for score, e in scored[:MAX_SAID] if score >= best / 3]


def rejected(entry: Entry, task: Task) -> bool:
    """Whether the task names something that a decision turned down: a word that stands with its alternatives and not in its title."""
    named = task.content - frozenset(content(entry.title)) - COMMON
    return any(named & frozenset(content(line)) for line in entry.body.split("\n")[:80] if _TURNED_DOWN.search(line[:600]))


def _close(telling: set[str], title: frozenset[str], body: frozenset[str], spread: Counter[str]) -> bool:
    """Whether more than a chance word is shared: one of the title, a name that no other decision has, or two of the text."""
    shared = telling & body
    return bool(shared & title) or len(shared) >= 2 or any(spread[w] == 1 and len(w) > 4 for w in shared)


def settled(entry: Entry, path: str) -> Settled:
    """A decision as one line: number, title, and what its text gives as choice and reason."""
    name = f"Decision {entry.number}: " if entry.number.isdecimal() else f"Decision of {entry.number}: " if entry.number else "Decided: "
    said = name + plain(entry.title)
    for label in _labels(entry.body):
        if len(said) + len(label) < MAX_CHARS:
            said += f"; {label}"
    return Settled("decision", cut(said, MAX_CHARS), path, entry.first, entry.last, id=item_id(plain(entry.title)))


def _labels(body: str) -> Iterator[str]:
    """`decision: …`, `rationale: …` as the text gives them; the first list item or line below an empty label."""
    lines = body.split("\n")
    for at, line in enumerate(lines[1:80], 1):
        match = _LABEL.match(line[:600])
        if match:
            value = match[2].strip() or next((x.strip(" -*+\t") for x in lines[at + 1: at + 3] if x.strip()), "")
            if value and not value.startswith("#"):
                yield f"{match[1].lower()}: {plain(value)[:140]}"


def plain(text: str) -> str:
    """Words without Markdown's marks, on one line."""
    return " ".join(_MARKS.sub("", text).split())


__all__ = ["Entry", "entries", "plain", "rejected", "settled", "touched"]
