"""What is said twice: a statement whose words stand together in another line that is said too."""

import re
from collections.abc import Sequence
from functools import lru_cache

from msgspec.structs import replace

from passdown.briefing.candidates import SECTIONS, Candidate
from passdown.briefing.topics import STOP

CUT = re.compile(r"(?<=[.!?…])\s+")
WORD = re.compile(r"[^\W_]{2,}")
SAME = 0.75  # share of a statement's content words, in one sentence
ALIKE = 0.65  # and in all of a line of the same section
LEAST = 3  # content words that a statement needs for that to mean something
# Where a statement may go because another line has it: what stands first is where things are and what comes next.
GIVES_WAY = frozenset(SECTIONS) - {"AFTER THE BREAK", "READ", "RUN"}


def repeated(chosen: Sequence[Candidate]) -> list[Candidate]:
    """Those of the chosen lines that say what another, worthier one says: of two alike the one that is worth less."""
    ranked = sorted(chosen, key=lambda c: (-c.worth, c.section, c.key))
    sentences: list[tuple[str, frozenset[str]]] = []
    lines: list[tuple[str, frozenset[str]]] = []
    out: list[Candidate] = []
    for candidate in ranked:
        own = statement(candidate)
        others = [other for section, other in sentences if may_hold(section, candidate.section)]
        alike = [other for section, other in lines if section == candidate.section]
        if len(own) >= LEAST and (holds(others, own, SAME) or holds(alike, own, ALIKE)):
            out.append(candidate)
            continue
        sentences += [(candidate.section, other) for other in stated(candidate)]
        if own:
            lines.append((candidate.section, own))
    return out


def holds(said: Sequence[frozenset[str]], own: frozenset[str], share: float) -> bool:
    """Whether one of what was said has this share of the words."""
    least = share * len(own)
    return any(least <= len(other) and least <= len(own & other) for other in said)


def stated(candidate: Candidate) -> Sequence[frozenset[str]]:
    """Content words of each sentence of a line; a file states its reason alone, a group nothing."""
    if candidate.group or candidate.section == "RUN":
        return ()
    return by_sentence(candidate.text if candidate.section != "FILES" else candidate.says if candidate.says in candidate.text else "")


@lru_cache(maxsize=1_024)
def by_sentence(text: str) -> Sequence[frozenset[str]]:
    return tuple(words(sentence) for sentence in CUT.split(text))


def statement(candidate: Candidate) -> frozenset[str]:
    """Content words of what the line states; none when it may be said twice, or when its form leaves the statement out."""
    left_out = candidate.section == "FILES" and candidate.says not in candidate.text
    return words(candidate.says) if candidate.says and candidate.section in GIVES_WAY and not left_out else frozenset()


def may_hold(section: str, other: str) -> bool:
    """Whether a line of one section stands for one of another: what comes next is a list of its own, whatever was said at the end."""
    return other != "NEXT" or section == "NEXT"


def shorter(candidate: Candidate) -> Candidate | None:
    """The candidate without the statement: a file with what was done to it. None when it is nothing else."""
    return replace(candidate, text=candidate.middle, says="") if candidate.section == "FILES" and candidate.middle else None


@lru_cache(maxsize=2_048)
def words(text: str) -> frozenset[str]:
    """Without stems: for what is said twice in nearly the same words, and a briefing has many lines."""
    return frozenset(word for word in WORD.findall(text.lower()) if word not in STOP)


__all__ = ["repeated", "shorter"]
