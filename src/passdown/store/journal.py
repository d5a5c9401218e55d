"""The journal: one immutable file an operation, with the text of every changed file before and after.

An operation on several files is all or nothing. `carry_out` writes it to `journal/pending.json` first, changes the files, and renames it to
its number: the rename is the moment at which it counts. A crash before leaves `pending.json`, and whoever takes the lock next restores every
text that it had replaced (`recover`): nobody was told that the operation was done. A full disk or any other error does the same at once.

Adding one record needs no such care, since one exclusive create is all or nothing by itself: its operation is written before the record
without syncing (`begin_note`), so that an acknowledged note costs one synced file and not two. What a crash can leave is an operation whose record is
not there, which undo passes over, or, after power loss, a record whose operation is gone, which undo does not know; never the loss of a record.

Numbers order the operations, not the clock, which can stand still or go back.
"""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec

from passdown import files
from passdown.errors import Conflict, NothingToUndo, PassdownError
from passdown.model.count import count
from passdown.model.ids import content_hash
from passdown.model.text import RedactedText
from passdown.store.layout import Layout

FORGET = "forget"  # leaves gaps in the numbers, so the hint is written behind it
HINT_EVERY = 64
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


class Change(msgspec.Struct, frozen=True):
    """One file. path: as `Layout.name_of` names it. before, after: its text, None for no file.

    was: content hash of what stood there: differs from that of `before` when a hand had put a secret in, since only redacted text is kept.
    """

    path: str
    before: RedactedText | None = None
    after: RedactedText | None = None
    was: str | None = None


class Operation(msgspec.Struct, frozen=True):
    """number: 1, 2, … in order. at: UTC ISO, "" when not known. verb: the command. undoes: number of the operation that this one took back, or 0."""

    number: int
    verb: str
    at: str = ""
    changes: tuple[Change, ...] = ()
    undoes: int = 0


