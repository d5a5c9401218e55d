"""No regular expression that a module of ours holds takes time without bound: each on texts that an ambiguous one reads in ever so many ways."""

import re
import signal
from collections.abc import Iterator
from itertools import product
from types import FrameType

import pytest
from benchmarks.fuzzing.patterns import expressions

LENGTH = 100  # of what is repeated, in characters: an ambiguous expression tries it in 2**50 ways or in 100**4, an unambiguous one in 100**2 at most
PATIENCE_S = 0.5  # of the processor for one search, which takes microseconds
BEGINNINGS = ("", "a", "<a", "[A", "| a | ", "run")
PIECES = (*" \t\n_-.*`/&,=#1aA|:'", "a-", "a_", "a ", "- ", "a, ", "](", "a/", "| ", "../", "_-", " \n")
ENDS = ("", "\x00", "ab")
LINEAR = ("passdown.redaction.gates", "passdown.redaction.finders")  # theirs are RE2's, which knows no such time


class TooLongError(Exception):
    """A search that has to be broken off."""


def slow(pattern: re.Pattern[str] | re.Pattern[bytes]) -> Iterator[str]:
    """Texts on which a search has to be broken off."""
    for beginning, piece, end in product(BEGINNINGS, PIECES, ENDS):
        text = beginning + piece * (LENGTH // len(piece)) + end
        signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE_S)
        try:
            pattern.search(text.encode() if isinstance(pattern.pattern, bytes) else text)
        except TooLongError:
            yield text
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)


@pytest.fixture
def alarmed() -> Iterator[None]:
    if not hasattr(signal, "ITIMER_VIRTUAL"):
        pytest.skip("there is no alarm on this system")

    def ring(number: int, frame: FrameType | None) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGVTALRM, ring)
    yield
    signal.signal(signal.SIGVTALRM, before)


@pytest.mark.filterwarnings("ignore")
def test_no_expression_is_ambiguous(alarmed: None) -> None:
    """Blanks, marks and letters that two parts of an expression may both take, before an end that neither takes."""
    found = [(where, pattern) for where, pattern in expressions() if not where.startswith(LINEAR)]

    assert len(found) > 800
    assert {where: text for where, pattern in found for text in slow(pattern)} == {}


@pytest.mark.parametrize("ambiguous", [r"(?:a+)+$", r"(?:\w+[_-])+$"])
def test_an_ambiguous_one_is_found(alarmed: None, ambiguous: str) -> None:
    """The test above can fail."""
    assert next(slow(re.compile(ambiguous)))
