"""`passdown scan --fix`: whatever part of the private store a secret lies in, it is taken out, or the user is told what to do."""

import gzip
import json
import random
import sqlite3
import string
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
SECRET = "gh" + "p_" + "".join(random.Random(5).choices(string.ascii_letters + string.digits, k=36))
QUEUED = "and then look at the queue"


@pytest.fixture
def private(passdown: Passdown, repository: Path) -> Path:
    """A store with a captured session, of which a prompt waits in the reader's state, and a note."""
    passdown("init", "--yes")
    said = {"type": "user", "uuid": "1", "parentUuid": None, "sessionId": "s1", "cwd": str(repository), "timestamp": "2026-03-02T10:00:00Z",
            "message": {"role": "user", "content": "keep the queue in one file"}}
    waiting = {"type": "queue-operation", "operation": "enqueue", "timestamp": "2026-03-02T10:00:01Z", "content": QUEUED, "sessionId": "s1"}
    transcript = repository.parent / "t.jsonl"
    transcript.write_text("".join(json.dumps(row) + "\n" for row in (said, waiting)))
    passdown("capture", "--transcript", str(transcript))
    passdown("note", "decision", "keep the queue in one file")
    return repository / ".git" / "passdown"


def fixed(passdown: Passdown, *, code: int = 0) -> Any:
    """What `--fix` says."""
    done = passdown("scan", "--fix", "--yes", "--json", code=code)
    assert SECRET not in done.stdout + done.stderr
    return json.loads(done.stdout)


def holding(folder: Path) -> list[str]:
    """The files that hold it, packed or not."""
    read = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    return [path.name for path, data in read.items() if SECRET.encode() in (gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)]


def test_what_a_reader_remembers(passdown: Passdown, private: Path) -> None:
    """A secret in the saved states of a capture is gone from the database, its free pages and its log, and the capture goes on."""
    with sqlite3.connect(private / "state.db") as db:
        assert db.execute("SELECT count(*) FROM cursor WHERE body LIKE ?", (f"%{QUEUED}%",)).fetchone() == (1,)
        db.execute("UPDATE cursor SET body = replace(body, ?, ?)", (QUEUED, f"use {SECRET}"))
        db.execute("UPDATE kept SET body = replace(body, 'keep the queue', ?)", (f"use {SECRET}",))
    db.close()

    done = fixed(passdown)

    assert (done["findings"], done["left"]) == ([], [])
    assert holding(private) == []
    passdown("capture")
    passdown("doctor")


@pytest.mark.parametrize("name", [
    "journal/pending.json", "spool/one", "hooks/briefing.json", "documents/a.json", "quarantine/1/records/x.md", "derived/gone.jsonl", "guard.json",
    "workflows/runs/r/p/1/output"])
def test_texts_of_the_store(passdown: Passdown, private: Path, name: str) -> None:
    """Wherever it lies in a text of the store, it is replaced, and all else of the text stays."""
    path = private / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"number": 1, "text": f"use {SECRET} there"}))

    done = fixed(passdown)

    assert done["left"] == []
    if path.exists():  # what waits to be taken back or captured may have been
        assert "[REDACTED:github-token" in json.loads(path.read_text())["text"]
    assert holding(private) == []


@pytest.mark.parametrize("name", ["events/of-nobody.jsonl.gz", "events/s2.jsonl.gz.damaged", "quarantine/1/events/s3.jsonl.gz"])
def test_logs_that_nobody_knows(passdown: Passdown, private: Path, name: str) -> None:
    """Events of a session that is not known any more, or that were put aside, are rewritten in their own packing."""
    path = private / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(f'{{"text": "use {SECRET}"}}\n'.encode()) + gzip.compress(b'{"text": "and more"}\n'))

    assert fixed(passdown)["left"] == []
    assert b"and more" in gzip.decompress(path.read_bytes())
    assert holding(private) == []


def test_the_index_is_made_again(passdown: Passdown, private: Path) -> None:
    """A secret in the disposable database goes with it, and the next search finds what was there."""
    passdown("search", "queue")
    with sqlite3.connect(private / "index.db") as db:
        db.execute("CREATE TABLE more(said)")
        db.execute("INSERT INTO more VALUES (?)", (SECRET,))
    db.close()

    assert fixed(passdown)["left"] == []
    assert holding(private) == []
    assert "one file" in passdown("search", "queue").stdout


def test_files_of_the_user_are_named_and_left(passdown: Passdown, private: Path, repository: Path) -> None:
    """Settings, plans, templates and databases that cannot be mended without guessing: each is named with what to do, and the exit code is 1."""
    own = [repository / ".passdown" / name for name in ("config.toml", "templates/own.md.j2", "workflows/p.yaml")]
    for path in own:
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"# {SECRET}\n")
    (private / "workflows").mkdir(exist_ok=True)
    with sqlite3.connect(private / "workflows" / "state.sqlite") as db:
        db.execute("CREATE TABLE run(note)")
        db.execute("INSERT INTO run VALUES (?)", (SECRET,))
    db.close()
    (private / "strange.bin").write_bytes(b"\0" + SECRET.encode() + b"\0")

    told = {Path(one["path"]).name: one["advice"] for one in fixed(passdown, code=1)["left"]}

    assert all(path.read_text() == f"# {SECRET}\n" for path in own)
    assert set(told) == {"config.toml", "own.md.j2", "p.yaml", "state.sqlite", "strange.bin"}
    assert "by hand" in told["config.toml"]
    assert "productions" in told["state.sqlite"]
    assert "still there" in passdown("scan", "--fix", "--yes", code=1).stderr
