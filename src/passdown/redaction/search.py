"""Where secrets stand in a text, as it is written there.

Each group of rules has a gate, an RE2 without groups in which long repetitions are loosened, that runs over every text at hundreds of megabytes a
second; only where it stops is the group's finder, with a capture for each rule, compiled and asked. Where google-re2 is missing (it has no wheel for
musl), the standard library's `re` takes the same patterns: same results, some hundred times slower.

All work on UTF-8 bytes: a match in a non-ASCII `str` would have to be counted back into characters.
"""

import functools
import re
from collections.abc import Iterator
from string import ascii_letters, digits
from typing import Any, NamedTuple

from passdown.redaction.base import Rule
from passdown.redaction.table import GATED, GENERAL, GROUPS, gate_of, pattern_of

_BEARS = 1  # the group whose automaton grows least with the gates of the gated rules
_GATE_REPEATS = 6
_JUDGED_BYTES = 4096  # of a value, for a check: no credential is longer, but a hostile text may be
_WORD_BYTES = 40
_WORD_CHARS = (ascii_letters + digits + "_-").encode()
_PATIENCE = 65_536  # bytes of dismissed matches, besides twice the text: more overlap only in hostile texts, where from then on every match is replaced
_MAX_MEMORY = 64 << 20  # for RE2's states, filled as they are met; with its 8 MiB, long runs of many kinds of text make it start over


class Hit(NamedTuple):
    """Bytes `start` to `end` hold a secret of the kind `code`. secret: as it was issued, without the encoding in which it stands there."""

    start: int
    end: int
    code: str
    secret: bytes


class _Match(NamedTuple):
    start: int
    first: int
    last: int
    rule: Rule


def suspicious_bytes(data: bytes) -> bool:
    """Whether `hits` has to look: False is certain."""
    return next(_groups(data), None) is not None


def hits(data: bytes) -> Iterator[Hit]:
    """Secrets in order, without overlap."""
    searches = [_Search(group, data) for group in sorted(_groups(data))]
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


def _groups(data: bytes) -> Iterator[int]:
    """Those that may match. The gated ones, which have a group each, are looked for together, with one that bears it."""
    for quick, groups in _quick():
        if quick.search(data):
            yield from groups if len(groups) == 1 else (group for group in groups if _gate(group).search(data))


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


def loosened(pattern: str) -> str:
    """`pattern` with long repetitions made shorter and unbounded: matches wherever it did, and compiles in half the time."""
    return re.sub(r"\{(\d+)(?:,\d*)?\}", lambda count: count[0] if int(count[1]) <= _GATE_REPEATS else f"{{{_GATE_REPEATS},}}", pattern)


def _word_start(data: bytes, at: int) -> int:
    """Where the word begins that goes on at `at`: `DB_` belongs to `DB_PASSWORD=`."""
    before = data[max(0, at - _WORD_BYTES) : at]
    return at - len(before) + len(before.rstrip(_WORD_CHARS))


def _judged(data: bytes) -> str:
    return data[:_JUDGED_BYTES].decode("utf-8", "replace")


@functools.cache
def _gate(group: int) -> Any:
    return compiled(loosened(gate_of(GROUPS[group])), groups=False)


@functools.cache
def _quick() -> tuple[tuple[Any, tuple[int, ...]], ...]:
    """What runs over every text, and the groups that each speaks for."""
    always = len(GROUPS) - len(GATED)
    together = compiled(loosened(f"{gate_of(GROUPS[_BEARS])}|{gate_of(GATED)}"), groups=False)
    alone = ((_gate(group), (group,)) for group in range(always) if group != _BEARS)
    return *alone, (together, (_BEARS, *range(always, len(GROUPS))))


@functools.cache
def _finder(group: int) -> Any:
    """Its n-th capture is the n-th rule of the group."""
    return compiled(pattern_of(GROUPS[group]), groups=True)


def compiled(pattern: str, *, groups: bool) -> Any:
    """A pattern on bytes, by RE2 where there is one."""
    try:
        import re2
    except ImportError:
        return re.compile(pattern.encode())
    options = re2.Options()
    options.encoding = re2.Options.Encoding.LATIN1
    options.never_capture = not groups
    options.max_mem = _MAX_MEMORY
    options.log_errors = False
    return re2.compile(pattern.encode(), options)


__all__ = ["Hit", "compiled", "hits", "loosened", "suspicious_bytes"]
