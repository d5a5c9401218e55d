"""How fast texts are scanned, and what is replaced in them: `python benchmarks/redaction.py [DATA]` (default: PASSDOWN_TEST_DATA).

Prints megabytes of UTF-8 per second over the strings of every transcript row, one event a row as `scan_events` sees them, median
of five rounds; then the replacements per megabyte, by rule. No secret is printed: what was replaced is shown as its shape.
"""

import json
import os
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROUNDS = 5


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def rows(data: Path) -> Iterator[tuple[str, ...]]:
    for file in sorted(data.glob("projects/*/sessions/*.jsonl")):
        for line in file.read_text(encoding="utf-8", errors="replace").split("\n"):
            if line.startswith("{"):
                yield tuple(strings(json.loads(line)))


def cold() -> tuple[float, float]:
    """Milliseconds that the scanner adds to `import re2`: its import, and the first scan."""
    import re2  # noqa: F401

    begin = time.perf_counter()
    from passdown.redaction.scan import scan

    imported = time.perf_counter()
    scan("a plain text, to begin with")
    return (imported - begin) * 1000, (time.perf_counter() - imported) * 1000


def shape(secret: str) -> str:
    return re.sub(r"[a-z]", "a", re.sub(r"[A-Z]", "A", re.sub(r"[0-9]", "9", secret)))[:40]


def replaced(texts: Iterator[str]) -> Counter[tuple[str, str]]:
    from passdown.redaction import scan as scanner

    found: Counter[tuple[str, str]] = Counter()
    for text in texts:
        if scanner.suspicious(text):
            data = text.encode("utf-8", "surrogatepass")
            found.update((code, shape(data[start:end].decode("utf-8", "replace"))) for start, end, code in scanner.hits(data))
    return found


def main() -> None:
    importing, first = cold()
    from passdown.model.event import ToolCall
    from passdown.redaction.events import scan_events

    data = Path(sys.argv[1] if len(sys.argv) > 1 else os.environ["PASSDOWN_TEST_DATA"])
    events = [ToolCall(call="", tool="", paths=texts) for texts in rows(data)]
    size = sum(len(text.encode("utf-8", "surrogatepass")) for event in events for text in event.paths) / 1e6
    speeds = []
    for _ in range(ROUNDS):
        begin = time.perf_counter()
        _, count = scan_events(events)
        speeds.append(size / (time.perf_counter() - begin))
    print(f"cold: import {importing:.1f} ms, first scan {first:.1f} ms")
    print(f"{size:.1f} MB in {len(events)} rows: first round {speeds[0]:.0f} MB/s, median {statistics.median(speeds):.0f} MB/s")
    print(f"replacements: {count}, {count / size:.2f} per MB")
    for (code, form), times in replaced(text for event in events for text in event.paths).most_common():
        print(f"  {times:5} {code} {form}")


if __name__ == "__main__":
    main()
