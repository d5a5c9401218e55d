"""Findings as annotations of a GitHub workflow: one command a line.

Source of the format: "Workflow commands for GitHub Actions", `::warning file={name},line={line},title={title}::{message}`, seen 2026-11.
"""

from collections.abc import Iterator, Sequence

from passdown.lint.checked import Checked, ended

LEVELS = {"error": "error", "warning": "warning", "info": "notice"}


def lines(documents: Sequence[Checked]) -> Iterator[str]:
    """An annotation for each finding; one on the document as a whole stands at its first line."""
    for one in documents:
        for finding in one.findings:
            place = f"file={_property(one.path)},line={one.line(finding) or 1},title={_property('passdown ' + finding.code)}"
            words = " ".join(filter(None, (ended(finding.message), finding.fix)))
            yield f"::{LEVELS[finding.severity]} {place}::{_data(words)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


__all__ = ["lines"]
