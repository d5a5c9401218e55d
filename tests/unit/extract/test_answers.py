"""What the user picked when the agent asked by tool."""

import pytest

from passdown.extract.answers import picked

LISTED = """**Where should the queue live?**
Options:
- **One SQLite file (Recommended)** - No server to run. Easy to move.
- **A broker** - One more process
**Which signals stop the worker?** _(select multiple)_
Options:
- **SIGTERM only** - The rest kills it
- **SIGTERM and SIGINT** - Both drain
"""


def _picked(asked: str, told: str) -> list[tuple[str, object]]:
    return [(found.text, found.details.get("alternative", ())) for found in picked(asked, told)]


def test_the_picked_option_stands_below_its_question() -> None:
    """With what it means, and what was not picked; the mark of a recommendation goes."""
    assert _picked(LISTED, "One SQLite file (Recommended), SIGTERM and SIGINT") == [
        ("Where should the queue live?\nOne SQLite file\nNo server to run. Easy to move.", ("A broker",)),
        ("Which signals stop the worker?\nSIGTERM and SIGINT\nBoth drain", ("SIGTERM only",))]


def test_pairs_of_question_and_answer() -> None:
    """As the host's own result gives them; the options stand in brackets behind the question."""
    asked = "Which store for the queue? (SQLite / Redis)"
    assert _picked(asked, 'User has answered your questions: "Which store for the queue?"="SQLite". You can now continue') == [
        ("Which store for the queue?\nSQLite", ("Redis",))]


def test_code_with_asterisks_ends_no_question() -> None:
    """Bold ends where its line does."""
    asked = "**Keep the `docs/**` rule?**\nOptions:\n- **Drop it** - Nothing lies there\n- **Keep it** - It may come\n"
    assert _picked(asked, "Drop it") == [("Keep the `docs/**` rule?\nDrop it\nNothing lies there", ("Keep it",))]


def test_an_answer_in_own_words_counts_where_one_thing_was_asked() -> None:
    """Of several answers it is not known where one ends."""
    one = LISTED[:LISTED.index("**Which")]
    assert _picked(one, "Put it into the ledger database that we have") == [
        ("Where should the queue live?\nPut it into the ledger database that we have", ())]
    assert _picked(LISTED, "Put it into the ledger database that we have, both") == []


def test_an_option_with_a_long_word_on_it_is_an_answer_in_own_words() -> None:
    """What the user added may turn it round; it is all told, or nothing of it."""
    one = LISTED[:LISTED.index("**Which")]
    told = "A broker, but only where we have one anyway: elsewhere the SQLite file must stay, since small sites have nobody to watch a server"
    assert _picked(one, told) == [(f"Where should the queue live?\n{told}", ())]
    assert _picked(one, told + " " + 40 * "and more ") == []


@pytest.mark.parametrize(("asked", "told"), [
    (LISTED[:LISTED.index("**Which")], "What would a broker give us here?"),
    (LISTED, "The user doesn't want to proceed with this tool use. One SQLite file"),
    ("**Should I run the migration now?**\nOptions:\n- **Yes, run it** - At once\n- **No** - Later\n", "Yes, run it"),
])
def test_no_decision(asked: str, told: str) -> None:
    """The user asks back, sends the question away, or permits the next move."""
    assert _picked(asked, told) == []


def test_an_option_is_matched_as_a_whole() -> None:
    """Not within a word, and not at the beginning of a sentence."""
    asked = "**Which way should it go for the queue?**\n- **No**\n- **Yes**\n"

    assert not [c.text for c in picked(asked, "Nothing decided there yet, Yes is likely, Postgres") if "\nNo" in c.text or "\nYes" in c.text]
    assert [c.text.split("\n")[1] for c in picked(asked, "Yes")] == ["Yes"]
