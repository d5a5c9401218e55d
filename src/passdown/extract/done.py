"""What was done, as records: episodes, commands that check, plans carried out, entries of the to-do list.

All of it from what happened, nothing from what was claimed.
"""

from collections.abc import Iterator
from typing import Any

from passdown.extract import todos
from passdown.extract.carried import Carried
from passdown.extract.checked import Checked
from passdown.extract.deed import Deed
from passdown.extract.episodes import Episodes
from passdown.extract.paths import Roots
from passdown.model.event import Event


class Done:
    """A fold over one session's events. `state()` is bounded and made of JSON values; `roots` as of `paths.Roots`."""

    def __init__(self, state: dict[str, Any] | None = None, roots: Roots | None = None) -> None:
        state = state or {}
        self._episodes = Episodes(state.get("episodes"), roots)
        self._checked = Checked(state.get("checked"), roots)
        self._carried = Carried(state.get("carried"), roots)
        self._todos = state.get("todos") or todos.empty()

    def state(self) -> dict[str, Any]:
        return {"episodes": self._episodes.state(), "checked": self._checked.state(), "carried": self._carried.state(), "todos": self._todos}

    def add(self, event: Event) -> None:
        self._episodes.add(event)
        self._checked.add(event)
        self._carried.add(event)
        todos.add(self._todos, event)

    def deeds(self) -> Iterator[Deed]:
        """All so far, in no order."""
        yield from self._episodes.deeds()
        yield from self._checked.deeds()
        yield from self._carried.deeds()
        yield from todos.deeds(self._todos)


__all__ = ["Done"]
