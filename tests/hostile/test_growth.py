"""Texts of one thing said thousands of times: reading them takes as much longer as they are, or is given up."""

import time
from collections.abc import Callable

import pytest

from passdown.formats import front_matter, three_way
from passdown.verification.symbols import lexical, tree_sitter
from passdown.verification.symbols.table import definitions

RATIO = 9.0  # of processor times for four times the text: linear is 4, quadratic 16
AMBIGUOUS = "package a\nfunc (r*R) M() {}\ntyp" + "<!--" * 1_300
GROWING: dict[str, tuple[Callable[[int], object], int]] = {
    "heads of functions": (lambda n: lexical.definitions("a.c", "int main(void) {\n" * n), 400),
    "heads without an end": (lambda n: lexical.definitions("a.c", "def f(\n" * n), 400),
    "heads of one name": (lambda n: list(lexical.named("a.c", "int main(void) {\n" * n, "main")), 400),
    "blank lines": (lambda n: lexical.definitions("a.py", "def f():\n" + "\n" * n), 4_000),
    "braces": (lambda n: lexical.definitions("a.c", "int main(void) {\n" + "}\n" * n), 4_000),
    "one line on both sides": (lambda n: three_way.text("a\nb\n" * n, "a\nb\n" * (n // 2), "\nb\na" * n), 500),
    "items like keys in a list without an end": (lambda n: headed("k:\n" + "  - a:\n" * n + "  - \n"), 1_000)}


def headed(head: str) -> None:
    with pytest.raises(front_matter.NotCanonicalError):
        front_matter.canonical(head, "a record")


def seconds(act: Callable[[int], object], size: int) -> float:
    """Of the processor; the least of a few, since whatever else runs only adds."""
    def once() -> float:
        begun = time.process_time()
        act(size)
        return time.process_time() - begun

    return min(once() for _ in range(4))


@pytest.mark.parametrize("name", GROWING)
def test_four_times_the_text_takes_about_four_times_as_long(name: str) -> None:
    """Or so little that nobody can tell."""
    act, size = GROWING[name]
    long = seconds(act, 4 * size)

    assert long < 0.02 or long < RATIO * max(seconds(act, size), 0.001)


def test_an_ambiguous_text_is_left_to_the_look_of_its_lines() -> None:
    """A grammar looks for so many ways to make sense of it that five kilobytes would take it half a minute; the next text is read as ever."""
    pytest.importorskip("tree_sitter_go")

    assert tree_sitter.definitions("a.go", AMBIGUOUS) is None
    assert [d.name for d in definitions("a.go", AMBIGUOUS)] == ["M"]
    assert [d.name for d in tree_sitter.definitions("a.go", "package a\nfunc f() {\n" + "\tx := 1\n" * 3_000 + "}\n") or ()] == ["f"]


def test_code_that_is_nested_deep_has_its_ends() -> None:
    """What a person writes stays within the lines that are looked at."""
    deep = 12
    text = "".join(f"{'  ' * n}class A{n} {{\n" for n in range(deep)) + "".join(f"{'  ' * n}}}\n" for n in reversed(range(deep)))
    found = lexical.definitions("a.java", text * 40) or []

    assert len(found) == deep * 40
    assert all(d.last - d.first + 1 == 2 * (deep - int(d.name[1:])) for d in found)


def test_lines_that_stand_everywhere_are_merged_with_their_neighbours() -> None:
    """A blank line between thousands of others says nothing of its place; what either side changed is there."""
    base = "".join(f"line {n}\n\n" for n in range(300))
    ours, theirs = base.replace("line 7\n", "line seven\n"), base.replace("line 290\n", "line 290\n\nmore\n")

    assert three_way.text(base, ours, theirs) == ours.replace("line 290\n", "line 290\n\nmore\n")
