"""Many sayings into one: restatements are folded into the newest, and a new value takes the place of the old one."""

from collections.abc import Iterator, Sequence
from math import ceil

from msgspec.structs import replace

from passdown.extract.prose import mask
from passdown.extract.values import sets_value, setting
from passdown.extract.words import content_words
from passdown.model.record import Record

SAME = 0.75  # Jaccard overlap of content words from which two records of one kind say the same
DONE = 0.8  # share of a task's content words that a report names: then it is the task that was done
LEAST_WORDS = 3  # with fewer content words in common nothing is concluded
MOST_EVIDENCE = 8
MOST_SUPERSEDED = 32  # of one record; an older one is named by one of these

_VALUED = frozenset({"decision", "knowledge"})


def merge(records: Sequence[Record]) -> list[Record]:
    """Records in order of time, the same in number and order but for restatements, which are folded into the newest.

    The newest keeps the evidence of those folded into it. An active decision or piece of knowledge that gives a setting a
    value marks the earlier value of the same setting `superseded`, with `superseded_by`, and names it in `supersedes`. A task
    that a later milestone or successful approach names in nearly all its words is `resolved`.
    Linear in the records but for words that very many of them share.
    """
    return _Merge(records).run()


class _Merge:
    def __init__(self, records: Sequence[Record]) -> None:
        self.records: list[Record | None] = list(records)
        self.words = [frozenset((r.text,)) if r.kind == "command" else content_words(r.text) for r in records]
        counts: dict[str, int] = {}
        for words in self.words:
            for word in words:
                counts[word] = counts.get(word, 0) + 1
        self.counts = counts
        self.index: dict[tuple[str, str], list[int]] = {}
        self.values: dict[str, list[int]] = {}

    def run(self) -> list[Record]:
        for i in range(len(self.records)):
            self.fold(i)
            self.settle(i)
            self.close(i)
        return [r for r in self.records if r is not None]

    def fold(self, i: int) -> None:
        """Takes the earlier sayings of record `i` into it."""
        record = self.records[i]
        if record is None:
            return
        for j in self.alike(i, record.kind):
            older = self.records[j]
            if older is not None and older.status == record.status and self.same(i, j):
                self.records[i] = record = _with_evidence(record, older)
                self.records[j] = None
        for word in self.rarest(i):
            self.index.setdefault((record.kind, word), []).append(i)

    def rarest(self, i: int) -> list[str]:
        """The words under which record `i` stands in the index: of two that overlap by `SAME`, one of these few is common to both."""
        words = sorted(self.words[i], key=lambda w: (self.counts[w], w))
        return words[: len(words) - ceil(SAME * len(words)) + 1]

    def alike(self, i: int, kind: str) -> list[int]:
        found: set[int] = set()
        for word in self.rarest(i):
            found.update(self.index.get((kind, word), ())[-64:])
        return sorted(found)

    def same(self, i: int, j: int) -> bool:
        a, b = self.words[i], self.words[j]
        first, second = self.records[i], self.records[j]
        if first is not None and second is not None and first.id == second.id:
            return True
        if first is not None and first.kind == "command":
            return a == b
        if min(len(a), len(b)) < SAME * max(len(a), len(b)):
            return False
        common = len(a & b)
        return common >= LEAST_WORDS and common >= SAME * len(a | b) and not _differ_in_value(a ^ b)

    def close(self, i: int) -> None:
        """Marks the open tasks that record `i` reports as done `resolved`."""
        record = self.records[i]
        if record is None or not _reports_done(record):
            return
        near = {j for word in self.words[i] for j in self.index.get(("task", word), ())[-64:]}
        for j in near:
            task, words = self.records[j], self.words[j]
            if task is not None and task.status == "active" and len(words & self.words[i]) >= max(LEAST_WORDS, DONE * len(words)):
                self.records[j] = replace(task, status="resolved", updated=record.updated)

    def settle(self, i: int) -> None:
        """Marks what record `i` replaces."""
        record = self.records[i]
        if record is None or record.kind not in _VALUED or record.status != "active" or not sets_value(mask(record.text)):
            return
        words, mine = self.words[i], setting(mask(record.text))
        for j in self.earlier_values(words):
            older = self.records[j]
            if older is not None and older.status == "active" and _same_setting(mine, setting(mask(older.text))):
                self.records[j] = replace(older, status="superseded", superseded_by=record.id)
                record = replace(record, supersedes=(*record.supersedes, older.id))
        self.records[i] = record
        for word in words:
            self.values.setdefault(word, []).append(i)

    def earlier_values(self, words: frozenset[str]) -> Iterator[int]:
        near = {j for word in words for j in self.values.get(word, ())[-32:]}
        return iter(sorted(near))


def _with_evidence(record: Record, older: Record) -> Record:
    evidence = tuple(dict.fromkeys((*record.evidence, *older.evidence)))[:MOST_EVIDENCE]
    folded = (older.id,) if older.session != record.session else ()  # one of another session stands in a file of its own: it must not show twice
    supersedes = tuple(dict.fromkeys((*record.supersedes, *folded, *older.supersedes)))[:MOST_SUPERSEDED]
    return replace(record, evidence=evidence, created=min(record.created, older.created) or record.created, supersedes=supersedes)


def _reports_done(record: Record) -> bool:
    return record.kind == "milestone" or (record.kind == "approach" and record.detail("outcome") == "worked")


def _differ_in_value(words: frozenset[str]) -> bool:
    """Whether what sets two sentences apart is a number, path or name: then they say different things in the same words."""
    return any(any(c.isdigit() for c in w) or "/" in w or "_" in w or "." in w for w in words)


def _same_setting(a: tuple[frozenset[str], frozenset[str]], b: tuple[frozenset[str], frozenset[str]]) -> bool:
    """Whether two values are of settings of one kind and of one thing."""
    (names, thing), (other_names, other) = a, b
    common = len(thing & other)
    return names == other_names and 0 < common >= len(thing ^ other)


__all__ = ["merge"]
