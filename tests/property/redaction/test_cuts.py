"""Wherever a text is cut, before it is scanned or behind, no part of a secret is left by which it could be known."""

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from passdown.extract.wording import clip as behind_scan
from passdown.extract.wording import ends
from passdown.redaction.cuts import MARGIN, head, tail
from passdown.redaction.fakes import with_secret
from passdown.redaction.scan import redact
from passdown.redaction.table import FORMATS
from passdown.transcripts.clipping import clip

KNOWN = 8  # letters of a secret that tell it
LIMIT = 4_000
FILLERS = ("2026-03-02 INFO worker 12 took the next job from the queue\n", "took the next job from the queue and went on with it ",
           '{"job":12,"state":"done"},',
           "Die Warteschlange läuft, ")
ONE_LINE = tuple(one for one in FORMATS if "\n" not in one.sample and not one.sample.startswith("mnemonic"))


def parts_left(secret: str, text: str) -> bool:
    """Whether as many letters of the secret in a row stand in the text as tell it."""
    return any(secret[at: at + KNOWN] in text for at in range(max(1, len(secret) - KNOWN + 1)))


def around(number: int, seed: int, filler: str, before: int) -> tuple[str, str]:
    """A long text with a secret that begins behind `before` characters, on a line of its own where the filler ends lines; the secret."""
    text, secret = with_secret(ONE_LINE[number % len(ONE_LINE)], Random(seed))
    assume(not parts_left(secret, redact(f"- {text}\n")))  # what no scan of the whole finds is another matter
    space = "" if filler.endswith("\n") else " "
    first = (filler * (before // len(filler) + 1))[:before]
    line = f"{first[: first.rfind(filler[-1]) + 1]}{space}{text}{filler[-1] if filler.endswith(chr(10)) else ' '}"
    return line + filler * (3 * LIMIT // len(filler)), secret


CASES = st.tuples(st.integers(0, len(ONE_LINE) - 1), st.integers(0, 99), st.sampled_from(FILLERS))


@given(CASES, st.integers(-200, 40))
@settings(max_examples=400, deadline=None)
def test_a_reader_s_first_half_holds_no_part(case: tuple[int, int, str], where: int) -> None:
    """The first half ends before, in or behind a secret of any format."""
    text, secret = around(*case, LIMIT // 2 + where)
    assert not parts_left(secret, redact(clip(text, LIMIT)))


@given(CASES, st.integers(-200, 40))
@settings(max_examples=400, deadline=None)
def test_a_reader_s_last_half_holds_no_part(case: tuple[int, int, str], where: int) -> None:
    """The last half begins before, in or behind a secret of any format."""
    text, secret = around(*case, 3 * LIMIT)
    place = text.find(secret)
    text = text[: place + LIMIT // 2 + where]
    assert not parts_left(secret, redact(clip(text, LIMIT)))


@pytest.mark.parametrize("cut", [head, tail], ids=["head", "tail"])
@given(case=CASES, where=st.integers(-200, 40))
@settings(max_examples=150, deadline=None)
def test_an_end_of_a_text_holds_no_part(cut: Callable[[str, int], str], case: tuple[int, int, str], where: int) -> None:
    """Neither its beginning nor its end, whether the cut or the margin falls into the secret; what is given is never longer than was asked for."""
    for place in (LIMIT, LIMIT + MARGIN):
        text, secret = around(*case, place + where if cut is head else 3 * LIMIT)
        text = text if cut is head else text[: text.find(secret) + place + where]
        assert not parts_left(secret, cut(text, LIMIT))
        assert len(cut(text, LIMIT)) <= LIMIT


@pytest.mark.parametrize("cut", [behind_scan, ends], ids=["clip", "ends"])
@given(case=CASES, where=st.integers(-200, 40))
@settings(max_examples=100, deadline=None)
def test_what_is_cut_behind_the_scan_holds_no_part(cut: Callable[[str, int], str], case: tuple[int, int, str], where: int) -> None:
    """Facts and records are cut out of events that were scanned; a marker that was cut through gives nothing away."""
    text, secret = around(*case, LIMIT // 2 + where)
    assert not parts_left(secret, redact(cut(redact(text), LIMIT)))


@pytest.mark.parametrize("unbroken", ["a1B2c3D4" * 2_000, "client-key-data: " + "QUJDREVG" * 2_000, '{"token":"' + "x7Y8z9" * 2_000 + '"}'])
def test_a_half_that_is_one_word_is_left_out(unbroken: str) -> None:
    """Nothing of a word that fills a half is kept: neither half could be known again."""
    assert len(clip(unbroken, LIMIT)) < 100


def test_what_is_short_enough_is_left_as_it_is() -> None:
    """Only what is longer than the limit is cut, and the line in between counts what is gone."""
    assert clip("x" * LIMIT, LIMIT) == "x" * LIMIT
    text = "one line of it\n" * 1_000
    first, left_out, last = clip(text, LIMIT).partition("[… ")
    gone = int(last.split()[0])
    assert len(text) - gone == len(first) + len(last.partition("…]\n")[2]) - 1
    assert left_out
