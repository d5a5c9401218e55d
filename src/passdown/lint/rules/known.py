"""Knowledge and test data: ranked by what it costs to forget them, dated, and not what any manual says."""

import builtins
import re
import sys
from collections.abc import Iterator

from passdown.formats.grammar import AS_OF, NOTED_ON
from passdown.lint.base import Problem, Reading, Rule, World
from passdown.lint.page import Entry
from passdown.lint.words import PATH, SPAN, bag, says_nothing, shown
from passdown.model.record import SEVERITIES

SEVERE = ("session-memory",)  # styles whose source ranks all knowledge
DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
EXPIRES = re.compile(r"(?i)\b(?:expires?|valid until|holds until|good until)\b\W*(\d{4}-\d{2}-\d{2})")
_WEB = bag("""
Array Object String Number Boolean Map Set WeakMap WeakSet Promise JSON Math Date RegExp Symbol Proxy Reflect Error TypeError console document window
localStorage sessionStorage fetch setTimeout setInterval parseInt parseFloat isNaN undefined null async await typeof instanceof useState useEffect useMemo
useCallback useRef self this
""")
BEHAVES = re.compile(
    r"`[^`]+`\W+(?:always |also )?(?:returns?|gives?|raises?|throws?|takes?|is|are|means?|"
    r"sorts?|makes?|converts?|rounds?|copies|iterates)\b")
OWN = re.compile(r"\b(?:[A-Z][a-z]+[A-Z]\w*|\w+_\w+)\b")
MANUAL_WORDS = 25
STANDARD = _WEB | frozenset(dir(builtins)) | sys.stdlib_module_names
ROOT = re.compile(r"^[\w$]+")


def knowledge(reading: Reading) -> list[Entry]:
    return [e for e in reading.entries if e.kind == "knowledge" and e.status == "active" and e.section and not says_nothing(e.title)]


def unranked(reading: Reading, _world: World) -> Iterator[Problem]:
    """Where a style ranks knowledge, or most of the section's entries are ranked."""
    always = reading.layout is not None and reading.layout.name.startswith(SEVERE)
    sections: dict[int, list[Entry]] = {}
    for entry in knowledge(reading):
        sections.setdefault(entry.section, []).append(entry)
    for number, every in sections.items():
        bare = [e for e in every if not e.detail("severity")]
        if bare and (len(bare) * 2 < len(every) or (always and ranked_section(reading, number))):
            for entry in bare:
                yield Problem(entry.first, f"{shown(entry.title)} has no severity", "Begin it with 🔴 CRITICAL, 🟡 IMPORTANT or 🟢 HELPFUL.")


def ranked_section(reading: Reading, number: int) -> bool:
    """Whether the section is that of critical knowledge: architecture is knowledge too, and is not ranked."""
    return any(s.number == number and "knowledge" in s.name.lower() for s in reading.layout.sections) if reading.layout else False


def misranked(reading: Reading, _world: World) -> Iterator[Problem]:
    """The first entry of each section that is graver than one above it."""
    gravest: dict[tuple[int, str], Entry] = {}
    told: set[tuple[int, str]] = set()
    for entry in knowledge(reading):
        severity = entry.detail("severity")
        where = entry.section, entry.heading
        if severity not in SEVERITIES:
            continue
        above = gravest.get(where)
        if above and SEVERITIES.index(severity) < SEVERITIES.index(above.detail("severity")) and where not in told:
            told.add(where)
            yield Problem(entry.first, f"{shown(entry.title)} ({severity}) stands below what is only {above.detail('severity')}",
                          "Put critical before important, important before helpful.")
        gravest[where] = entry


def test_data(reading: Reading) -> Iterator[tuple[Entry, bool]]:
    """Entries of test data, each with whether a date at the top of its section stands for it."""
    dated: dict[int, bool] = {}
    for entry in reading.entries:
        if entry.kind == "test-data" and entry.status == "active" and not says_nothing(entry.title):
            if entry.section not in dated:
                body = NOTED_ON.sub("", reading.body(entry.section).strip().split("\n", 1)[0]) + (entry.heading or "")
                dated[entry.section] = bool(AS_OF.search(body) or DAY.search(body))
            yield entry, dated[entry.section]


def undated(reading: Reading, _world: World) -> Iterator[Problem]:
    for entry, whole in test_data(reading):
        dated = whole or entry.detail("as-of") or entry.detail("expires") or DAY.search(NOTED_ON.sub("", entry.text))
        if not dated and not re.match(r"(?i)\W*credentials", entry.text):
            yield Problem(entry.first, f"{shown(entry.title)} has no date: test data expires", "Begin it with [As of YYYY-MM-DD].")


def expired(reading: Reading, world: World) -> Iterator[Problem]:
    for entry in reading.entries:
        found = EXPIRES.search(entry.text)
        day = entry.detail("expires")[:10] or (found[1] if found else "")
        if entry.status == "active" and DAY.fullmatch(day) and day < world.today:
            yield Problem(entry.first, f"{shown(entry.title)} expired on {day}", "Look it up again, or take it out.")


def obvious(reading: Reading, _world: World) -> Iterator[Problem]:
    """Knowledge that says how a piece of code behaves, and all code that it names is of a standard library."""
    for entry in knowledge(reading):
        if BEHAVES.search(entry.title) and len(entry.text.split()) < MANUAL_WORDS and _standard(entry.text):
            yield Problem(entry.first, f"{shown(entry.title)} is how the standard library behaves", "Take it out, or say where it matters here (path:line).")


def _standard(text: str) -> bool:
    """Whether nothing in it is this project's: no own name, path or number."""
    names = [match[0] for span in SPAN.findall(text) if (match := ROOT.match(span.strip("() ")))]
    own = OWN.findall(text)
    return bool(names) and all(name in STANDARD for name in (*names, *own)) and not PATH.search(SPAN.sub("", text)) and not re.search(r"\d", text)


RULES = (
    Rule("severity-missing", "info", "Knowledge without a severity: nobody can tell what must not be forgotten.", unranked, "A"),
    Rule("severity-order", "warning", "A graver item stands below a lesser one.", misranked, "A"),
    Rule("test-data-undated", "warning", "Test data without a date: nobody knows whether it still works.", undated, "A"),
    Rule("expired", "warning", "What the document gives has expired.", expired, "A"),
    Rule("obvious", "info", "Behaviour of a standard library: any manual has it.", obvious, "A"),
)

__all__ = ["RULES"]
