"""The table that a capture renders and a hook reads."""

import json

from passdown.guard.settled import entries
from passdown.guard.table import table
from passdown.hooks.guarding import rendered
from passdown.hooks.guarding.probe import probe
from passdown.hooks.guarding.table import Table
from passdown.model.record import Record

RECORDS = (
    Record("d-1", "decision", "The outbox lives in SQLite", details={"alternative": ("Redis",)}), Record("d-2", "decision", "minSdk stays at 26"),
    Record("d-3", "decision", "nobody edits vendor/md by hand"))
TEXT = table(entries(RECORDS), {"mode": "block", "id": "pd:1"}, lambda entry: (f"of {entry.id}", [["a.py", 1]]))


def found(how: str, text: str, path: str = "") -> dict[str, int]:
    """Entries that a probe may be about, with the number of clauses that may be."""
    return {entry.id: len(clauses) for entry, clauses in Table(TEXT).candidates(probe(how, text, path))}


def test_its_first_line_says_what_it_is() -> None:
    """Mode and mark; `warn` where nothing is said."""
    assert (Table(TEXT).mode, Table(TEXT).id) == ("block", "pd:1")
    assert Table("{}").mode == "warn"


def test_an_entry_comes_with_its_line_and_its_places() -> None:
    """As the capture wrote them."""
    entry, _ = next(Table(TEXT).candidates(probe("prompt", "use redis")))
    assert (entry.text, entry.places) == ("of d-1", [["a.py", 1]])


def test_only_entries_and_clauses_that_share_something_are_looked_at() -> None:
    """A term or a concept of what was turned down, a pinned name, a place, or what was chosen, where it is taken away."""
    assert found("edit", "x = 1\nimport redis\ny = 2\n", "a.py") == {"d-1": 1, "d-2": 0, "d-3": 0}
    assert found("prompt", "set minsdk to 28") == {"d-2": 1}
    assert found("prompt", "frobnicate the zyxqua") == {}
    assert found("prompt", "remove the outbox")["d-1"] == 1


def test_what_is_about_the_same_is_looked_at_without_a_clause() -> None:
    """Its words are those of the matter, or stand beside them in the lexicon; each entry that has some says how near it is."""
    assert found("prompt", "the outbox is large") == {"d-1": 0}
    near = {entry.id: entry.like for entry, _ in Table(TEXT).candidates(probe("prompt", "an upsert in postgres"))}
    assert near["d-1"]["like"] > 0


def test_the_concepts_of_a_clause_are_filled_in() -> None:
    """By any form of it, by its plural too."""
    given = probe("prompt", "install redis-py; use jedis")
    list(Table(TEXT).candidates(given))
    assert [clause.concepts for clause in given.clauses] == [frozenset(("redis",))] * 2


def test_a_table_without_a_line_is_empty() -> None:
    """Whatever is asked."""
    for text in ("", "{}", "no JSON", json.dumps({"forms": "x", "keys": None})):
        assert list(Table(text).candidates(probe("prompt", "use redis"))) == []


def test_the_sum_is_of_what_stands_behind_the_first_line() -> None:
    """One other byte is another sum."""
    assert rendered.checksum(b"a\nb") != rendered.checksum(b"a\nc")