class Journal:
    """The operations of one store. Whatever changes files is called inside `exclusive`."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._last = 0

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Hold the writers' lock, with nothing left unfinished. Not re-entrant. Raises `Locked`, `WriteFailed`."""
        with files.lock(self._layout.lock):
            self.recover()
            yield

    def operations(self) -> Iterator[Operation]:
        """Finished ones, the newest first. A file that does not read (a note's, torn by power loss) is passed over."""
        for number in sorted(self._numbers(), reverse=True):
            if operation := _read(self._layout.operation(number)):
                yield operation

    def carry_out(self, verb: str, at: str, changes: Sequence[Change], undoes: int = 0) -> Operation:
        """Make all changes, or none. Raises what `files` raises."""
        operation = Operation(self._next_number(), verb, at, tuple(changes), undoes)
        try:
            files.write_bytes(self._layout.pending, _encoded(operation))
            for change in operation.changes:
                self._apply(change)
            files.move(self._layout.pending, self._layout.operation(operation.number))
        except PassdownError:
            self._abandon(operation)
            raise
        self._remember(operation.number, write=verb == FORGET or operation.number % HINT_EVERY == 0)
        return operation

    def begin_note(self, verb: str, at: str, change: Change) -> Operation:
        """Write down, without syncing, that one file is about to be created. Follow with `end_note`."""
        operation = Operation(self._next_number(), verb, at, (change,))
        files.append(self._layout.operation(operation.number), _encoded(operation), 0, durable=False)
        return operation

    def end_note(self, operation: Operation, *, done: bool) -> None:
        """Keep what `begin_note` wrote, or drop it when the file could not be created."""
        if done:
            self._remember(operation.number, write=operation.number % HINT_EVERY == 0)
            return
        with suppress(PassdownError):
            files.remove(self._layout.operation(operation.number), durable=False)

    def recover(self) -> Operation | None:
        """Take back an operation that was never finished; return it. Files that no longer hold what it wrote are left alone."""
        pending = self._layout.pending
        if not pending.exists():
            return None
        operation = _read(pending)
        for change in reversed(operation.changes if operation else ()):
            self._restore(change)
        files.remove(pending)
        return operation

    def take_back(self, number: int = 0, at: str = "") -> Operation:
        """Undo operation `number`, or the last one that is neither an undo nor undone; return the operation that did it.

        An undo is undone by its number. Nothing is taken back across a `forget`. Raises `NothingToUndo`; `Conflict` when a private file is no
        longer as the operation left it, or a published copy is neither that nor as it was before.
        """
        operation = self._wanted(number)
        changes = [back for change in reversed(operation.changes) if (back := self._back(change))]
        return self.carry_out("undo", at, changes, operation.number)

    def forget(self, word: str, at: str = "") -> None:
        """Remove every operation in which `word` (a record id) occurs, and write down that something was forgotten, not what."""
        needle = word.encode()
        for number in self._numbers():
            path = self._layout.operation(number)
            if needle in (files.read(path) or b""):
                files.remove(path)
        self.carry_out(FORGET, at, ())

    def _numbers(self) -> list[int]:
        try:
            return [int(path.stem) for path in self._layout.journal.iterdir() if path.suffix == ".json" and path.stem.isdecimal()]
        except FileNotFoundError:
            return []

    def _next_number(self) -> int:
        """The first free one behind the last that is known; the numbers behind a hint have no gaps."""
        number = max(self._last, self._hint()) or max(self._numbers(), default=0)
        while self._layout.operation(number + 1).exists():
            number += 1
        return number + 1

    def _hint(self) -> int:
        hint = files.read(self._layout.last_operation) or b""
        return count(hint.decode("ascii", "replace")) or 0

    def _remember(self, number: int, *, write: bool) -> None:
        """Only to save time: without the hint, the folder is listed."""
        self._last = number
        if write:
            with suppress(PassdownError):
                files.write_bytes(self._layout.last_operation, b"%d" % number, durable=False)

    def _apply(self, change: Change) -> None:
        path = self._layout.path_of(change.path)
        if path is None:
            return
        if change.after is None:
            files.remove(self._layout.writable(path))
        else:
            files.write(self._layout.writable(path), change.after, expected=change.was, mode=_mode(change))

    def _restore(self, change: Change) -> None:
        path = self._layout.path_of(change.path)
        if path is None or files.hash_of(path) != _hash(change.after):
            return
        if change.before is None:
            files.remove(path)
        else:
            files.write(self._layout.writable(path), change.before, mode=_mode(change))

    def _abandon(self, operation: Operation) -> None:
        """Take back what was done; when even that fails, the next one under the lock does it."""
        with suppress(PassdownError, OSError):
            finished = self._layout.operation(operation.number)
            if finished.exists():
                files.move(finished, self._layout.pending)
            self.recover()

    def _wanted(self, number: int) -> Operation:
        undone: set[int] = set()
        for operation in self.operations():
            if operation.verb == FORGET:
                break
            if operation.number not in undone and operation.undoes:
                undone.add(operation.undoes)
            if operation.number == number if number else self._can_be_undone(operation, undone):
                return operation
        raise NothingToUndo

    def _can_be_undone(self, operation: Operation, undone: set[int]) -> bool:
        return not operation.undoes and operation.number not in undone and any(map(self._in_effect, operation.changes))

    def _in_effect(self, change: Change) -> bool:
        """False for the creation of a file that is not there: it was never finished, or somebody has removed the file since."""
        path = self._layout.path_of(change.path)
        return path is not None and (change.before is not None or path.exists())

    def _back(self, change: Change) -> Change | None:
        path = self._layout.path_of(change.path)
        if path is None:
            return None
        present = files.hash_of(path)
        if present == _hash(change.after):
            return Change(change.path, change.after, change.before, present)
        if change.path.startswith("shared:") and present in {None, _hash(change.before)}:
            return None  # another branch or worktree, or a stash took the copy
        raise Conflict(where=str(path))


def _hash(text: str | None) -> str | None:
    return None if text is None else content_hash(text)


def _mode(change: Change) -> int:
    return files.PUBLIC if change.path.startswith("shared:") else files.PRIVATE


def _encoded(operation: Operation) -> bytes:
    changes = [{"path": c.path, "before": c.before, "after": c.after, "was": c.was} for c in operation.changes]
    facts = {"number": operation.number, "verb": operation.verb, "at": operation.at, "changes": changes, "undoes": operation.undoes}
    return _ENCODER.encode(facts).encode("utf-8", "replace")


def _read(path: Path) -> Operation | None:
    try:
        found = json.loads(files.read(path) or b"")
        changes = tuple(Change(**change) for change in found.pop("changes"))
        return Operation(**found, changes=changes)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


__all__ = ["FORGET", "Change", "Journal", "Operation"]
