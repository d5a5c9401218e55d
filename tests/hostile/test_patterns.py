"""No regular expression that a module of ours holds takes time without bound: each on texts that an ambiguous one reads in ever so many ways."""

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterator
from itertools import product
from types import FrameType

import pytest

import passdown

LENGTH = 100  # of what is repeated, in characters: an ambiguous expression tries it in 2**50 ways or in 100**4, an unambiguous one in 100**2 at most
PATIENCE_S = 0.5  # of the processor for one search, which takes microseconds
BEGINNINGS = ("", "a", "<a", "[A", "| a | ", "run")
PIECES = (*" \t\n_-.*`/&,=#1aA|:'", "a-", "a_", "a ", "- ", "a, ", "](", "a/", "| ", "../", "_-", " \n")
ENDS = ("", "\x00", "ab")
LINEAR = ("passdown.redaction.gates", "passdown.redaction.finders")  # theirs are RE2's, which knows no such time


class TooLongError(Exception):
    """A search that has to be broken off."""


def expressions() -> dict[str, re.Pattern[str]]:
    """Those that modules hold, compiled or as text, by where they stand."""
    found: dict[str, re.Pattern[str]] = {}
    for module in pkgutil.walk_packages(passdown.__path__, "passdown."):
        if module.name.endswith("__main__") or module.name in LINEAR:
            continue
        try:
            names = vars(importlib.import_module(module.name))
        except ImportError:  # an extra that is not installed
            continue
        for name, value in names.items():
            if not name.startswith("__") and (pattern := read(value)):
                found[f"{module.name}.{name}"] = pattern
    return found


def read(value: object) -> re.Pattern[str] | None:
    if isinstance(value, re.Pattern):
        return value if isinstance(value.pattern, str) else None
    if not isinstance(value, str) or not re.search(r"[*+}]", value) or not re.search(r"[\\\[(]", value):
        return None
    try:
        return re.compile(value)
    except (re.error, RecursionError):
        return None


def slow(pattern: re.Pattern[str]) -> Iterator[str]:
    """Texts on which a search has to be broken off."""
    for beginning, piece, end in product(BEGINNINGS, PIECES, ENDS):
        text = beginning + piece * (LENGTH // len(piece)) + end
        signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE_S)
        try:
            pattern.search(text)
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
    found = expressions()

    assert len(found) > 800
    assert {where: text for where, pattern in found.items() for text in slow(pattern)} == {}


@pytest.mark.parametrize("ambiguous", [r"(?:a+)+$", r"(?:\w+[_-])+$"])
def test_an_ambiguous_one_is_found(alarmed: None, ambiguous: str) -> None:
    """The test above can fail."""
    assert next(slow(re.compile(ambiguous)))
