"""Two hundred secrets, of as many formats, in every input of the command line and of hooks: none in any byte that passdown writes or prints."""

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from passdown.hooks import launcher

pytestmark = pytest.mark.slow

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
Leaks = Callable[..., dict[str, list[str]]]


def test_no_canary_is_written_or_printed(passdown: Passdown, repository: Path, session: Path, texts: list[str], batches: list[str], leaks: Leaks) -> None:
    """Through capture, hooks, every reading and writing verb, documents, reports, backups, imports, templates, settings, wrong words and faults."""
    said: list[str] = []

    def run(*words: str, stdin: str = "", **environment: str) -> str:
        done = passdown(*words, code=None, stdin=stdin, **environment)
        said.extend((done.stdout, done.stderr))
        return done.stdout

    run("init", "--yes")
    run("capture", "--transcript", str(session))
    next_day = session.with_name("next.jsonl")
    next_day.write_text(session.read_text().replace('"sessionId": "canaries"', '"sessionId": "next"').replace("2026-03-02T", "2026-03-03T"))
    run("capture", "--transcript", str(next_day))
    ids = []
    for batch in batches:
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
    reports = repository.parent / "reports"
    reports.mkdir()
    for words in (
            ["import", str(document)], ["list", "--all"], ["list", "--json"], ["show", ids[0]], ["why", "a.py:2"], ["sessions", "--json"],
            ["stats", "--json"], ["stats", "continuity", "--json"], ["stats", "continuity", "--html", str(reports / "c.html")],
            ["stats", "continuity", "--svg", str(reports / "c.svg")], ["stats", "continuity", "--replay"],
            ["resume", "--explain"], ["resume", "--format", "json"], ["handoff"], ["handoff", "--json"],
            ["export", "--style", "continuity"], ["check", str(document)], ["check", str(document), "--format", "sarif"],
            ["check", str(document), "--format", "github"], ["check", "--json", "--explain"], ["load", "--task", texts[0]], ["verify", "--all"], ["doctor"],
            ["scan"], ["scan", str(session), "--json"], ["backup", str(reports / "store.tar.gz")], ["review"], ["guard", texts[0]], ["undo"],
    ):
        run(*words)
    for n, text in enumerate(texts[:10]):
        for more in ((), ("--json",)):
            run(("show", "capture", "import", "why", "nothing")[n % 5], text, *more)
    (repository / ".passdown" / "config.toml").write_text("\n".join(f"x{n} = '''{text}'''" for n, text in enumerate(texts)))
    run("list")
    hooks(repository, session, texts, said)

    not_ours = frozenset({document, template, repository / ".passdown" / "config.toml", Path.home() / ".gitconfig"})
    folders = [repository / ".passdown", repository / ".tmp", repository / ".git" / "passdown", Path.home(), reports]
    assert leaks(folders, not_ours=not_ours, printed="\n".join(said)) == {}
    assert "[REDACTED:" in "".join(said)
    assert {path.name for path in reports.iterdir()} == {"c.html", "c.svg", "store.tar.gz"}


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
