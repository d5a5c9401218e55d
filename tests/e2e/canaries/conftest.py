"""Two hundred secrets, of as many formats, a session that is full of them, and a look at every byte that passdown may have written."""

import gzip
import io
import json
import sqlite3
import tarfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

import pytest

from passdown.redaction.fakes import with_secret
from passdown.redaction.table import FORMATS

COUNT = 200
LINES = 20  # secrets that stand in one text together
ONLY_ALONE = ("seed-phrase", "private-key", "ssh2-private-key", "putty-private-key", "openvpn-key")  # of several lines, or of words


@pytest.fixture
def canaries() -> list[tuple[str, str]]:
    """(as it stands in a text, the part that may stand nowhere), of formats spread over the whole table."""
    forms = [form for form in FORMATS if form.code not in ONLY_ALONE]
    chosen = Random(11).sample(forms, COUNT)
    return [with_secret(form, Random(f"canary-{form.code}-{n}")) for n, form in enumerate(chosen)]


@pytest.fixture
def texts(canaries: list[tuple[str, str]]) -> list[str]:
    """As they stand in a text."""
    return [text for text, _ in canaries]


@pytest.fixture
def batches(texts: list[str]) -> list[str]:
    """Twenty a text."""
    return ["\n".join(texts[at: at + LINES]) for at in range(0, len(texts), LINES)]


@pytest.fixture
def session(repository: Path, texts: list[str]) -> Path:
    """A transcript that says each in a prompt, a reply, a thought, a command, its output, an edit, a to-do, a branch and an error."""
    rows: list[dict[str, object]] = []
    for n, text in enumerate(texts):
        blocks = [
            {"type": "text", "text": f"We decided to use {text} because staging needs it."}, {"type": "thinking", "thinking": f"hm, {text}"},
            {"type": "tool_use", "id": f"b{n}", "name": "Bash", "input": {"command": f"deploy '{text}'", "description": f"with {text}"}},
            {"type": "tool_use", "id": f"e{n}", "name": "Edit",
             "input": {"file_path": f"{repository}/.env", "old_string": "a", "new_string": f"X\n{text}\n"}},
            {"type": "tool_use", "id": f"t{n}", "name": "TodoWrite", "input": {"todos": [{"content": f"rotate {text}", "status": "pending"}]}}]
        results = [{"type": "tool_result", "tool_use_id": i, "content": f"out:\n{text}\n", "is_error": i[0] == "b"} for i in (f"b{n}", f"e{n}", f"t{n}")]
        for kind, content in (("user", f"here it is: {text}"), ("assistant", blocks), ("user", results)):
            message = {"role": kind, "content": content, **({"id": f"m{n}", "model": "x"} if kind == "assistant" else {})}
            rows.append({"type": kind, "uuid": str(len(rows)), "parentUuid": str(len(rows) - 1) if rows else None, "sessionId": "canaries",
                         "cwd": str(repository), "gitBranch": f"fix/{text}", "timestamp": f"2026-03-02T{10 + n // 60}:{n % 60:02d}:00Z", "message": message})
    path = repository.parent / "canaries.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return path


@pytest.fixture
def leaks(canaries: list[tuple[str, str]]) -> Callable[..., dict[str, list[str]]]:
    """First letters of each secret that stands in a file below the folders, or in a text that is given by its name → where."""

    def found(folders: Sequence[Path] = (), *, not_ours: frozenset[Path] = frozenset(), **said: str) -> dict[str, list[str]]:
        everything = [*said.items(), *kept(folders, not_ours)]
        places = {secret[:4]: sorted({name for name, content in everything if secret in content}) for _, secret in canaries}
        return {secret: names for secret, names in places.items() if names}

    return found


def kept(folders: Sequence[Path], not_ours: frozenset[Path]) -> Iterator[tuple[str, str]]:
    """Name and content of every file that passdown may have written, unpacked; of databases each value."""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and path not in not_ours:
                yield from unpacked(path)


def unpacked(path: Path) -> Iterator[tuple[str, str]]:
    content = path.read_bytes()
    if path.suffix == ".gz":
        content = gzip.decompress(content)
    yield str(path), path.name + "\n" + content.decode("utf-8", "replace")
    if content.startswith(b"SQLite format 3"):
        yield str(path), "\n".join(values(path))
    if path.name.endswith(".tar.gz"):
        with tarfile.open(fileobj=io.BytesIO(content)) as packed:
            for member in packed:
                inner = (packed.extractfile(member) or io.BytesIO()).read()
                yield f"{path}:{member.name}", (gzip.decompress(inner) if member.name.endswith(".gz") else inner).decode("utf-8", "replace")


def values(path: Path) -> Iterator[str]:
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as db:
        for (table,) in db.execute("SELECT name FROM sqlite_master WHERE type='table'").fetchall():
            try:
                yield from ("\n".join(map(str, row)) for row in db.execute(f'SELECT * FROM "{table}"'))
            except sqlite3.Error:
                continue
