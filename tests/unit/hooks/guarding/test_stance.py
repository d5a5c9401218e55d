"""What a text does with the things that it names."""

import pytest

from passdown.hooks.guarding.clause import Clause
from passdown.hooks.guarding.prompts import clauses


@pytest.mark.parametrize(("text", "flag"), [
    ("should we use redis instead?", "proposes"), ("switch the cache to redis", "acts"), ("why did we reject redis?", "asks"),
    ("add redis to the ADR as rejected", "writes"), ("make sure nobody imports redis", "checks"), ("redis comes later, in phase 4", "later"),
    ("I know we said no redis, do it anyway", "overrides"),
])
def test_a_stance_is_seen(text: str, flag: str) -> None:
    """By the words that show it."""
    assert any(flag in clause.flags for clause in clauses(text))


def test_in_a_replacement_one_thing_goes_and_the_other_comes() -> None:
    """Direction counts within a clause."""
    clause = Clause("replace redis with kafka")
    assert "redis" in clause.left
    assert "kafka" in clause.come
    assert "redis" not in clause.come


def test_what_is_denied_does_not_come() -> None:
    """`without redis` proposes nothing of it."""
    assert "redis" not in Clause("do it without redis").come


def test_a_tool_that_is_a_common_word_counts_only_where_it_stands_as_a_name() -> None:
    """`how members react` is not React."""
    assert "react" not in Clause("see how members react").grams
    assert "react" in Clause("write it in react").grams
