"""What a template left behind: nobody filled it in."""

import re
from collections.abc import Iterator, Mapping

from passdown.lint.base import Problem, Reading, Rule, World
from passdown.lint.grounding import FILLING, blocks
from passdown.lint.words import plain, shown

CAPITALS = re.compile(
    r"(?<![\w\]`!\[])\[(?!UPDATED\b|REDACTED\b|WIP\b|TODO\b|DRAFT\b)"
    r"(?P<name>(?=[A-Z0-9]*+[_/ ])[A-Z][A-Z0-9]*+(?:/[A-Z0-9/]++)?+(?:[_ ][A-Z0-9/]++)*+)\](?![(\[:\w])")
BRACES = re.compile(r"\{\{\s*[\w .|-]{1,60}\s*\}\}")
ANGLES = re.compile(r"(?<![\w<`\\\"“(])<(?P<name>(?!(?:[^\W_]|[:/.])++,)[a-zA-Z][\w:/.,-]*+(?: [\w:/.,-]++){0,6})>(?![\w(\"”])")
WHOLE = re.compile(r"^\[(?P<words>[^\[\]]{2,120})\]\.?$")  # all of a value
BARE = re.compile(
    r"(?i)^\W*(?:todo|tbd|tbc|fixme|xxx+|to be (?:done|determined|decided|filled(?: in)?|written|added)|fill (?:me )?in|change ?me|(?:…|\.{3}))\W*$")
DATE = re.compile(r"^\W*(?:YYYY-MM-DD|\d{4}-(?:XX|MM)-(?:XX|DD)|\d{4}-\d{2}-XX|DD/MM/YYYY|MM/DD/YYYY)\b[\sHMS:]*\W*$")
VALUE = re.compile(r"^(?:\*\*[^*]{1,60}\*\*:?|[A-Z][\w /()-]{1,40}:)\s*(?P<value>.*)$")
NO_PLACEHOLDER = re.compile(
    r"(?i)^(?:[ x~-]|\d+|\^.*|none|n/?a|unknown|wip|draft|ok|done|optional|see .*|updated:.*|as of .*|redacted.*|[\w-]+\.\w+|https?:.*)$")
HTML = frozenset(re.findall(r"\w+", """
a abbr article aside audio b big blockquote body br button canvas caption center cite code col colgroup dd del details dfn div dl document domain dt em fieldset
figure figcaption footer font form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label legend li link load_if main mark meta metadata nav
object ol optgroup option p path picture pre q s samp script section select small source span strike strong style sub summary sup svg table tbody td template
enter esc escape tab space shift ctrl alt cmd backspace delete up down left right
textarea tfoot th thead title tr tt u ul var video scope triggers role type context instructions example examples system user assistant thinking
"""))
SECRET = re.compile(r"(?i)token|key|secret|password|credential")  # what is rightly left out
LOREM = 4  # words of filling in one line
MOST_SHOWN = 60
LONGEST_BARE = 40  # characters of a mere `to be filled in` or `YYYY-MM-DD HH:MM:SS`


def left(reading: Reading, _world: World) -> Iterator[Problem]:
    """One problem for each line that has any. Code spans quote them; in a block of commands they are meant."""
    commands = _commands(reading)
    fenced = [(n, line) for n, line in enumerate(reading.lines, 1) if n in commands and reading.fenced[n - 1] == "in"]
    for number, line in sorted((*reading.uncoded, *fenced)):
        found = next(_in_commands(line) if number in commands and reading.fenced[number - 1] else _in_text(line), "")
        if found:
            yield Problem(number, f"`{found[:MOST_SHOWN]}` was never filled in", "Say it, or write UNKNOWN: that is a value.")


def _commands(reading: Reading) -> frozenset[int]:
    """Lines of sections that hold commands to run."""
    kinds: Mapping[int, str] = {s.number: s.kind for s in reading.layout.sections} if reading.layout else {}
    return frozenset(n for line, part in reading.parts if kinds.get(part.number) == "command" for n in range(line, line + part.text.count("\n")))


def _in_commands(line: str) -> Iterator[str]:
    yield from (f"[{m['name']}]" for m in CAPITALS.finditer(line))
    yield from (m[0] for m in ANGLES.finditer(line) if _placeholder(m["name"]) and not SECRET.search(m["name"]))


def _in_text(line: str) -> Iterator[str]:
    yield from _in_commands(line) if "[" in line or "<" in line else ()
    yield from (m[0] for m in BRACES.finditer(line)) if "{{" in line else ()
    for value in _values(line):
        match = WHOLE.match(value) if value.startswith("[") else None
        unfilled = match and not NO_PLACEHOLDER.match(match["words"]) and (" " in match["words"] or match["words"].isupper())
        if value.strip("|-: ") and (unfilled or (len(value) <= LONGEST_BARE and (BARE.match(value) or DATE.match(value)))):
            yield value


def _placeholder(name: str) -> bool:
    """Whether `<name>` is to be filled in: no element, address or comparison."""
    first = re.split(r"[ /:]", name.lower(), maxsplit=1)[0]
    return first not in HTML and not name.startswith("http") and "@" not in name and not name[0].isupper() and "." not in name and first != ""


def _values(line: str) -> Iterator[str]:
    """What a line says as a whole: cells of a row, the value of a field, an entry, a paragraph of one line."""
    if line.lstrip().startswith("|"):
        yield from (cell.strip() for cell in line.strip().strip("|").split("|")[1:])  # the first one names the row
        return
    text = plain(line)
    match = VALUE.match(text)
    yield (match["value"] if match else text).strip()


def lorem(reading: Reading, _world: World) -> Iterator[Problem]:
    if not any(one.filled for one in blocks(reading)):
        return
    for number, line in reading.prose:
        words = re.findall(r"[a-z]{3,}", line.lower())
        if len(words) >= LOREM and sum(w in FILLING for w in words) >= max(LOREM, len(words) * 0.4):
            yield Problem(number, f"filling: {shown(line)}", "Take it out.")


RULES = (
    Rule("placeholder", "error", "A template was not filled in: `[SESSION_ID]`, TODO, TBD, `<path>`, an ellipsis. UNKNOWN is a value.", left, "C"),
    Rule("filler", "error", "Text without meaning (lorem ipsum) hides that nothing is said.", lorem, "C"),
)

__all__ = ["RULES"]
