"""What in a text speaks to an agent instead of about the work: orders to drop its instructions, to hide something, to give secrets away; marks of roles; calls.

It is looked for in the words as a reader would take them: letters of other alphabets that look the same, signs between letters, entities, and what stands
there in Base64, hexadecimal or rot13 are read too. What is found is flagged and ranked down, never trusted to be all: the fence is what holds.
"""

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterator, Set
from contextlib import suppress
from functools import cache, lru_cache
from itertools import chain

from passdown.model.orders import MARKS, ORDERS
from passdown.model.text import A_HIDDEN, CONTROL, HIDDEN, MARK, MARKED

Table = tuple[tuple[tuple[str, ...], str], ...]
LOOKED_AT, OVERLAP = 4_000, 400  # characters of a piece, and how many of the one before it: longer than any order that is looked for
_ALIKE = str.maketrans(  # Cyrillic, Greek and other letters that look like Latin ones; digits for letters are read by `_digits`
    "аеорсухіјѕԁһӏԛԝьгкмтвнАВЕКМНОРСТХУІЈЅαβεηικμνορτυχωΑΒΕΖΗΙΚΜΝΟΡΤΥΧɡıℓ", "aeopcyxijsdhlqwbrkmtbhABEKMHOPCTXYIJSabenikuvoptuxwABEZHIKMNOPTYXgil")
_APART = str.maketrans("‹›⟦\N{MODIFIER LETTER COLON}", "<>[:")  # what `handed.inert` made of marks: they are known again
_DIGITS = str.maketrans("013457@$", "oieastas")
_BETWEEN = r"[ .·_*\u200b-]"
_SPACED = rf"(?<![^\W_])[^\W_](?:{_BETWEEN}{{1,3}}[^\W_]){{5,}}(?![^\W_])"
_SPACED_WITHIN = r"[ .·_*-](?:[^\W_][ .·_*-]{1,3}){3}[^\W_][ .·_*-]"  # stands in each of them (a blank for U+200B), and is sooner known to be nowhere
_JOINED = r"(?<![^\W_])[^\W_]++(?:[-_][^\W_]++){3}"  # as the name of a branch or file has words
_BASE64, _BASE64_CHARS = r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{24,1000}={0,2}", 24
_HEX, _HEX_WITHIN = r"(?<![0-9a-fA-F])(?:[0-9a-fA-F]{2}[ ]?){16,500}(?![0-9a-fA-F])", "[0-9a-fA-F]{32}"  # without its spaces
_CUES = frozenset(cue for cues, _ in (*MARKS, *ORDERS) for cue in cues)
_MARKED = ("‹U+E0", "‹U+202E", "‹U+202D", "‹U+2066", "‹U+2067")
_ESCAPED = r"%([0-7][0-9A-Fa-f])|\\x([0-7][0-9A-Fa-f])|\\u00([0-7][0-9A-Fa-f])"
_MIXED = r"[013457@$](?:(?=[a-z])|(?<=[a-z].))"
_TURNED = ("vtaber", "qvfertneq", "sbetrg", "bireevqr", "vafgehpgvba", "flfgrz", "nffvfgnag")
_BACKWARDS = ("snoitcurtsni", "tpmorp", "erongi", "metsys", "dragersid", "tegrof", "selur")


def suspect(text: str) -> str:
    """What it seems to be, in a word or two: `orders`, `marks of a host`, `hidden text`; "" for words about the work.

    The whole text is looked at, piece by piece.
    """
    if len(text) <= LOOKED_AT:
        return _seems(text)
    return next(filter(None, (_seems(text[at:at + LOOKED_AT]) for at in range(0, len(text) - OVERLAP, LOOKED_AT - OVERLAP))), "")


@lru_cache(maxsize=4_096)
def _seems(text: str) -> str:
    if _hides(text):
        return "hidden text"
    for written in chain.from_iterable(map(_readings, _as_shown(text))):
        cued = {cue for cue in _CUES if cue in written}
        if _any(MARKS, written, cued):
            return "marks of a host"
        if _any(ORDERS, written, cued):
            return "orders"
    return ""


def _as_shown(text: str) -> Set[str]:
    """Without what a terminal would obey, which whoever prints it takes out, or with a blank in its place."""
    return {re.sub(CONTROL, by, text) for by in ("", " ")} if not text.isprintable() and re.search(CONTROL, text) else {text}


