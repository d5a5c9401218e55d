"""Commands that tell something, with their last outcome."""

from collections.abc import Iterator

from passdown.briefing.candidates import Candidate
from passdown.briefing.heat.commands import HotCommand, commands
from passdown.briefing.situation import Situation
from passdown.briefing.times import ago
from passdown.briefing.words import shorten

MOST = 20
TAIL, FALL = 0.6, 0.3  # worth of the others: this by a power of their share
COUNTED = frozenset(("test", "build", "lint"))


def candidates(situation: Situation) -> Iterator[Candidate]:
    """The hottest first. Those that only may come back are told together in a line."""
    for rank, item in enumerate(commands(situation.sessions, situation.bearing)[:MOST]):
        line, short = f"`{shorten(item.command, 110)}`", f"`{shorten(item.brief, 60)}`"
        outcome = {True: "ok", False: "failed"}.get(item.fact.ok, "") if item.fact.ok is not None else ""
        when = ago(item.fact.last, situation.now)
        full = f"{line} → {outcome or 'outcome not known'}{closing(item)}{f' ({when})' if when else ''}"
        if item.hot:
            yield Candidate("RUN", item.command, full, 0.99 - 0.02 * rank, short=f"{short} → {outcome}" if outcome == "ok" else short, why=why(item))
        else:
            yield Candidate("RUN", item.command, full, TAIL * item.share**FALL, short=short, group="also run:", why=why(item))


def closing(item: HotCommand) -> str:
    """What the run said at its end, where that is a count."""
    return f', "{shorten(item.fact.said, 80)}"' if item.fact.said and item.fact.purpose in COUNTED else ""


def why(item: HotCommand) -> str:
    return f"run often or lately: {item.share:.0%} as much as the first"


__all__ = ["candidates"]
