"""A guard's table with the sum that belongs to it, and in it what no capture writes: the guard is silent, the rest of the hook goes on."""

import json

import pytest
from benchmarks.fuzzing import table
from benchmarks.fuzzing.targets import spool

from passdown.hooks import faults, place
from passdown.hooks.guarding import rendered

ODD = (None, 1, -1, 1e999, "x", [1], [[1, 2]], [[["x"], "y"]], {"x": 1}, [[["sqlite"], 10**400]])


@pytest.fixture(scope="module")
def lines() -> list[str]:
    """A table as a capture left it: its first line, forms and keys, an entry a line."""
    return table.target("spool-guard").seeds()[0].decode().split("\n")


def entries(lines: list[str]) -> list[int]:
    return [n for n, line in enumerate(lines) if n and line.startswith("{")]


@pytest.mark.parametrize("value", ODD, ids=repr)
def test_an_entry_of_another_shape_is_silent(lines: list[str], value: object) -> None:
    """Whatever a field of an entry holds, a prompt that names the matter raises nothing."""
    for at in entries(lines):
        for name in json.loads(lines[at]):
            row = json.dumps({**json.loads(lines[at]), name: value})
            spool.guarded("\n".join([*lines[:at], row, *lines[at + 1:]]).encode())


def test_the_damage_is_told(lines: list[str]) -> None:
    """A line in the log of hooks' errors, which `doctor` reads."""
    store: place.Store = spool.at()
    log = spool.Path(store.private) / faults.NAME
    before = log.read_text() if log.exists() else ""
    spool.guarded("\n".join(lines[:entries(lines)[0]]).encode())  # keys, and no entries

    assert "IndexError" in log.read_text()[len(before):]
    assert rendered.text(store)
