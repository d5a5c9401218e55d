"""UTF-8 that was read as Windows-1252 or Latin-1, once or several times (`â€™`, `ðŸ”´`, `Ã©`), put right span by span.

A span is repaired when its characters, taken for the bytes that they once were, are valid UTF-8, and correct text would not stand so: `Ã` before a closing
quotation mark ends a Portuguese word in capitals, `é…”` ends a French one. What could be either stays.
"""

import re

import msgspec

_UPPER = {bytes([n]).decode("cp1252"): n for n in range(0x80, 0xA0) if n not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
BYTES = {**{chr(n): n for n in range(0x80, 0x100)}, **_UPPER}  # by character the byte that it was; bytes that Windows-1252 lacks came as C1 controls
_CONTINUED = "".join(re.escape(c) for c, n in BYTES.items() if n < 0xC0)
SEQUENCE = rf"[\u00c2-\u00df][{_CONTINUED}]|[\u00e0-\u00ef][{_CONTINUED}]{{2}}|[\u00f0-\u00f4][{_CONTINUED}]{{3}}"
RUN = re.compile(rf"(?:{SEQUENCE})+")
ONE = re.compile(SEQUENCE)
PUNCTUATION = frozenset("‘’“”…–—‹›«»\u00a0·•")  # may follow a letter in correct text
SIGNS = frozenset("™®©°ºª¹²³¼½¾")  # so may these, in fewer places
CONTROL = re.compile(r"[\x80-\x9f]")
ROUNDS = 3


class Span(msgspec.Struct, frozen=True):
    """One repair. line: from 1."""

    line: int
    before: str
    after: str


class Repaired(msgspec.Struct, frozen=True):
    """The text, and what was repaired in it, in order."""

    text: str
    spans: tuple[Span, ...] = ()


def repair(text: str) -> Repaired:
    """The text with what was mis-decoded put right; the same text when nothing was. Linear in its length."""
    if text.isascii():
        return Repaired(text)
    out: list[str] = []
    spans: list[Span] = []
    at, line = 0, 1
    for run in RUN.finditer(text):
        right = _right(run[0], text[max(0, run.start() - 1): run.start()], text[run.end(): run.end() + 1])
        if right != run[0]:
            line += text.count("\n", at, run.start())
            spans.append(Span(line, run[0], right))
            out += [text[at: run.start()], right]
            at = run.end()
    return Repaired("".join([*out, text[at:]]), tuple(spans))


def _right(run: str, before: str, behind: str) -> str:
    """What a run of sequences was, however often it was mis-decoded; the run itself where that is not certain."""
    right = run
    for _ in range(ROUNDS):
        once = RUN.sub(lambda found: _once(found[0], found.string[found.start() - 1: found.start()] or before,
                                           found.string[found.end(): found.end() + 1] or behind), right)
        if once == right:
            break
        right = once
    return run if CONTROL.search(right) else right


def _once(run: str, before: str, behind: str) -> str:
    """One round: the sequences that are plausible alone, or all when one of several cannot be anything else."""
    pieces = ONE.findall(run)
    decoded = [_decoded(piece) for piece in pieces]
    if len(pieces) > 1 and any(d and not _natural(p) for p, d in zip(pieces, decoded, strict=True)):
        return "".join(d or p for p, d in zip(pieces, decoded, strict=True))
    edges = [before, *(p[-1] for p in pieces)], [*(p[0] for p in pieces[1:]), behind]
    return "".join(d if d and _plausible(p, b, e) else p for p, d, b, e in zip(pieces, decoded, edges[0][:-1], edges[1], strict=True))


def _decoded(piece: str) -> str:
    """What the bytes say as UTF-8, "" when they say nothing."""
    try:
        return bytes(BYTES[c] for c in piece).decode("utf-8")
    except UnicodeDecodeError:
        return ""


def _natural(piece: str) -> bool:
    """Whether all that is behind the first letter may follow a letter in correct text."""
    return all(c in PUNCTUATION or c in SIGNS for c in piece[1:])


def _plausible(piece: str, before: str, behind: str) -> bool:
    """Whether one sequence cannot well be what it looks like: a letter with marks behind it."""
    first, natural = piece[0], _natural(piece)
    if len(piece) == 4 or first in ("ß", "Â"):  # no letter stands before three marks; `Â` ends no word
        return first == "Â" or (not natural and first != "ß")
    if len(piece) == 3:
        return (not natural or not before.isalpha()) if first == "â" else (not natural and not before.isalpha())
    if not natural:
        return True
    starts = not before.isalpha() and behind.islower()
    return before.islower() or starts or (first in "ÃÎÐ" and piece[1] in SIGNS and (behind.islower() or not before.isupper()))


__all__ = ["Repaired", "Span", "repair"]
