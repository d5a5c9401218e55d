"""Terms of a text: word stems, names with what stands for them, pairs of ideographs."""

import pytest

from passdown.hooks import terms
from passdown.hooks.terms import MOST_TERMS


def levels(text: str) -> list[tuple[tuple[str, ...], ...]]:
    return [term.levels for term in terms.terms(text)]


@pytest.mark.parametrize(("text", "found"), [
    ("Retries of the uploads", [(("retry",),), (("the",),), (("upload",),)]),
    ("src/jobs/retryQueue.py", [(("src/jobs/retryqueue.py",), ("retryqueue.py",), ("retry", "queue"))]),
    ("drainAll()", [(("drainall",), ("drain", "all"))]),
    ("end-to-end", [(("end-to-end",), ("end", "end"))]),
    ("x", []),
    ("数据库 SQLite锁", [(("数据",),), (("据库",),), (("sqlit",),)]),
    ("Очередь сообщений", [(("очередь",),), (("сообщений",),)]),
    ("\x00\x1b[m\u202e", []),
    ("a" * 500, [])])
def test_what_stands_for_a_text(text: str, found: list[tuple[tuple[str, ...], ...]]) -> None:
    """A name first as a whole, then as its last part, then as the words it is made of; a blob is nothing."""
    assert levels(text) == found


@pytest.mark.parametrize(("word", "name"), [("src/a.py", True), ("http_proxy", True), ("drainAll", True), ("end-to-end", False), ("GitHub", False)])
def test_a_path_file_or_symbol_is_a_name(word: str, name: bool) -> None:
    """A compound word is not."""
    assert [term.name for term in terms.terms(word)] == [name]


def test_each_term_comes_once_and_there_are_only_so_many() -> None:
    """However long the text is."""
    found = levels(" ".join(f"word{n} upload uploads" for n in range(5_000)))

    assert len(found) == len(set(found)) == MOST_TERMS
