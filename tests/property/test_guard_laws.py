"""Laws of the guard: it takes any text, and without a word in common it is silent."""

from hypothesis import given
from hypothesis import strategies as st

from passdown.guard.settled import entries
from passdown.guard.table import table
from passdown.hooks.guarding.match import matches
from passdown.hooks.guarding.probe import probe
from passdown.hooks.guarding.table import Table
from passdown.model.record import Record

WAYS = st.sampled_from(("prompt", "command", "edit"))
WORDS = ("zyxqua", "vrombel", "klimtosk", "Redis", "SQLite", "instead of", "never", "let's use", "switch to", "anyway", "\n", "&&", "'", "# ", "import", "-f")
TEXTS = st.one_of(st.text(max_size=300), st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join))
RECORDS = st.builds(Record, st.uuids().map(str), st.sampled_from(("decision", "preference", "approach")), TEXTS,
                    details=st.fixed_dictionaries({"outcome": st.just("failed"), "alternative": st.lists(TEXTS, max_size=3).map(tuple), "until": TEXTS}))
MADE_UP = Table(table(entries([Record("a", "decision", "vrombel, not zyxqua", details={"alternative": ("klimtosk",)})]), {}, lambda _: ("", [])))


@given(st.lists(RECORDS, max_size=5), st.lists(TEXTS, max_size=3), WAYS, TEXTS, st.sampled_from(("", "src/a.py", "README.md", "package.json")))
def test_any_records_and_any_text_give_scores(records: list[Record], said: list[str], how: str, text: str, path: str) -> None:
    """Nothing raises; every match is one of the records, its score between 0 and 1, the clearest first."""
    found = matches(Table(table(entries(records, said), {}, lambda _: ("", []))), probe(how, text, path))

    assert {m.entry.id for m in found} <= {r.id for r in records}
    assert [m.score for m in found] == sorted((m.score for m in found), reverse=True)
    assert all(0 < m.score < 1 for m in found)


@given(WAYS, st.text(max_size=2_000), st.sampled_from(("", "src/a.py")))
def test_without_a_word_in_common_nothing_is_said(how: str, text: str, path: str) -> None:
    """A text that does not name the matter does not reopen it, whatever else it says."""
    if not any(word in text.lower() for word in ("vrombel", "zyxqua", "klimtosk")):
        assert matches(MADE_UP, probe(how, text, path)) == []
