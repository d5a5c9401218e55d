"""What somebody has kept or rejected is not extracted again, whichever extractor or session says it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import ceil

from msgspec.structs import replace

from passdown.extract.words import content_words
from passdown.model.record import Record

REVIEW, REJECTED = "review", "rejected"  # the detail, and its value, of a record that was rejected; its status is `archived`
SAME = 0.75  # overlap of content words from which two records of one kind say the same
WITHIN = 0.8  # of the words of the shorter of two quotes of one event: another extractor cut the sentence otherwise
LEAST_WORDS = 3  # with fewer in common only the same quote is the same


def rejected(record: Record) -> bool:
    return record.details.get(REVIEW) == REJECTED


class Judged:
    """Records that were kept on purpose or rejected, to be asked which of them an extracted one says again."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._records = [(r, content_words(r.text)) for r in records]
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._by_quote: dict[str, int] = {}
        self._by_place: dict[tuple[str, int], list[int]] = defaultdict(list)
        for number, (record, words) in enumerate(self._records):
            for word in words:
                self._by_word[word].append(number)
            for evidence in record.evidence:
                self._by_quote[evidence.quote] = number
                self._by_place[evidence.session, evidence.event].append(number)

    def again(self, record: Record) -> Record | None:
        """`record` marked as superseded by what it says again: the same quote, the same sentence cut otherwise, or nearly the same words; else None."""
        if not record.extractor or record.trust != "extracted" or record.status != "active" or rejected(record):
            return None
        said = next((other for number in self._same(record) if (other := self._records[number][0]).id != record.id), None)
        return replace(record, status="superseded", superseded_by=said.id) if said else None

    def _same(self, record: Record) -> Iterator[int]:
        yield from (self._by_quote[e.quote] for e in record.evidence if e.quote in self._by_quote)
        words = content_words(record.text)
        beside = {n for e in record.evidence for n in self._by_place.get((e.session, e.event), ())}
        yield from (n for n in sorted(beside) if self._overlaps(words, n, lambda other: WITHIN * min(len(words), len(other))))
        near = {n for word in self._rarest(words) for n in self._by_word.get(word, ())}
        yield from (n for n in sorted(near) if self._records[n][0].kind == record.kind and self._alike(words, n))

    def _rarest(self, words: frozenset[str]) -> list[str]:
        """So many words that one of them is in common with every text that overlaps by `SAME`."""
        ranked = sorted(words, key=lambda word: (len(self._by_word.get(word, ())), word))
        return ranked[: len(ranked) - ceil(SAME * len(ranked)) + 1]

    def _alike(self, words: frozenset[str], number: int) -> bool:
        others = self._records[number][1]
        return self._overlaps(words, number, lambda other: SAME * len(words | other)) and not any(map(_valued, words ^ others))

    def _overlaps(self, words: frozenset[str], number: int, least: Callable[[frozenset[str]], float]) -> bool:
        others = self._records[number][1]
        common = len(words & others)
        return common >= LEAST_WORDS and common >= least(others)


def _valued(word: str) -> bool:
    """Whether it is a number or a name: sentences that differ in one say different things in the same words."""
    return any(c.isdigit() or c in "/_." for c in word)


def revived(superseded: Sequence[Record], active: Mapping[str, Record]) -> list[Record]:
    """Of the superseded extracted records those whose successor was judged no longer: the judgement was undone."""
    def stands(record: Record) -> bool:
        successor = active.get(record.superseded_by)
        return successor is None or successor.trust != "extracted" or record.id in successor.supersedes

    return [replace(r, status="active", superseded_by="") for r in superseded if r.extractor and r.trust == "extracted" and not stands(r)]


__all__ = ["REJECTED", "REVIEW", "Judged", "rejected", "revived"]
