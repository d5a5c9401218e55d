"""Hooks as a host fires them: the launcher, a payload on standard input, an environment without anything of ours, another directory."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from passdown.hooks import detached, launcher, spool

PAYLOADS = Path(__file__).parents[2] / "golden" / "hooks"
CLAUDE = Path(__file__).parents[2] / "golden" / "transcripts" / "claude-code" / "session.jsonl"


PATIENCE = "60"  # seconds: what a hook says is asked here, not how long a busy machine takes for it

FOLDERS = {"claude-code": ".claude/projects/x", "codex": ".codex/sessions/2026/11/20",
           "gemini-cli": ".gemini/tmp/x/chats", "qwen-code": ".qwen/projects/x/chats"}


class Host:
    """One host with one session in one repository."""

    def __init__(self, root: Path, name: str = "claude-code", session: str = "s-1") -> None:
        self.root, self.name, self.session = root, name, session
        self.home = Path(os.environ["HOME"])
        self.transcript = self.home / FOLDERS.get(name, f"elsewhere/{name}") / (f"rollout-2026-11-20T10-00-00-{session}.jsonl" if name == "codex" else
                                                                                f"{session}.jsonl")
        self.launcher = Path(launcher.path(str(self.home / ".passdown")))
        self.launcher.parent.mkdir(parents=True, exist_ok=True)
        self.launcher.write_text(launcher.text(sys.executable))
        self.launcher.chmod(0o755)

    @property
    def private(self) -> Path:
        return self.root / ".git" / "passdown"

    def another(self, session: str) -> "Host":
        return Host(self.root, self.name, session)

    def payload(self, event: str, **fields: object) -> str:
        text = (PAYLOADS / self.name / f"{event}.json").read_text()
        for name, value in (("session", self.session), ("transcript", self.transcript), ("cwd", self.root)):
            text = text.replace("{" + name + "}", str(value))
        return json.dumps({**json.loads(text), **fields})

    def run(self, payload: str | bytes, host: str = "", word: str = "", cwd: str = "/", **environment: str) -> "subprocess.CompletedProcess[bytes]":
        data = payload.encode() if isinstance(payload, str) else payload
        done = subprocess.run([str(self.launcher), "hook", host or self.name, *word.split()], input=data, capture_output=True, cwd=cwd, check=False,
                              timeout=120, env={"HOME": str(self.home), "PASSDOWN_HOOK_SECONDS": PATIENCE, **environment})
        assert (done.returncode, done.stderr) == (0, b"")
        return done

    def fire(self, event: str, at: str = "", **fields: object) -> str:
        """What the hook put into the conversation; "" when it said nothing. Its answer is one object with the two keys that every host takes.

        at: ISO time that is now for the hook, where its answer is compared with another one: it names the minute.
        """
        out = self.run(self.payload(event, **fields), **({"PASSDOWN_NOW": at} if at else {})).stdout.decode()
        if not out:
            return ""
        answer: dict[str, Any] = json.loads(out)
        assert set(answer) == {"hookSpecificOutput"}
        assert set(answer["hookSpecificOutput"]) == {"hookEventName", "additionalContext"}
        assert answer["hookSpecificOutput"]["hookEventName"] == event
        assert len(answer["hookSpecificOutput"]["additionalContext"]) <= 9_000
        return str(answer["hookSpecificOutput"]["additionalContext"])

    def say(self, prompt: str, reply: str) -> None:
        """One turn in the transcript, in Claude Code's form."""
        self.transcript.parent.mkdir(parents=True, exist_ok=True)
        number = time.time_ns()
        common = {"sessionId": self.session, "cwd": str(self.root), "gitBranch": "main", "timestamp": "2026-11-20T10:00:00Z", "version": "2.1.50"}
        rows = [{"type": "user", "uuid": f"u{number}", "message": {"role": "user", "content": prompt}, **common},
                {"type": "assistant", "uuid": f"a{number}", "parentUuid": f"u{number}", **common,
                 "message": {"role": "assistant", "id": f"m{number}", "model": "x", "content": [{"type": "text", "text": reply}]}}]
        with self.transcript.open("a") as file:
            file.writelines(json.dumps(row) + "\n" for row in rows)

    def settle(self) -> None:
        """Wait until the captures that hooks have started are done."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            waiting = [p for p in spool.waiting(str(self.private)) if Path(p.transcript.partition("#")[0]).exists()]
            if not waiting and not detached.busy(str(self.private)):
                return
            time.sleep(0.02)
        raise AssertionError(f"no capture took away {[p.name for p in spool.waiting(str(self.private))]}")


Passdown = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def bare(repository: Path) -> Host:
    """Claude Code in a repository without a store."""
    return Host(repository)


@pytest.fixture
def host(passdown: Passdown, repository: Path) -> Host:
    """Claude Code in a repository with one."""
    passdown("init", "--yes")
    return Host(repository)
