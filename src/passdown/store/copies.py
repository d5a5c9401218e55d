"""Published copies: which of two texts that differ is the newer one.

For each record that was ever published, the private store keeps the hashes of all texts its copy was given (`published/<id>`). So a copy is either
as we once wrote it, or edited (by hand, or by a teammate through git); and so is the private file:

| copy | private file | |
|---|---|---|
| ours | ours | `stale`: another branch or worktree; both are right where they are |
| edited | ours | `edited`: taken into the private store |
| ours | edited | `behind`: written anew from the private file |
| edited | edited | `conflict`: both are kept, a finding says so |
| gone | any | `missing`: a stash, clean or branch switch took it; it is offered back |
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import msgspec

from passdown import files
from passdown.errors import Conflict
from passdown.model.finding import Finding
from passdown.model.ids import ID
from passdown.model.record import KINDS
from passdown.store.layout import Layout
from passdown.store.reading import FORGOTTEN

State = Literal["same", "stale", "edited", "behind", "conflict", "missing"]


class Pair(msgspec.Struct, frozen=True):
    """A private record and its copy, with the state of the table above."""

    record_id: str
    private: Path
    copy: Path
    state: State


def known_texts(layout: Layout, record_id: str) -> frozenset[str]:
    """Hashes of all texts that the copy of a record was given."""
    found = files.read(layout.texts_published(record_id)) or b""
    return frozenset() if found == FORGOTTEN else frozenset(found.decode("ascii", "ignore").split())


def remember(layout: Layout, record_id: str, *hashes: str) -> None:
    """Before a copy is written: a hash too many does no harm, a missing one would make our own text look edited."""
    known = known_texts(layout, record_id)
    if not known.issuperset(hashes):
        lines = "".join(f"{line}\n" for line in sorted(known.union(hashes)))
        files.write_bytes(layout.texts_published(record_id), lines.encode("ascii"))


def remember_and_compare(layout: Layout, record_id: str, private: str, copy: str | None) -> bool:
    """Whether the copy has the private text already. Raises `Conflict` when it has a text that is not ours."""
    if copy not in {None, private, *known_texts(layout, record_id)}:
        raise Conflict(where=str(record_id))
    remember(layout, record_id, private)
    return copy == private


def state(private: str, copy: str | None, known: frozenset[str]) -> State:
    """See the table; the hashes are those of the present contents."""
    if copy == private:
        return "same"
    if copy is None:
        return "missing"
    if copy in known:
        return "stale" if private in known else "behind"
    return "edited" if private in known else "conflict"


def pairs(layout: Layout) -> Iterator[Pair]:
    """Every published record of the private store, in order of ids, whether its copy is here or not."""
    folder = layout.texts_published("0" * 16).parent
    if layout.shared is None or not folder.is_dir():
        return
    for name in sorted(path.name for path in folder.iterdir() if ID.fullmatch(path.name)):
        known = known_texts(layout, name)
        if known and (pair := _pair(layout, name, known)):
            yield pair


def finding(pair: Pair) -> Finding | None:
    """What `doctor` says about a pair; None when both are the same."""
    where, fix = str(pair.copy), f"passdown share {pair.record_id}"
    match pair.state:
        case "same":
            return None
        case "missing":
            return Finding("copy-missing", "info", where, "The published copy is not in this work tree; the record is safe.", fix)
        case "stale":
            return Finding("copy-stale", "info", where, "The published copy is of another version, as after a change of branch.", fix)
        case "edited":
            return Finding("copy-taken-in", "info", where, "The published copy was edited; the record has its text now.", "passdown undo")
        case "behind":
            return Finding("copy-renewed", "info", where, "The record was edited in the private store; its published copy has the text now.")
        case "conflict":
            return Finding("copy-conflict", "error", where, f"Both the published copy and {pair.private} were edited; both were kept.", "Make them equal.")


def _pair(layout: Layout, record_id: str, known: frozenset[str]) -> Pair | None:
    homes = [(layout.record(kind, record_id), layout.copy(kind, record_id)) for kind in KINDS]
    private = next((home for home, _ in homes if home.is_file()), None)
    if private is None:
        return None
    at_home = next((copy for home, copy in homes if home == private), None)
    copy = next((copy for _, copy in homes if copy and copy.is_file()), at_home)
    assert copy
    return Pair(record_id, private, copy, state(files.hash_of(private) or "", files.hash_of(copy), known))


__all__ = ["Pair", "State", "finding", "known_texts", "pairs", "remember", "remember_and_compare", "state"]
