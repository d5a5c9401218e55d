"""Attacks in every input there is: transcripts of three agents, git, files, documents, records, a production, payloads of hooks."""

import json
import os
import subprocess
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

from tests.hostile.attacks import ATTACKS, CANARY

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
DETAILS = {  # kind -> its options, each of which gets an attack
    "decision": ("--why", "--alternative", "--trade-off"), "approach": ("--why", "--lesson", "--instead"), "knowledge": ("--why",),
    "task": ("--ticket", "--stopped"), "blocker": ("--impact", "--next"), "issue": ("--mitigation",), "risk": ("--mitigation",), "question": ("--context",),
    "command": ("--cwd",), "test-data": ("--credentials",), "resource": ("--link",), "preference": ("--scope",), "lesson": (), "milestone": ()}


class Source:
    """The attacks one after the other, each with a number of its own in its sentinel, again and again."""

    def __init__(self, first: int = 0, step: int = 1) -> None:
        self._numbers = count(first, step)
        self.given: list[str] = []

    def __call__(self) -> str:
        number = next(self._numbers)
        text = ATTACKS[number % len(ATTACKS)].replace(CANARY, f"{CANARY}{number}x")
        self.given.append(text)
        return text

    def name(self) -> str:
        """One as the name of a file or branch may have it."""
        return " ".join(self().replace("/", " ").replace("\x00", "").split("\n")).encode()[:120].decode("utf-8", "ignore").strip()

    def branch(self) -> str:
        """One as git takes it for a branch."""
        kept = "".join(c if c.isalnum() or c in "-_<|`'\";$(){}!." else "-" for c in self.name()).strip("-.").replace("..", "-").replace("@{", "-")
        return f"work/{kept.encode()[:100].decode('utf-8', 'ignore').rstrip('.-') or 'x'}"


def claude(take: Source, root: Path, session: str = "claude-1") -> str:
    """A session of Claude Code."""
    blocks: list[dict[str, Any]] = [
        {"type": "text", "text": f"We chose the SQLite ledger over Redis because {take()}"}, {"type": "thinking", "thinking": take()},
        {"type": "tool_use", "id": "b", "name": "Bash", "input": {"command": f"make {take()}", "description": take()}},
        {"type": "tool_use", "id": "e", "name": "Edit", "input": {"file_path": f"{root}/{take.name()}.py", "old_string": "a", "new_string": take()}},
        {"type": "tool_use", "id": "t", "name": "TodoWrite", "input": {"todos": [{"content": take(), "status": "in_progress"}]}}]
    results = [{"type": "tool_result", "tool_use_id": i, "content": f"error: {take()}", "is_error": i == "b"} for i in ("b", "e", "t")]
    told = [("user", f"Make the queue safe. {take()}"), ("assistant", blocks), ("user", results), ("user", take()),
            ("assistant", [{"type": "text", "text": f"{take()}\n\nRedis does not work here: {take()}"}])]
    rows: list[dict[str, Any]] = [{"type": "summary", "summary": take(), "leafUuid": "u0"}]
    for n, (kind, content) in enumerate(told):
        message = {"role": kind, "content": content, **({"id": f"m{n}", "model": "x"} if kind == "assistant" else {})}
        rows.append({"type": kind, "uuid": f"u{n}", "parentUuid": f"u{n - 1}" if n else None, "sessionId": session, "cwd": str(root), "version": "2.1.50",
                     "gitBranch": take(), "timestamp": f"2026-03-02T10:0{n}:00Z", "message": message})
    return lines(rows)


