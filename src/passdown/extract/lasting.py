"""What of a message is worth more than a minute: not what somebody thinks aloud, proposes or takes back; a fault goes with what mended it."""

import re
from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from passdown.extract.base import TEXT_CHARS, Candidate, Context, words
from passdown.extract.passing import at_once, faulty, fixed, mends, muses, reports, takes_back, wants_agreement
from passdown.extract.prose import Sentence

NEAR = 3  # sentences behind a fault in which it is said how it is mended
END = 2  # sentences at a message's end of which one asks the user to agree
LEAST_WORDS = 6  # of a sentence that says by what something was fixed

_SUPPOSES = re.compile(r"\W*(?:and |but )?(?:if|suppose|assuming)\b")  # what follows in the same paragraph holds under it

Found = tuple[int, Candidate]


def lasting(found: Sequence[Found], told: Sequence[Sentence], context: Context) -> Iterator[Found]:
    """Of the records found in a message those that last, in order; told: its sentences, by number."""
    if context.user:
        yield from ((at, c) for at, c in found if c.kind != "decision" or not at_once(told[at].mask))
    elif context.speaker != "agent":
        yield from found
    else:
        proposed = any(wants_agreement(sentence.mask) for sentence in told[-END:])
        kept = [(at, c) for at, c in found if not _passes(c, told, at) and not (proposed and c.kind == "decision")]
        yield from _mended(kept, told)


def _passes(candidate: Candidate, told: Sequence[Sentence], at: int) -> bool:
    """Whether it is gone with the next sentence, or was none to begin with."""
    if candidate.kind not in ("knowledge", "decision"):
        return False
    mask, behind = told[at].mask, at + 1 + candidate.taken
    if behind < len(told) and takes_back(told[behind].mask):
        return True
    return candidate.kind == "knowledge" and (muses(mask) or reports(mask) or _supposed(told, at))


def _supposed(told: Sequence[Sentence], at: int) -> bool:
    """Whether a sentence before it in its paragraph makes it conditional."""
    return not told[at].first and bool(_SUPPOSES.match(told[at - 1].mask))


def _mended(found: Sequence[Found], told: Sequence[Sentence]) -> Iterator[Found]:
    """A fault and the fix that is told behind it are one approach that worked."""
    fixes = {at: c for at, c in found if c.named == "worked"}
    used: set[int] = set()
    for at, candidate in found:
        if at in used:
            continue
        if candidate.kind != "knowledge" or not faulty(candidate.text.lower()):
            yield at, candidate
            continue
        behind = range(at + 1 + candidate.taken, min(len(told), at + 1 + candidate.taken + NEAR))
        fix = next((n for n in behind if n in fixes or (fixed(told[n].mask) and words(told[n].mask) >= LEAST_WORDS)), None)
        whole = _with_fix(candidate, fixes[fix].text if fix in fixes else told[fix].text) if fix is not None else None
        if whole and fix is not None:
            used.add(fix)
            yield at, whole
        else:
            yield at, replace(candidate, fault=True, soon=any(mends(told[n].mask) for n in behind))


def _with_fix(cause: Candidate, fix: str) -> Candidate | None:
    """The approach that worked: what was wrong, and what put it right; None when that is too long."""
    text = f"{cause.text}\n{fix}"
    return Candidate("approach", text, {"outcome": "worked", "why": cause.text.split("\n")[0]}) if len(text) <= TEXT_CHARS else None


__all__ = ["lasting"]
