"""What a figure is: a module in `figures/` with the members of `Figure`, named in `table.TABLE`."""

from typing import Literal, Protocol

import msgspec

from passdown.continuity.pair import Pair

Better = Literal["higher", "lower"]


class Seen(msgspec.Struct, frozen=True):
    """event: number in the later session, -1 for none. what: seen there, in a few words."""

    event: int
    what: str


class Measured(msgspec.Struct, frozen=True):
    """One figure of one pair. value: None when nothing can be said, with the reason in `why`; never 0 for that."""

    value: float | None
    seen: tuple[Seen, ...] = ()
    why: str = ""


class Figure(Protocol):
    """NAME: stable, lower case with dashes. TITLE: for a heading. SAYS: the definition in one sentence. UNIT: of the value; `yes` is 1 for yes and 0 for no,
    `share` is 0 to 1, others are counted. BETTER: which way is better.
    """

    @property
    def NAME(self) -> str: ...
    @property
    def TITLE(self) -> str: ...
    @property
    def SAYS(self) -> str: ...
    @property
    def UNIT(self) -> str: ...
    @property
    def BETTER(self) -> Better: ...
    def measure(self, pair: Pair) -> Measured: ...


def unknown(why: str) -> Measured:
    """Nothing can be said, and why."""
    return Measured(None, (), why)


def counted(seen: list[Seen], why: str = "") -> Measured:
    """As many as were seen."""
    return Measured(float(len(seen)), tuple(seen), why)


__all__ = ["Better", "Figure", "Measured", "Seen", "counted", "unknown"]
