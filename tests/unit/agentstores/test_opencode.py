"""OpenCode's database told as rows: real SQLite files, in WAL mode, with a writer at work."""

import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from passdown.agentstores import opencode
from passdown.errors import DatabaseBusy, NoSuchSession, UnknownSchema, UnreadableFile

TABLES = """
CREATE TABLE `session` (`id` text PRIMARY KEY, `project_id` text, `parent_id` text, `directory` text, `title` text, `version` text, `time_created` integer,
  `time_updated` integer, `revert` text);
CREATE TABLE `message` (`id` text PRIMARY KEY, `session_id` text, `time_created` integer, `time_updated` integer, `data` text);
CREATE TABLE `part` (`id` text PRIMARY KEY, `message_id` text, `session_id` text, `time_created` integer, `time_updated` integer, `data` text);
CREATE TABLE `todo` (`session_id` text, `content` text, `status` text, `priority` text, `position` integer);
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "opencode.db"
    with sqlite3.connect(path) as db:
        db.executescript(TABLES)
        db.execute("INSERT INTO session VALUES ('ses_1', 'p', NULL, '/home/dev/shop', 'Cart', '1.18.30', 1, 5, NULL)")
        db.execute("INSERT INTO session VALUES ('ses_2', 'p', 'ses_1', 'C:\\dev\\shop', 'Other', '1.18.30', 2, 2, '{\"messageID\":\"msg_9\"}')")
        say(db, "msg_1", {"role": "user"}, 1, "prt_1", {"type": "text", "text": "Fix the total."})
        say(db, "msg_2", {"role": "assistant"}, 2, "prt_2", {"type": "text", "text": "Done."})
        db.execute("INSERT INTO todo VALUES ('ses_1', 'test it', 'pending', 'high', 0)")
    db.close()
    return path


def say(db: sqlite3.Connection, message: str, info: dict[str, Any], at: int, part: str, said: dict[str, Any]) -> None:
    db.execute("INSERT INTO message VALUES (?, 'ses_1', ?, ?, ?)", (message, at, at, json.dumps(info)))
    db.execute("INSERT INTO part VALUES (?, ?, 'ses_1', ?, ?, ?)", (part, message, at, at, json.dumps(said)))


def told(path: Path, session: str = "ses_1") -> list[tuple[str, Any]]:
    return [next(iter(json.loads(row).items())) for row in opencode.tell(path, session)]


def wal(path: Path) -> sqlite3.Connection:
    """The agent's own connection."""
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA wal_autocheckpoint=0")
    return db


def beside(path: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in path.parent.iterdir() if not p.name.endswith("-shm")}


def test_a_session_is_told_message_by_message_with_its_parts(database: Path) -> None:
    """The session's row, each message and behind it its parts, then the to-do list; the last message is marked."""
    rows = told(database)

    assert [(kind, value.get("id")) for kind, value in rows] == [
        ("session", "ses_1"), ("message", "msg_1"), ("part", "prt_1"), ("message", "msg_2"), ("part", "prt_2"), ("todo", None)]
    assert [value.get("last", False) for kind, value in rows if kind == "message"] == [False, True]


def test_sessions_are_listed_with_their_directory_and_last_change(database: Path) -> None:
    """All sessions of the database, or one; a change of a part shows in the time."""
    first, second = opencode.sessions(database)
    assert (first.id, first.cwd, first.mtime_ns) == ("ses_1", "/home/dev/shop", 5_000_000)
    assert second.cwd == "C:\\dev\\shop"
    with sqlite3.connect(database) as db:
        db.execute("UPDATE part SET time_updated = 9 WHERE id = 'prt_2'")
    db.close()

    assert opencode.sessions(database, "ses_1") == [type(first)("ses_1", "/home/dev/shop", first.size, 9_000_000)]
    assert opencode.sessions(database, "ses_none") == []


def test_what_the_user_took_back_is_told_last(database: Path) -> None:
    """The mark of a revert comes behind everything else."""
    assert told(database, "ses_2")[-1] == ("revert", {"messageID": "msg_9"})


def test_a_session_that_is_not_there_is_an_error(database: Path) -> None:
    """A session that was deleted in the agent is named in the message."""
    with pytest.raises(NoSuchSession, match="ses_gone"):
        told(database, "ses_gone")


def test_a_part_whose_message_is_gone_is_told(database: Path) -> None:
    """Nothing of the session's is left out, even where a row that it belongs to is missing."""
    with sqlite3.connect(database) as db:
        db.execute("DELETE FROM message WHERE id = 'msg_2'")
    db.close()

    assert ("part", "prt_2") in [(kind, value.get("id")) for kind, value in told(database)]


def test_data_that_is_no_json_is_told_as_text(database: Path) -> None:
    """A row cut in the middle reaches the reader, which counts it; half an emoji is put right."""
    with sqlite3.connect(database) as db:
        db.execute("UPDATE part SET data = '{\"type\":\"te' WHERE id = 'prt_1'")
        db.execute("UPDATE part SET data = '{\"type\":\"text\",\"text\":\"hm \\ud83d\"}' WHERE id = 'prt_2'")
        db.execute("UPDATE message SET data = CAST(X'7B22FF' AS TEXT) WHERE id = 'msg_1'")
    db.close()
    parts = {value["id"]: value for kind, value in told(database) if kind == "part"}

    assert parts["prt_1"]["data"] == '{"type":"te'
    assert parts["prt_2"]["text"] == "hm �"


def test_what_is_only_in_the_wal_is_read(database: Path) -> None:
    """The agent's committed rows count before they are in the database's own file; nothing of its files changes."""
    agent = wal(database)
    say(agent, "msg_3", {"role": "user"}, 3, "prt_3", {"type": "text", "text": "And now?"})
    before = beside(database)

    assert "prt_3" in [value.get("id") for _, value in told(database)]
    assert beside(database) == before
    agent.close()


