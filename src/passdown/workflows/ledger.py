"""The arithmetic of what productions cost: reserved before, used after, in whole numbers, so that every way of adding up gives the same sum.

A phase reserves what it may use at most; once it ended, the lines of what it did use take the place of the reservation. What is left of a budget is the
budget less what was used and what is still reserved.
"""

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from passdown.errors import BudgetExceeded
from passdown.workflows.model import Budget

MICRO = 1_000_000  # millionths of a dollar
MILLI = 1_000

Dimension = Literal["item", "plan", "phase", "model", "batch", "run"]
DIMENSIONS: tuple[Dimension, ...] = ("item", "phase", "model", "batch", "plan", "run")
UNITS = {"money": "US dollars", "tokens": "tokens", "time_ms": "milliseconds"}


class Used(msgspec.Struct, frozen=True):
    """money: millionths of a US dollar; tokens; time_ms: milliseconds of wall time."""

    money: int = 0
    tokens: int = 0
    time_ms: int = 0

    def __add__(self, other: "Used") -> "Used":
        return Used(self.money + other.money, self.tokens + other.tokens, self.time_ms + other.time_ms)

    @property
    def dollars(self) -> float:
        return self.money / MICRO


class Limit(msgspec.Struct, frozen=True):
    """What may be used at most, in the units of `Used`; None is no limit."""

    money: int | None = None
    tokens: int | None = None
    time_ms: int | None = None


class Line(msgspec.Struct, frozen=True):
    """One line of the ledger. number: 0 for the reservation of an attempt, from 1 on what it used, one line a model. at: UTC ISO."""

    run: str
    plan: str
    item: str
    batch: str
    phase: str
    attempt: str
    number: int
    model: str = ""
    money: int = 0
    tokens: int = 0
    time_ms: int = 0
    at: str = ""

    @property
    def used(self) -> Used:
        return Used(self.money, self.tokens, self.time_ms)

    @property
    def of(self) -> tuple[str, str, str]:
        return self.run, self.phase, self.attempt


def limit_of(budget: Budget) -> Limit:
    return Limit(
        None if budget.money is None else round(budget.money * MICRO), budget.tokens,
        None if budget.time_s is None else round(budget.time_s * MILLI))


def tighter(one: Limit, other: Limit) -> Limit:
    """The smaller of both in each unit."""
    def least(name: str) -> int | None:
        given = [value for value in (getattr(one, name), getattr(other, name)) if value is not None]
        return min(given) if given else None

    return Limit(*map(least, UNITS))


def total(lines: Iterable[Line]) -> Used:
    """What was used; reservations do not count."""
    return sum((line.used for line in lines if line.number), Used())


def held(lines: Sequence[Line]) -> Used:
    """What is reserved by attempts that have not ended."""
    ended = {line.of for line in lines if line.number}
    return sum((line.used for line in lines if not line.number and line.of not in ended), Used())


def left(limit: Limit, lines: Sequence[Line]) -> Limit:
    """What remains of a limit; below zero where more was used than anybody could foresee."""
    gone = total(lines) + held(lines)
    return Limit(*(None if (most := getattr(limit, name)) is None else most - getattr(gone, name) for name in UNITS))


def claim(phase: Limit, remaining: Limit) -> Used:
    """What a phase reserves: its own budget, or else all that remains. Raises `BudgetExceeded` when that is more than remains, or nothing does."""
    return Used(*(_claimed(name, getattr(phase, name), getattr(remaining, name)) for name in UNITS))


def _claimed(name: str, wanted: int | None, remaining: int | None) -> int:
    if remaining is None:
        return wanted or 0
    amount = remaining if wanted is None else wanted
    if remaining <= 0 or amount > remaining:
        scale = {"money": MICRO, "time_ms": MILLI}.get(name, 1)
        unit = {"time_ms": "seconds"}.get(name, UNITS[name])
        needs = "" if wanted is None else f", and it may use {wanted / scale:,g}"
        raise BudgetExceeded(problem=f"{max(0, remaining) / scale:,g} {unit} are left{needs}")
    return amount


def share(limit: Limit, items: int, ended: Sequence[Line], ended_items: int) -> Limit:
    """What one open item of a batch may use: an even part of what those that ended left over. ended: the lines of items that ended."""
    gone, among = total(ended), max(1, items - ended_items)
    return Limit(*(None if (most := getattr(limit, name)) is None else max(0, most - getattr(gone, name)) // among for name in UNITS))


def sums(lines: Iterable[Line], by: Sequence[Dimension]) -> dict[tuple[str, ...], Used]:
    """What was used, by the dimensions named, in order of first use. The values add up to `total` whatever they are."""
    out: dict[tuple[str, ...], Used] = {}
    for line in lines:
        if line.number:
            key = tuple(str(getattr(line, name)) for name in by)
            out[key] = out.get(key, Used()) + line.used
    return out


__all__ = ["DIMENSIONS", "Dimension", "Limit", "Line", "Used", "claim", "held", "left", "limit_of", "share", "sums", "tighter", "total"]
