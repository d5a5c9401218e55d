"""Reviewing what was extracted, as a person on a terminal and as a script."""

import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
SAID = ("We decided to keep the retry queue in SQLite because there is no server to run.",
        "We decided to patch the vendored parser upstream because every fork of it was lost before.",
        "We decided to use Postgres for the metrics page because its charts need window functions.")


@pytest.fixture
def captured(passdown: Passdown, repository: Path) -> Passdown:
    """A store with three extracted decisions, the metrics page the newest."""
    passdown("init", "--yes")
    common = {"sessionId": "s-1", "cwd": str(repository), "version": "2.1.50"}
    rows = []
    for number, text in enumerate(SAID):
        at = f"2026-11-20T10:0{number}:00Z"
        rows += [{"type": "user", "uuid": f"u{number}", "timestamp": at, "message": {"role": "user", "content": "How shall we do it?"}, **common},
                 {"type": "assistant", "uuid": f"a{number}", "timestamp": at, **common,
                  "message": {"role": "assistant", "id": f"m{number}", "model": "x", "content": [{"type": "text", "text": text}]}}]
    transcript = repository.parent / "s-1.jsonl"
    transcript.write_text("".join(json.dumps(row) + "\n" for row in rows))
    passdown("capture", "--transcript", str(transcript))
    return passdown


def on_terminal(repository: Path, keys: str) -> tuple[int, str]:
    """Exit code and all that `review` shows on a terminal on which these keys are pressed, each when it waits for one."""
    import pty

    process, terminal = pty.fork()
    if not process:
        os.chdir(repository)
        os.execv(sys.executable, [sys.executable, "-m", "passdown", "review"])
    shown, end = "", time.monotonic() + 120
    pressed = 0
    while time.monotonic() < end:
        ready, _, _ = select.select([terminal], [], [], 0.05)
        try:
            shown += os.read(terminal, 65_536).decode() if ready else ""
        except OSError:
            break
        while pressed < len(keys) and shown.count("q quit") + shown.count("leave it):") > len([k for k in keys[:pressed] if k not in "new\r"]):
            os.write(terminal, keys[pressed].encode())
            pressed += 1
    return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), shown


def listed(passdown: Passdown, *words: str) -> list[dict[str, object]]:
    found: list[dict[str, object]] = json.loads(passdown("list", "--json", *words).stdout)
    return found


def test_the_list_says_where_each_was_said_and_what_to_do(captured: Passdown) -> None:
    """Newest first; `show` takes the place, and JSON has the commands."""
    done = captured("list", "--extracted")
    rows = done.stdout.splitlines()
    first = listed(captured, "--extracted")[0]

    assert "metrics page" in rows[0]
    assert rows[1].strip() == "said 2026-11-20 in s-1:7 (claude-code)"
    assert "metrics page" in captured("show", "s-1:7").stdout
    assert "3 records to review" in done.stderr
    assert first["review"]["accept"] == f"passdown review --accept {first['id']}"  # type: ignore[index]
    assert listed(captured, "--extracted", "--since", "2026-11-20T10:02:00Z") == [first]
    assert captured("list", "--extracted", "--since", "yesterday", code=2).stderr


def test_a_script_accepts_and_rejects_by_id(captured: Passdown) -> None:
    """All of them or, when one is wrong, none; a dry run changes nothing."""
    ids = [str(r["id"]) for r in listed(captured, "--extracted")]
    captured("review", "--accept", ids[0], "zzzz", code=30)
    captured("review", "--accept", ids[0], "--reject", ids[0], code=2)
    assert captured("review", "--accept", ids[0], "--reject", ids[1], "--dry-run").stdout.count("Would ") == 2
    assert len(listed(captured, "--extracted")) == 3
    done = json.loads(captured("review", "--accept", ids[0], "--reject", ids[1][:8], "--json").stdout)

    assert [r["trust"] for r in done["accepted"]] == ["noted"]
    assert [r["status"] for r in done["rejected"]] == ["archived"]
    assert [r["id"] for r in listed(captured, "--extracted")] == [ids[2]]


def test_without_a_terminal_nobody_is_asked(captured: Passdown) -> None:
    """The hint says what a script can do."""
    assert "--accept ID" in captured("review", code=2).stderr
    captured("review", "--accept", *(str(r["id"]) for r in listed(captured, "--extracted")))
    assert "Nothing to review." in captured("review").stderr


def test_on_a_terminal_single_keys_go_through_the_list(captured: Passdown, repository: Path) -> None:
    """Reject the first, skip the second, accept the third; each shown with what was said around it."""
    code, shown = on_terminal(repository, "rsa")
    rest = listed(captured, "--extracted")

    assert code == 0
    assert "(asked) How shall we do it?" in shown
    assert "»We decided to use Postgres for the metrics page" in shown
    assert "1 accepted, 1 rejected" in shown
    assert ["parser" in str(r["text"]) for r in rest] == [True]
    assert [r["trust"] for r in listed(captured) if "retry" in str(r["text"])] == ["noted"]


def test_on_a_terminal_a_record_is_edited_in_place(captured: Passdown, repository: Path) -> None:
    """The new text counts, and quitting leaves the rest."""
    code, shown = on_terminal(repository, "enew\rq")

    assert code == 0
    assert "1 edited" in shown
    assert [r["text"] for r in listed(captured) if r["trust"] == "noted"] == ["new"]
    assert len(listed(captured, "--extracted")) == 2
