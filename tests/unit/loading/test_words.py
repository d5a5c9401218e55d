"""Words of tasks and triggers."""

import pytest

from passdown.loading.words import content, stem, task_of


@pytest.mark.parametrize("family", [
    "plan plans planned planning",
    "state states", "write writes writing", "validate validates validated validating validation", "test tests tested testing",
    "coordinate coordination coordinating",
    "produce produces produced producing production", "initialize initialization initializing", "query queries querying",
    "debug debugging debugged", "configure configured configuration", "migrate migration migrating", "manage management managing", "batch batches batched",
    "optimize optimization", "deploy deployment deploying deployed", "create created creating creation", "process processes processing",
    "track tracking tracks"])
def test_inflections_are_one_word(family: str) -> None:
    """A task may say a trigger's word with another ending."""
    assert len({stem(word) for word in family.split()}) == 1


@pytest.mark.parametrize(("one", "other"), [
    ("state", "statement"), ("string", "str"), ("need", "ne"), ("audio", "audit"), ("server", "service"), ("research", "search"), ("port", "report")])
def test_other_words_stay_apart(one: str, other: str) -> None:
    """Words that merely begin alike are not the same."""
    assert stem(one) != stem(other)


def test_underscores_hyphens_and_case_are_blanks() -> None:
    """`script_writing`, `Script-Writing` and `script writing` are two words."""
    assert content("script_writing") == content("Script-Writing") == content("script writing")


def test_the_words_of_an_alternative_stand_near_one_another() -> None:
    """Two words at the two ends of a long task are no mention of what they mean together."""
    wanted = content("script_writing")

    assert task_of("Write the script for episode 7").names(wanted)
    assert not task_of("Write the budget, send it round, then have a look at why the deployment script is slow").names(wanted)


def test_parts_of_camel_case_names_count() -> None:
    """`SessionManager` speaks of a session, and stays itself."""
    task = task_of("extend SessionManager")

    assert task.names(content("session"))
    assert task.names(content("sessionmanager"))


def test_text_without_blanks_between_words_is_matched() -> None:
    """Chinese and Japanese alternatives are found inside a sentence."""
    assert task_of("请修复会话管理的错误").names(content("会话"))
    assert not task_of("请修复音频的错误").names(content("会话"))


def test_a_huge_task_is_bounded() -> None:
    """A pasted log of megabytes costs no more than its beginning."""
    assert len(task_of("word " * 1_000_000).text) == 20_000
