"""How much each session, and each thing within a session, says about what comes next."""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from passdown.model.session import Session

SESSIONS = 60  # older ones weigh nothing that could be seen
ELSEWHERE = 0.3  # of a session on another branch, unless that is where branches come from
TRUNKS = frozenset(("main", "master", "trunk", "develop", "HEAD", ""))
LASTING, LONG = 0.97, 0.9  # decay of what lasts; what each session that touched a thing adds, by that, to the heat of what is not hot
TASK, LASTING_TASK = 0.35, 4.0  # what a session that answers the task best adds, whatever its age, beside 1 of the last one
IN_TASK, LASTING_IN_TASK = 1.0, 3.0  # what being named by the task adds, for a word that no other has
STAYS = 0.5  # of what was touched first in a session, beside what was touched last


class Hot(msgspec.Struct, frozen=True):
    """What counts as hot: the first `surely`, and those with this share of the first one's heat, `most` at most."""

    surely: int
    share: float
    most: int


class Bearing(msgspec.Struct, frozen=True):
    """What the coming session is about, as far as it is known.

    branch: checked out now. relevance: of sessions to the task, 0 to 1, by id. words: of content in the task.
    """

    branch: str = ""
    relevance: Mapping[str, float] = msgspec.field(default_factory=dict)
    words: frozenset[str] = frozenset()


ANYWHERE = Bearing()


class Heat:
    """Heat by key as it adds up over the sessions: near, of what was touched lately, and lasting, of what work comes back to."""

    def __init__(self) -> None:
        self.near: dict[str, float] = {}
        self.lasting: dict[str, float] = {}

    def add(self, key: str, near: float, lasting: float = 0.0) -> None:
        self.near[key] = self.near.get(key, 0.0) + near
        self.lasting[key] = self.lasting.get(key, 0.0) + lasting


def weighted(sessions: Sequence[Session], bearing: Bearing, decay: float) -> Iterator[tuple[int, Session, float, float]]:
    """(age, session, weight, lasting weight), the newest first.

    Each weighs `decay` of the one after it, less on another branch, more when it answers the task. What lasts is what work comes back to: there
    sessions of long ago count nearly as much as the last.
    """
    for age, session in enumerate(sessions[:SESSIONS]):
        away = ELSEWHERE if bearing.branch and session.branch != bearing.branch and session.branch not in TRUNKS else 1.0
        relevance = bearing.relevance.get(session.id, 0.0)
        yield age, session, (decay**age + TASK * relevance) * away, (LASTING**age + LASTING_TASK * relevance) * away


def ranked(near: Mapping[str, float], lasting: Mapping[str, float], hot: Hot) -> list[tuple[str, float, bool]]:
    """(key, share, whether it is hot): first what is hot, by what was touched lately; then the rest, by that and by what lasts.

    share: of the heat of the first of its part, 1 for that.
    """
    first = sorted(near, key=lambda k: (-near[k], k))
    head = [k for rank, k in enumerate(first[: hot.most]) if rank < hot.surely or near[k] >= hot.share * near[first[0]]]
    heat = {k: near[k] + LONG * lasting[k] for k in first if k not in set(head)}
    rest = sorted(heat, key=lambda k: (-heat[k], k))
    return [*((k, near[k] / near[first[0]], True) for k in head), *((k, heat[k] / heat[rest[0]], False) for k in rest)]


def named(names: Mapping[str, frozenset[str]], task: frozenset[str]) -> dict[str, float]:
    """How much the words of a name are those of the task: each counts by how few of the names have it. names: their words, by key. Zeros are left out."""
    shared = Counter(word for words in names.values() for word in words & task)
    top = math.log(len(names) + 1)
    rare = {word: math.log((len(names) + 1) / count) / top for word, count in shared.items()}
    return {key: sum(rare[word] for word in words & task) for key, words in names.items() if words & task}


def late(rank: int, span: float) -> float:
    """Weight of the thing touched `rank` things before the last one."""
    return STAYS + (1 - STAYS) * math.exp(-rank / span)


def often(count: float) -> float:
    """Weight of having done something `count` times, more than 0."""
    return 1 + 0.5 * math.log(max(1.0, count))


__all__ = ["ANYWHERE", "IN_TASK", "LASTING_IN_TASK", "Bearing", "Heat", "Hot", "late", "named", "often", "ranked", "weighted"]
