"""What came of checking one document, as reports tell it."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from passdown.formats.base import Check
from passdown.model.finding import Finding, Severity

SCHEMA = "passdown-check/1"
ORDER: Sequence[Severity] = ("error", "warning", "info")


class Checked(msgspec.Struct, frozen=True):
    """path: relative to the project's root, absolute outside of it. style: the layout's name, "" for a document of none.

    score: 0 to 10, None for what could not be read. explained: points and why. checks: the self-verification of a session memory.
    fixed: how many repairs were made, or would be with a dry run.
    """

    path: str
    style: str = ""
    findings: tuple[Finding, ...] = ()
    score: float | None = None
    confidence: str = ""
    recovery_minutes: int = 0
    explained: tuple[tuple[float, str], ...] = ()
    checks: tuple[Check, ...] = ()
    fixed: int = 0

    def line(self, finding: Finding) -> int:
        """From 1; 0 for the document as a whole."""
        rest = finding.where.removeprefix(self.path)
        return int(rest[1:]) if rest[:1] == ":" and rest[1:].isdecimal() else 0


def ended(message: str) -> str:
    """A message as a sentence, so that another one may stand behind it."""
    return message if message.endswith((".", "?", "!")) else f"{message}."


def failing(documents: Sequence[Checked], at_least: Severity) -> bool:
    """Whether anything was found of this severity or a graver one."""
    grave = ORDER[: ORDER.index(at_least) + 1]
    return any(f.severity in grave for d in documents for f in d.findings)


def as_json(documents: Sequence[Checked]) -> Mapping[str, Any]:
    """`{schema, documents: [{path, style, score, confidence, recovery_minutes, explained, findings, checks, fixed}]}`; score null where nothing was read."""
    return {"schema": SCHEMA, "documents": [_document(d) for d in documents]}


def _document(one: Checked) -> Mapping[str, Any]:
    findings = [{"code": f.code, "severity": f.severity, "line": one.line(f), "message": f.message, "fix": f.fix} for f in one.findings]
    return {"path": one.path, "style": one.style, "score": one.score, "confidence": one.confidence, "recovery_minutes": one.recovery_minutes,
            "explained": [{"points": points, "why": why} for points, why in one.explained], "findings": findings,
            "checks": [{"name": c.name, "ok": c.ok, "why": c.why} for c in one.checks], "fixed": one.fixed}


__all__ = ["ORDER", "SCHEMA", "Checked", "as_json", "ended", "failing"]
