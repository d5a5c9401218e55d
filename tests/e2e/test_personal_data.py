"""What is committed to a repository names nobody by the home directory of whoever worked there."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from passdown.formats.personal import masked
from passdown.formats.table import STYLES

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
WHO = "annabelle"
PLACES = (f"/home/{WHO}/plans/notes.md", f"/Users/{WHO}/Library/x.log", f"C:\\Users\\{WHO}\\x.log", f"/mnt/c/Users/{WHO}/x.log")


def session(path: Path, root: Path) -> None:
    """A session that says, reads, edits and runs things in somebody's home directory."""
    rows: list[dict[str, object]] = []
    for n, place in enumerate(PLACES):
        blocks = [{"type": "text", "text": f"We decided to keep the notes in {place} because the build reads them there."},
                  {"type": "tool_use", "id": f"b{n}", "name": "Bash", "input": {"command": f"pytest {place} -x", "description": f"Check {place}"}},
                  {"type": "tool_use", "id": f"e{n}", "name": "Edit", "input": {"file_path": place, "old_string": "a", "new_string": "b"}},
                  {"type": "tool_use", "id": f"t{n}", "name": "TodoWrite", "input": {"todos": [{"content": f"Move {place}", "status": "pending"}]}}]
        results = [{"type": "tool_result", "tool_use_id": f"{i}{n}", "content": f"error: {place} is not there", "is_error": i == "b"} for i in "bet"]
        for kind, content in (("user", f"Always read {place} first"), ("assistant", blocks), ("user", results)):
            message = {"role": kind, "content": content, **({"id": f"m{n}", "model": "x"} if kind == "assistant" else {})}
            rows.append({"type": kind, "uuid": str(len(rows)), "parentUuid": str(len(rows) - 1) if rows else None, "sessionId": "s1", "cwd": str(root),
                         "timestamp": f"2026-03-02T10:{n:02d}:00Z", "message": message})
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))


def test_documents_and_shared_records(passdown: Passdown, repository: Path) -> None:
    """Of every style, and of every record that is shared."""
    passdown("init", "--yes")
    transcript = repository.parent / "t.jsonl"
    session(transcript, repository)
    passdown("capture", "--transcript", str(transcript))
    for place in PLACES[:2]:
        passdown("note", "decision", f"Keep them in {place}", "--why", f"the build reads {place}")
    ids = [row["id"] for row in json.loads(passdown("list", "--json").stdout)]
    passdown("share", *ids)
    passdown("edit", ids[0], "--text", f"They lie in {PLACES[0]} now")
    passdown("share", "--session", "s1")
    for style in STYLES:
        passdown("handoff", "--style", style, code=None)

    listed = subprocess.run(["git", "ls-files", "-o", "-c", "--exclude-standard"], cwd=repository, capture_output=True, text=True, check=True)
    committed = listed.stdout.split("\n")
    texts = {name: (repository / name).read_text() for name in committed if (repository / name).is_file()}

    assert len(ids) > len(PLACES)
    assert sum(name.startswith(".passdown/records/") for name in texts) == len(ids)
    assert {name: [line for line in text.splitlines() if WHO in line][:3] for name, text in texts.items() if WHO in text} == {}


@pytest.mark.parametrize(("text", "shown"), [
    (f"see {PLACES[0]}", "see ~/plans/notes.md"), (f"`{PLACES[1]}`", "`~/Library/x.log`"), (PLACES[2], "~\\x.log"), (f"/var/home/{WHO}/x", "~/x"),
    (f"cd /home/{WHO}", "cd ~"),
    ("/home/runner/x and /home/user/x", "/home/runner/x and /home/user/x"), ("src/home/page.ts", "src/home/page.ts"),
    ("~/home/page and https://h/home/page", "~/home/page and https://h/home/page"), (f'"C:\\\\Users\\\\{WHO}\\\\x"', '"~\\\\x"')])
def test_home_directories_are_written_short(text: str, shown: str) -> None:
    """In every spelling; accounts of nobody and folders that only have such a name stay."""
    assert masked(text) == shown
