"""Findings as a person reads them, by document."""

from collections.abc import Iterator, Sequence

from passdown.lint.checked import ORDER, Checked
from passdown.model.handed import handed

MARKS = {True: "✔", False: "✗", None: "?"}


def lines(documents: Sequence[Checked], *, explain: bool = False) -> Iterator[str]:
    """A line with the score for each document, then its findings by line, each with what to do; a summary last."""
    for one in documents:
        yield heading(one)
        if explain:
            yield from (f"  {points:+6.2f}  {why}" for points, why in one.explained)
        yield from (f"  {MARKS[c.ok]} {c.name}: {c.why}" for c in one.checks)
        for finding in one.findings:
            number = one.line(finding)
            yield f"  {number or '–':>5}  {finding.severity:<7}  {finding.code}  {handed(finding.message)}"
            if finding.fix:
                yield f"         → {handed(finding.fix)}"
        if one.findings or explain:
            yield ""
    yield summary(documents)


def heading(one: Checked) -> str:
    """`HANDOFF.md · session-handoff · 7.4/10, confidence MEDIUM, about 12 min to recover`."""
    said = [handed(one.path), one.style or "no known style"]
    if one.score is not None:
        said.append(f"{one.score:.1f}/10, confidence {one.confidence}, about {one.recovery_minutes} min to recover")
    if one.fixed:
        said.append(f"{one.fixed} fixed")
    return " · ".join(said)


def summary(documents: Sequence[Checked]) -> str:
    """`3 documents: 1 error, 4 warnings, 2 notes.`"""
    counts = {name: sum(f.severity == name for d in documents for f in d.findings) for name in ORDER}
    words = [counted(counts["error"], "error"), counted(counts["warning"], "warning"), counted(counts["info"], "note")]
    return f"{counted(len(documents), 'document')}: {', '.join(words)}."


def counted(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


__all__ = ["lines", "summary"]
