"""A durable note beside a bare write + fsync + rename of the same bytes, in turns, on the disk of the folder given (default: the current one).

`python benchmarks/durable_note.py [--times 300] [--folder DIR]`
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from passdown.formats.record_file import render
from passdown.model.ids import new_id
from passdown.model.record import Record
from passdown.store.layout import Layout
from passdown.store.records import RecordStore

TEXT = "Keep the queue in one SQLite file\n\n" + "It needs no server, and one file is easy to move and to back up. " * 5


def note(number: int) -> Record:
    return Record(
        new_id(1_790_000_000_000 + number), "decision", TEXT, created="2026-11-20T12:00:00Z", updated="2026-11-20T12:00:00Z",
        details={"why": "no server to run", "alternative": ("a broker: one more process", "files in a folder: no order")},
    )


def bare(folder: Path, name: str, data: bytes) -> None:
    """The least that a durable file costs; it does not even sync the folder."""
    handle = os.open(folder / f"{name}.tmp", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    os.write(handle, data)
    os.fsync(handle)
    os.close(handle)
    os.rename(folder / f"{name}.tmp", folder / name)


def seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=300)
    parser.add_argument("--folder", default=".")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=options.folder) as temporary:
        root = Path(temporary)
        (root / "bare").mkdir()
        store = RecordStore(Layout(root / "private"))
        store.add(note(0))
        ours, least = [], []
        for number in range(1, options.times + 1):
            record = note(number)
            data = render(record).encode()
            least.append(seconds(lambda d=data, r=record: bare(root / "bare", r.id, d)))  # type: ignore[misc]
            ours.append(seconds(lambda r=record: store.add(r)))  # type: ignore[misc]
    one, other = statistics.median(ours) * 1e3, statistics.median(least) * 1e3
    print(f"note {one:.2f} ms · write + fsync + rename {other:.2f} ms · ratio {one / other:.2f} (at most 3) · {len(data)} bytes, median of {options.times}")


if __name__ == "__main__":
    main()
