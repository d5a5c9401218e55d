"""Two hundred secrets, of as many formats, in every input there is: none in any byte that passdown writes or prints."""

import gzip
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

import pytest

from passdown.hooks import launcher
from passdown.redaction.fakes import with_secret
from passdown.redaction.table import FORMATS

pytestmark = pytest.mark.slow

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
COUNT = 200
LINES = 20  # secrets that stand in one text together
ONLY_ALONE = ("seed-phrase", "private-key", "ssh2-private-key", "putty-private-key", "openvpn-key")  # of several lines, or of words


def planted() -> list[tuple[str, str]]:
    """(as it stands in a text, the part that may stand nowhere), of formats spread over the whole table."""
    forms = [form for form in FORMATS if form.code not in ONLY_ALONE]
    chosen = Random(11).sample(forms, COUNT)
    return [with_secret(form, Random(f"canary-{form.code}-{n}")) for n, form in enumerate(chosen)]


def batches(texts: Sequence[str]) -> list[str]:
    return ["\n".join(texts[at: at + LINES]) for at in range(0, len(texts), LINES)]


def session(path: Path, root: Path, texts: Sequence[str]) -> None:
    """A transcript that says each in a prompt, a reply, a thought, a command, its output, an edit, a to-do, a branch and an error."""
    rows: list[dict[str, object]] = []
    for n, text in enumerate(texts):
        blocks = [
            {"type": "text", "text": f"We decided to use {text} because staging needs it."}, {"type": "thinking", "thinking": f"hm, {text}"},
            {"type": "tool_use", "id": f"b{n}", "name": "Bash", "input": {"command": f"deploy '{text}'", "description": f"with {text}"}},
            {"type": "tool_use", "id": f"e{n}", "name": "Edit", "input": {"file_path": f"{root}/.env", "old_string": "a", "new_string": f"X\n{text}\n"}},
            {"type": "tool_use", "id": f"t{n}", "name": "TodoWrite", "input": {"todos": [{"content": f"rotate {text}", "status": "pending"}]}}]
        results = [{"type": "tool_result", "tool_use_id": i, "content": f"out:\n{text}\n", "is_error": i[0] == "b"} for i in (f"b{n}", f"e{n}", f"t{n}")]
        for kind, content in (("user", f"here it is: {text}"), ("assistant", blocks), ("user", results)):
            message = {"role": kind, "content": content, **({"id": f"m{n}", "model": "x"} if kind == "assistant" else {})}
            rows.append({"type": kind, "uuid": str(len(rows)), "parentUuid": str(len(rows) - 1) if rows else None, "sessionId": "canaries", "cwd": str(root),
                         "gitBranch": f"fix/{text}", "timestamp": f"2026-03-02T{10 + n // 60}:{n % 60:02d}:00Z", "message": message})
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def kept(folders: Sequence[Path], not_ours: set[Path]) -> Iterator[tuple[str, str]]:
    """Name and content of every file that passdown may have written, unpacked; of databases each value."""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and path not in not_ours:
                content = path.read_bytes()
                yield str(path), path.name + "\n" + (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8", "replace")
                if content.startswith(b"SQLite format 3"):
                    yield str(path), "\n".join(values(path))


def values(path: Path) -> Iterator[str]:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall():
            try:
                yield from ("\n".join(map(str, row)) for row in db.execute(f'SELECT * FROM "{table}"'))
            except sqlite3.Error:
                continue


def test_no_canary_is_written_or_printed(passdown: Passdown, repository: Path) -> None:
    """Through capture, hooks, every reading and writing verb, documents, imports, templates, settings, wrong words and faults."""
    canaries = planted()
    texts = [text for text, _ in canaries]
    said: list[str] = []

    def run(*words: str, stdin: str = "", **environment: str) -> str:
        done = passdown(*words, code=None, stdin=stdin, **environment)
        said.extend((done.stdout, done.stderr))
        return done.stdout

    run("init", "--yes")
    transcript = repository.parent / "canaries.jsonl"
    session(transcript, repository, texts)
    run("capture", "--transcript", str(transcript))
    ids = []
    for batch in batches(texts):
        (repository / "a.py").write_text(f"KEY = 1\n{batch}\n")
        subprocess.run(["git", "commit", "-q", "--allow-empty", "-m", batch], cwd=repository, check=True)
        ids.append(json.loads(run("note", "decision", batch, "--why", batch, "--file", "a.py:2", "--json"))["record"]["id"])
        run("note", "knowledge", "-", stdin=batch)
        run("search", batch)
        run("resume", "--task", batch)
    document = repository / "SESSION_CONTEXT.md"
    document.write_text("# Session context\n\n## Gotchas\n\n" + "\n".join(f"- {text}" for text in texts) + "\n")
    template = repository / ".passdown" / "templates" / "own.md"
    template.parent.mkdir(exist_ok=True)
    template.write_text("# {{ title }}\n" + "\n".join(texts))
    run("share", *ids[:4])
    for words in (
            ["import", str(document)], ["list", "--all"], ["list", "--json"], ["show", ids[0]], ["why", "a.py:2"], ["sessions", "--json"],
            ["stats", "--json"], ["resume", "--explain"], ["resume", "--format", "json"], ["handoff"], ["handoff", "--json"],
            ["export", "--style", "continuity"], ["check", str(document)], ["load", "--task", texts[0]], ["verify", "--all"], ["doctor"], ["scan"],
            ["scan", str(transcript), "--json"], ["undo"],
    ):
        run(*words)
    for n, text in enumerate(texts[:10]):
        run(("show", "capture", "import", "why", "nothing")[n % 5], text)
    (repository / ".passdown" / "config.toml").write_text("\n".join(f"x{n} = '''{text}'''" for n, text in enumerate(texts)))
    run("list")
    hooks(repository, transcript, texts, said)

    not_ours = {document, template, repository / ".passdown" / "config.toml", Path.home() / ".gitconfig"}
    written = list(kept([repository / ".passdown", repository / ".tmp", repository / ".git" / "passdown", Path.home()], not_ours))
    printed = "\n".join(said)
    leaks = {secret[:4]: sorted({name for name, content in written if secret in content}) for _, secret in canaries}

    assert len(canaries) == COUNT
    assert {name: places for name, places in leaks.items() if places} == {}
    assert [secret[:4] for _, secret in canaries if secret in printed] == []
    assert "[REDACTED:" in printed


def hooks(repository: Path, transcript: Path, texts: Sequence[str], said: list[str]) -> None:
    """Each event of a session with secrets in its payload, straight to the hook's own script."""
    run_it = Path.home() / "hook"
    run_it.write_text(launcher.text(sys.executable))
    run_it.chmod(0o755)
    for event in ("SessionStart", "UserPromptSubmit", "PostToolUse", "PreCompact", "SessionEnd"):
        payload = {"hook_event_name": event, "session_id": "canaries", "transcript_path": str(transcript), "cwd": str(repository), "source": "startup",
                   "prompt": "\n".join(texts[:40]), "tool_name": "Bash", "tool_input": {"command": texts[41]}, "tool_response": {"stdout": texts[42]}}
        done = subprocess.run([str(run_it), "hook", "claude-code"], input=json.dumps(payload), capture_output=True, text=True, cwd=repository, check=False,
                              timeout=60)
        said.extend((done.stdout, done.stderr))
