"""Alternatives, and whether a task asks for one."""

import sys
import time

import pytest

from passdown.loading.triggers import BadRegexError, first_match, triggers
from passdown.loading.words import task_of


def matched(text: str, task: str, *, prose: bool = False) -> str:
    found = first_match(triggers(text, prose=prose), task_of(task))
    return found.text if found else ""


@pytest.mark.parametrize(("text", "task", "found"), [
    ("session|production|state", "resume the production of episode 5", "production"),
    ("session|production|state", "write a statement", ""),
    ("SESSION | State", "what states are there?", "State"),
    ("batch_research", "run batch-research for four episodes", "batch_research"),
    ("audio_production", "produce the audio", "audio_production"),
    ("test", "the latest figures", ""),
    ("", "anything", ""),
    ("|||", "anything", ""),
    ("a|b", "plan b", "b"),
])
def test_alternatives_are_whole_words(text: str, task: str, found: str) -> None:
    """`|` parts alternatives; words are whole, whatever their case, ending, and hyphens."""
    assert matched(text, task) == found


def test_loads_when_is_prose() -> None:
    """Commas and `or` part what is written as a sentence; words without meaning in it are not asked for."""
    text = "session management, production tracking, or when working with workflow coordination"

    assert matched(text, "coordinate the workflow", prose=True)
    assert matched(text, "manage sessions", prose=True) == "session management"
    assert not matched(text, "fix the management of users", prose=True)


@pytest.mark.parametrize(("text", "task", "found"), [
    ("/ep(isode)?[ _-]?\\d+/|batch", "go on with ep_7", "/ep(isode)?[ _-]?\\d+/"),
    ("/a|b/", "b", "/a|b/"),
    ("/^deploy/i", "Deploy it", "/^deploy/i"),
    ("ep(isode)?", "go on with ep", ""),
    ("src/api|docs", "look at src/api", "src/api"),
])
def test_a_regex_stands_between_slashes(text: str, task: str, found: str) -> None:
    """Nothing else is one: brackets elsewhere are not special, a path is no regex."""
    assert matched(text, task) == found


def test_a_bad_regex_is_told_only_when_nothing_else_matches() -> None:
    """A look-ahead, which RE2 does not know, spoils nothing but itself."""
    assert matched("/(?=x)/|batch", "batch") == "batch"
    with pytest.raises(BadRegexError):
        matched("/(?=x)/|batch", "other")


@pytest.mark.parametrize("bomb", ["/(a+)+$/", "/(a|a)*b/", "/(.*)*x/", "/a*a*a*a*a*a*a*a*b/"])
def test_a_regex_bomb_costs_no_time(bomb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """With RE2 it runs in linear time; without it, it is refused."""
    task = task_of("a" * 5_000)
    began = time.process_time()
    assert first_match(triggers(bomb), task_of("a" * 5_000 + "!")) is None or bomb == "/(.*)*x/"

    from passdown.loading import triggers as module
    module._compiled.cache_clear()
    monkeypatch.setitem(sys.modules, "re2", None)
    with pytest.raises(BadRegexError):
        first_match(triggers(bomb), task)
    module._compiled.cache_clear()
    assert time.process_time() - began < 2


def test_without_re2_harmless_expressions_still_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """The standard library runs what cannot take long."""
    from passdown.loading import triggers as module
    module._compiled.cache_clear()
    monkeypatch.setitem(sys.modules, "re2", None)

    assert matched("/ep[ _-]?\\d+/", "go on with EP_7")
    module._compiled.cache_clear()


def test_thousands_of_alternatives_are_bounded() -> None:
    """An attribute of megabytes is read at its beginning."""
    assert len(triggers("|".join(f"word{n}" for n in range(500_000)))) < 1_000