def codex(take: Source, root: Path) -> str:
    """A session of Codex."""
    def said(role: str, kind: str, text: str) -> dict[str, Any]:
        return {"type": "message", "role": role, "content": [{"type": kind, "text": text}]}

    patch = f"*** Begin Patch\n*** Add File: {take.name()}.py\n+{take()!r}\n*** End Patch"
    items = [
        said("user", "input_text", f"Make the outbox fast. {take()}"), said("assistant", "output_text", f"We decided to keep SQLite. {take()}"),
        {"type": "function_call", "name": "exec_command", "arguments": json.dumps({"cmd": f"pytest -q {take()}", "workdir": str(root)}), "call_id": "c1"},
        {"type": "function_call_output", "call_id": "c1", "output": f"Process exited with code 1\nOutput:\nE {take()}\n1 failed"},
        {"type": "custom_tool_call", "status": "completed", "call_id": "c2", "name": "apply_patch", "input": patch},
        {"type": "custom_tool_call_output", "call_id": "c2", "output": take()},
        {"type": "function_call", "name": "update_plan", "arguments": json.dumps({"plan": [{"step": take(), "status": "pending"}]}), "call_id": "c3"},
        said("assistant", "output_text", f"Done. {take()}")]
    rows = [{"type": "session_meta", "payload": {"id": "codex-1", "cwd": str(root), "originator": "codex-tui", "cli_version": "0.120.0", "source": "cli",
                                                 "git": {"branch": take()}}}, *({"type": "response_item", "payload": item} for item in items)]
    return lines([{"timestamp": f"2026-03-03T09:00:{n:02d}.000Z", **row} for n, row in enumerate(rows)])


def gemini(take: Source, root: Path) -> str:
    """A session of Gemini CLI."""
    calls = [{"id": "r", "name": "run_shell_command", "args": {"command": f"make {take()}", "description": take()}, "status": "error",
              "timestamp": "2026-03-05T10:02:01.000Z", "result": [{"functionResponse": {"id": "r", "name": "x", "response": {"output": take()}}}]},
             {"id": "w", "name": "write_file", "args": {"file_path": f"{root}/{take.name()}.md", "content": take()}, "status": "success",
              "timestamp": "2026-03-05T10:02:02.000Z"},
             {"id": "d", "name": "write_todos", "args": {"todos": [{"description": take(), "status": "pending"}]}, "status": "success",
              "timestamp": "2026-03-05T10:02:03.000Z"}]
    told = [("user", [{"text": f"Fix the total of the basket. {take()}"}], []),
            ("gemini", f"I will not use a cache, because {take()}", calls), ("user", [{"text": take()}], []), ("gemini", take(), [])]
    rows: list[dict[str, Any]] = [{"sessionId": "gemini-1", "projectHash": "ab12", "startTime": "2026-03-05T10:00:00.000Z", "kind": "main",
                                   "lastUpdated": "2026-03-05T10:00:00.000Z", "directories": [str(root)]}]
    rows += [{"id": f"m{n}", "timestamp": f"2026-03-05T10:0{n + 1}:00.000Z", "type": kind, "content": content, "toolCalls": made, "model": "x"}
             for n, (kind, content, made) in enumerate(told)]
    return lines(rows)


def lines(rows: Sequence[dict[str, Any]]) -> str:
    return "".join(json.dumps(row) + "\n" for row in rows)


def transcripts(take: Source, root: Path) -> list[Path]:
    """A file each, beside the repository, and one of a session whose very id is an attack."""
    found = [root.parent / "named.jsonl"]
    found[0].write_text(claude(take, root, take()))
    for make in (claude, codex, gemini):
        path = root.parent / f"{make.__name__}.jsonl"
        path.write_text(make(take, root))
        found.append(path)
    return found


def history(take: Source, root: Path) -> None:
    """What git and the manifests say: commits, a branch, files, and what is not committed."""
    (root / "README.md").write_text(f"# {take()}\n\nThe shop. {take()}\n")
    (root / "package.json").write_text(json.dumps({"name": take(), "description": take(), "scripts": {"test": take(), "start": "node ."}}))
    (root / "src").mkdir()
    (root / "src" / "README.md").write_text(f"{take()}\n")
    (root / "src" / f"{take.name()}.py").write_text("x = 1\n")
    for _ in range(3):
        subprocess.run(["git", "add", "-A"], cwd=root, check=True)
        subprocess.run(["git", "commit", "-q", "--allow-empty", "--cleanup=verbatim", "-F", "-"], cwd=root, input=f"Add {take()}".encode(), check=True)
    made = subprocess.run(["git", "checkout", "-qb", take.branch()], cwd=root, check=False, capture_output=True)
    assert made.returncode in (0, 128), made.stderr
    (root / f"{take.name()}.txt").write_text(take())


