"""The briefing through a file of rules, for hosts whose hooks cannot speak."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.e2e.hooks.conftest import Host

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def windsurf(host: Host, passdown: Passdown, repository: Path) -> Host:
    """Windsurf, wired, in a repository with a store that knows of a session in Claude Code."""
    passdown("install", "windsurf")
    host.say("Write the outbox", "The outbox is written; the retry loop is missing.")
    host.fire("Stop")
    host.settle()
    return Host(repository, "windsurf", "t-1")


def ask(one: Host) -> None:
    """A prompt in the host, and the captures that it starts."""
    assert one.run(one.payload("pre_user_prompt"), cwd=str(one.root)).stdout == b""
    one.settle()


def rules(one: Host) -> Path:
    return one.root / ".windsurf" / "rules" / "passdown.md"


def test_a_capture_writes_it_where_the_host_was_at_work(windsurf: Host, passdown: Passdown) -> None:
    """Not before its hooks have fired; at most 6,000 characters; git does not see it; later captures bring it up to date."""
    passdown("capture")
    assert not rules(windsurf).exists()
    ask(windsurf)
    passdown("capture")
    text = rules(windsurf).read_text()

    assert text.startswith("---\ntrigger: always_on\n---\n")
    assert "The outbox is written" in text
    assert len(text) <= 6_000
    status = ["git", "status", "--porcelain", "--untracked-files=all"]
    assert ".windsurf" not in subprocess.run(status, cwd=windsurf.root, capture_output=True, text=True, check=True).stdout
    passdown("note", "decision", "Retry three times")
    passdown("capture")
    assert "Retry three times" in rules(windsurf).read_text()


def test_it_goes_with_the_host(windsurf: Host, passdown: Passdown) -> None:
    """Out of every project that has one, and it does not come back."""
    ask(windsurf)
    passdown("capture")
    elsewhere = windsurf.home / "elsewhere"
    elsewhere.mkdir()
    passdown("uninstall", "windsurf", cwd=elsewhere)
    assert not rules(windsurf).exists()

    passdown("capture")
    assert not rules(windsurf).exists()


@pytest.mark.parametrize("committed", [True, False])
def test_a_file_of_somebody_else_or_one_that_git_has_stays(windsurf: Host, passdown: Passdown, committed: bool) -> None:
    """What only this machine may know never gets into a file that is committed."""
    rules(windsurf).parent.mkdir(parents=True)
    theirs = "<!-- passdown keeps this file up to date; -->\n" if committed else "Be brief.\n"
    rules(windsurf).write_text(theirs)
    if committed:
        subprocess.run(["git", "add", "-f", str(rules(windsurf))], cwd=windsurf.root, check=True)
        subprocess.run(["git", "commit", "-qm", "Rules"], cwd=windsurf.root, check=True)
    ask(windsurf)
    passdown("capture")

    assert rules(windsurf).read_text() == theirs


def test_cursor_reads_it_and_its_hook_is_silent(host: Host, passdown: Passdown, repository: Path) -> None:
    """What stands in the file is not said again; after a change the hook says the newer text."""
    passdown("install", "cursor")
    one = Host(repository, "cursor", "c-1")
    first = one.run(one.payload("sessionStart")).stdout
    passdown("capture")
    text = (repository / ".cursor/rules/passdown.mdc").read_text()

    assert json.loads(first)["additional_context"]
    assert "alwaysApply: true" in text
    assert Host(repository, "cursor", "c-2").run(one.payload("sessionStart", conversation_id="c-2")).stdout == b""
    assert "quoted from earlier" in host.fire("SessionStart", source="resume")