def test_a_transaction_that_is_not_committed_is_not_seen(database: Path) -> None:
    """In the middle of the agent's transaction the last committed state is read, and the agent goes on unhindered."""
    agent = wal(database)
    agent.execute("BEGIN IMMEDIATE")
    say(agent, "msg_3", {"role": "user"}, 3, "prt_3", {"type": "text", "text": "And now?"})

    assert [value.get("id") for kind, value in told(database) if kind == "message"] == ["msg_1", "msg_2"]
    agent.execute("COMMIT")
    assert [value.get("id") for kind, value in told(database) if kind == "message"] == ["msg_1", "msg_2", "msg_3"]
    agent.close()


def test_rows_come_from_one_moment(database: Path) -> None:
    """What the agent commits while a session is told is not in it."""
    agent = wal(database)
    agent.execute("UPDATE session SET title = 'Cart total' WHERE id = 'ses_1'")
    rows = opencode.tell(database, "ses_1")
    first = next(iter(rows))
    say(agent, "msg_3", {"role": "user"}, 3, "prt_3", {"type": "text", "text": "And now?"})

    assert b"Cart total" in first
    assert not [row for row in rows if b"prt_3" in row]
    agent.close()


def test_a_database_at_rest_is_left_as_it_is(database: Path) -> None:
    """A database in WAL mode that nobody has open is read without making the files of a WAL."""
    wal(database).close()
    before = {p.name for p in database.parent.iterdir()}
    told(database)

    assert {p.name for p in database.parent.iterdir()} == before == {"opencode.db"}


def test_a_locked_database_is_busy(database: Path) -> None:
    """Where the agent holds an exclusive lock, the error says so; afterwards it is read."""
    agent = sqlite3.connect(database, isolation_level=None)
    agent.execute("PRAGMA locking_mode=EXCLUSIVE")
    agent.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DatabaseBusy, match="locked"):
        told(database)
    agent.execute("ROLLBACK")
    agent.close()

    assert told(database)


def test_a_transaction_with_a_rollback_journal_is_not_seen(database: Path) -> None:
    """Also without a WAL: while the agent has written but not committed, the last committed state is read."""
    agent = sqlite3.connect(database, isolation_level=None)
    agent.execute("PRAGMA journal_mode=DELETE")
    agent.execute("BEGIN IMMEDIATE")
    say(agent, "msg_3", {"role": "user"}, 3, "prt_3", {"type": "text", "text": "And now?"})

    assert [value.get("id") for kind, value in told(database) if kind == "message"] == ["msg_1", "msg_2"]
    agent.execute("COMMIT")
    agent.close()


def test_a_journal_that_a_crash_left_is_no_reason_to_read_half_a_transaction(database: Path) -> None:
    """Where pages of an unfinished transaction are in the file, it is busy until the agent has rolled back."""
    agent = sqlite3.connect(database, isolation_level=None)
    agent.execute("PRAGMA journal_mode=DELETE")
    agent.execute("PRAGMA cache_size=1")
    agent.execute("BEGIN IMMEDIATE")
    for n in range(3, 400):
        say(agent, f"msg_{n}", {"role": "user"}, n, f"prt_{n}", {"type": "text", "text": "x" * 500})
    crashed = database.with_name("crashed") / "opencode.db"
    crashed.parent.mkdir()
    for name in ("opencode.db", "opencode.db-journal"):
        (crashed.parent / name).write_bytes((database.parent / name).read_bytes())
    agent.execute("ROLLBACK")
    agent.close()
    with pytest.raises(DatabaseBusy, match="not finished"):
        told(crashed)


@pytest.mark.parametrize(("change", "missing"), [
    ("DROP TABLE part", "the table `part`"), ("ALTER TABLE message RENAME COLUMN data TO body", "the column `data` of the table `message`")])
def test_a_newer_schema_is_named(database: Path, change: str, missing: str) -> None:
    """The error names the table or column that this version needs."""
    with sqlite3.connect(database) as db:
        db.execute(change)
    db.close()
    with pytest.raises(UnknownSchema, match=missing):
        opencode.sessions(database)


def test_columns_that_are_not_needed_may_be_missing(database: Path) -> None:
    """An older schema without to-do list, revert or version is read."""
    with sqlite3.connect(database) as db:
        db.executescript("DROP TABLE todo; ALTER TABLE session DROP COLUMN revert; ALTER TABLE session DROP COLUMN version;")
    db.close()

    assert [kind for kind, _ in told(database)] == ["session", "message", "part", "message", "part"]


def test_a_damaged_database_is_unreadable(database: Path) -> None:
    """A file whose pages are overwritten is an error, not a crash."""
    whole = database.read_bytes()
    database.write_bytes(whole[:100] + b"\xff" * (len(whole) - 100))
    with pytest.raises(UnreadableFile):
        told(database)


@pytest.mark.parametrize("value", ['{"role": 1}', b"\x00\x01", 9e999, -9e999, 1e18, -1, None])
def test_a_time_that_is_none_is_no_time(database: Path, value: object) -> None:
    """A column may hold anything, whatever its type says: the session is listed all the same."""
    with sqlite3.connect(database) as db:
        db.execute("UPDATE part SET time_updated = ?", (value,))
        db.execute("UPDATE session SET time_updated = ?", (value,))
    db.close()

    found = opencode.sessions(database)

    assert [one.id for one in found] == ["ses_1", "ses_2"]
    assert all(0 <= one.mtime_ns < 2**63 for one in found)
