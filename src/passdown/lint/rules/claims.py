"""Sentences held against what sessions measured and what lies there: tests that pass, what is not built yet, what nobody mentions."""

import re
from collections.abc import Iterator

from passdown.lint.base import Problem, Reading, Rule, World
from passdown.lint.words import SPAN, file_of, shown
from passdown.model.session import CheckFact

KINDS = {
    "test": re.compile(r"(?i)\b(?:tests?|test suite|suite|specs?)\b"), "build": re.compile(r"(?i)\b(?:build|compil\w+)\b"),
    "lint": re.compile(r"(?i)\blint\w*\b"), "types": re.compile(r"(?i)\btype.?check\w*\b"),
}
TOOLS = {
    "test": re.compile(r"(?i)\b(?:pytest|tests?|jest|vitest|mocha|rspec|unittest|ctest|nextest|test)\b"),
    "types": re.compile(r"(?i)\b(?:mypy|pyright|tsc|typecheck|type-check)\b"), "lint": re.compile(r"(?i)\b(?:ruff|eslint|lint|clippy|flake8|biome)\b"),
    "build": re.compile(r"(?i)\b(?:build|make|compile|webpack|vite|cargo build|gradle|mvn)\b"),
}
PASSES = re.compile(r"(?i)\b(?:pass(?:es|ing|ed)?|green|succeed\w*|success(?:ful(?:ly)?)?|clean|ok)\b|✅|✔|✓")
DENIED = re.compile(r"(?i)\b(?:not|no|never|un\w+|fail\w*|until|once|when|if|should|must|make|before|after|except|but|some|earlier|previous\w*|was|were|had|"
                    r"would|will|to|expect\w*|require\w*|need\w*|ensure|verify|check|run|both|each)\b|n['’]t\b|\d+ (?:of|/) \d+|[?]|✗|❌")
ABSENT = ("not ", "n't", "n’t", "never", "missing", "unimplemented", "unwritten", "nonexistent", "to be ", " yet", "so far", "there is", "there are")
FAILING = ("fail", "broken", " red", "crash", "n't", "n’t", "not ")  # one of them is in all that says so
MOST_NAMED = 5
TELLING = 3  # letters of a file's stem that a text may mention it by


def passing(reading: Reading, world: World) -> Iterator[Problem]:
    """Said of the state, in as many words, of a kind of check that ended otherwise when it was run last."""
    failed = _failed(world)
    if not failed or not reading.living:
        return
    for number, line in reading.prose:
        for sentence in re.split(r"(?<=[.;])\s+|,\s+|\s+[|·]\s+", line.strip(" |-*")):
            words = SPAN.sub("", sentence)
            if len(words.split()) > LONGEST or not PASSES.search(words) or DENIED.search(words):
                continue
            kind = next((k for k, said in KINDS.items() if said.search(words)), "")
            if kind in failed:
                fact = failed[kind]
                yield Problem(number, f"{shown(sentence)}: when `{fact.command[:80]}` was last run ({fact.at[:10]}), it said {shown(fact.line, 80)}",
                              "Run it again, or say what fails.")


LONGEST = 12


def _failed(world: World) -> dict[str, CheckFact]:
    """By kind the check that was run last, where it failed."""
    last: dict[str, CheckFact] = {}
    for session in world.sessions:
        for fact in session.checks:
            kind = next((k for k, tool in TOOLS.items() if tool.search(f"{fact.tool} {fact.command}")), "")
            if kind and (kind not in last or fact.at > last[kind].at):
                last[kind] = fact
    return {kind: fact for kind, fact in last.items() if not fact.ok}


def overtaken(reading: Reading, world: World) -> Iterator[Problem]:
    """“Not built yet” of a file that is there, “uncommitted” where nothing is, “still failing” of a check that has passed."""
    told = [(number, line) for number, line in reading.prose if _may_be_overtaken(line.lower(), world)] if reading.living else []
    if not told:
        return
    from passdown.verification import sayings  # its patterns take a while to compile

    for number, line in told:
        for kind, sentence in sayings.negative(line):
            note = _overtaken(kind, sentence, world)
            if note:
                yield Problem(number, f"{shown(sentence)}: {note}", "Say what is so now.")


