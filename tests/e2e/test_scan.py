"""`passdown scan`: finds what was kept before there was a rule for it, and takes it out."""

import gzip
import json
import random
import string
import subprocess
from collections.abc import Callable
from pathlib import Path

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
SECRET = "gh" + "p_" + "".join(random.Random(3).choices(string.ascii_letters + string.digits, k=36))
GAP = "a harmless sentence that is kept"


def store_with_secret(passdown: Passdown, repository: Path) -> tuple[str, Path]:
    """Id of a record, and the log of a session, into both of which a secret was put behind passdown's back."""
    passdown("init", "--yes")
    rows = [{"type": "user", "uuid": "1", "parentUuid": None, "sessionId": "s1", "cwd": str(repository), "timestamp": "2026-03-02T10:00:00Z",
             "message": {"role": "user", "content": f"we decided to use {GAP}"}}]
    transcript = repository.parent / "t.jsonl"
    transcript.write_text("".join(json.dumps(row) + "\n" for row in rows))
    passdown("capture", "--transcript", str(transcript))
    record = json.loads(passdown("note", "decision", f"use {GAP}", "--json").stdout)["record"]["id"]
    passdown("share", record)
    private = repository / ".git" / "passdown"
    for path in [*private.rglob("*.md"), *(repository / ".passdown").rglob("*.md"), *private.glob("journal/*")]:
        path.write_text(path.read_text().replace(GAP, SECRET))
    log = next(private.glob("events/*.gz"))
    text = gzip.decompress(log.read_bytes()).decode().replace(GAP, SECRET).encode()
    log.write_bytes(gzip.compress(text)[: log.stat().st_size * 4])
    import sqlite3

    with sqlite3.connect(private / "state.db") as db:
        table, column = next((t, c) for (t,) in db.execute("select name from sqlite_master where type='table'").fetchall()
                             for c in [row[1] for row in db.execute(f"pragma table_info({t})")] if c in ("length", "events_length", "bytes"))
        db.execute(f"update {table} set {column} = ?", (log.stat().st_size,))
    return record, log


def test_what_is_found_is_told_masked_and_taken_out(passdown: Passdown, repository: Path) -> None:
    """Findings exit with 1 and show kind and place; after --fix no file holds the secret, and the record is still there."""
    record, log = store_with_secret(passdown, repository)

    found = passdown("scan", code=1)
    fixed = passdown("scan", "--fix", "--yes", "--json", code=0)

    assert "github-token" in found.stdout
    assert SECRET not in found.stdout + found.stderr + fixed.stdout + fixed.stderr
    assert json.loads(fixed.stdout)["findings"] == []
    assert SECRET not in gzip.decompress(log.read_bytes()).decode()
    for folder in (repository / ".git" / "passdown", repository / ".passdown"):
        assert not any(SECRET.encode() in path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert "github-token" in passdown("show", record).stdout
    passdown("scan")
    passdown("doctor")


def test_files_are_looked_at_but_never_changed(passdown: Passdown, repository: Path) -> None:
    """A named folder is walked; --fix on it is a mistake of usage, and the file stays as it was."""
    leak = repository / "notes" / "a.txt"
    leak.parent.mkdir()
    leak.write_text(f"one\ntoken {SECRET}\n")

    found = json.loads(passdown("scan", "notes", "--json", code=1).stdout)["findings"]
    passdown("scan", "notes", "--fix", code=2)

    assert [(one["line"], one["code"], one["length"]) for one in found] == [(2, "github-token", len(SECRET))]
    assert SECRET in leak.read_text()
    passdown("scan", "README.md")


def test_the_same_secret_has_the_same_digits(passdown: Passdown, repository: Path) -> None:
    """In two files, and encoded in Base64, one secret is known by one marker; the key is the user's alone and nowhere printed."""
    import base64

    passdown("init", "--yes")
    (repository / "a.txt").write_text(f"x {SECRET} y")
    (repository / "b.txt").write_text("data: " + base64.b64encode(f"TOKEN is {SECRET}".encode()).decode())

    found = json.loads(passdown("scan", "a.txt", "b.txt", "--json", code=1).stdout)["findings"]
    key = Path.home() / ".passdown" / "secrets.key"

    assert len({one["masked"] for one in found}) == 1
    assert len(found) == 2
    assert key.stat().st_mode & 0o777 == 0o600
    assert key.read_text().strip() not in json.dumps(found)
