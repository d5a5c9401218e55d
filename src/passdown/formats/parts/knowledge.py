"""What was learned: critical knowledge by severity and category, test data, preferences, lessons."""

import re
from collections.abc import Iterator, Mapping

import msgspec

from passdown.formats.base import Item, Material
from passdown.formats.grammar import DAY, UNRANKED
from passdown.formats.parts.entry import LONG, placed, text, told
from passdown.formats.parts.entry import entry as entry_of
from passdown.formats.parts.orientation import is_architecture, outcomes
from passdown.formats.parts.wording import bare, code, counted, key, line, quote, title, trimmed
from passdown.model.record import SEVERITIES, SEVERITY_MARKS, TRUST, Record

CATEGORIES = ("gotcha", "constraint", "external service", "pattern", "data relationship", "architecture", "performance", "security", "")
GROUP = {"decision": "decision", "issue": "known problem", "risk": "risk"}  # of the kinds that have no category; what was tried is a pattern
TROUBLES, SOLVED, CALLS = 3, 5, 3
CALL = 240  # characters of a sample call
FAILURES = 3  # a command that failed so often cost time
TELLING = frozenset(("test", "build", "lint", "run", "set-up"))
TRIED = frozenset(("pattern: did not work", "pattern: worked"))  # groups that say an outcome
DETAILS = {"alternative": "Not", "mitigation": "Do", "expires": "Holds until"}
SCOPE = re.compile(r"[A-Z][^*:\n]{1,59}")  # where a preference holds, as a label
SPENT = {"h": 60.0, "m": 1.0, "d": 480.0}


class Trouble(msgspec.Struct, frozen=True):
    """A command that kept failing: how often, in how many sessions, what it said, what made it pass ("" while nothing did), how it ended last."""

    command: str
    failures: int
    sessions: int
    message: str = ""
    fixed_by: str = ""
    last: str = ""

    @property
    def key(self) -> str:
        return key("trouble", self.command)


def critical(material: Material) -> Iterator[Item]:
    """Knowledge, decisions, what was tried, known problems and risks, by severity, then category; then troubles that were measured."""
    ranked = sorted((r for r in material.records if is_critical(r)), key=rank)
    measured = [*troubles(material)[:TROUBLES]]
    for severity in SEVERITIES:
        yield from (entry(r, material) for r in ranked if severity_of(r) == severity)
        if severity == "important":
            yield from map(trouble_entry, measured)
    yield from solved(material, {t.command for t in measured})


def is_critical(record: Record) -> bool:
    if record.kind == "approach":
        return record.detail("outcome") != "untried"
    return record.kind in GROUP or (record.kind == "knowledge" and not is_architecture(record))


def severity_of(record: Record) -> str:
    """What it says; else important for what somebody said on purpose, helpful for what was only quoted from a session."""
    said = record.detail("severity")
    if said in SEVERITIES:
        return said
    return "helpful" if record.trust == "extracted" or record.kind == "risk" or record.detail("outcome") == "worked" else "important"


def is_unranked(record: Record) -> bool:
    """Whether nobody said how grave it is, of a kind that says so."""
    return record.kind == "knowledge" and record.detail("severity") not in SEVERITIES


def rank(record: Record) -> tuple[int, bool, int, int]:
    """What nobody ranked stands behind what somebody did."""
    category = record.detail("category")
    place = CATEGORIES.index(category if category in CATEGORIES else "")
    return (SEVERITIES.index(severity_of(record)), is_unranked(record), place, list(TRUST).index(record.trust))


def group(record: Record) -> str:
    if record.kind == "approach":
        return "pattern: " + {"failed": "did not work", "worked": "worked"}.get(record.detail("outcome"), "tried")
    return record.detail("category") or GROUP.get(record.kind, "")


def entry(record: Record, material: Material) -> Item:
    """`🔴 CRITICAL - title (category)`, `⚪ UNRANKED - …` where nobody said how grave it is; then what else it says, `File:` last."""
    severity = severity_of(record)
    where = group(record)
    mark = UNRANKED if is_unranked(record) else f"{SEVERITY_MARKS[severity]} {severity.upper()} - "
    first = f"{mark}{title(record, LONG)}{f' ({where})' if where else ''}"
    said = {"severity": record.detail("severity"), "category": record.detail("category"), **({"outcome": record.detail("outcome")} if where in TRIED else {})}
    words = {**DETAILS, "spent": "Time lost" if record.detail("outcome") == "failed" else "Time"}
    return Item(record.id, "\n".join([first, *text(trimmed(record)), *told(record, given=said, words=words, detail="{}: {}"), *placed(record, material)]))


