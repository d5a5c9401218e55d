"""Text in, the same text without its secrets out.

One combined RE2 without groups, the gate, decides in one pass whether a text may hold anything; a second one with a group
for each rule is compiled and run on such texts only. Where google-re2 is missing (it has no wheel for musl), the standard library's `re`
takes the same patterns: same results, some hundred times slower (0.3 MB/s).

Both work on UTF-8 bytes: a match in a non-ASCII `str` would have to be counted back into characters.
"""

import functools
import re
from collections.abc import Iterator
from string import ascii_letters, digits
from typing import Any

import msgspec

from passdown.model.finding import Finding
from passdown.model.text import RedactedText
from passdown.redaction.rules import CODES, RULES, Rule

MARKER = "[REDACTED:{code}]"
Hit = tuple[int, int, str]  # start and end of a secret in bytes, code of its rule
_MARKER_START = b"[REDACTED:"
_PLAIN = tuple(rule for rule in RULES if not rule.gate)  # the others are slow to search for, and seldom there
_GATE_REPEATS = 6
_JUDGED_BYTES = 4096  # of a value, for a check: no credential is longer, but a hostile text may be
_WORD_BYTES = 40
_WORD_CHARS = (ascii_letters + digits + "_-").encode()
_PATIENCE = 65_536  # bytes of dismissed matches, besides twice the text: more overlap only in hostile texts, where from then on every match is replaced
_MAX_MEMORY = 64 << 20  # for RE2's states, filled as they are met; with its 8 MiB, long runs of many kinds of text make it start over


class Scan(msgspec.Struct, frozen=True):
    """text: without secrets. findings: one a replacement, in the order of the text in each round; never the secret itself. lines: of each, from 1."""

    text: RedactedText
    findings: tuple[Finding, ...] = ()
    lines: tuple[int, ...] = ()

    @property
    def places(self) -> tuple[tuple[int, str], ...]:
        """Line and code of each replacement, in the order of the text."""
        return tuple(sorted((line, one.code) for line, one in zip(self.lines, self.findings, strict=True)))


def scan(text: str, where: str = "") -> Scan:
    """Replaces every secret in `text` by `[REDACTED:<code>]`; never raises. `where` (path, record, session) goes into the findings."""
    data = _encode(text)
    if not _gate().search(data):
        return Scan(RedactedText(text))
    findings: list[Finding] = []
    lines: list[int] = []
    while found := list(hits(data)):
        lines += _lines(data, found)
        findings += [_finding(line, code, where) for line, (_, _, code) in zip(lines[len(findings):], found, strict=True)]
        data = _replace(data, found)
    return Scan(RedactedText(_decode(data)), tuple(findings), tuple(lines)) if findings else Scan(RedactedText(text))


def redact(text: str) -> RedactedText:
    """`scan(text).text`."""
    return scan(text).text


def suspicious(text: str) -> bool:
    """Whether `text` has to be scanned: False is certain. Texts joined by NUL are suspicious if one of them is."""
    return _gate().search(_encode(text)) is not None


def loosened(pattern: str) -> str:
    """`pattern` with long repetitions made shorter and unbounded: matches wherever it did, and compiles in half the time."""
    return re.sub(r"\{(\d+)(?:,\d*)?\}", lambda count: count[0] if int(count[1]) <= _GATE_REPEATS else f"{{{_GATE_REPEATS},}}", pattern)


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _decode(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _lines(data: bytes, found: list[Hit]) -> Iterator[int]:
    line, counted = 1, 0
    for start, _, _ in found:
        line, counted = line + data.count(b"\n", counted, start), start
        yield line


def _finding(line: int, code: str, where: str) -> Finding:
    return Finding(
        code=code, severity="error", where=where, message=f"line {line}: what looks like a secret ({code}) was replaced",
        fix="Revoke it where it was issued if it was real: the text it came from still holds it.",
    )


def _replace(data: bytes, found: list[Hit]) -> bytes:
    out, done = [], 0
    for start, end, code in found:
        out += [data[done:start], MARKER.format(code=code).encode()]
        done = end
    return b"".join([*out, data[done:]])


def hits(data: bytes) -> Iterator[Hit]:
    """Secrets in order, without overlap. Markers of earlier rounds are never part of one: each round leaves less, and so it ends."""
    begin = 0
    for start, end in _markers(data):
        yield from _hits_between(data, begin, start)
        begin = end
    yield from _hits_between(data, begin, len(data))


def _markers(data: bytes) -> list[tuple[int, int]]:
    if _MARKER_START not in data:
        return []
    return [match.span() for match in _marker().finditer(data)]


def _hits_between(data: bytes, begin: int, end: int) -> Iterator[Hit]:
    part = data[begin:end]
    rules = RULES if _needs_gated().search(part) else _PLAIN
    at, patience = 0, _PATIENCE + 2 * len(part)
    while match := _next(rules, part, at):
        first, last = match.span(match.lastindex)
        rule = rules[match.lastindex - 1]
        if patience < 0 or rule.check(_judged(part[_word_start(part, match.start()) : first]), _judged(part[first:last])):
            yield begin + first, begin + last, rule.code
            at = last
        else:
            at = max(first, match.start() + 1)
            patience -= match.end() - match.start()


def _next(rules: tuple[Rule, ...], part: bytes, at: int) -> Any:
    """The first match from `at` on, or None. The gate runs ahead where it can: exact counts make many more states than its loosened ones."""
    if rules is RULES:
        return _finder(rules).search(part, at)
    while ahead := _gate().search(part, at):
        if match := _finder(rules).match(part, ahead.start()):
            return match
        at = ahead.start() + 1
    return None


def _word_start(data: bytes, at: int) -> int:
    """Where the word begins that goes on at `at`: `DB_` belongs to `DB_PASSWORD=`."""
    before = data[max(0, at - _WORD_BYTES) : at]
    return at - len(before) + len(before.rstrip(_WORD_CHARS))


def _judged(data: bytes) -> str:
    return data[:_JUDGED_BYTES].decode("utf-8", "replace")


@functools.cache
def _gate() -> Any:
    return _compile(loosened("|".join(rule.gate or rule.pattern for rule in RULES)), groups=False)


@functools.cache
def _finder(rules: tuple[Rule, ...]) -> Any:
    """Group n is rule n - 1."""
    return _compile("|".join(rule.pattern for rule in rules), groups=True)


@functools.cache
def _needs_gated() -> Any:
    return _compile("|".join(rule.gate for rule in RULES if rule.gate), groups=False)


@functools.cache
def _marker() -> Any:
    return _compile(r"\[REDACTED:(?:" + "|".join(CODES) + r")\]", groups=True)


def _compile(pattern: str, *, groups: bool) -> Any:
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


__all__ = ["MARKER", "Hit", "Scan", "hits", "redact", "scan", "suspicious"]
