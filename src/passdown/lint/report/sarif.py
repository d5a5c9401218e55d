"""Findings as SARIF 2.1.0, which code scanners take.

Source of the format: OASIS Static Analysis Results Interchange Format 2.1.0 (errata 01), seen 2026-11.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from passdown.lint.checked import Checked, ended
from passdown.lint.table import OF_FILES, rules
from passdown.model.finding import Finding, Severity

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "info": "note"}


def sarif(documents: Sequence[Checked], version: str) -> Mapping[str, Any]:
    """One run with all rules and a result for each finding."""
    known: list[tuple[str, Severity, str]] = [*OF_FILES, *((r.code, r.severity, r.says) for r in rules().values())]
    index = {code: n for n, (code, _, _) in enumerate(known)}
    driver = {"name": "passdown", "version": version, "rules": [_rule(*one) for one in known]}
    results = [_result(one, finding, index[finding.code]) for one in documents for finding in one.findings]
    return {"$schema": SCHEMA, "version": "2.1.0", "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}]}


def _rule(code: str, severity: Severity, says: str) -> Mapping[str, Any]:
    return {"id": code, "shortDescription": {"text": says}, "defaultConfiguration": {"level": LEVELS[severity]}}


def _result(one: Checked, finding: Finding, index: int) -> Mapping[str, Any]:
    """The fingerprint leaves the line out, so that a finding that moves stays the same one."""
    told = hashlib.sha256(f"{finding.code}\n{one.path}\n{finding.message}".encode("utf-8", "replace")).hexdigest()[:32]
    place = {"artifactLocation": {"uri": _uri(one.path)}, "region": {"startLine": one.line(finding) or 1}}
    words = " ".join(filter(None, (ended(finding.message), finding.fix)))
    return {"ruleId": finding.code, "ruleIndex": index, "level": LEVELS[finding.severity], "message": {"text": words},
            "locations": [{"physicalLocation": place}], "partialFingerprints": {"passdown/v1": told}}


def _uri(path: str) -> str:
    """A relative path, or an absolute one, as a URI reference: what has a meaning there is written as `%XX`."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "/._~-") else "".join(f"%{byte:02X}" for byte in c.encode("utf-8", "replace")) for c in path)


__all__ = ["sarif"]
