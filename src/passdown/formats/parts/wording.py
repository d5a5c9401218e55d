"""How styles word things: one-line clips, whole sentences, table cells, places with their marks."""

import re
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from passdown.formats.base import Item, Material
from passdown.formats.personal import masked, without_files
from passdown.model.handed import inert
from passdown.model.ids import derived_id
from passdown.model.record import Record
from passdown.model.suspect import suspect

_SHORTENED = re.compile(r"(?:\s+2>&1)?(?:\s*\|\s*(?:tail|head)\b[^|;&]*)*(?:\s+2>&1)?\s*$")
_ANNOUNCED = re.compile(  # what the agent was about to do, or was at; what it had found (`I've found that …`) tells
    r"(?i)(?:(?:now|next|first|then|so|also|and|finally|after (?:that|this)|ok(?:ay)?|good|great|perfect|alright)[,.!:—–-]*\s+)*"
    r"(?:let me|let's|i(?:'ll| will| need to| should)|i(?:'m| am) (?:going to|now|about to|\w+ing)"
    r"|i(?:'ve| have) (?:now )?(?:finished|done|made|applied|updated|got|read))\b")
REASON_WORDS = 6  # fewer words before an edit (`Two edits needed`, `It's the list`) say why only where they say so
_REASON = re.compile(
    r"(?i)\b(?:because|since|so|to|for|fix(?:es|ed)?|not|never|without|instead|must|broke|breaks|fail(?:s|ed)?|missing|wrong|unused)\b|n't\b")
