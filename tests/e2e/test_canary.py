"""Twelve secrets planted in every input there is: none in any byte that passdown writes or prints."""

import gzip
import json
import random
import sqlite3
import string
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]


def fakes() -> dict[str, tuple[str, str]]:
    """(as it stands in a text, the part that may stand nowhere): made at run time, so that no scanner trips over this file."""
    rng = random.Random(7)

    def r(n: int, alphabet: str = string.ascii_letters + string.digits) -> str:
        return "".join(rng.choice(alphabet) for _ in range(n))

    whole = {
        "github": "gh" + "p_" + r(36), "aws": "AK" + "IA" + r(16, string.ascii_uppercase + "234567"), "anthropic": "sk-" + "ant-api03-" + r(64),
        "openai": "sk-" + "proj-" + r(48), "slack": "xo" + "xb-" + r(12, string.digits) + "-" + r(24), "google": "AI" + "za" + r(35),
        "stripe": "sk" + "_live_" + r(24), "jwt": "ey" + "J" + r(24) + ".ey" + "J" + r(40) + "." + r(43)}
    out = {k: (v, v) for k, v in whole.items()}
    password, value, token, key = r(18), r(20), r(40), r(64)
    out["url"] = f"postgres://svc:{password}@db.internal:5432/app", password
    out["assignment"] = f"DB_PASSWORD={value}", value
    out["bearer"] = f"Authorization: Bearer {token}", token
    out["pem"] = "-----BEGIN " + f"RSA PRIVATE KEY-----\n{key}\n-----END " + "RSA PRIVATE KEY-----", key
    return out


def transcript(path: Path, root: Path, secrets: list[str]) -> None:
    """A session in which each secret is said by the user, said by the agent, in a command, in its output, in an edit, a to-do and a branch."""
    rows, parent = [], None
    for n, secret in enumerate(secrets):
        blocks = [
            {"type": "text", "text": f"I'll use {secret} because it is the one for staging."},
            {"type": "thinking", "thinking": f"hm, {secret}"},
            {"type": "tool_use", "id": f"b{n}", "name": "Bash",
             "input": {"command": f"curl -H '{secret}' https://example.com", "description": f"call with {secret}"}},
            {"type": "tool_use", "id": f"e{n}", "name": "Edit", "input": {"file_path": f"{root}/.env", "old_string": "", "new_string": f"X\n{secret}\n"}},
            {"type": "tool_use", "id": f"t{n}", "name": "TodoWrite", "input": {"todos": [{"content": f"rotate {secret}", "status": "pending"}]}}]
        results = [{"type": "tool_result", "tool_use_id": i, "content": f"out: {secret}\n", "is_error": i[0] == "b"} for i in (f"b{n}", f"e{n}", f"t{n}")]
        for kind, content in (("user", f"here is the one for staging: {secret}"), ("assistant", blocks), ("user", results)):
            message = {"role": kind, "content": content, **({"id": f"m{n}", "model": "x"} if kind == "assistant" else {})}
            rows.append({"type": kind, "uuid": f"{n}{len(rows)}", "parentUuid": parent, "sessionId": "canary", "cwd": str(root), "gitBranch": f"fix/{secret}",
                         "timestamp": f"2026-03-02T10:{n:02d}:00Z", "message": message})
            parent = rows[-1]["uuid"]
    path.write_text("".join(json.dumps(r) + "\n" for r in rows))


def written(root: Path) -> Iterator[tuple[Path, str]]:
    """Every file that passdown may have written, unpacked, databases row by row."""
    for path in [*(root / ".passdown").rglob("*"), *(root / ".tmp").rglob("*"), *(root / ".git" / "passdown").rglob("*"), *Path.home().rglob("*")]:
        if path.is_file() and path.name != ".gitconfig":
            content = path.read_bytes()
            yield path, (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8", "replace")
            if content.startswith(b"SQLite format 3"):
                yield path, "\n".join(sqlite_rows(path))


def sqlite_rows(path: Path) -> Iterator[str]:
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall():
        try:
            yield from (str(row) for row in db.execute(f'SELECT * FROM "{table}"'))
        except sqlite3.Error:
            continue
    db.close()


@pytest.mark.parametrize("share", ["none", "noted"])
def test_no_secret_is_written_or_printed(passdown: Passdown, repository: Path, share: str) -> None:
    """Through every verb there is, with the secrets in transcripts, notes, commit subjects, branches, files, prompts and mistyped words."""
    secrets = fakes()
    texts = [text for text, _ in secrets.values()]
    said: list[str] = []

    def run(*words: str, code: int | None = 0, stdin: str = "") -> str:
        done = passdown(*words, code=code, stdin=stdin)
        said.extend((done.stdout, done.stderr))
        return done.stdout

    def commit(text: str) -> None:
        subprocess.run(["git", "commit", "-q", "--allow-empty", "-m", f"use {text}"], cwd=repository, check=True)

    run("init", "--yes")
    (repository / ".passdown" / "config.toml").write_text(f"share = '{share}'\n")
    source = repository.parent / "canary.jsonl"
    transcript(source, repository, texts)
    run("capture", "--transcript", str(source))
    ids = []
    for text in texts:
        commit(text)
        (repository / "a.py").write_text(f"KEY = 1\n{text}\n")
        ids.append(json.loads(run("note", "decision", f"use {text} for now", "--why", f"ops gave us {text}", "--file", "a.py:2", "--json"))["record"]["id"])
        run("note", "knowledge", "-", stdin=f"the token is {text}")
        run("search", text)
        run("search", text, "--json")
        run("resume", "--task", f"go on with {text}")
    run("edit", ids[0], "--text", f"now {texts[1]}", "--set", f"why={texts[2]}")
    new = json.loads(run("supersede", ids[1], f"rather {texts[3]}", "--json"))["record"]["id"]
    run("resolve", ids[2], "--how", f"by {texts[4]}")
    run("archive", ids[3], "--why", texts[5])
    run("share", ids[4], new)
    for words in (["list", "--all"], ["list", "--json"], ["show", ids[0]], ["why", "a.py:2"], ["sessions"], ["sessions", "--json"], ["stats"], ["resume"],
                  ["resume", "--budget", "250"], ["resume", "--explain"], ["resume", "--format", "json"], ["share", "--session", "canary"],
                  ["handoff"], ["handoff", "--json"], ["install", "claude-code", "codex"], ["agents"], ["uninstall"], ["pause"], ["pause", "--off"],
                  ["doctor"], ["undo"]):
        run(*words, code=None)
    run("forget", ids[5], "--yes")
    run("show", texts[0], code=30)
    run("note", texts[1], "x", code=2)
    run("capture", "--transcript", texts[2], code=None)
    run("capture", "--cwd-map", texts[3], code=None)

    places = {name: sorted({str(path.relative_to(path.anchor)) for path, content in written(repository) if part.lower() in content.lower()})
              for name, (_, part) in secrets.items()}
    printed = {name for name, (_, part) in secrets.items() if part.lower() in "\n".join(said).lower()}

    assert {k: v for k, v in places.items() if v} == {}
    assert printed == set()
