"""Cursor's two databases told as rows."""

import hashlib
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from passdown.agentstores import cursor_cli, cursor_ide
from passdown.errors import NoSuchSession

SAID = [{"role": "user", "content": "first"}, {"role": "assistant", "content": "second"}, {"role": "user", "content": "third"}]


def blob(db: sqlite3.Connection, data: bytes) -> str:
    id_ = hashlib.sha256(data).hexdigest()
    db.execute("INSERT INTO blobs VALUES (?, ?)", (id_, data))
    return id_


def state(*ids: str, rest: bytes = b"") -> bytes:
    return b"".join(b"\x0a\x20" + bytes.fromhex(id_) for id_ in ids) + rest


def chat(path: Path, root: bytes | None, order: list[int], meta: str = "") -> Path:
    """A store with the messages of `SAID`, written in their order; its newest state names those of `order`."""
    path.parent.mkdir(parents=True)
    with sqlite3.connect(path) as db:
        db.executescript("CREATE TABLE blobs (id TEXT PRIMARY KEY, data BLOB); CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT);")
        ids = [blob(db, json.dumps(one).encode()) for one in SAID]
        newest = blob(db, state(*(ids[n] for n in order)) if root is None else root)
        facts = {"agentId": "s-1", "latestRootBlobId": newest, "name": "Talk", "createdAt": 1}
        db.execute("INSERT INTO meta VALUES ('0', ?)", (meta or json.dumps(facts).encode().hex(),))
    db.close()
    return path


def rows(told: Any) -> list[tuple[str, Any]]:
    return [next(iter(json.loads(row).items())) for row in told]


def test_messages_are_told_in_the_order_of_the_newest_state(tmp_path: Path) -> None:
    """What the newest state names is in its order, what it does not name any more at the place where it was written."""
    path = chat(tmp_path / "s-1" / "store.db", None, [2, 1])
    told = rows(cursor_cli.tell(path, "s-1"))

    assert [value["content"] for kind, value in told if kind == "message"] == ["first", "third", "second"]
    assert [kind for kind, _ in told] == ["session", "message", "message", "message", "state", "written"]


@pytest.mark.parametrize("root", [b"", b"\x0a", b"\xff" * 40, b"\x0a\xff\xff\xff\xff\x0f", b"\x08\x01\x0a\x20short", bytes(range(256))])
def test_a_state_that_cannot_be_read_loses_no_message(tmp_path: Path, root: bytes) -> None:
    """Whatever the protocol buffer holds, each message is told once, in the order of writing."""
    path = chat(tmp_path / "s-1" / "store.db", root, [])

    assert [value["content"] for kind, value in rows(cursor_cli.tell(path, "s-1")) if kind == "message"] == ["first", "second", "third"]


def test_where_it_ran_stands_in_the_state_or_in_the_first_message(tmp_path: Path) -> None:
    """The state's address comes first; else what the model is told of the workspace."""
    named = chat(tmp_path / "a" / "store.db", state(rest=b"\x4a\x15file:///home/dev/shop"), [])
    assert cursor_cli.sessions(named)[0].cwd == "/home/dev/shop"
    told = chat(tmp_path / "b" / "store.db", None, [])
    with sqlite3.connect(told) as db:
        blob(db, json.dumps({"role": "user", "content": "<user_info>\nWorkspace Path: C:\\dev\\shop\nShell: sh\n</user_info>"}).encode())
    db.close()

    assert cursor_cli.sessions(told)[0].cwd == "C:\\dev\\shop"


@pytest.mark.parametrize("meta", ["zz", "7b", "[]"])
def test_a_chat_whose_facts_cannot_be_read_is_named_by_its_folder(tmp_path: Path, meta: str) -> None:
    """The folder's name is the session's id; its messages are told."""
    path = chat(tmp_path / "folder-id" / "store.db", None, [0, 1, 2], meta)

    assert [one.id for one in cursor_cli.sessions(path)] == ["folder-id"]
    assert len(rows(cursor_cli.tell(path, "folder-id"))) == 6
    with pytest.raises(NoSuchSession):
        rows(cursor_cli.tell(path, "s-2"))


def ide(path: Path, values: dict[str, Any]) -> Path:
    path.parent.mkdir(parents=True)
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE cursorDiskKV (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB)")
        for key, value in values.items():
            db.execute("INSERT INTO cursorDiskKV VALUES (?, ?)", (key, value if isinstance(value, str | None) else json.dumps(value)))
    db.close()
    return path


def test_bubbles_are_told_in_the_conversations_order(tmp_path: Path) -> None:
    """The order is that of the headers; one that is being written is marked; one that no header names is told as taken back."""
    path = ide(tmp_path / "globalStorage" / "state.vscdb", {
        "composerData:c1": {"_v": 10, "createdAt": 1, "generatingBubbleIds": ["b1"],
                            "fullConversationHeadersOnly": [{"bubbleId": "b2"}, {"bubbleId": "gone"}, {"bubbleId": "b1"}]},
        "bubbleId:c1:b1": {"bubbleId": "b1", "type": 2, "text": "later"}, "bubbleId:c1:b2": {"bubbleId": "b2", "type": 1, "text": "early", "richText": "{}"},
        "bubbleId:c1:b3": {"bubbleId": "b3", "type": 1, "text": "no more"}, "bubbleId:c11:b4": {"bubbleId": "b4", "type": 1, "text": "of another"}})

    assert rows(cursor_ide.tell(path, "c1"))[1:] == [
        ("bubble", {"bubbleId": "b2", "type": 1, "text": "early"}), ("bubble", {"bubbleId": "b1", "type": 2, "text": "later", "open": True}),
        ("taken-back", {"bubbleId": "b3"})]


def test_the_oldest_form_holds_its_messages_itself(tmp_path: Path) -> None:
    """What a tool did stands apart, by message, even as JSON in JSON."""
    tool = {"name": "run_terminal_cmd", "rawArgs": '{"command":"ls"}', "status": "completed"}
    path = ide(tmp_path / "globalStorage" / "state.vscdb", {
        "composerData:c1": {"conversation": [{"bubbleId": "b1", "type": 1, "text": "list"}, {"bubbleId": "b2", "type": 2, "text": ""}],
                            "capabilities": [{"type": 15, "data": {"bubbleDataMap": json.dumps({"b2": tool})}}]}})

    assert [value.get("toolFormerData") for kind, value in rows(cursor_ide.tell(path, "c1")) if kind == "bubble"] == [None, tool]


def test_values_that_are_broken_are_told_as_rows_that_cannot_be_read(tmp_path: Path) -> None:
    """A conversation or message whose value is cut off is counted, and hides no other."""
    path = ide(tmp_path / "globalStorage" / "state.vscdb", {
        "composerData:c1": '{"fullConv', "bubbleId:c1:b1": {"type": 1, "text": "x"},
        "composerData:c2": {"createdAt": 1, "fullConversationHeadersOnly": [{"bubbleId": "b"}]},
        "bubbleId:c2:b": '{"type":1', "composerData:c3": None})

    assert [kind for kind, _ in rows(cursor_ide.tell(path, "c1"))] == ["session", "bubble", "taken-back"]
    assert rows(cursor_ide.tell(path, "c2"))[1] == ("bubble", {"data": '{"type":1'})
    assert {one.id for one in cursor_ide.sessions(path)} == {"c1", "c2"}
