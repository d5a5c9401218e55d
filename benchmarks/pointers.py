"""Whether extracted records point at what they rest on: each piece of evidence names an event that is kept, and the words that it cites stand in it.

    PASSDOWN_TEST_DATA=… python -m benchmarks.pointers [--show N]

Looked at is every record of every real session, as it is extracted from the events that a capture would keep. A pointer is right when the event is there,
holds the cited words (white space aside) and is of a speaker who may have said them: what counts as the user's comes from a prompt, an answer or a plan that
the user approved.
"""

import argparse
import os
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.conditions import conditions, table

from passdown.extract.prose import blocks, sentences
from passdown.extract.records import Extraction
from passdown.model.event import Event, Prompt, SafeEvents, ToolCall, ToolResult
from passdown.model.ids import content_hash
from passdown.model.record import Record
from passdown.redaction.events import scan_events
from passdown.transcripts.detect import detect
from passdown.transcripts.rows import read_rows
from passdown.transcripts.stream import Stream
from passdown.transcripts.table import reader

HEAD_BYTES = 65_536
BOUND = 0.98


def kept_events(path: Path) -> SafeEvents:
    """The events that a capture of this transcript keeps. Raises `PassdownError` when it is none."""
    content = path.read_bytes()
    module = reader(detect(content[:HEAD_BYTES], str(path)))
    stream = Stream(module.start(), {})
    events: list[Event] = []
    for batch, _ in stream.batches(read_rows(iter([content]), module.ROW_START)):
        events += stream.number(scan_events(batch)[0])
    return SafeEvents(tuple(events))


def extracted(events: SafeEvents) -> list[Record]:
    extraction = Extraction()
    extraction.add(events)
    return extraction.records()


def wrong(record: Record, events: Sequence[Event]) -> list[str]:
    """What is wrong with each wrong piece of the record's evidence; `events` by number."""
    found = [fault for e in record.evidence if (fault := _fault(record, e.quote, events[e.event] if 0 <= e.event < len(events) else None))]
    return found if record.evidence else ["no evidence"]


def _fault(record: Record, quote: str, event: Event | None) -> str:
    if event is None:
        return "no such event"
    if not _may_say(record, event):
        return f"{type(event).__name__} cannot say it"
    said = " ".join(" ".join(text.split()) for text in words(event))
    if any(content_hash(piece) == quote and all(part in said for part in _parts(piece)) for piece in pieces(record)):
        return ""
    return "" if any(content_hash(text) == quote for text in _sayings(event)) else "not in it"


def _may_say(record: Record, event: Event) -> bool:
    if record.trust == "user":
        return isinstance(event, Prompt)
    if record.detail("approval") == "user":
        return isinstance(event, Prompt | ToolResult) or (isinstance(event, ToolCall) and event.action == "plan")
    return True


def pieces(record: Record) -> Iterator[str]:
    """What of a record may be cited: its text, one line of it, its details, and what its text shows as code."""
    yield record.text
    yield from record.text.split("\n")
    for value in record.details.values():
        yield from [value] if isinstance(value, str) else value
    outcome = record.detail("outcome")
    yield outcome.partition(": ")[2]
    double = record.text.split("`` ")
    yield from (part.split(" ``")[0] for part in double[1:])
    yield from record.text.split("`")[1::2]


def _parts(piece: str) -> list[str]:
    """A piece as it may stand in the event: line by line (question and answer), a clip without its mark."""
    return [" ".join(line.removesuffix("…").split()) for line in piece.split("\n")]


def words(event: Event) -> Iterator[str]:
    """All that an event says."""
    for name in ("text", "command", "about", "output"):
        yield getattr(event, name, "")
    for entry in getattr(event, "todos", ()):
        yield entry.text


def _sayings(event: Event) -> Iterator[str]:
    """Sentences of an event, alone and with the one that follows: the words of an earlier saying, which the newest record no longer shows."""
    for text in words(event):
        yield from (line.strip() for line in text.split("\n"))
        for block in blocks(text):
            for sentence in sentences(text, block):
                yield sentence.text
                if sentence.next:
                    yield f"{sentence.text} {sentence.next.text}"


def transcripts(data: Path) -> list[Path]:
    """Real sessions in a folder laid out as `PASSDOWN_TEST_DATA`, in order of name."""
    return [*sorted(p for p in data.glob("projects/*/sessions/*") if p.is_file()), *sorted(data.glob("transcripts/specstory/**/*.md"))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--show", type=int, default=10, metavar="N", help="wrong pointers to print")
    options = parser.parse_args()
    by_kind: Counter[str] = Counter()
    bad: Counter[str] = Counter()
    yields, shown = [], []
    for path in transcripts(Path(os.environ["PASSDOWN_TEST_DATA"])):
        events = kept_events(path)
        records = extracted(events)
        yields.append(sum(r.status == "active" for r in records))
        for record in records:
            faults = wrong(record, events)
            by_kind[record.kind] += max(1, len(record.evidence))
            bad[record.kind] += len(faults)
            shown += [f"{path.name}: {record.kind}: {fault}: {record.text[:120]}" for fault in faults]
    rows = [[kind, str(n), f"{1 - bad[kind] / n:.3f}"] for kind, n in by_kind.most_common()]
    total = sum(by_kind.values())
    print(conditions(1))
    print(table(("Kind", "Pointers", "Right"), [*rows, ["all", str(total), f"{1 - sum(bad.values()) / total:.4f} (≥ {BOUND})"]]))
    yields.sort()
    p10, p90 = yields[len(yields) // 10], yields[len(yields) * 9 // 10]
    print(f"\nActive records a session: median {statistics.median(yields)}, p10 {p10}, p90 {p90} ({len(yields)} sessions)")
    print("\n".join(shown[:options.show]))


if __name__ == "__main__":
    main()
