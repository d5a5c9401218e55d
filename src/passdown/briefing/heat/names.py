"""Names of code that the work is about, in the sentences that say why they matter."""

import re
from collections.abc import Mapping, Sequence
from heapq import heapify, heappop, heapreplace

import msgspec
from msgspec.structs import replace

from passdown.briefing.heat.recency import ANYWHERE, IN_TASK, Bearing, named, often, weighted
from passdown.briefing.platform import general
from passdown.briefing.topics import content
from passdown.model.session import Session

DECAY = 0.7
LINE = 8  # characters that a line costs beside its words
MOST = 9  # sentences
OF_ONE_NAME = 2
ABOUT, DONE = 1.3, 0.6
ABOUT_IT = re.compile(r"\W{0,3}(?:the |an? )?`")
DONE_ONCE = re.compile(
    r"(?:re-?)?(?:added|removed|updated|changed|replaced|renamed|moved|fixed|set|pass|reuse|goal|replace|rename|add|remove|update|conflict|step)\b",
    re.IGNORECASE)


class Sentence(msgspec.Struct, frozen=True):
    """text: verbatim. share: of the heat a character that the first one has. names: those it was chosen for. age: of its session; at: when that ended."""

    text: str
    share: float
    names: tuple[str, ...]
    age: int
    at: str


def sentences(sessions: Sequence[Session], heat: Mapping[str, float], bearing: Bearing = ANYWHERE) -> list[Sentence]:
    """The sentences that say most about the hottest names in the least room, the best first; each adds a name that those before it do not have.

    heat: of the names, see `heats`.
    """
    about: dict[str, set[str]] = {}
    told: dict[str, tuple[int, str]] = {}
    kept: dict[str, int] = {}
    for age, session, _, _ in weighted(sessions, bearing, DECAY):
        for fact in session.names:
            if fact.said and fact.name in heat and kept.get(fact.name, 0) < OF_ONE_NAME:
                kept[fact.name] = kept.get(fact.name, 0) + 1
                about.setdefault(fact.said, set()).add(fact.name)
                told.setdefault(fact.said, (age, session.ended))
    return covering(heat, about, told)


def heats(sessions: Sequence[Session], bearing: Bearing = ANYWHERE) -> dict[str, float]:
    """Heat of each name of the project's code: recency times how often it was spoken of or typed, and whether the task has its words."""
    heat: dict[str, float] = {}
    for _, session, weight, _ in weighted(sessions, bearing, DECAY):
        for fact in session.names:
            heat[fact.name] = heat.get(fact.name, 0.0) + weight * often(fact.uses)
    heat = {name: value for name, value in heat.items() if not general(name)}
    if bearing.words:
        for name, share in named({name: content(name) for name in heat}, bearing.words).items():
            heat[name] += IN_TASK * share
    return heat


def covering(heat: Mapping[str, float], about: dict[str, set[str]], told: dict[str, tuple[int, str]]) -> list[Sentence]:
    """The next sentence is the one with most heat a character that nothing before it has said.

    What a sentence adds only shrinks as others are chosen, so only the one at the top of the heap has to be weighed again.
    """
    covered: set[str] = set()
    heap = [(-density(said, names, heat), said) for said, names in about.items()]
    heapify(heap)
    out: list[Sentence] = []
    while heap and len(out) < MOST:
        worth, said = heap[0]
        now = density(said, about[said] - covered, heat)
        if now < -worth:
            heapreplace(heap, (-now, said))
            continue
        if now <= 0:
            break
        heappop(heap)
        out.append(Sentence(said, now, tuple(sorted(about[said] - covered)), *told[said]))
        covered |= about[said]
    return [replace(s, share=s.share / out[0].share) for s in out]


def density(said: str, names: set[str], heat: Mapping[str, float]) -> float:
    """Heat a character of what a sentence adds; what is said of a thing is worth more than what was done to it once."""
    return sum(heat[name] for name in names) / (len(said) + LINE) * (ABOUT if ABOUT_IT.match(said) else DONE if DONE_ONCE.match(said) else 1.0)


__all__ = ["Sentence", "heats", "sentences"]