def documents(take: Source, root: Path) -> None:
    """The project's own: memory with conditions, a session context, a log of decisions."""
    (root / "CLAUDE.md").write_text(
        f"---\ntype: memory\ndescription: {json.dumps(take())}\n---\n# {flat(take())}\n\n{take()}\n\n<LOAD_IF task=\"queue\">\n{take()}\n</LOAD_IF>\n"
        "\n<triggers>queue</triggers>\n")
    (root / "SESSION_CONTEXT.md").write_text(
        f"# Session Context\n\n## Current State\n- {take()}\n\n## Blockers\n- {flat(take())}\n\n## What NOT to do\n\n| What | Why |\n|---|---|\n"
        f"| {flat(take())} | {flat(take())} |\n\n## Gotchas\n- {take()}\n")
    (root / "docs").mkdir()
    (root / "docs" / "decisions.md").write_text(
        "# Decisions\n\n" + "".join(f"## Decision {n}: {flat(take())}\n\n- **Status:** accepted\n\n{take()}\n\nNot before phase 4: {flat(take())}\n\n"
                                     for n in (1, 2)))
    (root / "old.md").write_text(
        f"---\ntitle: {json.dumps(take())}\n---\n# Handoff: {flat(take())}\n\n## Decisions\n- {take()}\n- **Decision:** {flat(take())}\n"
        f"  Why: {flat(take())}\n\n"
        f"## Dead ends\n\n| Approach | Why |\n|---|---|\n| {flat(take())} | {flat(take())} |\n\n## Next steps\n1. {take()}\n- [ ] {take()}\n")


def flat(text: str) -> str:
    return " ".join(text.split())


def records(passdown: Passdown, take: Source, share: Sequence[str] = ()) -> list[str]:
    """One of every kind, said on purpose, with attacks in its details; ids."""
    ids = []
    for kind, options in DETAILS.items():
        outcome = ["--outcome", "failed"] if kind == "approach" else []
        words = [word for option in options for word in (f"{option}={take()}",)]
        done = passdown("note", kind, f"{take()}\nmore: {take()}", *words, *outcome, *share, "--json")
        ids.append(json.loads(done.stdout)["record"]["id"])
    for kind, words in (("decision", "Keep the zebra ledger in SQLite, not in Redis"), ("knowledge", "The zebra ledger locks its journal twice")):
        more = ["--why", "no server", "--alternative", "Redis"] if kind == "decision" else ["--severity", "critical"]
        done = passdown("note", kind, f"{words}. {take()}", *more, *share, "--json")
        ids.append(json.loads(done.stdout)["record"]["id"])
    return ids


PLAN = """\
about: ABOUT
phases:
  write:
    run: |
      cat said.txt; cp said.txt "$PASSDOWN_FOLDER/out.txt"; cat "$PASSDOWN_BRIEFING" > "$PASSDOWN_FOLDER/told.txt"
      PYTHON -m passdown note decision - < said.txt
    outputs: [out.txt, told.txt]
    gate:
      run: 'cat said.txt; echo; if [ -s "$PASSDOWN_FEEDBACK" ]; then echo 9; else echo 1; fi'
      minimum: 8
      below: retry
    retries: {most: 2, backoff: 0.1 s}
  pack:
    needs: [write]
    run: 'cat "$PASSDOWN_BRIEFING" > "$PASSDOWN_FOLDER/packed.txt"'
    outputs: [packed.txt]
"""


def payload(root: Path, **fields: object) -> str:
    """What Claude Code sends a hook."""
    return json.dumps({"session_id": "s-9", "transcript_path": str(root / "none.jsonl"), "cwd": str(root), **fields})


def environment() -> dict[str, str]:
    """Of a hook: nothing of ours, and patience."""
    return {"HOME": os.environ["HOME"], "PATH": os.environ["PATH"], "PASSDOWN_HOOK_SECONDS": "60"}


def prompts(take: Source) -> Iterator[str]:
    """What a user may type or paste."""
    yield "Should we use Redis for the zebra ledger after all, and not SQLite?"
    yield "Why does the zebra ledger lock its journal?"
    yield f"Should we use Redis for the queue after all? {take()}"
    yield take()


__all__ = ["DETAILS", "PLAN", "Passdown", "Source", "documents", "environment", "history", "payload", "prompts", "records", "transcripts"]
