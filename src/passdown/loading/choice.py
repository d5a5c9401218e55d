"""Whether a task asks for a document or a block, and what in the task it was."""

from collections.abc import Sequence

import msgspec

from passdown.loading.blocks import ALWAYS, Condition
from passdown.loading.shelf import Page, Shelf
from passdown.loading.triggers import BadRegexError, Trigger, first_match, triggers
from passdown.loading.words import Task
from passdown.model.finding import Finding


class Choice(msgspec.Struct, frozen=True):
    """base: whether the text outside of blocks loads. why: what asked for it, or why nothing did. blocks: those that hold, with what asked for each."""

    base: bool
    why: str
    blocks: dict[int, str]

    @property
    def loads(self) -> bool:
        return self.base or bool(self.blocks)


def choice(page: Page, task: Task, shelf: Shelf) -> Choice:
    """What of a memory document a task asks for.

    `selective-loading: false` loads whole, whatever the task. A document with triggers loads where one matches, one without them where a block does.
    Where only a block matches of a document whose own triggers do not, that block loads alone.
    """
    about = page.metadata
    if about.selective is False:
        return Choice(True, "always, whole: selective-loading is false", dict.fromkeys(range(len(page.blocks.conditions)), "the document loads whole"))
    held = holding(page, task, shelf)
    if about.asks:
        found = asked(about.asks, task, page.path, shelf)
        if found:
            return Choice(True, f"{_which(found, page)} `{found.text}`", held)
        return Choice(False, f"no trigger of {_listed(about.asks)} is in the task" + (", but a block's is" if held else ""), held)
    if held:
        return Choice(True, f"a block of it is asked for: {next(iter(held.values()))}", held)
    return Choice(False, "it has no trigger, and no block of it is asked for", held)


def _which(found: Trigger, page: Page) -> str:
    about = page.metadata
    return "trigger" if found in about.triggers else "loads when" if found in about.loads_when else "domain"


def _listed(alternatives: Sequence[Trigger]) -> str:
    shown = ", ".join(f"`{t.text[:40]}`" for t in alternatives[:6])
    return shown + (f" and {len(alternatives) - 6} more" if len(alternatives) > 6 else "")


def holding(page: Page, task: Task, shelf: Shelf) -> dict[int, str]:
    """The blocks whose condition holds, and those around them too, by their number, with what asked for each."""
    held: dict[int, str] = {}
    for number, condition in enumerate(page.blocks.conditions):
        if condition.parent == ALWAYS or condition.parent in held:
            why = _why(condition, task, page.path, shelf)
            if why:
                held[number] = why
    return held


def _why(condition: Condition, task: Task, path: str, shelf: Shelf) -> str:
    if not condition.task:
        return "it names no task"
    found = asked(triggers(condition.task), task, f"{path}:{condition.first}", shelf)
    return f"task `{found.text}`" if found else ""


def asked(alternatives: Sequence[Trigger], task: Task, where: str, shelf: Shelf) -> Trigger | None:
    """The first alternative that the task asks for; one that cannot be run is a finding."""
    try:
        return first_match(alternatives, task)
    except BadRegexError as error:
        shelf.say(Finding("trigger-regex", "warning", where, f"a regular expression between slashes was not used: {error}", "Correct it, or use words."))
        return None


__all__ = ["Choice", "asked", "choice", "holding"]
