"""Lessons as a change of the plan's text: what would be written, as a diff, and what has to be changed by hand."""

import difflib
from collections.abc import Sequence

import msgspec

from passdown.workflows.edits import Edit, applied, group, joined, put
from passdown.workflows.learned import Lesson, Remark, by_map, lessons, remarks
from passdown.workflows.observed import Observed
from passdown.workflows.parse import Parsed, look


class Proposed(msgspec.Struct, frozen=True):
    """A lesson and the line of the plan that it changes, from 1; 0 when it has to be changed by hand."""

    lesson: Lesson
    line: int


class Proposal(msgspec.Struct, frozen=True):
    """changes: each with its evidence. remarks: for a person. after: the plan's text with all changes; as it is, when there are none."""

    changes: tuple[Proposed, ...]
    remarks: tuple[Remark, ...]
    after: str
    diff: str


def propose(parsed: Parsed, rows: Sequence[Observed], path: str) -> Proposal:
    """What observed runs say about a plan that can run. path: of the file, for the diff."""
    if parsed.plan is None:
        return Proposal((), (), parsed.text, "")
    changes, edits = [], []
    for found in by_map(list(lessons(parsed.plan, rows))).values():
        made = _edits(parsed, found)
        edits += made
        changes += [Proposed(lesson, made[min(n, len(made) - 1)].line if made else 0) for n, lesson in enumerate(found)]
    after = applied(parsed.text, joined(edits))
    return Proposal(tuple(changes), tuple(remarks(parsed.plan, rows)), after, diff(parsed.text, after, path))


def _edits(parsed: Parsed, found: Sequence[Lesson]) -> list[Edit]:
    """The edits for the lessons of one map; none when the text would not say what they say afterwards."""
    path, values = found[0].path[:-1], {lesson.path[-1]: lesson.after for lesson in found}
    alone = path in parsed.places and parsed.places[path][1].kind == "text"  # `retries: 2`, the short form of one key
    edits = [put(parsed, path, found[0].after)] if alone else group(path, values, parsed)
    sure = [edit for edit in edits if edit]
    return sure if len(sure) == len(edits) and _says(parsed, applied(parsed.text, joined(sure)), found) else []


def _says(parsed: Parsed, text: str, found: Sequence[Lesson]) -> bool:
    """Whether the changed text is a plan in which the lessons' phases alone are different."""
    plan, before = look(text.encode(), parsed.name).plan, parsed.plan
    if plan is None or before is None:
        return False
    meant = {lesson.path[1] for lesson in found if lesson.path[0] == "phases"}
    others = [(old, new) for old, new in zip(before.phases, plan.phases, strict=True) if old.name not in meant]
    return all(old == new for old, new in others) and (plan.budget == before.budget) == bool(meant)


def diff(before: str, after: str, path: str) -> str:
    """A unified diff that `git apply` takes; "" for none."""
    lines = difflib.unified_diff(before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{path}", f"b/{path}")
    return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


__all__ = ["Proposal", "Proposed", "diff", "propose"]
