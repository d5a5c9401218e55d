"""System B as a user runs it: real processes, a real repository, a fixed clock."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
NOW = "2026-11-20T09:12:00Z"
CLAUDE = Path(__file__).parents[1] / "golden" / "transcripts" / "claude-code" / "session.jsonl"


@pytest.fixture
def store(passdown: Passdown) -> Passdown:
    passdown("init", "--yes")
    return passdown


def handoff(store: Passdown, *words: str, now: str = NOW) -> Any:
    return json.loads(store("handoff", "--style", "session-log", "--json", "--now", now, *words).stdout)


def log(repository: Path, name: str, text: str, day: str) -> Path:
    """A log that lies there and was last written on a day."""
    from datetime import datetime

    path = repository / ".claude" / "sessions" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    at = datetime.fromisoformat(f"{day}T00:00:00+00:00").timestamp()
    os.utime(path, (at, at))
    return path


def test_b_a_log_is_written_updated_and_hidden_from_git(store: Passdown, repository: Path) -> None:
    """The first hand-off writes it, a note later updates the same file, a third changes nothing; git sees none of it."""
    store("note", "task", "Write the refund flow", "--horizon", "immediate", "--priority", "high", "--now", NOW)
    first = handoff(store)
    store("note", "approach", "Polling", "--outcome", "failed", "--why", "too slow", "--spent", "2h", "--now", NOW)
    second = handoff(store, now="2026-11-21T09:12:00Z")
    third = handoff(store, now="2026-11-22T09:12:00Z")
    text = Path(first["path"]).read_text()

    assert Path(first["path"]).relative_to(repository).as_posix() == ".claude/sessions/2026-11-20-write-the-refund-flow.tmp"
    assert (first["state"], second["state"], third["state"]) == ("written", "updated", "unchanged")
    assert second["path"] == first["path"] == third["path"]
    assert "**Created**: 2026-11-20\n**Updated**: 2026-11-21\n" in text
    status = subprocess.run(["git", "status", "--porcelain"], cwd=repository, capture_output=True, text=True, check=True).stdout
    assert status == "?? .passdown/\n"


def test_b_completed_session_untouched_for_30_days_is_moved_byte_for_byte(store: Passdown, repository: Path) -> None:
    """It lies in the archive as it was, CRLF and all; a younger one, an open one and one that was there before are left alone."""
    text = "# Session State: Cart\r\n**Status**: completed\r\n\r\n## Key Learnings\r\n1. Test first\r\n"
    old = log(repository, "2026-10-01-cart.tmp", text, "2026-10-02")
    young = log(repository, "2026-11-01-coupons.tmp", text, "2026-11-02")
    still_open = log(repository, "2026-09-01-search.tmp", text.replace("completed", "in_progress"), "2026-09-02")
    there = log(repository, "archive/2026-10-01-cart.tmp", "somebody else's", "2026-10-03")
    done = handoff(store)

    assert done["retired"] == [[".claude/sessions/2026-10-01-cart.tmp", ".claude/sessions/archive/2026-10-01-cart-2.tmp"]]
    assert not old.exists()
    assert (old.parent / "archive" / "2026-10-01-cart-2.tmp").read_bytes() == text.encode()
    assert there.read_text() == "somebody else's"
    assert young.exists()
    assert still_open.exists()


def test_b_a_dry_run_moves_nothing(store: Passdown, repository: Path) -> None:
    """With --dry-run a completed old log stays where it is."""
    old = log(repository, "2026-10-01-cart.tmp", "# Session State: Cart\n**Status**: completed\n", "2026-10-02")
    handoff(store, "--dry-run")

    assert old.exists()


def test_b_a_real_sessions_time_and_files_are_counted(store: Passdown, repository: Path) -> None:
    """A captured session brings measured metrics and its own line in the continuity."""
    store("capture", "--transcript", str(CLAUDE), "--cwd-map", f"/home/dev/shop-api={repository}", "--now", NOW)
    text = Path(handoff(store)["path"]).read_text()

    assert "- **Total time invested**: " in text
    assert "**Current session** (" in text


def test_b_the_empty_template_is_printed_on_request(store: Passdown, repository: Path) -> None:
    """`handoff --style session-log --template` prints an empty log and writes nothing."""
    text = store("handoff", "--style", "session-log", "--template").stdout

    assert text.startswith("# Session State: ")
    assert "## Failed Approaches" in text
    assert not (repository / ".claude").exists()


def test_b_the_variant_is_asked_for_on_the_command_line(store: Passdown) -> None:
    """`--variant refactor` shows the phases."""
    store("note", "task", "Split the module", "--state", "in progress", "--percent", "50", "--now", NOW)

    assert "- Phase 1: Split the module (50% complete)" in Path(handoff(store, "--variant", "refactor")["path"]).read_text()
