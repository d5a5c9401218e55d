"""What a sentence looks like to the classifier: runs of common words, with names, code and numbers reduced to what sort of thing they are.

Words outside the vocabulary have no features of their own, so that what is learnt is how things are said, never of what.
"""

from collections.abc import Sequence
from itertools import pairwise

from passdown.extract.prose import Sentence

BUCKETS = 1 << 14
MOST_WORDS, MOST_NEXT, MOST_HEADING = 44, 16, 6  # of a sentence, of the one that follows, of the heading above
MOST_CHARS = 400

START, END, WORD, CODE, NUMBER, MARK = range(6)
FIRST_WORD = 6
STOPS = ",:;.!?)"
_OTHER = frozenset("_/=.(@#$%")


class Features:
    """vocabulary: the words that have features of their own. A feature is one of `BUCKETS` numbers, the same on every machine."""

    def __init__(self, vocabulary: Sequence[str]) -> None:
        self.ids = {word: FIRST_WORD + i for i, word in enumerate((*STOPS, "-", *vocabulary))}
        tables = ([_bucket(salt, i) for i in range(FIRST_WORD + len(self.ids))] for salt in range(1, 9))
        self.alone, self.left, self.right, self.outer, self.inner, self.voiced, self.after, self.above = tables

    def of(self, sentence: Sentence, speaker: str, found: str) -> list[int]:
        """The features of a sentence, in no order, some perhaps twice. found: the kind that the rules see in it, "" for none."""
        said = self.tokens(sentence.mask[:MOST_CHARS])[:MOST_WORDS]
        row = [START, *said, END]
        alone, left, right, outer, inner = self.alone, self.left, self.right, self.outer, self.inner
        voice = _bucket(20, speaker == "user")
        seen = [alone[a] for a in said]
        seen += [left[a] ^ right[b] for a, b in pairwise(row)]
        seen += [outer[a] ^ inner[b] ^ right[c] for a, b, c in zip(row, row[1:], row[2:], strict=False)]
        seen += [outer[a] ^ left[c] for a, c in zip(row, row[2:], strict=False)]
        seen += [self.voiced[a] ^ voice for a in said[:MOST_NEXT]]
        if sentence.next:
            seen += [self.after[a] for a in self.tokens(sentence.next.mask[:MOST_CHARS // 2])[:MOST_NEXT]]
        seen += [self.above[a] for a in self.tokens(sentence.heading[:80].lower())[:MOST_HEADING]]
        return [*seen, voice, _bucket(21, 2 * sentence.item + sentence.first), _bucket(22, min(len(said) // 4, 9)), _bucket(23, sum(map(ord, found)))]

    def tokens(self, mask: str) -> list[int]:
        """The numbers of the words and stops in order; a run of unknown words is one."""
        known, out = self.ids, []
        for piece in mask.split():
            if number := known.get(piece):
                out.append(number)
                continue
            word = piece.rstrip(STOPS)
            bare = word.lstrip("(")
            number = known.get(bare) or _sort(bare)
            if number > NUMBER or not out or out[-1] != number:
                out.append(number)
            out += [known[c] for c in piece[len(word):]]
        return out


def _sort(word: str) -> int:
    if not word:
        return MARK
    if not _OTHER.isdisjoint(word):
        return CODE
    return NUMBER if word[0].isdigit() or word[-1].isdigit() else WORD


def _bucket(salt: int, number: int) -> int:
    value = (number * 0x9E3779B1 ^ salt * 0x85EBCA6B) & 0xFFFFFFFF
    value = (value ^ value >> 15) * 0x2C1B3C6D & 0xFFFFFFFF
    return (value ^ value >> 13) & (BUCKETS - 1)


__all__ = ["BUCKETS", "Features"]
