"""Repairs put into a document: whole lines, no other byte."""

from collections.abc import Iterable

from passdown.formats.document import BOM
from passdown.lint.base import Edit


def mended(raw: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made that do not meet one another; the first of two that do. Line ends stay, where they are not what an edit is about."""
    mark = BOM if raw.startswith(BOM) else ""
    lines = raw.removeprefix(BOM).split("\n")
    taken: set[int] = set()
    for edit in sorted(edits, key=lambda e: (-e.first, -e.last)):
        span = range(edit.first, edit.last + 1)
        if edit.last < edit.first or edit.last > len(lines) or not taken.isdisjoint(span):
            continue
        taken.update(span)
        lines[edit.first - 1: edit.last] = _lines(lines[edit.last - 1], edit)
    return mark + "\n".join(lines)


def _lines(last: str, edit: Edit) -> list[str]:
    """The new lines, with the carriage return that the last old one had; an edit that changes nothing else is about it."""
    if not edit.text:
        return []
    said = edit.text.removesuffix("\n")
    if said.rstrip("\r") == last.rstrip("\r"):
        return [said]
    end = "\r" if last.endswith("\r") else ""
    return [f"{line}{end}" for line in said.split("\n")]


__all__ = ["mended"]
