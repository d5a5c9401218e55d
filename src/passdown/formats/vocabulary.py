"""What the words of documents mean, whatever the style: leads of details, labels of records, ranks, groups, headings that say more than their section."""

import re
from collections.abc import Mapping

from passdown.model.record import KINDS, SEVERITY_MARKS

LEADS: Mapping[str, tuple[str, ...]] = {  # what a lead may mean; the first that the kind has counts
    "why": ("why",), "why it works": ("why",), "why it worked": ("why",), "why it failed": ("why",),
    "why abandoned": ("why",), "why it was abandoned": ("why",), "why rejected": ("why",),
    "why not": ("why",), "why it did not work": ("why",), "why it didn't work": ("why",), "root cause": ("why",), "cause": ("why",),
    "이유": ("why",), "근거": ("why",), "reason": ("why",), "reasoning": ("why",), "rationale": ("why",), "urgency": ("why",),
    "next step": ("next",), "next": ("next",), "action": ("next",), "to unblock": ("next",),
    "impact": ("impact",), "potential impact": ("impact",), "do": ("mitigation",), "mitigation": ("mitigation",), "workaround": ("mitigation",),
    "not": ("alternative",), "alternative": ("alternative",), "alternatives": ("alternative",), "alternatives considered": ("alternative",),
    "rejected": ("alternative",), "instead": ("instead",), "replaced by": ("instead",), "trade-off": ("trade-off",), "trade-offs": ("trade-off",),
    "tradeoff": ("trade-off",), "approved": ("approval",), "approval": ("approval",), "approved by": ("approval",),
    "waits until": ("until",), "deferred until": ("until",), "sets aside": ("overrides",), "outcome": ("outcome",),
    "result": ("outcome",),
    "expected": ("expected",), "expected resolution": ("expected",), "eta": ("expected",), "expires": ("expires",), "holds until": ("expires",),
    "stopped at": ("stopped",), "ticket": ("ticket",), "time lost": ("spent",), "time": ("spent",), "time spent": ("spent",), "spent": ("spent",),
    "lesson": ("lesson",), "lesson learned": ("lesson",), "lessons learned": ("lesson",), "validated": ("validated",), "validated by": ("validated",),
    "validation": ("validated",), "evidence": ("validated",), "before": ("before",), "after": ("after",), "it decides": ("context",), "context": ("context",),
    "answer": ("answer",), "when": ("horizon",), "horizon": ("horizon",), "credentials": ("credentials",), "credentials (location only)": ("credentials",),
    "credentials file": ("credentials",), "priority": ("priority",), "severity": ("severity",), "category": ("category",), "type": ("type",),
    "state": ("state",), "status": ("state",), "progress": ("percent",), "percent": ("percent",), "purpose": ("purpose",), "run in": ("cwd",),
    "link": ("link",), "url": ("link",), "scope": ("scope",), "as of": ("as-of",), "last outcome": ("outcome",)}
FILES = frozenset(("file", "files", "code location", "location", "code", "where", "files modified"))
PLAIN = frozenset(("key details", "details", "description", "notes", "note", "what", "purpose", "comment"))  # columns whose cells need no name
COUNTED = frozenset(("#", "no", "no.", "nr", "id", "date", "day", "when", "status", "priority", "✓"))  # columns that number or rank what another one says
LABELS: Mapping[str, str] = {
    **{name.replace("-", " "): name for name in KINDS}, "blocked": "blocker", "pending": "blocker", "depends on": "blocker", "waiting for": "blocker",
    "waiting for the user": "question", "in progress": "task", "active task": "task", "todo": "task", "known problem": "issue", "bug": "issue",
    "done": "task", "now": "task", "next": "task", "gotcha": "knowledge", "warning": "risk", "failed": "approach",
    "worked": "approach", "not tried yet": "approach", "data flow": "knowledge", "deferred": "task"}
IMPLIED: Mapping[str, Mapping[str, str]] = {  # what a label says besides the kind
    "failed": {"outcome": "failed"}, "worked": {"outcome": "worked"}, "not tried yet": {"outcome": "untried"}, "in progress": {"state": "in progress"},
    "active task": {"state": "in progress"}, "done": {"state": "done"}, "now": {"state": "in progress"}, "gotcha": {"category": "gotcha"},
    "data flow": {"category": "architecture"}, "deferred": {"horizon": "future"}}
GROUPS = {"decision": "decision", "known problem": "issue", "risk": "risk", "pattern: did not work": "approach", "pattern: worked": "approach",
          "pattern: tried": "approach"}
OUTCOMES = {"pattern: did not work": "failed", "pattern: worked": "worked"}
# 🔴🟡🟢 and the same three read as Windows-1252, as they arrive where UTF-8 was mis-decoded.
MARKS = {**{mark: name for name, mark in SEVERITY_MARKS.items()}, "ðŸ”´": "critical", "ðŸŸ¡": "important", "ðŸŸ¢": "helpful"}
BRACKETS: Mapping[str, Mapping[str, str]] = {
    "high": {"priority": "high"}, "medium": {"priority": "medium"}, "low": {"priority": "low"}, "no priority": {}, "not tried yet": {"outcome": "untried"}}
SCOPES: tuple[tuple[re.Pattern[str], Mapping[str, str]], ...] = tuple((re.compile(words, re.IGNORECASE), details) for words, details in (
    (r"\b(?:expected|next|planned|upcoming|final) session|\bremaining\b", {"state": "open"}),
    (r"^\W*done\W*$", {"state": "done"}), (r"^\W*(?:now|in progress)\W*$", {"state": "in progress"}), (r"^\W*next\W*$", {"state": "open"}),
    (r"\b(?:high|highest|urgent) ?(?:priority)?:?\**:?$", {"priority": "high"}), (r"\bmedium ?(?:priority)?:?\**:?$", {"priority": "medium"}),
    (r"\blow(?:er|est)? ?(?:priority)?:?\**:?$", {"priority": "low"}), (r"^\W*+(?:\d\.\s+\W*+)?immediate", {"horizon": "immediate"}),
    (r"^\W*+(?:\d\.\s+\W*+)?short[- ]term", {"horizon": "short-term"}), (r"^\W*+(?:\d\.\s+\W*+)?(?:future|long[- ]term|later)", {"horizon": "future"})))
KIND_SCOPES = ((re.compile(r"^\W*(?:useful |key |verification )?commands?\W*$", re.IGNORECASE), "command"),)  # headings that name a kind of their own
LEAD = re.compile(r"^\s*(?:[-*+]\s+)?\**(?P<name>[^\W\d_](?:[^\W\d_]|[ ()-]){1,29})\**:\**\s+(?P<value>.+)$")


def detail_of(kind: str, lead: str) -> str:
    """The detail that a lead names for a record of this kind, "" for none. lead: in lower case."""
    fields = [f.name for f in KINDS[kind].fields] if kind else []
    return next((name for name in LEADS.get(lead, ()) if name in fields), "")


__all__ = ["BRACKETS", "COUNTED", "FILES", "GROUPS", "IMPLIED", "KIND_SCOPES", "LABELS", "LEAD", "LEADS", "MARKS", "OUTCOMES", "PLAIN", "SCOPES", "detail_of"]
