"""What only several sessions show together."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]


def transcript(path: Path, session: str, day: int, *steps: tuple[str, str, bool] | str, asked: str = "") -> Path:
    """A Claude Code transcript of our own: a step is something said, or (command, output, whether it passed). asked: by the user at the end."""
    rows: list[dict[str, Any]] = []

    def row(role: str, content: object) -> None:
        number = len(rows)
        rows.append({
            "type": role, "uuid": f"{session}-{number}", "parentUuid": f"{session}-{number - 1}" if number else None, "sessionId": session,
            "cwd": "/srv/shop", "gitBranch": "main", "timestamp": f"2026-01-{day:02}T10:00:{number:02}Z",
            "message": {"role": role, "content": content, "id": f"{session}-m{number}"}})

    row("user", "Please look after the shop")
    for n, step in enumerate(steps):
        if isinstance(step, str):
            row("assistant", [{"type": "text", "text": step}])
        else:
            command, output, passed = step
            row("assistant", [{"type": "tool_use", "id": f"t{n}", "name": "Bash", "input": {"command": command}}])
            row("user", [{"type": "tool_result", "tool_use_id": f"t{n}", "content": output, "is_error": not passed}])
    if asked:
        row("user", asked)
    path.write_text("".join(json.dumps(r) + "\n" for r in rows))
    return path


def captured(passdown: Passdown, path: Path, repository: Path) -> None:
    passdown("capture", "--transcript", str(path), "--cwd-map", f"/srv/shop={repository}")


def listed(passdown: Passdown, kind: str) -> list[dict[str, Any]]:
    found = json.loads(passdown("list", "--json", "--all").stdout)
    return [r for r in (found if isinstance(found, list) else found["records"]) if r["kind"] == kind]


def test_an_error_that_each_session_meets_is_a_failed_approach(passdown: Passdown, repository: Path, tmp_path: Path) -> None:
    """Once is nothing; the second session makes it a record, the third makes no second one."""
    passdown("init", "--yes")
    steps = (("wrap npm test", "error: unrecognized subcommand 'npm'", False), ("npm test", "Tests: 2 passed, 2 total", True))
    found = []
    for n in (1, 2, 3):
        captured(passdown, transcript(tmp_path / f"{n}.jsonl", f"s{n}", n, *steps), repository)
        found.append([r["text"] for r in listed(passdown, "approach")])

    told = "`wrap npm test` fails in {} sessions; `npm test` works"
    assert found == [[], [told.format(2)], [told.format(3)]]
    [command] = [r for r in listed(passdown, "command") if r["status"] == "active"]
    assert (command["text"], command["session"]) == ("npm test", "s3")


def test_what_the_user_asks_for_in_each_session_is_a_preference(passdown: Passdown, repository: Path, tmp_path: Path) -> None:
    """From the third session on, one record that points at what was said."""
    passdown("init", "--yes")
    found = []
    asks = ("commit and update the changelog", "commit this and update @CHANGELOG.md", "commit and update the changelog", "commit, update changelog")
    for n, asked in enumerate(asks, 1):
        captured(passdown, transcript(tmp_path / f"{n}.jsonl", f"s{n}", n, "The cart is done.", asked=asked), repository)
        found.append([r["text"] for r in listed(passdown, "preference")])

    assert found == [[], [], ["commit and update the changelog (asked for in 3 sessions)"], ["commit, update changelog (asked for in 4 sessions)"]]
    [record] = listed(passdown, "preference")
    assert [e["session"] for e in record["evidence"]] == ["s4", "s3", "s2", "s1"]
    assert all(e["event"] > 0 for e in record["evidence"])
    assert "update changelog" in passdown("resume", "--budget", "500").stdout


def test_a_later_commit_closes_a_task(passdown: Passdown, repository: Path, tmp_path: Path) -> None:
    """What one session left over and a later one did is not open any more."""
    passdown("init", "--yes")
    left = "All done for today.\n\n## Remaining work\n- Port the admin pages to the new router"
    captured(passdown, transcript(tmp_path / "1.jsonl", "s1", 1, left), repository)
    assert [r["status"] for r in listed(passdown, "task")] == ["active"]
    done = ("git commit -qm 'Port the admin pages to the new router'", "[main 1a2b3c4] Port the admin pages to the new router", True)
    captured(passdown, transcript(tmp_path / "2.jsonl", "s2", 2, done), repository)
    assert [r["status"] for r in listed(passdown, "task")] == ["resolved"]
