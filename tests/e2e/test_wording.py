"""What a user is told: the word that was meant, where a hit can be read, what would be done, one line on a narrow terminal."""

import io
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from passdown.briefing.tokens import estimate
from passdown.cli.output import MIN_WIDTH, Output

SAMPLE = Path(__file__).parents[1] / "golden" / "transcripts" / "claude-code" / "session.jsonl"
Passdown = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def store(passdown: Passdown) -> Passdown:
    passdown("init", "--private")
    passdown("capture", "--transcript", str(SAMPLE))
    return passdown


@pytest.mark.parametrize(("words", "meant"), [
    (("note", "decisoin", "x"), "`decision`"), (("list", "--kind", "decison"), "`decision`"), (("note", "decision", "x", "--severty", "high"), "`--severity`")])
def test_a_typing_mistake_is_answered_with_the_word_that_was_meant(store: Passdown, words: tuple[str, ...], meant: str) -> None:
    """For values and for options."""
    assert f"Did you mean {meant}?" in store(*words, code=2).stderr


def test_help_takes_a_verb(passdown: Passdown) -> None:
    """As git's does."""
    assert passdown("help", "note").stdout == passdown("note", "--help").stdout


def test_options_of_every_verb_may_stand_before_it(store: Passdown, repository: Path) -> None:
    """`passdown -C DIR --json list`, as with git."""
    done = store("-C", str(repository), "--json", "list", cwd=repository.parent)

    assert json.loads(done.stdout) == json.loads(store("list", "--json").stdout)


def test_what_a_search_finds_can_be_shown(store: Passdown) -> None:
    """A session by the beginning of its id, and what was said around an event."""
    hit = next(h for h in json.loads(store("search", "logout", "--json").stdout) if h["type"] != "record" and h["event"] >= 0)
    said = json.loads(store("show", f"{hit['id'][:13]}:{hit['event']}", "--json").stdout)

    assert any(f" {hit['event']} of session" in one["where"] for one in said)
    assert "## Goal" in store("show", hit["id"][:8]).stdout
    assert "There is no record" in store("show", "nowhere", code=30).stderr
    assert "There is no record" in store("show", "nowhere:3", code=30).stderr


def test_an_explanation_names_what_was_left_out(store: Passdown) -> None:
    """Its section and its words, not only its id."""
    dropped = json.loads(store("resume", "--budget", "60", "--json").stdout)["dropped"]

    assert dropped
    assert all(one["section"] and one["text"] for one in dropped)
    assert dropped[0]["text"][:30].split("\n")[0] in store("resume", "--budget", "60", "--explain").stderr


def test_a_dry_run_is_json_too(store: Passdown) -> None:
    """`share` and `forget` tell what they would do."""
    found = json.loads(store("note", "decision", "Keep it", "--json").stdout)["record"]["id"]

    assert json.loads(store("share", found, "--dry-run", "--json").stdout)[0]["id"] == found
    assert json.loads(store("forget", found, "--dry-run", "--json").stdout)["would_forget"] == found


def test_lines_are_cut_for_a_terminal_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pipe gets them whole, and columns keep their spaces."""
    terminal = io.StringIO()
    terminal.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr("passdown.cli.output.columns", lambda: MIN_WIDTH)
    line = "01jd  decision   " + "x" * 100

    assert Output(data=io.StringIO()).fit(line) == line
    assert Output(data=terminal).fit(line) == line[: MIN_WIDTH - 1] + "…"


def test_a_pasted_briefing_keeps_the_budget_with_all_that_stands_around_it(store: Passdown) -> None:
    """The start protocol counts; the briefing stands behind it as data."""
    text = store("resume", "--paste", "--budget", "400", "--task", "make the queue safe").stdout

    assert text.startswith("New session: make the queue safe")
    assert "passdown · " in text
    assert estimate(text) <= 400
