"""Both systems together: what to read, and what of it fits."""

from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from passdown.loading import context, memory, render
from passdown.loading.intervals import Intervals
from passdown.loading.pack import joined, pack
from passdown.loading.reading import Considered, Document, Loaded, Piece, Reading
from passdown.loading.sources import Cost, Sources
from passdown.loading.words import task_of

HEADROOM = 40  # tokens of the lines that say what was left out
PACKINGS = 6  # tries to come down to the budget
LISTED = 12, 4, 1, 0


def loaded(memories: Sequence[str], others: Iterable[str], sources: Sources, task: str, cost: Cost, budget: int) -> Loaded:
    """What a task loads. memories: paths that may be memory documents; others: that may belong to a session context. budget: tokens of the rendered text."""
    about = task_of(task)
    of_context = context.select(others, sources, about, cost)
    of_memory = memory.select(memories, sources, about, cost)
    pieces = list(_once([*of_context.pieces, *of_memory.pieces], cost))
    reading = Reading((*of_context.documents, *_documents(of_memory, of_context.documents)), (*of_context.findings, *of_memory.findings),
                      of_context.scenario, of_context.phase, of_context.settled)
    considered = (*(Considered(d.path, d.first, d.last, True, d.why) for d in of_context.documents), *of_memory.considered)
    return _fitted(Loaded((), (), considered, reading, budget), pieces, cost)


def _fitted(empty: Loaded, pieces: Sequence[Piece], cost: Cost) -> Loaded:
    """As much as comes out within the budget when it is rendered: all of it, else with shorter and shorter lists of what there is."""
    done = _counted(replace(empty, pieces=tuple(joined(pieces))), cost)
    if done.tokens <= empty.budget:
        return replace(done, needed=done.tokens)
    empty = replace(empty, needed=done.tokens)
    for listed in LISTED:
        done = _packed(replace(empty, listed=listed), pieces, cost)
        if done.tokens <= empty.budget:
            break
    return done


def _packed(empty: Loaded, pieces: Sequence[Piece], cost: Cost) -> Loaded:
    room = empty.budget - _counted(empty, cost).tokens - HEADROOM
    for _ in range(PACKINGS):
        kept, out = pack(pieces, max(0, room), cost)
        done = _counted(replace(empty, pieces=tuple(joined(kept)), left_out=tuple(joined(out))), cost)
        if done.tokens <= empty.budget or not kept:
            break
        room = min(room, done.tokens) - (done.tokens - empty.budget) - HEADROOM
    return done


def _counted(done: Loaded, cost: Cost) -> Loaded:
    text = render.text(done)
    return replace(done, tokens=cost(text) if text else 0)


def _once(pieces: Iterable[Piece], cost: Cost) -> Iterator[Piece]:
    """Each line of a document once, where it comes first."""
    taken: dict[str, Intervals] = {}
    for piece in pieces:
        lines = piece.text.split("\n")
        for first, stop in taken.setdefault(piece.path, Intervals()).add(piece.first, piece.last + 1):
            text = "\n".join(lines[first - piece.first: stop - piece.first])
            if text.strip():
                yield piece if (first, stop) == (piece.first, piece.last + 1) else replace(piece, first=first, last=stop - 1, text=text, tokens=cost(text))


def _documents(chosen: memory.Selection, before: Sequence[Document]) -> Iterator[Document]:
    """The memory documents of a selection that are not named before: whole ones as such, of the others the first stretch."""
    named = {d.path for d in before}
    for path in dict.fromkeys(p.path for p in chosen.pieces if p.path not in named):
        own = [p for p in chosen.pieces if p.path == path]
        yield Document(path, min(own, key=lambda p: p.rank).why, sum(p.tokens for p in own), own[0].tier)


__all__ = ["loaded"]
