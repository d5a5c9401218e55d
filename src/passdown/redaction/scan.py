"""Text in, the same text without its secrets out.

Three looks at each text, and again until nothing is found: as it is written (`search`), as it reads when it is decoded or its lines are joined
(`encoded`), and for personal data, where the user's policy names some (`personal`).
"""

from collections.abc import Iterator

import msgspec

from passdown.model.finding import Finding
from passdown.model.text import RedactedText
from passdown.redaction import encoded, personal, search
from passdown.redaction.engine import Hit
from passdown.redaction.markers import marker, markers

_LOOKS = (encoded, search, personal)  # the other writings first: as it is written, only the head of a broken secret would go


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
    """Replaces every secret in `text` by `[REDACTED:<code>]` (`markers`); never raises. `where` (path, record, session) goes into the findings."""
    data = _encode(text)
    findings: list[Finding] = []
    lines: list[int] = []
    while found := list(hits(data)):
        new = list(_lines(data, found))
        lines += new
        findings += [_finding(line, hit.code, where) for line, hit in zip(new, found, strict=True)]
        data = _replace(data, found)
    return Scan(RedactedText(_decode(data)), tuple(findings), tuple(lines)) if findings else Scan(RedactedText(text))


def redact(text: str) -> RedactedText:
    """`scan(text).text`."""
    return scan(text).text


def suspicious(text: str) -> bool:
    """Whether anything in `text` would be replaced. Texts joined by NUL are suspicious if one of them is."""
    return next(hits(_encode(text)), None) is not None


def hits(data: bytes) -> Iterator[Hit]:
    """Secrets in order, without overlap, of the first look that finds any. Markers of earlier rounds are never part of one: each round leaves less,
    and so it ends.
    """
    spans = list(_between(data))
    for look in _LOOKS:
        if found := [hit for start, end in spans for hit in _moved(look.hits(data[start:end]), start)]:
            yield from found
            return


def _between(data: bytes) -> Iterator[tuple[int, int]]:
    """What lies between the markers."""
    begin = 0
    for start, end in markers(data):
        yield begin, start
        begin = end
    yield begin, len(data)


def _moved(found: Iterator[Hit], by: int) -> Iterator[Hit]:
    return (Hit(hit.start + by, hit.end + by, hit.code, hit.secret) for hit in found)


def _encode(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _decode(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")


def _lines(data: bytes, found: list[Hit]) -> Iterator[int]:
    line, counted = 1, 0
    for hit in found:
        line, counted = line + data.count(b"\n", counted, hit.start), hit.start
        yield line


def _finding(line: int, code: str, where: str) -> Finding:
    return Finding(
        code=code, severity="error", where=where, message=f"line {line}: what looks like a secret ({code}) was replaced",
        fix="Revoke it where it was issued if it was real: the text it came from still holds it.",
    )


def _replace(data: bytes, found: list[Hit]) -> bytes:
    out, done = [], 0
    for hit in found:
        out += [data[done : hit.start], marker(hit.code, hit.secret)]
        done = hit.end
    return b"".join([*out, data[done:]])


__all__ = ["Hit", "Scan", "hits", "redact", "scan", "suspicious"]
