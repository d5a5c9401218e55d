"""After a long break: how long it was, what moved, what to check first, and in which order to read."""

from collections.abc import Iterator, Sequence
from datetime import datetime

import msgspec

from passdown.briefing.times import moment

LONG_DAYS = 7
SHORT_S = 86_400  # after less nothing is looked at: a session a day is no break
MANY_COMMITS = 40  # that came in a shorter time: the code is not the one that was left


class Away(msgspec.Struct, frozen=True):
    """days: whole ones since the last session; span: the same in words. commits: since then, merges left out.

    areas: (folder, commits in it), the most first. files: (path, what became of it) of the last session's own. merged, deleted, active: branches, the last
    of which have commits since. dependencies: as `verification.dependencies.differences`. expired: what does not hold any more, in words. check: what to
    look at first, in words. read: paths, in the order in which to read them.
    """

    days: int = 0
    span: str = ""
    commits: int = 0
    areas: tuple[tuple[str, int], ...] = ()
    files: tuple[tuple[str, str], ...] = ()
    merged: tuple[str, ...] = ()
    deleted: tuple[str, ...] = ()
    active: tuple[str, ...] = ()
    dependencies: tuple[str, ...] = ()
    expired: tuple[str, ...] = ()
    check: tuple[str, ...] = ()
    read: tuple[str, ...] = ()

    @property
    def long(self) -> bool:
        return self.days >= LONG_DAYS or self.commits >= MANY_COMMITS


def short(ended: str, now: datetime) -> bool:
    """Whether it was no break, as far as is known. ended: UTC ISO, of the last session."""
    at = moment(ended)
    return at is None or (now - at).total_seconds() < SHORT_S


def lines(away: Away) -> list[str]:
    """A line each, at most seven; none when the break was short."""
    return list(_lines(away)) if away.long else []


def _lines(away: Away) -> Iterator[str]:
    areas = listed([f"{area} ({count})" for area, count in away.areas], 3)
    came = f"{away.commits:,} commit{'s' if away.commits != 1 else ''} came since" if away.commits else "no commit came since"
    yield f"{away.span} since the last session, {came}{f', most in {areas}' if areas else ''}."
    if away.files:
        yield f"Its files that are others now: {listed([f'{path} {note}'.strip() for path, note in away.files], 4)}."
    branches = [f"{name} {what}" for names, what in ((away.merged, "merged"), (away.deleted, "deleted"), (away.active, "worked on")) for name in names]
    if branches:
        yield f"Branches since: {listed(branches, 5)}."
    if away.dependencies:
        yield f"Dependencies changed: {listed(away.dependencies, 6)}."
    if away.expired:
        yield f"Not valid any more: {listed(away.expired, 3)}."
    if away.check:
        yield f"To be checked first: {'; '.join(away.check[:4])}."
    if away.read:
        yield f"Order of reading: {', '.join(away.read[:6])}."


def listed(items: Sequence[str], most: int) -> str:
    """`a, b, c and 4 more`."""
    more = f" and {len(items) - most} more" if len(items) > most else ""
    return ", ".join(items[:most]) + more


__all__ = ["Away", "lines", "short"]
