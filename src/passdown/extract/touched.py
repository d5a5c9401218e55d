"""Which files a session read, changed, made and removed, how often and why."""

from typing import Any

from passdown.model.session import FileFact

CHANGED, SEEN = 2_000, 300  # files kept: changed ones, and ones that were only read
State = dict[str, Any]  # path -> [reads, edits, created, deleted, last, why]


def empty() -> State:
    return {"changed": {}, "seen": {}}


def read(state: State, path: str, at: str) -> None:
    row = state["changed"].get(path) or state["seen"].pop(path, None)
    if row is None:
        row = [0, 0, False, False, "", ""]
    row[0] += 1
    row[4] = at or row[4]
    if path not in state["changed"]:
        _put(state["seen"], path, row, SEEN)


def known(state: State, path: str) -> bool:
    """Whether the file was there before, as far as this session tells."""
    row = state["changed"].get(path) or state["seen"].get(path)
    return bool(row) and not row[3]


def edit(state: State, path: str, at: str, why: str, *, made: bool = False) -> None:
    """A successful edit or write; `made`: there was no such file."""
    row = _changed(state, path)
    row[1] += 1
    row[2], row[3] = made or (row[2] and not row[3]), False
    row[4], row[5] = at or row[4], why or row[5]


def remove(state: State, path: str, at: str, why: str = "", *, by_edit: bool = False) -> None:
    """The file went; `by_edit`: a patch took it away, which counts as an edit of it, a shell command does not."""
    row = _changed(state, path)
    row[1] += by_edit
    row[2], row[3], row[4], row[5] = False, True, at or row[4], why or row[5]


def remove_tree(state: State, path: str, at: str) -> None:
    """A directory went: with it go the files below it that the session knows, and no others."""
    below = [p for part in ("changed", "seen") for p in state[part] if p == path or p.startswith(path.rstrip("/") + "/")]
    for one in below:
        remove(state, one, at)


def _changed(state: State, path: str) -> list[Any]:
    row = state["changed"].pop(path, None) or state["seen"].pop(path, None) or [0, 0, False, False, "", ""]
    _put(state["changed"], path, row, CHANGED)
    return row


def _put(part: dict[str, list[Any]], path: str, row: list[Any], limit: int) -> None:
    """Last in order; the longest untouched goes when there are too many."""
    part[path] = row
    if len(part) > limit:
        del part[next(iter(part))]


def weight(fact: FileFact) -> int:
    """How much a file was worked on: a change counts as three readings."""
    return 3 * (fact.edits + fact.created + fact.deleted) + fact.reads


def facts(state: State) -> tuple[FileFact, ...]:
    """Most worked on first, then latest first, then by path."""
    every = [FileFact(path, *row) for part in ("changed", "seen") for path, row in state[part].items()]
    every.sort(key=lambda f: f.path)
    every.sort(key=lambda f: (weight(f), f.last), reverse=True)
    return tuple(every)


__all__ = ["edit", "empty", "facts", "known", "read", "remove", "remove_tree", "weight"]
