"""Many sayings into one: restatements are folded into the newest, and a new value takes the place of the old one."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from math import ceil

from msgspec.structs import replace

from passdown.extract.commands import core, purpose
from passdown.extract.prose import mask
from passdown.extract.values import sets_value, setting
from passdown.extract.words import content_words
from passdown.model.record import Record

SAME = 0.75  # Jaccard overlap of content words from which two records of one kind say the same
DONE = 0.8  # share of a task's content words that a report names: then it is the task that was done
LEAST_WORDS = 3  # with fewer content words in common nothing is concluded
MOST_EVIDENCE = 8
MOST_SUPERSEDED = 32  # of one record; an older one is named by one of these

REVERSED = 0.5  # share of a reversal's content words that name the decision which it takes back

# Kinds in which one sentence may be said twice; the first of these that it was said as is what it is.
_STRENGTH = ("decision", "knowledge", "lesson")
# The user comes back on something, in so many words.
_REVERSES = re.compile(
    r"\bafter all\b|\bon second thoughts?\b|\bchanged (?:my|our) minds?\b|\bchange of (?:plans?|mind|heart)\b|\bscratch that\b|\bforget what (?:i|we) said\b"
    r"|\b(?:go|going|went|switch|switching|move|moving|revert|reverting) back to\b|^\W*(?:(?:no|ok|okay|hmm|wait|sorry|well|right)\W+)*actually\b"
    r"|\bwe were wrong\b|\b(?:reverse|reversing|overturn|undo|revisit)\w* (?:the|that|this|our|my) (?:earlier |previous )?(?:decision|choice|call)\b")
_WORD = re.compile(r"\w[\w:-]*")
_ONE_EACH = frozenset({"test", "lint", "build", "set-up"})
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
        self.words = [_run(r) if r.kind == "command" else content_words(r.text) for r in records]
        counts: dict[str, int] = {}
        for words in self.words:
            for word in words:
                counts[word] = counts.get(word, 0) + 1
        self.counts = counts
        self.index: dict[tuple[str, str], list[int]] = {}
        self.values: dict[str, list[int]] = {}
        self.decisions: dict[str, list[int]] = {}

    def run(self) -> list[Record]:
        for i in range(len(self.records)):
            self.fold(i)
            self.settle(i)
            self.reverse(i)
            self.shelve(i)
            self.close(i)
        return [r for r in self.records if r is not None]

    def fold(self, i: int) -> None:
        """Takes the earlier sayings of record `i` into it, or it into one of a stronger kind."""
        record = self.records[i]
        if record is None:
            return
        for j in self.alike(i, record.kind):
            older = self.records[j]
            if older is None or older.status != record.status or not self.same(i, j) or _turns(record, older):
                continue
            if _strength(older) < _strength(record) or _plainer(older, record):
                self.records[j], self.records[i] = _with_evidence(older, record), None
                return
            self.records[i] = record = _with_evidence(record, older)
            self.records[j] = None
        for word in self.rarest(i):
            self.index.setdefault((_shelf(record.kind), word), []).append(i)

    def rarest(self, i: int) -> list[str]:
        """The words under which record `i` stands in the index: of two that overlap by `SAME`, one of these few is common to both."""
        words = sorted(self.words[i], key=lambda w: (self.counts[w], w))
        return words[: len(words) - ceil(SAME * len(words)) + 1]

    def alike(self, i: int, kind: str) -> list[int]:
        found: set[int] = set()
        for word in self.rarest(i):
            found.update(self.index.get((_shelf(kind), word), ())[-64:])
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

    def reverse(self, i: int) -> None:
        """Marks the decision that record `i`, in which the user comes back on something, takes back: the latest on the same subject."""
        record = self.records[i]
        if record is None or record.kind != "decision" or record.status != "active":
            return
        words, said = self.words[i], _reversal(record)
        near = {j for word in words for j in self.decisions.get(word, ())[-32:]}
        for j in sorted(near, reverse=True):
            older = self.records[j]
            if older is None or older.status != "active":
                continue
            if _swapped(record, older) or (said and _takes_back(words - content_words(said), self.words[j], older)):
                self.records[j] = replace(older, status="superseded", superseded_by=record.id)
                self.records[i] = replace(record, supersedes=(*record.supersedes, older.id))
                return

    def shelve(self, i: int) -> None:
        record = self.records[i]
        for word in self.words[i] if record is not None and record.kind == "decision" else ():
            self.decisions.setdefault(word, []).append(i)

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


def _run(command: Record) -> frozenset[str]:
    """What a command is known by: what it is for, its words before the first option or place, where it runs. A saying about one stands for itself."""
    what = purpose(command.text) if "\n" not in command.text and "`" not in command.text else ""
    head = list(takewhile(_WORD.fullmatch, core(command.text).split()))
    known = " ".join((what, *head, str(command.details.get("cwd", "")))) if head and what in _ONE_EACH else command.text
    return frozenset((known,))


def _plainer(older: Record, record: Record) -> bool:
    """Whether an earlier command does the same with fewer words."""
    return older.kind == record.kind == "command" and set(older.text.split()) < set(record.text.split())


def _strength(record: Record) -> int:
    return _STRENGTH.index(record.kind) if record.kind in _STRENGTH else 0


def _shelf(kind: str) -> str:
    return _STRENGTH[0] if kind in _STRENGTH else kind


def _reversal(record: Record) -> str:
    """The words by which the record comes back on something, "" for none."""
    found = _REVERSES.search(mask(record.text))
    return found[0] if found else ""


def _turns(record: Record, older: Record) -> bool:
    """Whether in the same words it says the contrary: only one of them comes back on something, or what one chose the other rejected."""
    return record.kind == older.kind == "decision" and (bool(_reversal(record)) != bool(_reversal(older)) or _swapped(record, older))


def _swapped(record: Record, older: Record) -> bool:
    """Whether each chose what the other rejected."""
    mine, its = _rejected(record), _rejected(older)
    return bool(mine and its) and mine.isdisjoint(its) and mine <= content_words(older.text) and its <= content_words(record.text)


def _rejected(record: Record) -> frozenset[str]:
    named = record.details.get("alternative", ())
    return content_words(named if isinstance(named, str) else " ".join(named))


def _takes_back(words: frozenset[str], others: frozenset[str], older: Record) -> bool:
    """Whether a reversal in these words is about an older decision: half of them name it, and more than one, or one that it had rejected."""
    common = words & others
    if len(common) < REVERSED * len(words):
        return False
    return len(common) >= 2 or not common.isdisjoint(_rejected(older))


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
