"""The table of what is settled that a capture left for hooks, in a file of the private store.

A line of JSON, then five parts, all but the last with their number of lines in the JSON object. First forms and the concepts that they name; then the
numbers of the entries in which a key counts; then words with the numbers of their groups and what they tell there (`likeness`); tabs between, lists separated
by blanks. Then the groups, a line each, with the numbers of the entries that stand there and how far. Then the entries, a JSON object a line
(`passdown.guard.settled.Entry`, with `about`, where it stands among the groups, `text`, the line that is said, and `places`, as `hooks.briefing` has them).
A key is a term or concept of what was turned down, or a mark, which no term begins with: `#path` for entries with places that are forbidden or reserved,
`#pin` and a name that has a settled value, `#chosen` and a term of what was chosen.
The JSON object also has `format`, `records` (time of the last operation on records), `id` (the mark by which a capture knows our text again), `mode`, and
`sum`, by which a table that is not as it was written shows.
"""

from collections.abc import Iterable, Iterator

from passdown.hooks import payload
from passdown.hooks.guarding.clause import Clause
from passdown.hooks.guarding.entry import Entry
from passdown.hooks.guarding.likeness import Space, likenesses
from passdown.hooks.guarding.probe import Probe

PATH, PIN, CHOSEN = "#path", "#pin ", "#chosen "
LEAST_CHARS = 5  # of a form that is also known without its `s`


class Table:
    """A rendered table, its first line read as `facts`."""

    def __init__(self, text: str) -> None:
        head, _, rest = text.partition("\n")
        self.facts = payload.parse(head)
        lines, forms, keys = rest.split("\n"), self._count("forms"), self._count("keys")
        self._forms = dict(line.split("\t", 1) for line in lines[:forms])
        words, groups = forms + keys, forms + keys + self._count("words")
        self._keys = dict(line.split("\t", 1) for line in lines[forms: words])
        self._space = Space(dict(line.split("\t", 1) for line in lines[words: groups]), lines[groups: groups + self._count("groups")])
        self._rows = lines[groups + self._count("groups"):]
        self._pins = any(key.startswith(PIN) for key in self._keys)

    def _count(self, name: str) -> int:
        found = self.facts.get(name)
        return found if isinstance(found, int) else 0

    @property
    def id(self) -> str:
        return payload.text(self.facts, "id")

    @property
    def mode(self) -> str:
        """`warn`, `block` or `off`."""
        return payload.text(self.facts, "mode") or "warn"

    def candidates(self, probe: Probe) -> Iterator[tuple[Entry, list[Clause]]]:
        """The entries that a probe may be about, in order, each with the clauses that may be; the concepts that the clauses name are filled in."""
        found: dict[int, list[Clause]] = {number: [] for number in self._numbers((PATH,) if probe.path or probe.written else ())}
        for clause in probe.clauses:
            self._name(clause)
            for number in self._numbers(self._keys_of(clause)):
                found.setdefault(number, []).append(clause)
        heard = self._space.heard(probe.speaking)
        numbers = sorted({*found, *self._space.nearest(heard)})
        entries = [Entry(payload.parse(self._rows[number])) for number in numbers]
        for number, entry, like in zip(numbers, entries, likenesses(heard, [entry.about for entry in entries]), strict=True):
            entry.like = like
            yield entry, found.get(number, [])

    def _keys_of(self, clause: Clause) -> set[str]:
        keys = clause.come | clause.left | clause.concepts
        marked = {CHOSEN + term for term in clause.left} | ({PIN + word for word in clause.raw} if self._pins else set())
        return self._keys.keys() & (keys | marked)

    def _numbers(self, keys: Iterable[str]) -> set[int]:
        return {int(number) for key in keys for number in self._keys.get(key, "").split()}

    def _name(self, clause: Clause) -> None:
        """Fill in the concepts that a clause names."""
        named = {gram: found for gram in clause.grams if (found := self._named(gram))}
        clause.concepts = frozenset(concept for found in named.values() for concept in found)
        clause.clear_concepts = frozenset(concept for gram, found in named.items() if not gram.isalpha() for concept in found)
        clause.left_concepts = frozenset(concept for gram in clause.left_grams for concept in self._named(gram))

    def _named(self, gram: str) -> list[str]:
        known = self._forms.get(gram) or (self._forms.get(gram[:-1]) if gram[-1:] == "s" and len(gram) >= LEAST_CHARS else None)
        return known.split() if known else []


__all__ = ["CHOSEN", "PATH", "PIN", "Table"]