def troubles(material: Material) -> list[Trouble]:
    """Commands that failed again and again, the most often first."""
    failures: dict[str, int] = {}
    sessions: dict[str, set[str]] = {}
    for session in material.sessions:
        for fact in session.commands:
            if fact.failures and fact.purpose in TELLING and "\n" not in fact.command:
                command = bare(fact.command)
                failures[command] = failures.get(command, 0) + fact.failures
                sessions.setdefault(command, set()).add(session.id)
    told, last = errors(material), outcomes(material)
    found = [Trouble(c, n, len(sessions[c]), *told.get(c, ("", "")), last.get(c, "")) for c, n in failures.items()
             if n >= FAILURES and not explained(c, material)]
    return sorted(found, key=lambda t: (-t.failures, t.command))


def explained(command: str, material: Material) -> bool:
    """Whether a record says why the command fails, or what to run instead."""
    return any(r.kind in ("approach", "knowledge", "issue") and f"`{bare(command)}` fails" in r.title for r in material.records)


def errors(material: Material) -> Mapping[str, tuple[str, str]]:
    """For each command that failed, its last message and what was done before it passed."""
    return {bare(e.what): (e.message, e.fixed_by) for s in reversed(material.sessions) for e in s.errors}


def trouble_entry(trouble: Trouble) -> Item:
    where = f" in {counted(trouble.sessions, 'session')}" + (f", last run {trouble.last}" if trouble.last else "")
    lines = [f"{SEVERITY_MARKS['important']} IMPORTANT - {code(trouble.command)} failed {counted(trouble.failures, 'time')}{where} (measured)"]
    lines += [f"It said: {line(trouble.message, 240)}"] if trouble.message else []
    lines += [f"It passed after: {quote(trouble.fixed_by, 240)}"] if not by_itself(trouble.fixed_by) else []
    return Item(trouble.key, "\n".join(lines))


def solved(material: Material, said: set[str]) -> Iterator[Item]:
    """Errors of the latest sessions that were overcome, and how."""
    found = {e.what: e for s in material.sessions[:5] for e in s.errors if not by_itself(e.fixed_by) and bare(e.what) not in said and "\n" not in e.what}
    for error in list(found.values())[:SOLVED]:
        first = f"{SEVERITY_MARKS['helpful']} HELPFUL - {code(error.what, 120)} failed: {line(error.message, 200)} (measured)"
        yield Item(key("solved", error.what), f"{first}\nIt passed after: {quote(error.fixed_by, 240)}")


def by_itself(fixed_by: str) -> bool:
    """Whether there is no lesson in how an error went away: nobody fixed it, it passed when run again, or the code in hand was edited."""
    return not fixed_by or fixed_by.startswith(("passed when", "edited "))


def minutes(record: Record) -> float:
    """Time that it is said to have cost, in minutes: `2h`, `40m`, `1h 30m`."""
    return sum(float(n) * SPENT[unit] for n, unit in re.findall(r"(\d+(?:\.\d+)?)\s*([hmd])", record.detail("spent").lower()))


def test_data(material: Material) -> Iterator[Item]:
    """Each with the day on which it was right, or was written down where nobody said that; never the credentials, only where they lie."""
    for record in (r for r in material.records if r.kind == "test-data"):
        day = record.detail("as-of") if DAY.fullmatch(record.detail("as-of")) else ""
        lead = f"[As of {day}] " if day else f"[noted {(record.created or material.now)[:10]}] "
        yield entry_of(trimmed(record), material, "test-data", given={"as-of": day}, lead=lead)
    calls = [f for s in material.sessions[:5] for f in s.commands if f.ok and re.fullmatch(rf"curl .{{1,{CALL}}}", f.command)]
    if calls:
        said = dict.fromkeys(line(f.command, CALL) for f in calls[:CALLS])
        yield Item("calls", "\n".join(["```bash", f"# Sample calls that worked [As of {calls[0].last[:10]}]", *said, "```"]))


def preferences(material: Material) -> Iterator[Item]:
    for record in (r for r in material.records if r.kind == "preference"):
        scope = record.detail("scope") if SCOPE.fullmatch(record.detail("scope")) else ""
        yield entry_of(trimmed(record), material, "preference", given={"scope": scope}, lead=f"**{scope}:** " if scope else "")


def lessons(material: Material) -> Iterator[Item]:
    for record in (r for r in material.records if r.kind == "lesson"):
        yield entry_of(trimmed(record), material, "lesson")


__all__ = ["Trouble", "critical", "explained", "is_critical", "lessons", "minutes", "preferences", "severity_of", "test_data", "troubles"]
