"""Task folders of Cline and Roo Code told as rows."""

import json
from pathlib import Path
from typing import Any

import pytest

from passdown.agentstores import cline

SHOWN = [{"ts": 1, "type": "say", "say": "text", "text": "Fix it", "images": ["data:image/png;base64,AA"]}]
SENT = [{"role": "user", "content": [{"type": "text", "text": "<task>Fix it</task>"},
                                     {"type": "text", "text": "# Current Working Directory (/home/dev/shop) Files\n"}]}]


@pytest.fixture
def task(tmp_path: Path) -> Path:
    folder = tmp_path / "rooveterinaryinc.roo-cline" / "tasks" / "1795000000000"
    folder.mkdir(parents=True)
    (folder / "ui_messages.json").write_text(json.dumps(SHOWN))
    (folder / "api_conversation_history.json").write_text(json.dumps(SENT))
    return folder


def rows(path: Path) -> list[tuple[str, Any]]:
    return [next(iter(json.loads(row).items())) for row in cline.tell(path, path.parent.name)]


def test_what_was_shown_is_told_and_what_was_sent_is_counted(task: Path) -> None:
    """Images are told by their number only; the working directory is the one that the model was told."""
    assert rows(task / "ui_messages.json") == [
        ("task", {"id": "1795000000000", "cwd": "/home/dev/shop", "title": None, "ts": None, "model": None, "parent": None, "mode": None, "agent": "roo"}),
        ("shown", {**SHOWN[0], "images": 1}), ("sent-again", {})]


def test_the_tasks_own_note_comes_first(task: Path) -> None:
    """Roo Code keeps directory, title and parent of a task in a file of its own."""
    note = {"id": task.name, "task": "Fix it", "workspace": "file:///c%3A/dev/shop", "parentTaskId": "7", "mode": "code"}
    (task / "history_item.json").write_text(json.dumps(note))
    facts = dict(rows(task / "ui_messages.json"))["task"]

    assert (facts["cwd"], facts["title"], facts["parent"], facts["mode"]) == ("c:/dev/shop", "Fix it", "7", "code")


def test_without_the_shown_messages_the_sent_ones_are_told(task: Path) -> None:
    """The conversation with the model is the second source."""
    (task / "ui_messages.json").unlink()

    assert [kind for kind, _ in rows(task / "api_conversation_history.json")] == ["task", "sent"]


@pytest.mark.parametrize("content", ['[{"ts":1,', "[]", "[1, null]", '[{"ts": 1, "text": "\\ud83d"}]', "[" * 100_000])
def test_a_file_in_the_middle_of_being_written_is_no_crash(task: Path, content: str) -> None:
    """What cannot be parsed is one row that cannot be read; the next capture reads the file again."""
    (task / "ui_messages.json").write_text(content)

    assert rows(task / "ui_messages.json")[0][0] == "task"


def test_each_change_of_a_file_shows(task: Path) -> None:
    """Size or time of the session differ when any of its files was written again."""
    before = cline.sessions(task / "ui_messages.json")
    (task / "api_conversation_history.json").write_text(json.dumps([*SENT, *SENT]))

    assert cline.sessions(task / "ui_messages.json") != before
    assert cline.sessions(task / "ui_messages.json", "another") == []
