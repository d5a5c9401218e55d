"""Rebuild of the index against finding, reading and hashing the same files, and captured text, in one run: `python benchmarks/rebuild.py [COUNT]`."""

import gzip
import json
import os
import random
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent))

import bank

from passdown.formats import record_file
from passdown.index import Index, Sources
from passdown.model.ids import content_hash

ROUNDS = 5


def timed(work: object) -> float:
    start = time.perf_counter()
    work()  # type: ignore[operator]
    return time.perf_counter() - start


def hashes(folder: Path) -> list[str]:
    """The yardstick: what any rebuild has to do."""
    return [content_hash(Path(place, name).read_bytes()) for place, _, names in os.walk(folder) for name in names]


def event_lines(megabytes: int) -> bytes:
    """Kept events in the proportions of real sessions: mostly output and patches, a sixth prose."""
    rng = random.Random(3)
    words = bank.vocabulary(rng)
    lines, size, n = [], 0, 0
    while size < megabytes * 1_000_000:
        said = bank.sentence(rng, words, 60)
        out = bank.sentence(rng, words, 250)
        turn = [{"e": "reply", "n": n, "at": "2026-01-01T00:00:00Z", "text": said}] if n % 4 == 0 else []
        turn += [
            {"e": "call", "n": n + 1, "call": f"c{n}", "tool": "Bash", "action": "shell", "command": "pytest tests/" + said[:20].replace(" ", "/")},
            {"e": "result", "n": n + 2, "call": f"c{n}", "ok": True, "output": out, "size": len(out)},
        ]
        if n % 40 == 0:
            turn.insert(0, {"e": "prompt", "n": n, "text": bank.sentence(rng, words, 40)})
        for event in turn:
            lines.append(json.dumps(event, separators=(",", ":")))
            size += len(lines[-1])
        n += 4
    return "\n".join(lines).encode() + b"\n"


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        size = bank.write(root / "records", count)
        sources = Sources(record_file.parse, lambda _: None, records=(root / "records",))  # type: ignore[arg-type, return-value]
        files = sorted((root / "records").rglob("*.md"))
        texts = [f.read_text() for f in files]

        def rebuild(number: int) -> None:
            with Index.open(root / f"index{number}.db") as index:
                index.refresh(sources)

        bare, found, parse, build = [], [], [], []
        for i in range(ROUNDS):
            bare.append(timed(lambda: [content_hash(f.read_bytes()) for f in files]))
            found.append(timed(lambda: hashes(root / "records")))
            parse.append(timed(lambda: [record_file.parse(t, "") for t in texts]))
            build.append(timed(lambda i=i: rebuild(i)))  # type: ignore[misc]
        took = median(build)
        print(f"{count} records, one file each, {size / 1e6:.1f} MB; medians of {ROUNDS}")
        print(f"rebuild {took:.2f} s (guide 10 s), of which parsing {median(parse):.2f} s")
        print(f"finding, reading and hashing the same files {median(found):.2f} s: ratio {took / median(found):.1f} (at most 6);"
              f" without finding them {median(bare):.2f} s: {took / median(bare):.1f}")
        events(root)


def events(root: Path) -> None:
    lines = event_lines(20)
    (root / "events").mkdir()
    (root / "events" / "one.jsonl.gz").write_bytes(gzip.compress(lines, 3))
    sources = Sources(record_file.parse, lambda _: None, events=root / "events")  # type: ignore[arg-type, return-value]
    with Index.open(root / "events.db") as index:
        took = timed(lambda: index.refresh(sources))
        decode = timed(lambda: [json.loads(line) for line in lines.splitlines()])
    print(f"events {len(lines) / 1e6:.0f} MB of JSON: {took:.2f} s, {len(lines) / 1e6 / took:.0f} MB/s (at least 25); json.loads of the same {decode:.2f} s")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
