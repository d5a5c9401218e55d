"""Sessions that agents keep in databases and folders, from `passdown capture` to what is known of them: real SQLite files in WAL mode."""

import hashlib
import json
import os
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from passdown.hooks import spool

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
T = 1_795_000_000_000
COMPOSER = "7e1f2c9a-1111-4222-8333-444455556666"
AGENT_ID = "93d7b323-695c-4b84-8b69-d48bb88ae780"


def home() -> Path:
    return Path(os.environ["HOME"])


def wal(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    return db


def opencode(cwd: str) -> sqlite3.Connection:
    """A database with one session of two messages."""
    db = wal(home() / ".local" / "share" / "opencode" / "opencode.db")
    db.executescript("""
      CREATE TABLE session (id text PRIMARY KEY, parent_id text, directory text, title text, version text, time_created integer, time_updated integer,
        revert text);
      CREATE TABLE message (id text PRIMARY KEY, session_id text, time_created integer, time_updated integer, data text);
      CREATE TABLE part (id text PRIMARY KEY, message_id text, session_id text, time_created integer, time_updated integer, data text);""")
    db.execute("INSERT INTO session VALUES ('ses_1', NULL, ?, 'Cart total', '1.18.30', ?, ?, NULL)", (cwd, T, T))
    message(db, 1, {"role": "user"}, {"type": "text", "text": "Fix the cart total, it ignores the discount."})
    message(db, 2, {"role": "assistant", "modelID": "claude-sonnet-4-5"}, running("pytest -q"))
    return db


def message(db: sqlite3.Connection, n: int, info: dict[str, Any], part: dict[str, Any]) -> None:
    at = T + n * 1000
    db.execute("INSERT INTO message VALUES (?, 'ses_1', ?, ?, ?)", (f"msg_{n}", at, at, json.dumps(info | {"time": {"created": at}})))
    db.execute("INSERT INTO part VALUES (?, ?, 'ses_1', ?, ?, ?)", (f"prt_{n}", f"msg_{n}", at, at, json.dumps(part)))


def running(command: str, **more: object) -> dict[str, Any]:
    return {"type": "tool", "callID": "c1", "tool": "bash", "state": {"status": "running", "input": {"command": command}, "time": {"start": T + 2000}, **more}}


def cursor_ide(cwd: str) -> None:
    """A conversation that names its folder, and one that only its workspace names."""
    user = home() / ".config" / "Cursor" / "User"
    db = wal(user / "globalStorage" / "state.vscdb")
    db.execute("CREATE TABLE cursorDiskKV (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB)")
    for id_, place in ((COMPOSER, {"workspaceIdentifier": {"id": "w", "uri": {"fsPath": cwd}}}), ("older", {})):
        composer = {"_v": 10, "composerId": id_, "name": f"Talk {id_}", "createdAt": T, "lastUpdatedAt": T + 5, **place,
                    "fullConversationHeadersOnly": [{"bubbleId": "b1", "type": 1}, {"bubbleId": "b2", "type": 2}]}
        db.execute("INSERT INTO cursorDiskKV VALUES (?, ?)", (f"composerData:{id_}", json.dumps(composer)))
        for bubble, kind, text in (("b1", 1, "Why is the total wrong?"), ("b2", 2, "It rounds too early."), ("b0", 1, "taken back")):
            said = json.dumps({"bubbleId": bubble, "type": kind, "text": text})
            db.execute("INSERT INTO cursorDiskKV VALUES (?, ?)", (f"bubbleId:{id_}:{bubble}", said.encode() if kind == 2 else said))
    db.execute("INSERT INTO cursorDiskKV VALUES ('composerData:broken', '{\"_v\":')")
    db.close()
    space = wal(user / "workspaceStorage" / "abc" / "state.vscdb")
    space.execute("CREATE TABLE ItemTable (key TEXT UNIQUE ON CONFLICT REPLACE, value BLOB)")
    space.execute("INSERT INTO ItemTable VALUES ('composer.composerData', ?)", (json.dumps({"allComposers": [{"composerId": "older"}]}),))
    space.close()
    (user / "workspaceStorage" / "abc" / "workspace.json").write_text(json.dumps({"folder": Path(cwd).as_uri()}))


def cursor_cli(cwd: str) -> sqlite3.Connection:
    db = wal(home() / ".cursor" / "chats" / hashlib.md5(cwd.encode(), usedforsecurity=False).hexdigest() / AGENT_ID / "store.db")
    db.executescript("CREATE TABLE blobs (id TEXT PRIMARY KEY, data BLOB); CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT);")
    said = [{"role": "user", "content": [{"type": "text", "text": f"<user_info>\nWorkspace Path: {cwd}\n</user_info>"}]},
            {"role": "user", "content": [{"type": "text", "text": "<user_query>\nRun the tests.\n</user_query>"}]},
            {"role": "assistant", "content": [{"type": "tool-call", "toolCallId": "t1", "toolName": "Shell", "args": {"command": "pytest -q"}}]},
            {"role": "tool", "content": [{"type": "tool-result", "toolCallId": "t1", "toolName": "Shell", "result": "Exit code: 2\n\nno tests"}]}]
    state = b""
    for one in said:
        data = json.dumps(one).encode()
        id_ = hashlib.sha256(data).digest()
        db.execute("INSERT INTO blobs VALUES (?, ?)", (id_.hex(), data))
        state += b"\x0a\x20" + id_
    db.execute("INSERT INTO blobs VALUES (?, ?)", ("ff" * 32, state))
    facts = {"agentId": AGENT_ID, "latestRootBlobId": "ff" * 32, "name": "Tests", "createdAt": T, "lastUsedModel": "gpt-5"}
    db.execute("INSERT INTO meta VALUES ('0', ?)", (json.dumps(facts).encode().hex(),))
    return db


def cline(cwd: str) -> Path:
    extension = home() / ".config" / "Code" / "User" / "globalStorage" / "saoudrizwan.claude-dev"
    task = extension / "tasks" / "1795000000000"
    task.mkdir(parents=True)
    (extension / "state").mkdir()
    (extension / "state" / "taskHistory.json").write_text(json.dumps([{"id": "1795000000000", "ts": T, "task": "Empty carts", "cwdOnTaskInitialization": cwd}]))
    (task / "ui_messages.json").write_text(json.dumps([
        {"ts": T, "type": "say", "say": "text", "text": "Handle empty carts."}, {"ts": T + 9, "type": "say", "say": "completion_result", "text": "Handled."}]))
    (task / "api_conversation_history.json").write_text(json.dumps([{"role": "user", "content": "<task>Handle empty carts.</task>"}]))
    return task


def captured(passdown: Passdown, *words: str, code: int = 0) -> dict[str, Any]:
    """New events by session."""
    found: dict[str, Any] = json.loads(passdown("capture", "--json", *words, code=code).stdout)
    return {c["session_id"]: c["new_events"] for c in found["captured"]}


def facts(passdown: Passdown) -> dict[str, Any]:
    return {s["session_id"]: s for s in json.loads(passdown("sessions", "--json").stdout)}


def test_every_store_is_found_and_captured_once(passdown: Passdown, repository: Path) -> None:
    """`capture` without arguments finds the project's sessions in each store, and a second one finds nothing new."""
    where = str(repository)
    passdown("init", "--yes")
    opencode(where).close()
    cursor_ide(where)
    cursor_cli(where).close()
    cline(where)

    first = captured(passdown)
    assert set(first) == {"ses_1", COMPOSER, "older", AGENT_ID, "1795000000000"}
    assert all(first.values())
    assert not any(captured(passdown).values())


def test_sessions_of_other_projects_are_left_alone(passdown: Passdown, tmp_path: Path) -> None:
    """What ran elsewhere is not captured, unless it is named with its session."""
    passdown("init", "--yes")
    opencode(str(tmp_path / "other")).close()
    database = home() / ".local" / "share" / "opencode" / "opencode.db"

    assert captured(passdown) == {}
    assert set(captured(passdown, "--transcript", f"{database}#ses_1")) == {"ses_1"}


def test_what_changed_in_a_database_is_added_and_nothing_twice(passdown: Passdown, repository: Path) -> None:
    """A command that was running and has ended since gives its result; new messages give theirs; the rest is known."""
    passdown("init", "--yes")
    agent = opencode(str(repository))
    assert captured(passdown) == {"ses_1": 4}
    ended = running("pytest -q", status="completed", output="1 failed", metadata={"exit": 1})
    agent.execute("UPDATE part SET data = ?, time_updated = ? WHERE id = 'prt_2'", (json.dumps(ended), T + 9000))
    message(agent, 3, {"role": "user"}, {"type": "text", "text": "Never round before the discount."})

    assert captured(passdown) == {"ses_1": 2}
    agent.close()
    command = facts(passdown)["ses_1"]["commands"][0]
    assert (command["command"], command["exit_code"]) == ("pytest -q", 1)


def test_a_locked_database_is_reported_and_captured_the_next_time(passdown: Passdown, repository: Path) -> None:
    """While the agent locks its database, capture says so with an exit code of its own, captures the rest, and loses nothing."""
    passdown("init", "--yes")
    agent = opencode(str(repository))
    cline(str(repository))
    agent.execute("PRAGMA journal_mode=DELETE")
    agent.execute("BEGIN EXCLUSIVE")
    done = passdown("capture", code=24)
    assert "locked" in done.stderr
    assert "cline 1795000000000" in done.stdout
    agent.execute("ROLLBACK")
    agent.close()

    assert captured(passdown)["ses_1"] == 4


def test_a_newer_schema_is_reported_by_name(passdown: Passdown, repository: Path) -> None:
    """What is missing is named; sessions that were captured before stay."""
    passdown("init", "--yes")
    agent = opencode(str(repository))
    captured(passdown)
    agent.execute("ALTER TABLE part RENAME COLUMN data TO body")
    agent.close()

    assert "the column `data` of the table `part` is missing" in passdown("capture", code=25).stderr
    assert "ses_1" in facts(passdown)


def test_a_deleted_session_keeps_what_was_captured(passdown: Passdown, repository: Path) -> None:
    """The agent may sweep a session away: capture goes on, doctor has nothing to complain of."""
    passdown("init", "--yes")
    agent = opencode(str(repository))
    captured(passdown)
    agent.executescript("DELETE FROM part; DELETE FROM message; DELETE FROM session;")
    agent.close()

    assert captured(passdown) == {}
    assert "ses_1" in facts(passdown)
    assert "uncaptured" not in passdown("doctor", "--json").stdout


def test_a_transcript_of_a_session_that_a_store_has_is_not_captured_too(passdown: Passdown, repository: Path) -> None:
    """Cursor writes one conversation to two places: it counts once, with the results and times of the database."""
    passdown("init", "--yes")
    cursor_ide(str(repository))
    slug = str(repository).strip("/").replace("/", "-")
    folder = home() / ".cursor" / "projects" / slug / "agent-transcripts"
    folder.mkdir(parents=True)
    row = {"role": "user", "message": {"content": [{"type": "text", "text": "<user_query>Why is the total wrong?</user_query>"}]}}
    other = "4c1d6a1e-0c0e-4b8e-9d2f-0a1b2c3d4e5f"
    for id_ in (COMPOSER, other):
        (folder / f"{id_}.jsonl").write_text(json.dumps(row) + "\n")

    assert set(captured(passdown)) == {COMPOSER, "older", other}


def test_a_symlinked_home_and_times_out_of_order_do_no_harm(passdown: Passdown, repository: Path, tmp_path: Path) -> None:
    """The agent knows the project by another name; its clock was wrong."""
    passdown("init", "--yes")
    (tmp_path / "link").symlink_to(repository.parent)
    agent = opencode(str(tmp_path / "link" / repository.name))
    agent.execute("UPDATE session SET time_created = 99999999999999999")
    agent.execute("UPDATE message SET data = ? WHERE id = 'msg_1'", (json.dumps({"role": "user", "time": {"created": 4_102_444_800_000}}),))
    agent.close()

    assert captured(passdown) == {"ses_1": 4}
    assert facts(passdown)["ses_1"]["prompts"] == 1


@pytest.mark.parametrize("words", ["opencode.db#nope", "opencode.db#"])
def test_a_session_that_is_not_there_is_a_clear_error(passdown: Passdown, repository: Path, words: str) -> None:
    """A session's name that the database does not have is said."""
    passdown("init", "--yes")
    opencode(str(repository)).close()
    done = passdown("capture", "--transcript", str(home() / ".local" / "share" / "opencode" / words), code=None)

    assert done.returncode in (22, 26)
    assert "nope" in done.stderr or "cannot be read" in done.stderr


def git(repository: Path, *words: str, feed: str | None = None) -> str:
    return subprocess.run(["git", *words], cwd=repository, check=True, capture_output=True, text=True, input=feed).stdout.strip()


def checkpoint(repository: Path, id_: str, session: str, rows: list[dict[str, Any]], at: str) -> None:
    """One more checkpoint on Entire's branch, beside those that it has."""
    branch = "entire/checkpoints/v1"
    facts = {"checkpoint_id": id_, "session_id": f"2026-11-18-{session}", "created_at": at, "branch": "fix/cart"}
    folder = f"{id_[:2]}/{id_[2:]}"
    before = subprocess.run(["git", "ls-tree", "-r", branch], cwd=repository, check=False, capture_output=True, text=True).stdout
    entries = [row for row in before.split("\n") if row]
    for name, text in ((f"{folder}/metadata.json", json.dumps({"checkpoint_id": id_})), (f"{folder}/0/metadata.json", json.dumps(facts)),
                       (f"{folder}/0/full.jsonl", "".join(json.dumps(row) + "\n" for row in rows)), (f"{folder}/0/prompt.txt", "Fix it")):
        entries.append(f"100644 blob {git(repository, 'hash-object', '-w', '--stdin', feed=text)}\t{name}")
    environment = {**os.environ, "GIT_INDEX_FILE": str(repository / ".git" / "entire-index")}
    subprocess.run(["git", "update-index", "--index-info"], cwd=repository, check=True, input="\n".join(entries) + "\n", text=True, env=environment)
    tree = subprocess.run(["git", "write-tree"], cwd=repository, check=True, capture_output=True, text=True, env=environment).stdout.strip()
    git(repository, "update-ref", f"refs/heads/{branch}", git(repository, "commit-tree", tree, "-m", f"Checkpoint: {id_}"))


def claude(session: str, cwd: str, *said: str) -> list[dict[str, Any]]:
    return [{"type": "user", "uuid": f"u{n}", "parentUuid": None, "sessionId": session, "timestamp": f"2026-11-18T10:0{n}:00Z", "cwd": cwd,
             "gitBranch": "fix/cart", "version": "2.1.0", "message": {"role": "user", "content": text}} for n, text in enumerate(said)]


def test_entires_checkpoints_are_captured_and_joined_to_their_commits(passdown: Passdown, repository: Path) -> None:
    """The newest checkpoint of a session is read as its agent's transcript; a commit that names any of them belongs to the session."""
    passdown("init", "--yes")
    session = "8f76b0e8-b8f1-4a87-9186-848bdd83d62e"
    checkpoint(repository, "a1b2c3d4e5f6", session, claude(session, str(repository), "Fix the cart total."), "2026-11-18T10:00:30Z")
    git(repository, "commit", "-q", "--allow-empty", "-m", "Round after the discount\n\nEntire-Checkpoint: a1b2c3d4e5f6")
    assert set(captured(passdown)) == {session}
    checkpoint(repository, "0011223344ff", session, claude(session, str(repository), "Fix the cart total.", "Now empty carts."), "2026-11-18T10:01:30Z")

    assert captured(passdown)[session]
    found = facts(passdown)[session]
    assert (found["agent"], found["prompts"]) == ("entire", 2)
    assert [(c["sha"], c["subject"]) for c in found["commits"]] == [(git(repository, "rev-parse", "HEAD"), "Round after the discount")]
    assert not any(captured(passdown).values())


def test_a_checkpoint_of_a_session_whose_transcript_is_here_is_not_captured(passdown: Passdown, repository: Path) -> None:
    """The agent's own transcript says more than Entire's copy."""
    passdown("init", "--yes")
    session = "8f76b0e8-b8f1-4a87-9186-848bdd83d62e"
    rows = claude(session, str(repository), "Fix the cart total.")
    folder = home() / ".claude" / "projects" / "shop"
    folder.mkdir(parents=True)
    (folder / f"{session}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    checkpoint(repository, "a1b2c3d4e5f6", session, rows, "2026-11-18T10:00:30Z")
    captured(passdown)

    assert facts(passdown)[session]["agent"] == "claude-code"
    assert not any(captured(passdown).values())


def test_a_hook_points_at_the_database_as_a_whole(passdown: Passdown, repository: Path, tmp_path: Path) -> None:
    """Of a database that a hook names the project's sessions are captured, none is no error, and hooks are left its size to see that it grew."""
    passdown("init", "--yes")
    database = home() / ".local" / "share" / "opencode" / "opencode.db"
    agent = opencode(str(tmp_path / "other"))
    private = str(repository / ".git" / "passdown")
    pointer = spool.Pointer(str(database), str(repository), "opencode", "Stop", "ses_1")
    assert spool.put(private, pointer)
    passdown("capture", "--spooled")
    assert facts(passdown) == {}
    agent.execute("UPDATE session SET directory = ?", (str(repository),))
    agent.close()
    spool.put(private, pointer)
    passdown("capture", "--spooled")

    assert set(facts(passdown)) == {"ses_1"}
    spool.put(private, spool.Pointer(f"{database}#ses_1", str(repository), "opencode", "Stop", "ses_1"))
    passdown("capture", "--spooled")
    assert spool.waiting(private) == []
    known = (repository / ".git" / "passdown" / "cache" / "transcripts.tsv").read_text()
    assert known == f"{database.stat().st_size}\t\t{database}\n"
