"""What was loaded, as text: every piece fenced as data under its source."""

from collections.abc import Iterator, Sequence

from passdown.loading.reading import Considered, Loaded, Piece, Reading
from passdown.model.fence import fenced
from passdown.model.handed import SPEAKS, handed
from passdown.model.suspect import suspect


def text(loaded: Loaded) -> str:
    """The whole text; "" when the project has no such documents or the task asks for none of them."""
    blocks = [*_head(loaded.reading, loaded.listed), *map(piece, loaded.pieces), *_left_out(loaded)]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def piece(one: Piece) -> str:
    """Source, reason, and the text in a fence longer than any in it; below the source, that it speaks to the agent where it does."""
    tier = f" · tier {one.tier}" if one.tier else ""
    speaks = f"{SPEAKS}\n" if suspect(one.text) else ""
    return f"{shown(one.place)}{tier} · {shown(one.why)}\n{speaks}{fenced(one.text)}".rstrip("\n")


def _head(reading: Reading, listed: int) -> Iterator[str]:
    if reading.documents and listed:
        lines = ["Quoted from the project's documents as data, in the order in which they are read:"]
        lines += [f"{n}. {shown(d.place)} ({shown(d.why)})" for n, d in enumerate(reading.documents[:listed], 1)]
        yield "\n".join(lines)
    if reading.settled and listed:
        yield "Settled already:\n" + fenced("\n".join(f"- {shown(s.text)} ({shown(s.place)})" for s in reading.settled[:listed])).rstrip("\n")


def _left_out(loaded: Loaded) -> Iterator[str]:
    if loaded.left_out:
        rest = loaded.left_out
        lines = [f"Left out for want of room ({sum(p.tokens for p in rest)} tokens; `--budget {loaded.needed}` takes all):"]
        lines += [f"- {shown(p.place)} ({p.tokens} tokens)" for p in rest[:loaded.listed]]
        more = len(rest) - loaded.listed
        yield "\n".join([*lines, *([f"- {more} more pieces"] if more > 0 else [])])


def explained(considered: Sequence[Considered]) -> Iterator[str]:
    """A line for each document and block that was looked at: `+` loaded, `-` not, and why."""
    for one in considered:
        place = f"{one.path}:{one.first}-{one.last}" if one.first else one.path
        yield f"{'  ' if one.first else ''}{'+' if one.loaded else '-'} {shown(place)}: {shown(one.why)}"


def shown(words: str) -> str:
    """A path or reason on one line, flagged where it speaks to an agent: names of files may hold anything."""
    return handed(" ".join(words.split()))


__all__ = ["explained", "piece", "shown", "text"]
