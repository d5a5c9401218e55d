"""What is known of the topic that a prompt opens: rows of a table that a capture left, found by the prompt's rare terms (`hooks.terms`).

A file of the private store: a line of JSON, then two parts. The JSON object has `format`, `records` (time of the last operation on records),
`of` (hash of the records it was made from), `id` (the mark by which a capture knows our text again) and `terms`: length of the first part in bytes.

First part, sorted by bytes: term, weight (0 to `SCALE`), and where in the second part the rows with it begin, separated by blanks; tabs between.
Second part: record id, session that said it, sum of the weights of its terms, places as a JSON list, and its line with slots (`hooks.briefing`).
"""

import os
from itertools import pairwise

from passdown.hooks import briefing, payload
from passdown.hooks.place import Store
from passdown.hooks.terms import Term, terms

FORMAT = "passdown-topics/1"
MAX_BYTES = 4 << 20
SCALE = 100
HEAD_CHARS, TAIL_CHARS = 700, 300  # of a prompt that are looked at: what it is about stands at its beginning or, behind a log, at its end
MOST = 4  # lines
NAME = 150  # per cent that a name weighs
LEAST = 100  # of weight that a prompt and a record have in common
CLEAR, FAR = 26, 36  # least `score`; where the words in common are not side by side
NEAR = 2


class Row:
    """One record that a prompt may open. places: as `hooks.briefing` has them. mass: sum of the weights of its terms."""

    def __init__(self, fields: list[str]) -> None:
        self.id, self.session, self.mass, places, self.text = fields[0], fields[1], int(fields[2]), fields[3], fields[4]
        found = payload.parse(f'{{"places":{places}}}').get("places")
        self.places: list[object] = found if isinstance(found, list) else []


class Table:
    """A rendered table. Facts as of its first line."""

    def __init__(self, facts: dict[str, object], data: bytes, begin: int) -> None:
        size = facts.get("terms")
        self.facts, self._data, self._begin = facts, data, begin
        self._rows = begin + (size if isinstance(size, int) else 0)

    @property
    def id(self) -> str:
        return payload.text(self.facts, "id")

    def posting(self, term: str) -> tuple[int, list[int]]:
        """Weight of a term, and where the rows with it begin; a weight of -1 for one that is not in the table."""
        data, wanted, low, high = self._data, term.encode("utf-8", "surrogatepass"), self._begin, self._rows
        while low < high:
            start = data.rfind(b"\n", low, (low + high) // 2) + 1 or low
            end = data.find(b"\n", start, high)
            end = end if end >= 0 else high  # of a damaged table: a line that nothing ends goes on to the end
            found, _, rest = data[start:end].partition(b"\t")
            if found == wanted:
                weight, _, places = rest.partition(b"\t")
                return int(weight), [int(at) for at in places.split()]
            low, high = (end + 1, high) if found < wanted else (low, start)
        return -1, []

    def row(self, at: int) -> Row:
        begin = self._rows + at
        return Row(self._data[begin:self._data.find(b"\n", begin)].decode("utf-8", "replace").split("\t", 4))


def path(private: str, key: str) -> str:
    return os.path.join(private, briefing.FOLDER, f"topics-{key}.txt")


def load(store: Store) -> Table | None:
    """The table of this work tree; None when there is none, or one made before the last change of records: it may hold what no longer holds."""
    try:
        with open(path(store.private, store.key), "rb") as file:
            data = file.read(MAX_BYTES)
    except OSError:
        return None
    begin = data.find(b"\n") + 1
    facts = payload.parse(data[:begin].decode("utf-8", "replace"))
    current = facts.get("format") == FORMAT and facts.get("records") == briefing.records_stamp(store.private)
    return Table(facts, data, begin) if current else None


class Word:
    """A word of the prompt that the table knows. at: its place in the prompt. name, path: it is one as a whole, and weighs more."""

    def __init__(self, text: str, at: int, weight: int, *, name: bool) -> None:
        self.text, self.at, self.name, self.path = text, at, name, name and "/" in text
        self.weight = weight * NAME // 100 if name else weight


def opened(table: Table, prompt: str, session: str, told: set[str]) -> list[Row]:
    """The rows that a prompt opens, best first; none that this session said itself or was told before."""
    asked, shared = 0, dict[int, list[Word]]()
    for word, places in _known(table, terms(looked_at(prompt))):
        asked += word.weight
        for at in places:
            shared.setdefault(at, []).append(word)
    scored = []
    for at, words in shared.items():
        if (len(words) > 1 or words[0].path) and sum(word.weight for word in words) >= LEAST:
            row = table.row(at)
            value = score(words, row, asked)
            if value >= CLEAR and row.session != session and row.id not in told:
                scored.append((value, at, row))
    return [row for _, _, row in sorted(scored, reverse=True)[:MOST]]


def _known(table: Table, asked: list[Term]) -> list[tuple[Word, list[int]]]:
    """Each word of the prompt that the table has, with the places of its rows: of a name the first level that is known."""
    seen, out = set[str](), list[tuple[Word, list[int]]]()
    for at, term in enumerate(asked):
        for number, level in enumerate(term.levels):
            found = [(word, *table.posting(word)) for word in level if word not in seen]
            known = [(Word(word, at, weight, name=term.name and number + 1 < len(term.levels)), places) for word, weight, places in found if weight >= 0]
            if known:
                out += known
                seen.update(word for rest in term.levels[number:] for word in rest)
                break
    return out


def looked_at(prompt: str) -> str:
    return prompt if len(prompt) <= HEAD_CHARS + TAIL_CHARS else f"{prompt[:HEAD_CHARS]}\n{prompt[-TAIL_CHARS:]}"


def score(words: list[Word], row: Row, asked: int) -> int:
    """How clearly a prompt speaks of a record: geometric mean of the shares of both that they have in common, in per cent.

    Two words in common may be chance, unless they stand side by side in both, or one is a name; a path is none.
    """
    both = sum(word.weight for word in words)
    clear = int(100 * (min(1.0, both / max(row.mass, 250)) * min(1.0, both / max(min(asked, 500), 150))) ** 0.5)
    if clear < CLEAR:
        return 0
    if any(word.path for word in words) or _side_by_side(words, row.text):
        return clear * 3 // 2
    return clear if clear >= FAR and (len(words) > 2 or any(word.name for word in words)) else 0


def _side_by_side(words: list[Word], text: str) -> bool:
    """Whether two of the words are neighbours in the prompt and in the row, or have one word between them."""
    places = {word: at for at, term in enumerate(terms(text)) for level in term.levels for word in level}
    found = sorted((word.at, places[word.text], word.weight) for word in words if word.text in places)
    return any(0 < b[0] - a[0] <= NEAR and 0 < abs(b[1] - a[1]) <= NEAR and a[2] + b[2] >= LEAST for a, b in pairwise(found))


__all__ = ["FORMAT", "SCALE", "Row", "Table", "load", "opened", "path"]
