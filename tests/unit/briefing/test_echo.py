"""What the agent has already is not said again."""

from passdown.briefing.echo import Given


def test_a_statement_in_other_words_is_an_echo() -> None:
    """Most of its content words stand in one sentence of what was given."""
    given = Given(["# Rules\nUse pnpm and never npm for installing packages.\n\nThe build needs Node 22."])

    assert given.says('"Never use npm for installing packages, use pnpm."')
    assert not given.says("The retry queue keeps its rows in SQLite.")


def test_too_few_words_say_nothing() -> None:
    """Short statements are alike by chance."""
    assert not Given(["Use pnpm."]).says("Use pnpm.")
