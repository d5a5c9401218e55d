"""Commands that tell something: one that fails with its cause, those that went well together in a line, with how long ago."""

import re
from collections.abc import Iterator, Sequence

from passdown.briefing.candidates import Candidate
from passdown.briefing.failures import MISTYPED, PASSES, Failure, passed_since
from passdown.briefing.heat.commands import HotCommand, commands, telling
from passdown.briefing.situation import Situation
from passdown.briefing.times import ago
from passdown.briefing.words import shorten

MOST = 20
RECENT = 3  # sessions whose failures are told; what failed before was left at that
TAIL, FALL = 0.5, 0.3  # worth of those that only may come back: this by a power of their share
VERBATIM, BRIEF = 44, 60  # characters of a command that is told as it was run, and of one in short
PASSED, KNOWN = "Went well when run last:", "Also run:"


def candidates(situation: Situation, failing: Sequence[Failure]) -> Iterator[Candidate]:
    """The hottest first. failing: those that are told where the work stands."""
    told = frozenset(signature for failure in failing for signature in failure.signatures)
    hot = commands(situation.sessions, situation.bearing)[:MOST]
    recent = frozenset(s.id for s in situation.sessions[:RECENT])
    newest: dict[str, str] = {}  # the last run of each session: its commands are told with one age
    for item in hot:
        newest[item.session] = max(newest.get(item.session, ""), item.fact.last)
    said: set[str] = set()
    for rank, item in enumerate(hot):
        worth = 0.99 - 0.02 * rank if item.hot else TAIL * item.share**FALL
        if not told.isdisjoint(telling(item.command)):
            continue
        if item.fact.ok is False and item.session in recent and (cause := cause_of(item, situation)):
            text = f'`{shorten(item.command, 90)}` failed {ago(item.fact.last, situation.now)}: "{cause}"'
            yield Candidate("RUN", item.command, text, worth, why=why(item))
        else:
            when = ago(newest[item.session], situation.now) if item.fact.ok else ""
            text = shown(item)
            if text in said:
                continue
            said.add(text)
            yield Candidate("RUN", item.command, text, worth, group=PASSED if item.fact.ok else KNOWN, shared=when, why=why(item))


def shown(item: HotCommand) -> str:
    """The command as code; one of which arguments are left out as words, since it cannot be run so."""
    said = item.command if len(item.command) <= VERBATIM else shorten(item.brief, BRIEF)
    return said if "…" in said else f"`{said}`"


def cause_of(item: HotCommand, situation: Situation) -> str:
    """What it said when it failed; "" when nothing is known, when it was mistyped or not let through, and when it has passed since."""
    error = next((e.message for s in situation.sessions if s.id == item.session for e in s.errors if e.what == item.fact.command), "")
    cause = error or item.fact.said
    if re.search(MISTYPED, cause) or re.search(PASSES, cause) or passed_since(item.fact.command, item.fact.last, situation.sessions):
        return ""
    return shorten(cause, 120)


def why(item: HotCommand) -> str:
    return f"run often or lately: {item.share:.0%} as much as the first"


__all__ = ["PASSED", "candidates"]
