"""What a settled matter is about, as a point in a space of groups of words: the concepts of the lexicon, the lines of `fields.txt`, and each word by itself.

So a text can be about the same without a word in common. `hooks.guarding.likeness` holds a text against it.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from passdown.guard.concepts import lexicon
from passdown.guard.settled import SCALE, Entry
from passdown.hooks.guarding.words import STOP, terms

SHARP = 3  # a word of few groups tells more than one of many: the power to which its rareness among them counts
OWN = 0.45  # what a word by itself tells, beside what its groups do
MOST = 48  # groups of an entry
COMMONEST, FEW = 0.06, 8  # share of all entries above which a group tells nothing; entries in which any may stand

About = dict[str, list[int]]  # by group: as a whole, in what was turned down, and in what was chosen
Place = Mapping[str, float]  # how far something is in the direction of each group


@cache
def groups() -> Mapping[str, Place]:
    """Of each word the groups in which it stands, with how much it tells there, from 0 to 1."""
    lines = files("passdown.guard").joinpath("fields.txt").read_text("utf-8").splitlines()
    found = {f"+{line.partition(':')[0]}": line for line in lines if line[:1] not in ("", "#")}
    found |= {name: f"{name} {' '.join(forms)}" for name, forms in lexicon().concepts.items()}
    members = {name: speaking(text.replace("-", " ")) for name, text in found.items()}
    stands: dict[str, list[str]] = {}
    for name, words in members.items():
        for word in words:
            stands.setdefault(word, []).append(name)
    return {word: dict.fromkeys(names, (math.log(len(members) / len(names)) / math.log(len(members))) ** SHARP) for word, names in stands.items()}


def speaking(text: str) -> list[str]:
    """The terms of a text that say something."""
    return [term for term in terms(text) if term not in STOP and any(c.isalpha() for c in term)]


def around(word: str) -> Place:
    """The groups of a word, itself among them."""
    return {**groups().get(word, {}), f"={word}": OWN}


def place(words: Mapping[str, float]) -> Place:
    """Where words of these weights are, at a distance of 1; {} for none."""
    found: dict[str, float] = {}
    for word, weight in words.items():
        for group, told in around(word).items():
            found[group] = found.get(group, 0.0) + weight * told
    long = math.sqrt(sum(far * far for far in found.values()))
    return {group: far / long for group, far in found.items()} if long else {}


def places(entry: Entry) -> tuple[Place, Place, Place]:
    """Of an entry as a whole, of what was turned down, and of what was chosen, in the `MOST` directions in which the whole is farthest."""
    out = {term: weight / SCALE for phrase in entry.out for of, weight in phrase for term in of}
    chosen = {term: weight / SCALE for term, weight in entry.chosen}
    whole = place({term: weight / SCALE for term, weight in entry.topic} | chosen | out)
    kept = dict(sorted(whole.items(), key=lambda one: (-one[1], one[0]))[:MOST])
    of_out, of_chosen = ({group: far for group, far in place(part).items() if group in kept} for part in (out, chosen))
    return kept, of_out, of_chosen


def rendered(found: Sequence[Entry]) -> tuple[list[str], list[str], list[About]]:
    """Each word with the numbers of its groups and what it tells there, each group with the entries and how far they are in it, and of each entry its place.

    All in hundredths. A group in which many entries stand tells nothing.
    """
    if not found:  # the groups take 0.1 s to read
        return [], [], []
    known = [places(entry) for entry in found]
    counts = Counter(group for whole, *_ in known for group in whole)
    numbers = {group: n for n, group in enumerate(g for g, count in counts.items() if count <= max(FEW, COMMONEST * len(found)))}
    about = [{str(numbers[group]): [round(SCALE * part.get(group, 0.0)) for part in own] for group in own[0] if group in numbers} for own in known]
    rows: list[list[str]] = [[] for _ in numbers]
    for at, place_ in enumerate(about):
        for group, (far, *_) in place_.items():
            rows[int(group)].append(f"{at} {far}")
    words = {word for word in groups() if not numbers.keys().isdisjoint(around(word))} | {group[1:] for group in numbers if group.startswith("=")}
    told = {word: " ".join(f"{numbers[g]} {round(SCALE * t)}" for g, t in around(word).items() if g in numbers and round(SCALE * t)) for word in words}
    return [f"{word}\t{own}" for word, own in sorted(told.items()) if own], [" ".join(row) for row in rows], about


__all__ = ["About", "rendered"]
