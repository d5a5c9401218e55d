"""Agents delete their transcripts after some weeks. What was captured of them stays, whatever is done afterwards."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from passdown.store import events

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
SAID = "From now on always run the linter before you commit, never push to main directly."
SESSION = "s-rules"


def transcript(home: Path, root: Path) -> Path:
    """Where Claude Code has it, in its form."""
    path = home / ".claude" / "projects" / "x" / f"{SESSION}.jsonl"
    path.parent.mkdir(parents=True)
    row = {"type": "user", "sessionId": SESSION, "cwd": str(root), "timestamp": "2026-11-19T10:00:00.000Z", "uuid": "u-1", "version": "2.1.0",
           "message": {"role": "user", "content": SAID}}
    path.write_text(json.dumps(row) + "\n")
    return path


def known(passdown: Passdown, root: Path) -> tuple[object, ...]:
    """All that is known: records, each in full, sessions, and kept events."""
    rows = json.loads(passdown("list", "--json").stdout)
    said = [passdown("show", row["id"]).stdout for row in rows]
    return rows, said, json.loads(passdown("sessions", "--json").stdout), [
        event for log in (root / ".git/passdown/events").glob("*.gz") for event in events.read(log)]


def test_what_an_agent_sweeps_away_stays_known(passdown: Passdown, repository: Path, tmp_path: Path) -> None:
    """The transcript goes, then everything that is derived; both captures and a repair afterwards find records, quotes, session and events as before."""
    home = tmp_path / "home"
    log = transcript(home, repository)
    here = {"HOME": str(home)}
    passdown("init", **here)
    passdown("capture", **here)
    before = known(passdown, repository)
    assert "run the linter" in str(before[1])

    log.unlink()
    for path in [*(repository / ".git/passdown/derived").glob("*"), *(repository / ".git/passdown/sessions").glob("*"),
                 *(repository / ".git/passdown").glob("index.db*")]:
        path.unlink()
    passdown("capture", **here)
    passdown("doctor", "--repair", code=None, **here)

    assert known(passdown, repository) == before
    assert "run the linter" in passdown("resume", **here).stdout
