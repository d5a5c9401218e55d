"""Entries below headings of their own, as many people write what was tried: a heading, paragraphs, `**Root cause:** …` or `#### Root cause` below them.

They are put together to one chunk of as many lines: the heading's words first, as the title of an item is, then the rest, details as `Lead: value`.
"""

from collections.abc import Iterator, Sequence

from passdown.formats.marked import RULE, Chunk
from passdown.formats.outline import HEADING, name_of, words_of
from passdown.formats.vocabulary import FILES, LEAD, detail_of

TITLED = ("approach",)  # kinds of which a heading with mere paragraphs below it is one
DETAILED = (*TITLED, "blocker", "decision", "issue", "risk")  # kinds of which a heading with details below it is one


def entries(found: Sequence[Chunk], kind: str) -> Iterator[Chunk]:
    """The chunks of a section with entries of this kind put together."""
    at = 0
    while at < len(found):
        end = _end(found, at, kind)
        if end and _is_entry(found[at + 1:end], kind):
            yield Chunk(_title(found[at].text) + _below(found[at + 1:end], kind))
            at = end
        else:
            yield found[at]
            at += 1


def _end(found: Sequence[Chunk], at: int, kind: str) -> int:
    """Where the entry below a heading ends, 0 where there is no heading."""
    level = _level(found[at])
    if not level:
        return 0
    return next((n for n in range(at + 1, len(found)) if _ends(found[n], level, kind)), len(found))


def _ends(one: Chunk, level: int, kind: str) -> bool:
    """A heading, but for one further in that names a detail; a line across."""
    below = _level(one)
    return bool(RULE.fullmatch(one.text.strip())) or bool(below and (below <= level or not _named(one, kind)))


def _is_entry(below: Sequence[Chunk], kind: str) -> bool:
    """Whether these chunks are one thing: paragraphs and details, none of them ours, no list of several things."""
    said = [one for one in below if not one.blank]
    details = [one for one in said if _named(one, kind) or _is_detail(one, kind)]
    several = any(one.key or (one.tight and one not in details and not _is_place(one)) for one in said)
    return bool(said) and not several and kind in (DETAILED if details else TITLED)


def _level(one: Chunk) -> int:
    match = None if one.key else HEADING.match(one.text.split("\n", 1)[0].rstrip("\r"))
    return len(match[1]) if match else 0


def _named(one: Chunk, kind: str) -> bool:
    """Whether it is a heading that names a detail."""
    return bool(_level(one) and detail_of(kind, name_of(one.text.split("\n", 1)[0])))


def _is_detail(one: Chunk, kind: str) -> bool:
    return any(detail_of(kind, lead) for lead in _leads(one))


def _is_place(one: Chunk) -> bool:
    return any(lead in FILES for lead in _leads(one))


def _leads(one: Chunk) -> list[str]:
    return [found["name"].strip().lower() for line in one.text.split("\n") if (found := LEAD.match(line))]


def _title(heading: str) -> str:
    first, newline, rest = heading.partition("\n")
    match = HEADING.match(first.rstrip("\r"))
    return (words_of(match) if match else first) + newline + rest


def _below(found: Sequence[Chunk], kind: str) -> str:
    """What stands below the title: a heading that names a detail goes in front of the first words below it, so that no line is added or taken away."""
    out: list[str] = []
    lead = ""
    for one in found:
        if _named(one, kind):
            lead = _title(one.text.split("\n", 1)[0])
            out.append("\n" * one.text.count("\n"))
        elif lead and not one.blank:
            out.append(f"{lead}: {one.text.lstrip()}")
            lead = ""
        else:
            out.append(one.text)
    return "".join(out)


__all__ = ["entries"]
