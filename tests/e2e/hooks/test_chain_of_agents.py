"""A piece of work that goes from one agent to the next: each is told what the one before it did, through its own hooks and in its own form."""

import json
import time
from pathlib import Path
from typing import Any

from tests.e2e.hooks.conftest import Host


def write(path: Path, *rows: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def gemini(one: Host, prompt: str, reply: str) -> None:
    """A turn in Gemini CLI's form."""
    write(one.transcript,
          {"sessionId": one.session, "projectHash": "ab12", "startTime": "2026-11-20T10:00:00.000Z", "kind": "main", "directories": [str(one.root)]},
          {"id": "1", "timestamp": "2026-11-20T10:00:01.000Z", "type": "user", "content": [{"text": prompt}]},
          {"id": "2", "timestamp": "2026-11-20T10:00:09.000Z", "type": "gemini", "content": reply, "model": "x"})


def cursor(one: Host, prompt: str, reply: str) -> None:
    """A turn in Cursor's form, at Cursor's place: its payload does not name the file."""
    slug = "".join(c if c.isalnum() else "-" for c in str(one.root).strip("/"))
    write(one.home / f".cursor/projects/{slug}/agent-transcripts/{one.session}.jsonl",
          {"role": "user", "message": {"content": [{"type": "text", "text": f"<user_query>\n{prompt}\n</user_query>"}]}},
          {"role": "assistant", "message": {"content": [{"type": "text", "text": reply}]}})


def windsurf(one: Host, prompt: str, reply: str) -> None:
    write(one.transcript, {"status": "done", "type": "user_input", "user_input": {"user_response": prompt}},
          {"status": "done", "type": "planner_response", "planner_response": {"response": reply}})


def cline(one: Host, prompt: str, reply: str) -> None:
    """A task in Cline's form, below the editor that runs it."""
    folder = one.home / ".config/Code/User/globalStorage/saoudrizwan.claude-dev/tasks" / one.session
    folder.mkdir(parents=True)
    now = time.time_ns() // 1_000_000 + 2_000  # sessions are told apart by the second
    rows = [{"ts": now, "type": "say", "say": "task", "text": prompt},
            {"ts": now + 1, "type": "say", "say": "completion_result", "text": reply}]
    (folder / "ui_messages.json").write_text(json.dumps(rows))
    where = f"<environment_details>\n# Current Working Directory ({one.root}) Files\n</environment_details>"
    content = [{"type": "text", "text": f"<task>{prompt}</task>\n{where}"}]
    (folder / "api_conversation_history.json").write_text(json.dumps([{"role": "user", "content": content}]))


def stop(one: Host, event: str) -> None:
    one.run(one.payload(event), cwd=str(one.root))
    one.settle()


def test_five_agents_one_memory(host: Host, repository: Path) -> None:
    """Gemini CLI begins, Cursor goes on, then Windsurf, Cline, Claude Code: each start has the last words of the session before, in whatever agent that was."""
    first = Host(repository, "gemini-cli", "g-1")
    gemini(first, "Write the outbox", "The outbox table is written, its retry loop is missing.")
    stop(first, "AfterAgent")

    second = Host(repository, "cursor", "c-1")
    said = json.loads(second.run(second.payload("sessionStart")).stdout)["additional_context"]
    assert "its retry loop is missing" in said
    cursor(second, "Add the retry loop", "The retry loop is written, it gives up after three times.")
    stop(second, "stop")

    third = Host(repository, "windsurf", "w-1")
    windsurf(third, "Test the retry loop", "The retry loop has two tests, one of them is flaky.")
    stop(third, "post_cascade_response_with_transcript")

    fourth = Host(repository, "cline", "1795165200000")
    told = json.loads(fourth.run(fourth.payload("TaskStart")).stdout)["contextModification"]
    assert "one of them is flaky" in told
    cline(fourth, "Mend the flaky test", "The flaky test waits for the clock now.")
    stop(fourth, "TaskComplete")

    last = host.fire("SessionStart")
    assert "waits for the clock now" in last
