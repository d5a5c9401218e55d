"""How far a text is about what a settled matter is about, though they may have no word in common (`passdown.guard.likeness` makes the groups of words)."""

import math
from collections.abc import Collection, Mapping, Sequence

HUNDRED = 100
LONG = 0.7  # of a text's words the length that each adds, as if they pointed in different directions
MOST = 5  # entries that a text may be about though they have nothing else in common
SPREAD = 2  # half as much more than the next one is all the difference there may be

Place = Mapping[str, Sequence[int]]  # of each group how far an entry is in it: as a whole, in what was turned down, and in what was chosen
Far = tuple[float, ...]  # how far a text goes to each of these three


class Space:
    """words: of each its groups, `number told …`; groups: of each its entries, `number far …`; both in hundredths."""

    def __init__(self, words: Mapping[str, str], groups: Sequence[str]) -> None:
        self._words, self._groups = words, groups

    def heard(self, terms: Collection[str]) -> "Heard":
        return Heard({term: _pairs(self._words[term]) for term in terms if term in self._words}, math.sqrt(len(terms)))

    def nearest(self, heard: "Heard") -> list[int]:
        """The entries that a text comes nearest to, the nearest first."""
        found: dict[int, int] = {}
        for group, words in heard.by_group.items():
            told = sum(tells for _, tells in words)
            for number, far in _pairs(self._groups[int(group)]):
                found[number] = found.get(number, 0) + told * far
        return sorted(found, key=lambda number: -found[number])[:MOST]


class Heard:
    """What the words of a text point to. by_group: of each group, by its number as text, the words with how much they tell; long: of the text."""

    __slots__ = ("by_group", "long")

    def __init__(self, words: dict[str, list[tuple[int, int]]], long: float) -> None:
        self.long = LONG * long * HUNDRED * HUNDRED
        self.by_group: dict[str, list[tuple[str, int]]] = {}
        for word, own in words.items():
            for group, told in own:
                self.by_group.setdefault(str(group), []).append((word, told))

    def far(self, place: Place) -> Far:
        shared = [(sum(tells for _, tells in self.by_group[group]), place[group]) for group in place.keys() & self.by_group.keys()]
        return tuple(sum(told * own[part] for told, own in shared) / self.long for part in range(3)) if shared else (0.0, 0.0, 0.0)

    def alone(self, place: Place, whole: float) -> float:
        """Share of what a text has in common with a place, that one word has."""
        added: dict[str, int] = {}
        for group in place.keys() & self.by_group.keys():
            for word, tells in self.by_group[group]:
                added[word] = added.get(word, 0) + tells * place[group][0]
        return max(added.values()) / self.long / whole if whole else 0.0


def likenesses(heard: Heard, places: Sequence[Place]) -> list[dict[str, float]]:
    """Figures by name, from 0 to 1, of each place; those of a difference may be below 0. {} where a text points elsewhere."""
    found = [heard.far(place) for place in places]
    whole, out = ([*sorted((far[part] for far in found), reverse=True)[:2], 0.0] for part in (0, 1))
    return [{**_figures(far, whole, out), "like_one": heard.alone(place, far[0])} if far[0] else {} for far, place in zip(found, places, strict=True)]


def _figures(far: Far, whole: Sequence[float], out: Sequence[float]) -> dict[str, float]:
    """whole, out: the two farthest of all entries."""
    return {
        "like": min(1.0, far[0]), "like_out": min(1.0, far[1]), "out_of_both": max(-1.0, min(1.0, far[1] - far[2])), "likest": float(far[0] >= whole[0]),
        "likest_out": float(0 < far[1] >= out[0]), "ahead": _ahead(far[0], whole), "ahead_out": _ahead(far[1], out)}


def _ahead(far: float, best: Sequence[float]) -> float:
    """How much farther than the next one, or nearer than the farthest."""
    return max(-1.0, min(1.0, SPREAD * (far - best[far >= best[0]])))


def _pairs(line: str) -> list[tuple[int, int]]:
    numbers = [*map(int, line.split())]
    return [*zip(numbers[::2], numbers[1::2], strict=False)]


__all__ = ["Space", "likenesses"]
