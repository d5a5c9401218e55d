"""Memory documents (system D): what they say of themselves, what loads them, what they inherit from."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from passdown.lint.base import Problem, Reading, Rule, World

if TYPE_CHECKING:  # most documents are no memory documents
    from passdown.loading.metadata import Metadata
    from passdown.loading.triggers import Trigger

HINT = re.compile(r"<document\b|<load_if|^(?:triggers|loads?-when|inherits)\s*:", re.IGNORECASE | re.MULTILINE)
NEVER_MEANT = "qx zv jjk"  # a task that no sensible trigger asks for
WANTED = (("type", "its type"), ("version", "its version"), ("domain", "its domain"), ("scope", "its scope"))


def own(reading: Reading) -> "Metadata | None":
    """The metadata of a memory document, None for another one."""
    kept = vars(reading)  # one rule after the other asks for them
    if "_metadata" not in kept:
        kept["_metadata"] = _own(reading)
    found: Metadata | None = kept["_metadata"]
    return found


def _own(reading: Reading) -> "Metadata | None":
    if not HINT.search(reading.text[:200_000]):
        return None
    from passdown.loading.metadata import metadata

    found, _ = metadata(reading.text, "x")
    return found if found.present or "<document" in reading.text.lower() else None


def lacking(reading: Reading, _world: World) -> Iterator[Problem]:
    about = own(reading)
    if about is None or not re.search(r"<document\b", reading.text[:16_000], re.IGNORECASE):
        return
    absent = [says for key, says in WANTED if key not in about.keys]
    if about.selective and not about.triggers and not about.loads_when:
        absent.append("when it is to be loaded, though it loads selectively")
    if absent:
        yield Problem(1, f"its metadata do not give {', '.join(absent)}", "Add them to `<metadata>`.")


def malformed(reading: Reading, _world: World) -> Iterator[Problem]:
    if own(reading) is not None:
        from passdown.loading.metadata import metadata

        _, findings = metadata(reading.text, "x")
        yield from (Problem(1, f.message, f.fix) for f in findings)


def too_wide(reading: Reading, _world: World) -> Iterator[Problem]:
    """Triggers that every task meets, and expressions that cannot be run."""
    about = own(reading)
    if about is None and "load_if" not in reading.text.lower():
        return
    from passdown.loading.blocks import blocks
    from passdown.loading.markdown import Markdown
    from passdown.loading.triggers import triggers

    asked = [(_line_of(reading, t.text), t) for t in (*about.triggers, *about.loads_when)] if about else []
    asked += [(c.first, t) for c in blocks(Markdown(reading.text)).conditions for t in triggers(c.task)]
    for line, trigger in asked:
        if why := wide(trigger):
            yield Problem(line, f"the trigger `{trigger.text[:80]}` {why}", "Name what the task is about.")


def _line_of(reading: Reading, text: str) -> int:
    return next((n for n, line in enumerate(reading.lines, 1) if text in line), 1)


def wide(trigger: "Trigger") -> str:
    """Why a trigger is none, "" for a good one."""
    from passdown.loading.triggers import BadRegexError, first_match
    from passdown.loading.words import EMPTY, EVERYTHING, content, stem, task_of

    if not trigger.regex:
        words = trigger.text.lower().split()
        meant = [w for w in words if w not in EMPTY and w not in EVERYTHING]
        return "" if meant and set(content(trigger.text)) - {stem(w) for w in EVERYTHING} else "is met by every task"
    try:
        return "is met by every task" if first_match([trigger], task_of(NEVER_MEANT)) else ""
    except BadRegexError as error:
        return f"cannot be run: {str(error)[:100]}"


def inheritance(reading: Reading, world: World) -> Iterator[Problem]:
    """Cycles, and parents that are not there. Needs the project's files."""
    about = own(reading)
    if about is None or not about.inherits or world.sources is None or reading.path.startswith(("/", "..")):
        return
    from passdown.loading.shelf import Shelf
    from passdown.loading.sources import UnreadableError

    shelf = Shelf(world.sources)
    try:
        shelf.chain(reading.path)
    except UnreadableError:
        return
    line = next((n for n, text in enumerate(reading.lines, 1) if re.search(r"inherits|extends|parent", text, re.IGNORECASE)), 1)
    for finding in shelf.findings:
        if finding.code.startswith("inherits") and (finding.where == reading.path or finding.code == "inherits-cycle"):
            yield Problem(line, finding.message, finding.fix)


RULES = (
    Rule("metadata-missing", "warning", "A memory document that does not say what it is, or when it is to be loaded.", lacking, "D"),
    Rule("metadata-broken", "warning", "Metadata that cannot be read as they are meant.", malformed, "D"),
    Rule("trigger-too-wide", "warning", "A trigger that every task meets, or that cannot be run: selective loading selects nothing.", too_wide, "D"),
    Rule("inheritance-broken", "error", "A document inherits from itself, or from one that is not there.", inheritance, "D"),
)

__all__ = ["RULES"]
