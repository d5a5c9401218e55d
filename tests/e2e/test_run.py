"""Agents started briefed: a program that writes down what it was given stands in for them."""

import json
import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from passdown.integrations.programs import PROGRAMS

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
DECIDED = "Keep the queue in one SQLite file"


@pytest.fixture
def programs(tmp_path: Path, passdown: Passdown) -> str:
    """A PATH with every agent on it; each writes its words, one a line, ends of lines as ¶."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for run in PROGRAMS.values():
        (folder / run.binary).write_text("#!/bin/sh\npwd\nfor word; do printf '%s' \"$word\" | tr '\\n' '@'; echo; done\nexit 7\n")
        (folder / run.binary).chmod(0o755)
    passdown("init")
    passdown("note", "decision", DECIDED, "--why", "no server to run")
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


@pytest.mark.parametrize("name", PROGRAMS)
def test_an_agent_gets_the_briefing_in_its_own_way(passdown: Passdown, programs: str, repository: Path, name: str) -> None:
    """It runs in the project, with our words before the user's, and its exit code is ours."""
    done = passdown("run", name, "--", "--model", "x y", code=7, PATH=programs)
    where, *words = done.stdout.splitlines()
    run = PROGRAMS[name]

    assert where == str(repository)
    assert words[-2:] == ["--model", "x y"]
    assert [word for word in run.words if "{" not in word] == [word for word in words[:-2] if word in run.words]
    given = next(word for word in words[: len(run.words)] if len(word) > 40)
    named = re.search(r"\S+/briefing-run\.md", given)
    text = Path(named[0]).read_text() if named else given
    assert (named is None) is ("{text}" in run.words)
    assert DECIDED in text
    assert ("Ask what is unclear" in text) is run.first
    assert "tokens of briefing" in done.stderr


def test_a_task_comes_with_it(passdown: Passdown, programs: str) -> None:
    """In the first message, or as the prompt where the briefing is none."""
    assert "Drain the queue" in passdown("run", "codex", "--task", "Drain the queue", code=7, PATH=programs).stdout
    assert passdown("run", "claude-code", "--task", "Drain the queue", code=7, PATH=programs).stdout.splitlines()[-1] == "Drain the queue"


def test_options_of_an_agent_may_follow_ours(passdown: Passdown, programs: str) -> None:
    """As the help has it: what stands behind `--` is the agent's, also where an option of ours stands before it."""
    for name in PROGRAMS:
        done = passdown("run", name, "--task", "Drain the queue", "--", "--model", "opus", "--json", code=7, PATH=programs)
        words = done.stdout.splitlines()
        assert words[-3:] == ["--model", "opus", "--json"]
        text = "".join(Path(path).read_text() for path in re.findall(r"\S+/briefing-run\.md", done.stdout))
        assert "Drain the queue" in text + done.stdout


@pytest.mark.parametrize("order", [("Fix the typo", "--task", "Drain the queue"), ("--task", "Drain the queue", "Fix the typo")])
def test_a_prompt_may_stand_before_options_and_behind_them(passdown: Passdown, programs: str, order: tuple[str, ...]) -> None:
    """Every agent that takes one is asked it, whole, and knows the task by its briefing."""
    for name, run in PROGRAMS.items():
        if run.first or run.prompted:
            done = passdown("run", name, *order, "--", "--model", "opus", code=7, PATH=programs)
            text = "".join(Path(path).read_text() for path in re.findall(r"\S+/briefing-run\.md", done.stdout)) + done.stdout
            assert done.stdout.splitlines()[-2:] == ["--model", "opus"]
            assert "Fix the typo" in text
            assert "Drain the queue" in text


def test_words_of_the_users_own_are_the_only_prompt(passdown: Passdown, programs: str) -> None:
    """An agent that takes a briefing beside a prompt gets both; another is not started with two prompts, or with one before its sub-command."""
    own = passdown("run", "claude-code", "Fix the typo", "--task", "Drain the queue", code=7, PATH=programs).stdout.splitlines()
    assert own[-1] == "Fix the typo"
    assert "Drain the queue" not in own
    assert "Drain the queue" in Path(own[2]).read_text()
    assert passdown("run", "claude-code", "--task", "Drain", "--", "-p", "do it", code=7, PATH=programs).stdout.splitlines()[-2:] == ["-p", "do it"]
    for words in (("codex", "--", "exec", "do it"), ("codex", "--task", "Drain", "--", "Fix it"), ("gemini-cli", "--", "--yolo", "on", "Fix it")):
        assert "leaves no room" in passdown("run", *words, code=2, PATH=programs).stderr


def test_what_can_be_kept_from_the_list_of_processes_is(passdown: Passdown, programs: str) -> None:
    """Where an agent takes a file, no word of the briefing is on its command line, and the file is its owner's alone."""
    for name in ("claude-code", "aider", "goose", "codex", "opencode", "copilot-cli"):
        words = passdown("run", name, code=7, PATH=programs).stdout
        [path] = map(Path, re.findall(r"\S+/briefing-run\.md", words))
        assert DECIDED not in words
        assert DECIDED in path.read_text()
        assert path.stat().st_mode & 0o077 == 0


def test_where_hooks_brief_nothing_is_given_twice(passdown: Passdown, programs: str, repository: Path) -> None:
    """Hooks that have fired at a start here do it; a task is told all the same."""
    (repository / ".git/passdown/hooks").mkdir(exist_ok=True)
    (repository / ".git/passdown/hooks/last.json").write_text('{"codex": {"SessionStart": "2026-11-21T08:00:00Z"}}\n')

    assert passdown("run", "codex", "resume", code=7, PATH=programs).stdout.splitlines()[1:] == ["resume"]
    assert "briefing-run.md" in passdown("run", "codex", "--task", "Drain the queue", code=7, PATH=programs).stdout


def test_a_dry_run_prints_the_command_line(passdown: Passdown, programs: str) -> None:
    """As a shell takes it; nothing is started."""
    line = passdown("run", "gemini-cli", "--dry-run", PATH=programs).stdout
    assert "gemini --prompt-interactive '" in line
    assert DECIDED in line
    assert json.loads(passdown("run", "gemini-cli", "--json", PATH=programs).stdout)["agent"] == "gemini-cli"


def test_what_is_missing_is_told(passdown: Passdown, programs: str) -> None:
    """The program, the agent, the store: an error each, with what to do."""
    git = subprocess.run(["which", "git"], capture_output=True, text=True, check=True).stdout.strip()
    assert "paste" in passdown("run", "codex", code=52, PATH=str(Path(git).parent)).stderr
    assert "claude-code" in passdown("run", "emacs", code=2, PATH=programs).stderr
