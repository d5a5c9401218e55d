"""What is broken on purpose (`python -m benchmarks.broken`) can be broken: the source still stands there, the tests are there, and no promise is left out."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from benchmarks.broken import Break, breaks

ROOT = Path(__file__).parents[2]
BREAKS = breaks()
PAGES = ("durability", "secrets", "hostile")


def named(page: str) -> Iterator[str]:
    """What the second column of a page's promises names as tests, but for those that the page says were not tried."""
    text = (ROOT / "docs" / "reliability" / f"{page}.md").read_text(encoding="utf-8")
    for row in text.split("\n## Promises\n")[1].split("\n## ")[0].splitlines():
        if row.startswith("| ") and "not tried" not in row:
            yield from (name for name in row.split("|")[2].split("`")[1::2] if "test_" in name)


def names(test: str) -> set[str]:
    """How a page may name a test: with its path, without, by the function or the file alone."""
    where, _, function = test.partition("[")[0].partition("::")
    file = where.rpartition("/")[2]
    return {where, file, function, f"{where}::{function}", f"{file}::{function}"}


@pytest.mark.parametrize("one", BREAKS, ids=lambda one: one.what)
def test_what_is_to_be_broken_stands_there(one: Break) -> None:
    """Once, in the product, and something else that Python reads stands there when it is broken."""
    whole = (ROOT / one.file).read_text(encoding="utf-8")

    assert one.file.startswith("src/passdown/")
    assert whole.count(one.old) == 1
    ast.parse(broken := whole.replace(one.old, one.new))
    assert ast.dump(ast.parse(broken)) != ast.dump(ast.parse(whole))


def test_the_tests_are_there() -> None:
    """Each that is to fail is a function of the module that is named."""
    parts = [one.test.partition("[")[0].partition("::") for one in BREAKS]

    assert [f"{path}::{name}" for path, _, name in parts if f"def {name}(" not in (ROOT / path).read_text(encoding="utf-8")] == []


@pytest.mark.parametrize("page", PAGES)
def test_each_promise_is_broken_once(page: str) -> None:
    """Every test that a page names for a promise is one that a break lets fail."""
    known = set().union(*(names(one.test) for one in BREAKS))

    assert [name for name in named(page) if name not in known] == []
