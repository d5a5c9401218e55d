"""System E: what each document of a session context is for, by its name, and the orders in which they are read.

Source: the session handoff workflow of local model projects (`SESSION_CONTEXT.md`, `docs/decisions.md`, `docs/phases/phaseN.md`, 2025-11), seen 2026-11.
"""

import re
from collections.abc import Iterable, Mapping
from posixpath import basename, dirname, splitext
from types import MappingProxyType

CONTEXT, DECISIONS, ARCHITECTURE, PHASE = "session context", "decisions", "architecture", "phase"
OVERVIEW, GOALS, SUMMARY, COMPARISON, SETUP = "overview", "goals", "conversation summary", "comparison", "set-up"

_NAMES: Mapping[str, str] = MappingProxyType({  # compiled by `re` when a document is looked at: few projects have a session context
    CONTEXT: r"session_context",
    DECISIONS: r"(?:(?:architecture|design|project|key|technical)_)?decisions?(?:_(?:log|records?))?|adrs?",
    ARCHITECTURE: r"architecture(?:_(?:overview|design))?|(?:system|technical)_(?:design|architecture)|design",
    OVERVIEW: r"start_here|overview|project_(?:overview|brief)",
    GOALS: r"hypothes[ie]s|goals?|vision|thesis|objectives?",
    SUMMARY: r"(?:conversation|discussion|chat)_(?:summary|history|log)",
    COMPARISON: r"(?:\w+_)?comparisons?(?:_\w+)?|alternatives",
    SETUP: r"set_?up|installation|install|troubleshooting|environment",
})
_PHASE = r"(?:phase|stage|milestone|sprint|step)_*(\d{1,3})(?!\d)"
_NUMBERED = r"^(\d{1,3})(?!\d)"
FOLDERS = frozenset(("", "docs", "doc", ".claude", ".github", "documentation", "notes", "planning"))
PHASE_FOLDERS = frozenset(("phases", "stages", "milestones", "sprints"))

IMMEDIATE = (CONTEXT, PHASE, ARCHITECTURE)
UNDERSTANDING = (OVERVIEW, GOALS, SUMMARY)
REFERENCE = (DECISIONS, COMPARISON, SETUP)
SUGGESTION = (CONTEXT, DECISIONS, ARCHITECTURE, PHASE)  # before making suggestions
AFTER_A_BREAK = (CONTEXT, SUMMARY, GOALS, PHASE)
ANCHORS = frozenset((CONTEXT, DECISIONS))  # without one of them, or a phase, a project has no session context


def role(path: str) -> tuple[str, int]:
    """What a document is for, and the number of its phase (-1 when it is none); "" for one that has no part in it."""
    folder, name = dirname(path).lower(), splitext(basename(path))[0].lower()
    name = re.sub(r"[^a-z0-9]+", "_", name).strip("_")
    if not path.lower().endswith((".md", ".markdown", ".mdc", ".txt")):
        return "", -1
    number = _phase_number(name, basename(folder))
    if number >= 0 and (folder in FOLDERS or basename(folder) in PHASE_FOLDERS):
        return PHASE, number
    if basename(folder) in ("architecture", "design") and dirname(folder) in FOLDERS:
        return ARCHITECTURE, -1
    if folder in FOLDERS:
        return next((r for r, pattern in _NAMES.items() if re.fullmatch(pattern, name)), ""), -1
    return "", -1


def _phase_number(name: str, folder: str) -> int:
    match = re.match(_PHASE, name) or (re.match(_NUMBERED, name) if folder in PHASE_FOLDERS else None)
    return int(match[1]) if match else -1


class Documents:
    """The documents of a session context by what they are for."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._by_role: dict[str, str] = {}
        self.phases: dict[int, str] = {}
        for path in sorted(paths, key=lambda p: (p.count("/"), p)):
            kind, number = role(path)
            if kind == PHASE:
                self.phases.setdefault(number, path)
            elif kind:
                self._by_role.setdefault(kind, path)

    def __bool__(self) -> bool:
        return bool(self.phases) or not ANCHORS.isdisjoint(self._by_role)

    def of(self, kind: str, phase: int = -1) -> str:
        """The document for a purpose, "" when there is none. phase: which one, for `PHASE`."""
        return self.phases.get(phase, "") if kind == PHASE else self._by_role.get(kind, "")


__all__ = ["AFTER_A_BREAK", "ARCHITECTURE", "COMPARISON", "CONTEXT", "DECISIONS", "GOALS", "IMMEDIATE", "OVERVIEW", "PHASE", "REFERENCE", "SETUP", "SUGGESTION",
           "SUMMARY", "UNDERSTANDING", "Documents", "role"]