def _any(table: Table, text: str, cued: Set[str]) -> bool:
    """Whether one of the expressions whose cues are in the folded text finds anything there."""
    return any(_compiled(pattern).search(text) for cues, pattern in table if not cued.isdisjoint(cues))


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """When it is first needed: all expressions together would cost each start of a program more than it may take."""
    return re.compile(pattern, re.DOTALL)


def _hides(text: str) -> bool:
    """Tags (letters that nobody sees), or a line turned round."""
    if text.isascii():
        return False
    found = [*re.finditer(HIDDEN, text)] if re.search(A_HIDDEN, text) else []
    return any(_is_tag(one[0]) for one in (*found, *(re.finditer(MARK, text) if MARKED in text else ())))


def _is_tag(found: str) -> bool:
    return found[0] >= "\U000e0000" or found[0] in "\u202a\u202b\u202d\u202e\u2066\u2067" or found.startswith(_MARKED)


def _readings(text: str) -> Iterator[str]:
    """The text as it may be meant: folded, with digits as letters, closed up, taken apart, turned, decoded."""
    plain = folded(text)
    yield plain
    if any(digit in plain for digit in "013457@$") and _compiled(_MIXED).search(plain):
        yield plain.translate(_DIGITS)
    if _compiled(_SPACED_WITHIN).search(plain.replace("\u200b", " ")) and (spaced := _compiled(_SPACED).findall(plain)):
        yield " ".join(re.sub(r"[\W_]", "", one) for one in spaced)
        yield " ".join(re.sub(r"[\W_]", "", word) for one in spaced for word in re.split(rf"{_BETWEEN}{{3}}", one))
        yield re.sub(r"(?<=\b\w)[ .·_*-](?=\w\b)", "", plain)
    if _compiled(_JOINED).search(plain):
        yield re.sub(r"(?<=\w)[-_](?=\w)", " ", plain)
    if any(word in plain for word in _TURNED):
        yield codecs.decode(plain, "rot13")
    if any(word in plain for word in _BACKWARDS):
        yield plain[::-1]
    yield from map(folded, _decoded(text))


def folded(text: str) -> str:
    """Lower case, without what is invisible and what marks it, entities and percent signs read, letters that look like Latin ones as those, accents off."""
    if not text.isascii():
        text = without_hidden(text).translate(_APART)
    if "&" in text:
        import html  # only where something is to be read: 2 ms

        text = html.unescape(text)
    if "%" in text or "\\" in text:
        text = _compiled(_ESCAPED).sub(lambda m: chr(int(m[1] or m[2] or m[3], 16)), text)
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text)
    words = [word if word.isascii() or not any("a" <= c.lower() <= "z" for c in word) else word.translate(_ALIKE) for word in re.split(r"(\s+)", text)]
    bare = re.sub("[\u0300-\u036f]", "", unicodedata.normalize("NFD", "".join(words).lower()))
    return unicodedata.normalize("NFC", bare).replace("ı", "i").replace("đ", "d").replace("ł", "l").replace("ø", "o")


def without_hidden(text: str) -> str:
    """The text without what nobody sees, and without the marks that `printable` puts in its place."""
    text = re.sub(MARK, "", text) if MARKED in text else text
    return re.sub(HIDDEN, lambda found: found[1] or "", text) if re.search(A_HIDDEN, text) else text


def _decoded(text: str) -> Iterator[str]:
    """What stands there in Base64 or hexadecimal, as far as it is text."""
    base64 = any(len(word) >= _BASE64_CHARS for word in text.split())
    hexadecimal = _compiled(_HEX_WITHIN).search(text.replace(" ", ""))
    if base64:
        yield from _read(_BASE64, _base64, text)
    if hexadecimal:
        yield from _read(_HEX, bytes.fromhex, text)


def _read(pattern: str, read: Callable[[str], bytes], text: str) -> Iterator[str]:
    for one in _compiled(pattern).findall(text)[:8]:
        with suppress(ValueError):
            said = read(one).decode("utf-8")
            if said.isprintable() or "\n" in said:
                yield said


def _base64(text: str) -> bytes:
    from binascii import a2b_base64

    bare = text.rstrip("=")
    return a2b_base64(bare + "=" * (-len(bare) % 4))


__all__ = ["folded", "suspect"]
