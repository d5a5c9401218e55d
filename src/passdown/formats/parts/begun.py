"""The task at hand in the three lines of a handoff, and the others that are begun."""

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from passdown.formats.base import Item, Material
from passdown.formats.parts.continuation import Step, continue_from
from passdown.formats.parts.entry import entry
from passdown.formats.parts.environment import UNKNOWN
from passdown.formats.parts.wording import key, line, listed
from passdown.model.record import KINDS, Record

TODOS = 8
GIVEN: Mapping[str, str] = {"state": "in progress"}


def begun(material: Material) -> list[Record]:
    """Tasks in progress, the last updated first; the first is the one at hand."""
    return [r for r in material.records if r.kind == "task" and r.status == "active" and r.detail("state") == "in progress"]


def at_hand(material: Material) -> Iterator[Item]:
    """Active task, progress, next step: of the record, else of what the last session left."""
    task = next(iter(begun(material)), None)
    if task:
        rest = {name: value for name, value in task.details.items() if name not in ("percent", "next")}
        yield entry(replace(task, details=rest), material, "task", given=GIVEN, lead="**Active Task:** ")
    step = Step(next=line(task.detail("next"), 4_000)) if task else continue_from(material)
    if not task:
        yield listed("active", [f"**Active Task:** {elsewhere(step)}"])
    percent = task.detail("percent").rstrip("% ") if task else ""
    yield listed("progress", [f"**Progress:** {percent + '%' if percent else UNKNOWN}"])
    yield listed("next", [f"**Next Step:** {step.next or UNKNOWN}"])


def elsewhere(step: Step) -> str:
    """Where it goes on when no task is begun; a record is said in its own place."""
    if not step.task:
        return "None begun"
    if step.source.split(",")[0] in KINDS:
        return f"None begun; what comes next is the first of {'Blocking Issues' if step.source.startswith('blocker') else 'Next Priority Tasks'}"
    return f"{step.task} ({step.source})"


def also_begun(material: Material) -> Iterator[Item]:
    """The active task by name of its place, the other begun ones whole, then the agent's own list."""
    for n, task in enumerate(begun(material)):
        percent = task.detail("percent").rstrip("% ")
        progress = f" (Progress: {percent}%)" if percent else ""
        if n:
            rest = {name: value for name, value in task.details.items() if name != "percent"}
            item = entry(replace(task, details=rest), material, "task", given=GIVEN, mark="- [ ] ")
            first, newline, more = item.text.partition("\n")
            yield Item(item.key, f"{first}{progress}{newline}{more}")
        else:
            yield listed("active-again", [f"[ ] the active task, see Work in Progress{progress or ' (Progress: UNKNOWN)'}"])
    if material.sessions:
        last = material.sessions[0]
        for todo in [t for t in last.todos if t.status == "in_progress"][:TODOS]:
            yield listed(key("todo", todo.text), [f"[ ] {line(todo.text, 200)} (Progress: begun, agent's own list of {last.ended[:10]})"])


__all__ = ["also_begun", "at_hand", "begun"]