_ENDS = ".,;:!?…—–-\"”’)`"
TEXT_LINES = 10
OTHER = "a decision that speaks to the agent"  # how one is called whose own words do not stand in a heading
TEXT_CHARS = 900
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[A-Z0-9`*\"'(\[])|\n+")
_OPENER = re.compile(r"(?i)(?:done|perfect|great|good|excellent|yes|ok(?:ay)?|sure|pushed|committed|fixed|all (?:done|set|good|green))[.!]*")
_ORDERED = re.compile(
    r"(?i)(?:(?:then|now|ok(?:ay)?|yes|please)[,.!]?\s+)*(?:implement the (?:following )?plan|commit|push|continue|proceed|go (?:on|ahead)|do it)\b")
_MARKUP = re.compile(r"```.*?(?:```|\Z)|\*\*|__|^\s*\|.*$|^\s*(?:#{1,6}|[-*+]|\d+[.)])\s+", re.MULTILINE | re.DOTALL)


def line(text: str, limit: int) -> str:
    """One line of at most `limit` characters, cut behind a word; personal data masked."""
    words = " ".join(masked(text).split())
    if len(words) <= limit:
        return words
    cut = words[: limit - 1].rsplit(" ", 1)[0].rstrip(",;:–-")
    return f"{cut or words[: limit - 1]}…"


def quote(text: str, limit: int) -> str:
    """As many whole sentences as fit, without code and tables, in one line, from the first that says something.

    None at the end that only announces what is left out.
    """
    out: list[str] = []
    every = [s for s in (s.strip() for s in _SENTENCE.split(_MARKUP.sub("", masked(text)))) if s]
    for sentence in [s for s in every if not _OPENER.fullmatch(s)] or every:
        if len(_together((*out, sentence))) > limit:
            break
        out.append(sentence)
    while out[1:] and out[-1].endswith(":"):
        out.pop()
    return _together(out) or line(_MARKUP.sub("", text), limit)


def _together(pieces: Sequence[str]) -> str:
    """Sentences and lines behind one another; a line that nothing ends is parted from the next."""
    return " ".join([*(one if one[-1] in _ENDS else f"{one};" for one in pieces[:-1]), *pieces[-1:]])


def harmless(words: str, instead: str = "") -> str:
    """Words for where nothing can be quoted, such as a heading or the name of a file: others than what speaks to an agent."""
    return instead if suspect(words) else inert(words)


def code(text: str, limit: int = 160) -> str:
    """A code span on one line."""
    words = line(text, limit)
    return f"`` {words} ``" if "`" in words else f"`{words}`"


def cell(text: str, limit: int) -> str:
    """The text of a table cell."""
    return line(text, limit).replace("|", "\\|")


def row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"


def body(record: Record) -> list[str]:
    """The lines of a record's text behind its title: no whole files, no more than a few lines."""
    lines = without_files(masked(record.text)).split("\n")[1:]
    out: list[str] = []
    for one in lines:
        if len(out) == TEXT_LINES or sum(map(len, out)) + len(one) > TEXT_CHARS:
            return [*out, f"… `passdown show {record.id[:12]}` has the rest"]
        out.append(one.rstrip())
    return out


def trimmed(record: Record) -> Record:
    """The record without whole files and with no more than a few lines of text."""
    return replace(record, text="\n".join([record.title, *body(record)]))


def title(record: Record, limit: int = 300) -> str:
    """The first line; in quotation marks when it is a verbatim quote from a session, which nobody has confirmed."""
    words = line(record.title, limit)
    return f"“{words}”" if record.trust == "extracted" else words


def named(record: Record, **leads: str) -> list[str]:
    """`Why: …` for each detail that the record has and its text does not say already, in the order given."""
    said = record.text.lower()
    found = ((lead, record.detail(name.replace("_", "-"))) for name, lead in leads.items())
    return [f"{lead}: {line(value, 300)}" for lead, value in found if value and value.lower() not in said]


def places(record: Record, material: Material) -> list[str]:
    """`File: path:lines ✔; other.py:3 ~ changed 2 days ago by …`, [] for a record that rests on no place."""
    seen = [a for a in record.anchors if a.seen or record.trust != "extracted"]  # a word in a quote may look like a path
    told = [f"{a.place} {material.standing.get(a.place, '')}".rstrip() for a in seen[:4]]
    return ["File: " + "; ".join(told)] if told else []


def key(sort: str, *parts: str) -> str:
    """The key of a measured fact: short, stable, never a record's id."""
    return f"{sort}-{derived_id(*parts)[1:7]}"


def listed(item_key: str, lines: Sequence[str]) -> Item:
    """A list item; its further lines are indented."""
    return Item(item_key, "\n".join([f"- {lines[0]}", *(f"  {one}" for one in lines[1:])]))


def counted(count: int, word: str, plural: str = "") -> str:
    """`1 file`, `3 files`."""
    return f"{count} {word if count == 1 else plural or word + 's'}"


def bare(command: str) -> str:
    """A command line without what only shortens its output: `2>&1`, `| tail -5`."""
    return _SHORTENED.sub("", command).strip()


def telling(why: str) -> str:
    """What was said before an edit, "" for a mere announcement (`Let me …`, `After that I'll …`), an order to go on, and a few words that give no reason."""
    if _ANNOUNCED.match(why.replace("’", "'")) or _ORDERED.match(why) or (len(why.split()) < REASON_WORDS and not _REASON.search(why)):
        return ""
    return why.rstrip(": ")


def by_reason(told: Iterable[tuple[str, str]]) -> list[tuple[list[str], str]]:
    """(things, what is said of all of them) of (thing, what is said of it), in order: one sentence often stands before several edits, and is said once.

    Of which nothing is said, each stands alone.
    """
    found: dict[str, tuple[list[str], str]] = {}
    for n, (thing, why) in enumerate(told):
        found.setdefault(why or f"\0{n}", ([], why))[0].append(thing)
    return list(found.values())


def some(words: Iterable[str], limit: int) -> str:
    """The first few, and how many more there are."""
    every = list(words)
    return ", ".join(every[:limit]) + (f" and {len(every) - limit} more" if len(every) > limit else "")


__all__ = [
    "OTHER", "bare", "body", "by_reason", "cell", "code", "counted", "harmless", "key", "line", "listed", "named", "places", "quote", "row", "some",
    "telling", "title", "trimmed",
]