def _may_be_overtaken(line: str, world: World) -> bool:
    """Whether a line (in lower case) may say anything of the kind; to tell costs less than to look."""
    return bool((world.exists and "`" in line and any(cue in line for cue in ABSENT)) or (world.git and "commit" in line)
                or (world.sessions and any(cue in line for cue in FAILING)))


def _overtaken(kind: str, sentence: str, world: World) -> str:
    from passdown.verification import sayings

    if kind == sayings.ABSENT and world.exists is not None:
        spans = SPAN.findall(sentence)
        paths = [p for span in spans if (p := file_of(span))]
        subject = re.match(r"\W*`+([^`]+)`+\s+(?:is|has|does|are|was)?\b", sentence)
        if len(spans) == 1 and paths and subject and world.exists(paths[0]):
            return f"{paths[0]} is there now"
    if kind == sayings.UNCOMMITTED and world.git is not None and not world.git.changed and not re.search(r"(?i)\bno uncommitted\b|\d", sentence):
        return "git has no uncommitted change"
    if kind == sayings.FAILING:
        passed = [c for s in world.sessions for c in s.checks if c.ok and sayings.meant(sentence, c.tool, c.command)]
        failed = [c for s in world.sessions for c in s.checks if not c.ok and sayings.meant(sentence, c.tool, c.command)]
        if passed and max(c.at for c in passed) > max((c.at for c in failed), default=""):
            return f"`{passed[0].command[:80]}` passed on {max(c.at for c in passed)[:10]}"
    return ""


def unmentioned(reading: Reading, world: World) -> Iterator[Problem]:
    """Of a document that says what is to be done next: files changed in the last session, or not committed, that no line names."""
    if not world.changed or reading.layout is None or not reading.living or not any(s.kind == "task" for s in reading.layout.sections):
        return
    text = reading.text.lower()
    lost = [path for path in world.changed if path != reading.path and not _mentioned(path.lower(), text)]
    if lost:
        names = ", ".join(f"`{p[:80]}`" for p in lost[:MOST_NAMED]) + (f" and {len(lost) - MOST_NAMED} more" if len(lost) > MOST_NAMED else "")
        yield Problem(0, f"{len(lost)} of {len(world.changed)} changed files are not mentioned: {names}", "Say what was done to them and why.")


def _mentioned(path: str, text: str) -> bool:
    """By its path, its name, or a folder of two parts and more that holds it."""
    name = path.rsplit("/", 1)[-1]
    folders = [path[:n] for n, c in enumerate(path) if c == "/" and path[:n].count("/") >= 1]
    stem = name.split(".")[0]
    return name in text or any(f"{folder}/`" in text for folder in folders) or (len(stem) > TELLING and re.search(rf"\b{re.escape(stem)}\b", text) is not None)


def settled(reading: Reading, world: World) -> Iterator[Problem]:
    """Lines that carry the mark of a record which the store has superseded, resolved or put away since, outside of the archive."""
    for entry in reading.entries:
        status = world.records.get(entry.key, "")
        if status and status != "active" and entry.status == "active" and not (entry.detail("state") == "done" and status == "resolved"):
            yield Problem(entry.first, f"{shown(entry.title)} is {status}", "`passdown handoff` brings the document up to date.")


RULES = (
    Rule("tests-contradicted", "error", "Tests, build or lint are said to pass; the last session saw them fail.", passing, "C"),
    Rule("overtaken", "warning", "What is said not to be there, not committed or failing is there, committed, or passes.", overtaken, "A"),
    Rule("work-unmentioned", "info", "Files were changed that no line of the document mentions.", unmentioned, "A, B, C"),
    Rule("record-settled", "warning", "The document says what the store has settled since.", settled, "A–E"),
)

__all__ = ["RULES"]
