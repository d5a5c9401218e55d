"""Real processes on a real disk: parallel writers, a concurrent reader, kill -9, a full file system."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from passdown.errors import WriteFailed
from passdown.model.finding import Finding
from passdown.model.ids import new_id
from passdown.model.record import Record
from passdown.store.layout import Layout
from passdown.store.reading import Stored
from passdown.store.records import RecordStore

WRITERS = 8
NOTES_EACH = 500
KILLS = 60

# Prints each id as soon as it is acknowledged.
WRITER = """
import os, sys
from pathlib import Path
from passdown.errors import Conflict
from passdown.model.ids import new_id
from passdown.model.record import Record
from passdown.store.layout import Layout
from passdown.store.records import RecordStore

store = RecordStore(Layout(Path(sys.argv[1])))
for number in range(int(sys.argv[2])):
    while True:
        record = Record(new_id(1_790_000_000_000 + number), "lesson", f"note {number} of {os.getpid()}\\n\\n" + "words " * 100)
        try:
            receipt = store.add(record)
        except Conflict:
            continue
        break
    os.write(1, (receipt.record.id + "\\n").encode())
"""


def start(place: Path, notes: int) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", WRITER, str(place), str(notes)], stdout=subprocess.PIPE, text=True)


def ids(store: RecordStore) -> set[str]:
    """Of all records; fails on one that does not parse."""
    found = list(store.all())
    assert not [one for one in found if isinstance(one, Finding)]
    return {one.record.id for one in found if isinstance(one, Stored)}


def test_parallel_writers_lose_nothing(tmp_path: Path) -> None:
    """Eight processes add 500 notes each: all 4,000 are there, and a reader beside them never sees a torn one."""
    store = RecordStore(Layout(tmp_path))
    writers = [start(tmp_path, NOTES_EACH) for _ in range(WRITERS)]
    seen: set[str] = set()
    while any(writer.poll() is None for writer in writers):
        now = ids(store)
        assert seen <= now
        seen = now
        time.sleep(0.3)
    acknowledged = {line for writer in writers for line in writer.communicate()[0].split()}
    assert [writer.returncode for writer in writers] == [0] * WRITERS
    assert len(acknowledged) == WRITERS * NOTES_EACH
    assert ids(store) == acknowledged
    assert len({operation.number for operation in store.journal.operations()}) == WRITERS * NOTES_EACH


def test_kill_9_loses_nothing_acknowledged(tmp_path: Path) -> None:
    """A writer is killed 60 times at moments that differ: every id it had printed is there, and the store goes on working."""
    store = RecordStore(Layout(tmp_path))
    acknowledged: set[str] = set()
    for round_ in range(KILLS):
        writer = start(tmp_path, 10_000)
        assert writer.stdout
        acknowledged.add(writer.stdout.readline().strip())
        time.sleep(0.0007 * (round_ % 20))
        writer.send_signal(signal.SIGKILL)
        acknowledged.update(line for line in writer.communicate()[0].split("\n") if len(line) == 16)
        assert acknowledged <= ids(store)
    assert {one.record.text.count("words") for one in store.all() if isinstance(one, Stored)} == {100}  # none is there in part
    assert len(acknowledged) >= KILLS
    assert store.undo().verb == "undo"


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="needs the right to mount a small file system")
def test_full_disk(tmp_path: Path) -> None:
    """On a file system of 256 KiB that fills up, notes fail with a clear error, and every acknowledged one is there and can be read."""
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(tmp_path)], capture_output=True, check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        acknowledged = fill(RecordStore(Layout(tmp_path / "private")))
        assert ids(RecordStore(Layout(tmp_path / "private"))) == acknowledged
    finally:
        subprocess.run(["umount", str(tmp_path)], check=True)


def fill(store: RecordStore) -> set[str]:
    """Add notes until the disk is full; ids of those acknowledged."""
    acknowledged: set[str] = set()

    def add_all() -> None:
        for number in range(1_000):
            acknowledged.add(store.add(Record(new_id(number), "lesson", "words " * 200 + str(number))).record.id)

    with pytest.raises(WriteFailed, match="space"):
        add_all()
    assert acknowledged
    return acknowledged
