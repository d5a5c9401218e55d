"""A text as terms."""

import pytest

from passdown.hooks.guarding.words import stemmed, terms, words


@pytest.mark.parametrize(("one", "two"), [
    ("cache", "caching"), ("retries", "retry"), ("postgres", "pg"), ("bump", "increase"), ("batching", "batch"), ("library", "dependency")])
def test_words_of_one_meaning_are_one_term(one: str, two: str) -> None:
    """Inflections and synonyms fold."""
    assert stemmed(one) == stemmed(two)


def test_a_name_stands_whole_and_in_parts() -> None:
    """The whole first."""
    assert terms("send_mail_task")[0] == "send_mail_task"
    assert words("getUserName")[0].terms[0] == "getusername"


def test_words_that_say_nothing_have_no_terms() -> None:
    """Articles, pronouns and their like."""
    assert terms("the of and we should") == []


def test_flags_are_names() -> None:
    """`--no-ff` is one."""
    assert words("git merge --no-ff")[2].name
