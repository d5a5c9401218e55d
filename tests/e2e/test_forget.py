"""What was extracted and then forgotten does not come back: not by an edit undone, not by another capture, not as an empty shell."""

import gzip
import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
QUESTION = "Which zanzibarqueue should the retry worker use from now on?"
ANSWER = "A SQLite outbox in the same file"
REASON = "the zanzibarbroker lost acknowledgements after every restart"


def session(path: Path, root: Path) -> None:
    """One in which the user picks an option, and decides with a reason, twice."""
    said = f"Let's go with the outbox instead of the zanzibarbroker because {REASON}."
    asked = [{"type": "tool_use", "id": "q1", "name": "AskUserQuestion", "input": {"questions": [{"question": QUESTION}]}}]
    answered = [{"type": "tool_result", "tool_use_id": "q1", "content": f'User has answered your questions: "{QUESTION}"="{ANSWER}". Go on.'}]
    rows: list[dict[str, Any]] = []
    for kind, content in (("user", said), ("assistant", asked), ("user", answered), ("assistant", [{"type": "text", "text": "All right."}])):
        message = {"role": kind, "content": content, **({"id": f"m{len(rows)}", "model": "x"} if kind == "assistant" else {})}
        rows.append({"type": kind, "uuid": f"u{len(rows)}", "parentUuid": f"u{len(rows) - 1}" if rows else None, "sessionId": "forget", "cwd": str(root),
                     "timestamp": f"2026-03-02T10:0{len(rows)}:00Z", "message": message})
    path.write_text("".join(json.dumps(r) + "\n" for r in rows))


def held(root: Path, word: bytes) -> list[Path]:
    """Files below our folders that hold the word, packed or not."""
    found = []
    for path in (p for p in (root / ".git" / "passdown").rglob("*") if p.is_file()):
        content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        found += [path] if word in content.lower() else []
    return found


@pytest.mark.parametrize("edited", [False, True])
def test_what_was_extracted_is_forgotten_for_good(passdown: Passdown, repository: Path, edited: bool) -> None:
    """A question with its answer, and a decision with its reason, as they were extracted and after an edit."""
    source = repository.parent / "forget.jsonl"
    session(source, repository)
    passdown("init", "--private")
    passdown("capture", "--transcript", str(source))
    found = [r["id"] for r in json.loads(passdown("list", "--extracted", "--json").stdout)]
    for one in found:
        if edited:
            passdown("edit", one, "--text", "Something else altogether")
        passdown("forget", one, "--yes")
    passdown("capture", "--transcript", str(source))

    assert len(found) == 2
    assert json.loads(passdown("list", "--all", "--json").stdout) == []
    assert held(repository, b"zanzibar") == []


def test_a_forgotten_record_does_not_come_back_with_a_branch(passdown: Passdown, repository: Path) -> None:
    """A published copy on another branch is not read any more once its record was forgotten."""
    passdown("init")
    found = json.loads(passdown("note", "decision", "The quagga plan", "--share", "--json").stdout)["record"]["id"]
    for words in (["checkout", "-qb", "side"], ["add", "-A"], ["commit", "-qm", "Share"], ["checkout", "-q", "-"]):
        subprocess.run(["git", *words], cwd=repository, check=True)
    passdown("forget", found, "--yes", code=None)
    subprocess.run(["git", "checkout", "-q", "side"], cwd=repository, check=True)

    assert "quagga" not in passdown("list", "--all").stdout
    assert b"quagga" not in (repository / ".git" / "passdown" / "index.db").read_bytes()


def test_a_forgotten_record_that_somebody_rewrote_is_named_with_every_handoff(passdown: Passdown, repository: Path) -> None:
    """What stands in the document is that person's text and stays; nobody overlooks that git has it."""
    passdown("init")
    found = json.loads(passdown("note", "decision", "The quagga plan", "--share", "--json").stdout)["record"]["id"]
    passdown("handoff", "--out", "docs/NOW.md")
    document = repository / "docs/NOW.md"
    passdown("forget", found, "--yes", code=None)
    document.write_text(document.read_text().replace("The quagga plan", "The quagga plan B"))

    for _ in range(2):
        said = passdown("handoff", "--out", "docs/NOW.md").stdout
        assert "The quagga plan B" in document.read_text()
        assert f"rewritten by hand and kept: {found}" in said
