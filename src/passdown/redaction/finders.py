"""The rules themselves, where a gate stopped.

Each group has a finder, one RE2 with a capture for each rule, which is compiled when it is first asked, and asked only where the group's own gate stops: exact
counts make many more states than loosened ones. What the pattern of a rule cannot say, its check does.
"""

import functools
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from passdown.redaction.base import Rule
from passdown.redaction.engine import Hit, compiled
from passdown.redaction.loosening import gate
from passdown.redaction.table import GENERAL, GROUPS, pattern_of

_JUDGED_BYTES = 4096  # of a value, for a check: no credential is longer, but a hostile text may be
_WORD_BYTES = 40
_WORD_CHARS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-"
_PATIENCE = 65_536  # bytes of dismissed matches, besides twice the text: more overlap only in hostile texts, where from then on every match is replaced


class _Match(NamedTuple):
    start: int
    first: int
    last: int
    rule: Rule


def hits(data: bytes, stopped: Sequence[tuple[int, ...]]) -> Iterator[Hit]:
    """Secrets in order, without overlap. stopped: the groups of each gate that stopped; where a gate speaks for several, each is asked by its own."""
    groups = sorted(group for groups in stopped for group in groups if len(groups) == 1 or _gate(group).search(data))
    searches = [_Search(group, data) for group in groups]
    patience = _PATIENCE + 2 * len(data)
    at = 0
    while searches:
        search = min(searches, key=lambda one: one.start(at))
        match = search.match
        if match is None:
            return
        lead, value = _judged(data[_word_start(data, match.start) : match.first]), _judged(data[match.first : match.last])
        if patience < 0 or match.rule.check(lead, value):
            yield Hit(match.first, match.last, _code(match, searches, lead, value), data[match.first : match.last])
            at = match.last
        else:
            search.begin = max(match.first, match.start + 1)
            patience -= match.last - match.start


def _code(match: _Match, searches: list["_Search"], lead: str, value: str) -> str:
    """Of the rule; of one that knows the value's own form, where what stands around it was met first."""
    for other in searches:
        if GROUPS[other.group] is GENERAL:
            continue
        other.start(match.start)
        known = other.match
        if known and not known.rule.naming and (known.first, known.last) == (match.first, match.last) and known.rule.check(lead, value):
            return known.rule.code
    return match.rule.naming(lead, value) if match.rule.naming else match.rule.code


class _Search:
    """The next match of one group of rules in one text."""

    def __init__(self, group: int, data: bytes) -> None:
        self.group, self._data = group, data
        self._end = len(data) + 1
        self.begin = 0
        self.match: _Match | None = None
        self._known = False

    def start(self, at: int) -> int:
        """Where the first match at or behind `at` starts that was not dismissed; behind the end when there is none."""
        self.begin = max(self.begin, at)
        if not self._known or (self.match is not None and self.match.start < self.begin):
            self.match, self._known = self._next(), True
        return self._end if self.match is None else self.match.start

    def _next(self) -> _Match | None:
        rules = GROUPS[self.group]
        found = _finder(self.group).search(self._data, self.begin) if rules[0].gate else self._behind_gate()
        if found is None:
            return None
        first, last = found.span(found.lastindex)
        return _Match(found.start(), first, last, rules[found.lastindex - 1])

    def _behind_gate(self) -> Any:
        """The gate runs ahead: exact counts make many more states than its loosened ones."""
        at = self.begin
        while ahead := _gate(self.group).search(self._data, at):
            if found := _finder(self.group).match(self._data, ahead.start()):
                return found
            at = ahead.start() + 1
        return None


def _word_start(data: bytes, at: int) -> int:
    """Where the word begins that goes on at `at`: `DB_` belongs to `DB_PASSWORD=`."""
    before = data[max(0, at - _WORD_BYTES) : at]
    return at - len(before) + len(before.rstrip(_WORD_CHARS))


def _judged(data: bytes) -> str:
    return data[:_JUDGED_BYTES].decode("utf-8", "replace")


@functools.cache
def _gate(group: int) -> Any:
    return compiled(gate(group), groups=False)


@functools.cache
def _finder(group: int) -> Any:
    """Its n-th capture is the n-th rule of the group."""
    return compiled(pattern_of(GROUPS[group]), groups=True)


__all__ = ["hits"]
