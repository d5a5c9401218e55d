"""Lines that we wrote and somebody changed: each carries the seal of what stood there."""

from collections.abc import Iterator

from passdown.formats.marked import Chunk, chunks
from passdown.lint.base import Problem, Reading, Rule, World
from passdown.model.ids import ID

MOST = 20


def _changed(reading: Reading) -> Iterator[tuple[int, Chunk]]:
    """Line and chunk of what does not match its seal."""
    if "<!-- pd:" not in reading.text:
        return
    for first, part in reading.parts:
        line = first + part.heading.count("\n")
        for one in chunks(part.body):
            if one.key and not one.intact:
                yield line, one
            line += one.text.count("\n")


def measured(reading: Reading, _world: World) -> Iterator[Problem]:
    """A fact that was measured says something else now: nobody measured that."""
    for line, one in [found for found in _changed(reading) if not ID.fullmatch(found[1].key)][:MOST]:
        yield Problem(line, f"what was measured here (`{one.key}`) was rewritten by hand",
                      "`passdown handoff --restore` measures again; say what you know in a line of its own.")


def recorded(reading: Reading, _world: World) -> Iterator[Problem]:
    """A record is said in other words than it has."""
    for line, one in [found for found in _changed(reading) if ID.fullmatch(found[1].key)][:MOST]:
        yield Problem(line, f"the line of record `{one.key[:12]}` was rewritten by hand", "`passdown handoff` takes the words into the record.")


RULES = (
    Rule("measured-changed", "warning", "A measured fact was rewritten by hand: it no longer says what was measured.", measured, "C"),
    Rule("record-changed", "info", "A record's line was rewritten by hand and not taken into the record yet.", recorded, "A–E"),
)

__all__ = ["RULES"]
