"""Agents' databases and folders: sessions listed and told, whatever the file holds; zstd files read as a transcript."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

from benchmarks.fuzzing.base import Target
from benchmarks.fuzzing.world import folder, transcripts

from passdown.agentstores.table import store_of
from passdown.errors import PassdownError
from passdown.transcripts.zstd import Decompressed, zstd

OPENCODE = """
CREATE TABLE session (id text PRIMARY KEY, project_id text, parent_id text, directory text, title text, version text, time_created integer,
  time_updated integer, revert text);
CREATE TABLE message (id text PRIMARY KEY, session_id text, time_created integer, time_updated integer, data text);
CREATE TABLE part (id text PRIMARY KEY, message_id text, session_id text, time_created integer, time_updated integer, data text);
CREATE TABLE todo (session_id text, content text, status text, priority text, position integer);
INSERT INTO session VALUES ('ses_1', 'p', NULL, '/home/dev/shop', 'Cart', '1.18.30', 1, 5, NULL);
INSERT INTO message VALUES ('msg_1', 'ses_1', 1, 1, '{"role": "user"}');
INSERT INTO part VALUES ('prt_1', 'msg_1', 'ses_1', 1, 1, '{"type": "text", "text": "Fix the total."}');
INSERT INTO todo VALUES ('ses_1', 'test it', 'pending', 'high', 0);
"""
IDE = """
CREATE TABLE ItemTable (key TEXT UNIQUE, value BLOB);
CREATE TABLE cursorDiskKV (key TEXT UNIQUE, value BLOB);
INSERT INTO cursorDiskKV VALUES ('composerData:c1', '{"composerId": "c1", "createdAt": 1, "fullConversationHeadersOnly": [{"bubbleId": "b1", "type": 1}]}');
INSERT INTO cursorDiskKV VALUES ('bubbleId:c1:b1', '{"type": 1, "text": "Fix it", "bubbleId": "b1"}');
"""


def built(name: str, script: str) -> bytes:
    path = folder() / f"seed-{name}"
    path.unlink(missing_ok=True)
    db = sqlite3.connect(path)
    db.executescript("PRAGMA page_size = 512;" + script)
    db.close()
    return path.read_bytes()


def run_of(name: str) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        path = folder() / "store" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        told(path)

    return run


def told(path: Path) -> None:
    store = store_of(path)
    for one in store.sessions(path) if store else ():
        try:
            for row in store.tell(path, one.id):  # type: ignore[union-attr]
                json.loads(row)
        except PassdownError:
            continue


def zstd_run(data: bytes) -> None:
    path = folder() / "t.jsonl.zst"
    path.write_bytes(data)
    with Decompressed(path) as stream:
        while len(stream.read(1 << 20)) == 1 << 20:
            pass


TASK = b'[{"ts": 1, "type": "say", "say": "text", "text": "Fix it"}, {"ts": 2, "type": "say", "say": "api_req_started", "text": "{}"}]'
TARGETS = {
    "store-opencode": Target(lambda: [built("a", OPENCODE)], run_of("opencode.db"), (b'{"type": "text"}', b"session"), (PassdownError,)),
    "store-cursor": Target(lambda: [built("b", IDE)], run_of("state.vscdb"), (b"composerData:", b"bubbleId:"), (PassdownError,)),
    "store-cline": Target(lambda: [TASK], run_of("ui_messages.json"), (b'"say":', b'"ask":'), (PassdownError,)),
    "store-zstd": Target(lambda: [zstd.compress(p.read_bytes()) for p in transcripts()[:6]], zstd_run, (b"\x28\xb5\x2f\xfd",), (OSError,)),
}
