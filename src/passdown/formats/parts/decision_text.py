"""One decision as people write it down: sections or labelled lines (Status, Context, Decision, Alternatives, Consequences) read as a record.

Sources: M. Nygard's "Documenting Architecture Decisions" (2011), MADR 4 (adr.github.io), Backlog.md's decision files, logs of agents; seen 2026-11.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from passdown.formats.marked import unmarked
from passdown.formats.outline import HEADING, LINE, fences, name_of, words_of
from passdown.model.ids import derived_id
from passdown.model.record import Detail, Record, Status

SAID, LONG = 4_000, 1_000  # characters of the decision itself, and of a detail
MEANS: Mapping[str, str] = {  # what a heading or label of a decision introduces
    **dict.fromkeys(("status", "state"), "status"),
    **dict.fromkeys(("date", "decided", "decided on", "day", "when"), "date"),
    **dict.fromkeys(("decision", "decision outcome", "outcome of the decision", "chosen", "choice", "chosen option", "what", "summary"), "decision"),
    **dict.fromkeys(("why", "rationale", "reason", "reasons", "reasoning", "because", "justification", "motivation"), "why"),
    **dict.fromkeys(("context", "context and problem statement", "background", "problem", "problem statement", "issue", "decision drivers"), "context"),
    **dict.fromkeys(("alternatives", "alternative", "alternatives considered", "alternatives rejected", "considered options", "considered alternatives",
                     "options considered", "options", "other options", "rejected", "rejected alternatives", "not", "instead of"), "alternative"),
    **dict.fromkeys(("consequences", "consequence", "trade-offs", "trade-off", "tradeoffs", "tradeoff", "negative", "negative consequences", "cons", "costs",
                     "bad", "downsides"), "trade-off"),
    **dict.fromkeys(("positive", "positive consequences", "outcome", "result", "pros", "good", "benefits"), "outcome"),
    **dict.fromkeys(("waits until", "deferred until"), "until"), "sets aside": "overrides",
    **dict.fromkeys(("deciders", "decision makers", "decision-makers", "approved by", "approved", "approval", "decided by", "author"), "approval"),
}
STATES: tuple[tuple[str, Status], ...] = (
    (r"supersed|replaced", "superseded"), (r"deprecat|reject|revers|obsolete|withdrawn|declined", "archived"))
LABELLED = re.compile(r"^\s*(?:[-*+]\s+)?(?P<bold>\*\*|__)?(?P<name>[A-Za-z][A-Za-z -]{1,30}?)(?:\*\*|__)?:(?:\*\*|__)?(?:\s+(?P<value>.*))?$")
BULLET = re.compile(r"^(?P<indent>\s*)(?:[-*+]|\d{1,3}[.)])\s+")
DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
CHOSEN = re.compile(r"chosen option:?\W*[\"“*]+(?P<name>[^\"”*]+)", re.IGNORECASE)
_MARKUP = re.compile(r"\*\*|__|^#+\s*")


class Told(msgspec.Struct, frozen=True):
    """A piece of a decision: what it is (a value of `MEANS`), and its lines."""

    means: str
    lines: tuple[str, ...]


def read(title: str, body: str, place: str, *, id_: str = "") -> Record:
    """The decision that stands under a title. body: what stands below its heading. place: what makes a foreign one's id differ from another's."""
    told = list(pieces(body))
    decided = "\n".join(said(told, "decision")).strip()[:SAID]
    lines = decided.split("\n") if decided else []
    text = "\n".join([title, *(lines[1:] if lines and flat(lines[:1]) == flat([title]) else lines)]).strip()
    values: Mapping[str, Detail] = {
        "why": flat(said(told, "why") or first_paragraph(said(told, "context"))), "alternative": alternatives(told, decided),
        **{name: flat(said(told, name)) for name in ("trade-off", "approval", "until", "overrides", "outcome")}}
    details = {name: value for name, value in values.items() if value}
    day = DAY.search(flat([*said(told, "date"), *said(told, "status")]))
    created = f"{day[0]}T00:00:00Z" if day else ""
    return Record(id_ or derived_id("document", place, title), "decision", text, state(first_line(said(told, "status"))), created=created, details=details)


def state(words: str) -> Status:
    """What a status says: `Superseded by ADR 9` → superseded; rejected and deprecated ones are archived, all others hold."""
    return next((status for pattern, status in STATES if re.search(pattern, words, re.IGNORECASE)), "active")


def pieces(body: str) -> Iterator[Told]:
    """The pieces in order. A piece ends at the next heading of its own level or above, or at the next label; what belongs to none has no meaning: ""."""
    means, level, kept = "", 0, list[str]()
    raw = LINE.findall(body)
    for line, fenced in zip(raw, fences(raw), strict=True):
        text = unmarked(line).rstrip()
        heading = None if fenced else HEADING.match(text)
        label = None if fenced or heading else LABELLED.match(text[:600])
        named = MEANS.get(name_of(text) if heading else label["name"].strip().lower() if label and (label["bold"] or not level) else "", "")
        if named or (heading and (not level or len(heading[1]) <= level)):
            yield Told(means, tuple(kept))
            means, level, kept = named, len(heading[1]) if heading and heading[1] != "#" else 0, [label["value"] or ""] if label else []
        else:
            kept.append(text)
    yield Told(means, tuple(kept))


def said(told: Sequence[Told], means: str) -> list[str]:
    """All lines with this meaning."""
    return [line for piece in told if piece.means == means for line in piece.lines]


def alternatives(told: Sequence[Told], decided: str) -> tuple[str, ...]:
    """What was considered and not chosen, each on one line."""
    chosen = CHOSEN.search(decided)
    name = flat([chosen["name"]]).lower() if chosen else ""
    return tuple(one for one in options(said(told, "alternative")) if not (name and one.lower().startswith(name)))


def options(lines: Sequence[str]) -> Iterator[str]:
    """An option a subheading, else a list item of the outermost level; a text without either is one."""
    heads = any(HEADING.match(line) for line in lines)
    items = [match for line in lines if (match := BULLET.match(line))]
    outer = min((len(m["indent"]) for m in items), default=0)
    kept: list[str] = []
    for line in lines:
        bullet = BULLET.match(line)
        begins = HEADING.match(line) if heads else bullet and len(bullet["indent"]) == outer
        if begins:
            yield from filter(None, (flat(kept),))
            kept = [HEADING.sub(lambda found: f"{words_of(found)}:", line) if heads else line]
        elif begins is None or kept or not (heads or items):
            kept.append(line)
    yield from filter(None, (flat(kept),))


def first_line(lines: Sequence[str]) -> str:
    return next((line for line in lines if line.strip()), "")


def first_paragraph(lines: Sequence[str]) -> list[str]:
    """The lines up to the first empty one."""
    text = "\n".join(lines).strip("\n")
    return text.split("\n\n", 1)[0].split("\n") if text else []


def flat(lines: Sequence[str]) -> str:
    """Lines as one, without list marks and emphasis; list items apart by `; `."""
    out = ""
    for line in lines:
        words = _MARKUP.sub("", BULLET.sub("", line)).strip()
        if words:
            apart = "; " if out and BULLET.match(line) and out[-1] not in ":;" else " " if out else ""
            out += apart + words
    return out if len(out) <= LONG else out[: LONG - 1].rsplit(" ", 1)[0] + "…"


__all__ = ["MEANS", "options", "pieces", "read", "state"]
