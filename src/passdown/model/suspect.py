"""What in a text speaks to an agent instead of about the work: orders to drop its instructions, to hide something, to give secrets away; marks of roles; calls.

It is looked for in the words as a reader would take them: letters of other alphabets that look the same, signs between letters, entities, and what stands
there in Base64, hexadecimal or rot13 are read too. What is found is flagged and ranked down, never trusted to be all: the fence is what holds.
"""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from functools import cache, lru_cache

from passdown.model.orders import DROPS, ENGLISH, MARKS
from passdown.model.text import HIDDEN, MARK

LOOKED_AT = 4_000  # characters
_ALIKE = str.maketrans(  # Cyrillic, Greek and other letters that look like Latin ones; digits for letters are read by `_digits`
    "аеорсухіјѕԁһӏԛԝьгкмтвнАВЕКМНОРСТХУІЈЅαβεηικμνορτυχωΑΒΕΖΗΙΚΜΝΟΡΤΥΧɡıℓ", "aeopcyxijsdhlqwbrkmtbhABEKMHOPCTXYIJSabenikuvoptuxwABEZHIKMNOPTYXgil")
_DIGITS = str.maketrans("013457@$", "oieastas")
_SPACED = re.compile(r"(?<!\w)\w(?:[ .·_*\u200b-]{1,2}\w){5,}(?!\w)")
_BASE64, _HEX = r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{24,1000}={0,2}", r"(?<![0-9a-fA-F])(?:[0-9a-fA-F]{2}[ ]?){16,500}(?![0-9a-fA-F])"

_THEIRS = (  # things in other languages: without one of them nothing is looked for; letters of no Latin alphabet may be any
    "weisung", "anleitung", "regel", "vorgaben", "befehl", "system-prompt", "systemprompt", "instruc", "instruk", "istruzion", "consigne", "regle",
    "directive", "indicacion", "indicazion", "regla", "ordenes", "regra", "orienta", "diretriz", "comando", "regole", "direttiv", "aanwijzing",
    "opdracht", "polece", "zasad", "regul", "talimat", "kural", "yonerge", "lenh", "perintah", "aturan", "petunjuk", "huong dan", "chi thi", "quy tac")
_NO_LATIN = re.compile(r"[\u0300-\uffff]")
_CUES = frozenset(cue for cues, _ in ENGLISH for cue in cues)
_SIGNED = re.compile(r"[<\[{:]|to=|passdown|\*\*\*")
_MARKED = ("‹U+E0", "‹U+202E", "‹U+202D", "‹U+2066", "‹U+2067")
_ESCAPED = re.compile(r"%([0-7][0-9A-Fa-f])|\\x([0-7][0-9A-Fa-f])|\\u00([0-7][0-9A-Fa-f])")
_MIXED = re.compile(r"[a-z][013457@$]|[013457@$][a-z]")
_TURNED = ("vtaber", "qvfertneq", "sbetrg", "bireevqr", "vafgehpgvba", "flfgrz", "nffvfgnag")
_BACKWARDS = ("snoitcurtsni", "tpmorp", "erongi", "metsys", "dragersid")


@lru_cache(maxsize=4_096)
def suspect(text: str) -> str:
    """What it seems to be, in a word or two: `orders`, `marks of a host`, `hidden text`; "" for words about the work."""
    text = text[:LOOKED_AT]
    if _hides(text):
        return "hidden text"
    for written in _readings(text):
        if _SIGNED.search(written) and any(_found(mark, written) for mark in MARKS):
            return "marks of a host"
        if _orders(written):
            return "orders"
    return ""


def _orders(text: str) -> bool:
    """Whether the folded text orders an agent to do something."""
    cued = {cue for cue in _CUES if cue in text}
    if cued and any(_found(pattern, text) for cues, pattern in ENGLISH if not cued.isdisjoint(cues)):
        return True
    theirs = any(thing in text for thing in _THEIRS) or (not text.isascii() and _NO_LATIN.search(text))
    return bool(theirs) and any(_found(thing, text) and _found(_near(verb, thing), text) for verb, thing in DROPS)


def _near(verb: str, thing: str) -> str:
    """Both, in either order, close together."""
    return f"(?:{verb}).{{0,60}}(?:{thing})|(?:{thing}).{{0,60}}(?:{verb})"


def _found(pattern: str, text: str) -> bool:
    """Expressions are compiled when they are first needed: all of them together would cost each start of a program more than it may take."""
    return _compiled(pattern).search(text) is not None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.DOTALL)


def _hides(text: str) -> bool:
    """Tags (letters that nobody sees), or a line turned round."""
    return not text.isascii() and any(_is_tag(found[0]) for found in (*HIDDEN.finditer(text), *MARK.finditer(text)) if found[0])


def _is_tag(found: str) -> bool:
    return found[0] >= "\U000e0000" or found[0] in "\u202a\u202b\u202d\u202e\u2066\u2067" or found.startswith(_MARKED)


def _readings(text: str) -> Iterator[str]:
    """The text as it may be meant: folded, with digits as letters, closed up, turned, decoded."""
    plain = folded(text)
    yield plain
    if _MIXED.search(plain):
        yield plain.translate(_DIGITS)
    if spaced := _SPACED.findall(plain):
        yield " ".join(re.sub(r"[\W_]", "", one) for one in spaced)
        yield re.sub(r"(?<=\w)[ .·_*-](?=\w\b)", "", plain)
    if any(word in plain for word in _TURNED):
        yield codecs.decode(plain, "rot13")
    if any(word in plain for word in _BACKWARDS):
        yield plain[::-1]
    yield from map(folded, _decoded(text))


def folded(text: str) -> str:
    """Lower case, without what is invisible and what marks it, entities and percent signs read, letters that look like Latin ones as those, accents off."""
    if not text.isascii():
        text = HIDDEN.sub(lambda found: found[1] or "", MARK.sub("", text))
    if "&" in text:
        import html  # only where something is to be read: 2 ms

        text = html.unescape(text)
    if "%" in text or "\\" in text:
        text = _ESCAPED.sub(lambda m: chr(int(m[1] or m[2] or m[3], 16)), text)
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text)
    words = [word.translate(_ALIKE) if any("a" <= c.lower() <= "z" for c in word) else word for word in re.split(r"(\s+)", text)]
    bare = "".join(c for c in unicodedata.normalize("NFD", "".join(words).lower()) if not "\u0300" <= c <= "\u036f")
    return unicodedata.normalize("NFC", bare).replace("ı", "i").replace("đ", "d").replace("ł", "l").replace("ø", "o")


def _decoded(text: str) -> Iterator[str]:
    """What stands there in Base64 or hexadecimal, as far as it is text."""
    for found, read in ((_BASE64, _base64), (_HEX, bytes.fromhex)):
        for one in _compiled(found).findall(text)[:8]:
            with suppress(ValueError):
                said = read(one).decode("utf-8")
                if said.isprintable() or "\n" in said:
                    yield said


def _base64(text: str) -> bytes:
    from binascii import a2b_base64

    bare = text.rstrip("=")
    return a2b_base64(bare + "=" * (-len(bare) % 4))


__all__ = ["folded", "suspect"]
