"""What a transcript, record, document, branch or file name may do to a terminal, through the verbs that print it: nothing."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
EVIL = ("red\x1b[31m link\x1b]8;;https://evil.example\x07here\x1b]8;;\x07 "
        "clip\x1b]52;c;QUJD\x07 c1\x9b2J bell\x07 over\rwritten back\x08 zero\u200bwidth \u202eturned\u202c soft\u00adly tag\U000e0041")
OBEYED = [chr(n) for n in (*range(9), *range(11, 32), *range(127, 160))]
UNSEEN = ["\u200b", "\u202e", "\u00ad", "\U000e0041"]


def transcript(path: Path, root: Path) -> None:
    """A session that says it everywhere."""
    common = {"sessionId": "evil-1", "cwd": str(root), "gitBranch": "main", "version": "2.1.50"}
    blocks = [{"type": "text", "text": f"We chose the {EVIL} ledger over Redis because it needs no server."},
              {"type": "tool_use", "id": "b1", "name": "Bash", "input": {"command": f"make {EVIL}", "description": EVIL}},
              {"type": "tool_use", "id": "e1", "name": "Edit", "input": {"file_path": f"{root}/a{EVIL}.py", "old_string": "a", "new_string": EVIL}},
              {"type": "tool_use", "id": "t1", "name": "TodoWrite", "input": {"todos": [{"content": f"drain the {EVIL} queue", "status": "in_progress"}]}}]
    results = [{"type": "tool_result", "tool_use_id": i, "content": f"error: {EVIL}", "is_error": i == "b1"} for i in ("b1", "e1", "t1")]
    rows = [{"type": "user", "message": {"role": "user", "content": f"Make the {EVIL} queue safe. Always run {EVIL} before you commit."}},
            {"type": "assistant", "message": {"role": "assistant", "id": "m1", "model": EVIL, "content": blocks}}, {"type": "user",
                "message": {"role": "user", "content": results}},
            {"type": "assistant", "message": {"role": "assistant", "id": "m2", "model": "x", "content": [{"type": "text",
                "text": f"Done with the {EVIL} queue."}]}}]
    path.write_text("".join(json.dumps({**row, **common, "uuid": f"u{n}", "parentUuid": f"u{n - 1}" if n else None,
        "timestamp": f"2026-03-02T10:0{n}:00Z"}) + "\n"
                            for n, row in enumerate(rows)))


@pytest.fixture
def store(passdown: Passdown, repository: Path) -> str:
    """A store with all of it; the id of a record."""
    source = repository.parent / "evil.jsonl"
    transcript(source, repository)
    subprocess.run(["git", "commit", "-q", "--allow-empty", "-m", f"Add {EVIL}"], cwd=repository, check=True)
    subprocess.run(["git", "checkout", "-qb", "a\u202eb\u200bc"], cwd=repository, check=True)
    (repository / f"n{EVIL.replace('/', '')[:60]}.md").write_text(f"# {EVIL}\n")
    passdown("init", "--yes")
    passdown("capture", "--transcript", str(source))
    id_: str = json.loads(passdown("note", "decision", f"Use {EVIL}", "--why", EVIL, "--json").stdout)["record"]["id"]
    return id_


VERBS = (["resume"], ["resume", "--explain"], ["resume", "--format", "markdown"], ["resume", "--paste", "--task", EVIL], ["list", "--all"], ["show", "{id}"],
    ["show", "evil-1"],
         ["search", "queue"], ["search", EVIL], ["sessions"], ["why", "README.md"], ["stats"], ["verify"], ["guard", EVIL], ["load", "--task", EVIL],
         ["handoff", "--dry-run"],
         ["review", "--list"], ["doctor"], ["check"], ["scan"], ["export", "--style", "handoff"], ["capture", "--dry-run"], ["nonsense" + EVIL],
         ["list", EVIL], ["show", EVIL],
         ["note", "decision", "x", "--file", f"../{EVIL}"], ["capture", "--transcript", f"/nowhere/{EVIL}"], ["undo"])


def test_no_verb_prints_what_a_terminal_obeys(passdown: Passdown, store: str) -> None:
    """Not on standard output, not in words for people, not in an error; what is invisible is marked."""
    marked = 0
    for words in VERBS:
        done = passdown(*(word.replace("{id}", store) for word in words), code=None)
        for printed in (done.stdout, done.stderr):
            assert [hex(ord(c)) for c in (*OBEYED, *UNSEEN) if c in printed] == [], words
        marked += "‹U+202E›" in done.stdout + done.stderr

    assert marked >= 8


def test_json_has_every_character_as_an_escape(passdown: Passdown, store: str) -> None:
    """The value is what was kept, and the bytes are harmless: events are kept as they were said."""
    for words in (["list"], ["show", store], ["show", "evil-1:1"], ["search", "queue"], ["sessions"], ["resume"]):
        printed = passdown(*words, "--json").stdout
        json.loads(printed)
        assert [hex(ord(c)) for c in (*OBEYED, *UNSEEN) if c in printed] == [], words
    said = passdown("show", "evil-1:1", "--json").stdout

    assert "\\u001b[31m" in said
    assert "\\u202e" in said


def test_what_a_phase_prints_is_obeyed_by_no_terminal(passdown: Passdown, repository: Path) -> None:
    """In what its log shows, in words beside a run, in why it failed."""
    pytest.importorskip("dbos")
    passdown("init", "--yes")
    (repository / "evil.txt").write_text(EVIL)
    (repository / ".passdown" / "workflows").mkdir()
    plan = "phases:\n  only:\n    run: 'cat evil.txt; cat evil.txt >&2; exit 3'\n    outputs: [out.txt]\n"
    (repository / ".passdown" / "workflows" / "p.yaml").write_text(plan)
    passdown("trust", "p", "--yes")
    said = [passdown("workflow", *words, code=None) for words in (["run", "p", "ep-1", "--live"], ["logs", "ep-1"], ["logs", "ep-1", "--json"],
                                                                 ["status", "ep-1"], ["status", "ep-1", "--live"], ["show", "ep-1"])]

    assert [hex(ord(c)) for done in said for c in (*OBEYED, *UNSEEN) if c in done.stdout + done.stderr] == []
    assert "‹U+202E›" in said[1].stdout
    assert "\x1b[31m" in json.loads(said[2].stdout)["logs"][0]["text"]
