"""Precision of extracted records on real sessions: a draw to be judged by reading, and what its readers found.

    python -m benchmarks.precision draw OUT.jsonl [--count 300] [--seed 1] [--without KIND …]
    python -m benchmarks.precision score DRAW.jsonl VERDICTS.jsonl [VERDICTS.jsonl]

The draw goes to a file outside the repository: it quotes real sessions. Each line: id, project, kind, text, details, evidence (what stands around the quote).
A verdict is a line {"id": …, "kind": true|false, "true": true|false, "worth": true|false}: right kind, true, worth keeping. A record
counts when all three hold.
Drawn are active records only, settled over the sessions of a project as a capture does it: what was resolved, replaced or said again elsewhere is in no
briefing. Reads the sessions below $PASSDOWN_TEST_DATA; prints records a session too, also of those with some work in them.
"""

import argparse
import json
import random
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

import msgspec
from benchmarks.sessions import RealSession, all_sessions

from passdown.extract.merge import merge
from passdown.extract.records import Extraction
from passdown.model.anchor import Evidence
from passdown.model.event import Event, Prompt, ToolCall
from passdown.model.record import Record
from passdown.model.sentences import sentences

AROUND = 2  # sentences of the message before and behind the quote
OUTPUT_CHARS = 600  # of a tool's call or result
WHOLE_CHARS = 1_500  # of a message in which the quote is not found in one piece
LEAST_CALLS, LEAST_PROMPTS = 20, 5  # of a session with some work in it
VERDICT = ("kind", "true", "worth")

Row = dict[str, Any]
Verdicts = dict[str, Row]
Events = Mapping[tuple[str, int], Event]  # by session and number


def extracted(session: RealSession) -> list[Record]:
    extraction = Extraction()
    for batch in session.batches:
        extraction.add(batch)
    return extraction.records()


def said(event: Event) -> str:
    """What stands in an event, whichever field holds it."""
    text = next((t for name in ("text", "command", "about", "output") if (t := getattr(event, name, ""))), "")
    return text if getattr(event, "text", "") else text[:OUTPUT_CHARS]


def around(text: str, record: str) -> str:
    """The sentences about the quote, or the message's beginning where it is not found in one piece."""
    told = sentences(text)
    first, last = record.split("\n")[0][:60], record.split("\n")[-1][-40:]
    hits = [i for i, s in enumerate(told) if first[:40] in s or s[:40] in record or last in s]
    if not hits:
        return text[:WHOLE_CHARS]
    return " ".join(told[max(0, hits[0] - AROUND):hits[-1] + AROUND + 1])[:2 * WHOLE_CHARS]


def row(project: str, events: Events, record: Record) -> Row:
    places = [(e, events[e.session, e.event]) for e in record.evidence if (e.session, e.event) in events]
    return {"id": record.id, "project": project, "session": record.session, "kind": record.kind, "status": record.status, "text": record.text,
            "details": {name: list(v) if isinstance(v, tuple) else v for name, v in record.details.items()},
            "evidence": [f"[{type(event).__name__} {place.event}] {around(said(event), record.text)}" for place, event in places]}


def settled(records: Iterable[Record]) -> list[Record]:
    """The active ones of a project, what several sessions say told once."""
    merged = merge(sorted((r for r in records if r.status == "active"), key=lambda r: (r.created, r.id)))
    return [r for r in merged if r.status == "active"]


class Yield(msgspec.Struct, frozen=True):
    """Of one session: its active records, and whether some work was done in it."""

    records: int
    worked: bool


def projects() -> Iterator[tuple[str, list[Row], list[Yield]]]:
    """Each project with its rows and the yield of its sessions."""
    for name, sessions in groupby(all_sessions(), key=lambda s: s.project):
        events: dict[tuple[str, int], Event] = {}
        records: list[Record] = []
        yields: list[Yield] = []
        for session in sessions:
            found = extracted(session)
            events.update({(e.session, e.event): event for event in session.events for e in places(found, event.n)})
            yields.append(Yield(sum(r.status == "active" for r in found), worked(session)))
            records += found
        yield name, [row(name, events, record) for record in settled(records)], yields


def places(records: Iterable[Record], n: int) -> Iterator[Evidence]:
    """The evidence in a session's event number `n`."""
    return (e for r in records for e in r.evidence if e.event == n)


def worked(session: RealSession) -> bool:
    """Whether the session is more than a question or two."""
    kinds = Counter(type(event) for event in session.events if not getattr(event, "lane", ""))
    return kinds[ToolCall] >= LEAST_CALLS or kinds[Prompt] >= LEAST_PROMPTS


def drawn(groups: Mapping[str, Sequence[Row]], count: int, seed: int) -> list[Row]:
    """`count` rows, spread over the projects by their share, each project at least a tenth, in an order that tells nothing."""
    rng = random.Random(seed)
    total = sum(map(len, groups.values()))
    out: list[Row] = []
    for name in sorted(groups):
        share = max(count // 10, round(count * len(groups[name]) / total))
        out += rng.sample(sorted(groups[name], key=lambda r: str(r["id"])), min(share, len(groups[name])))
    rng.shuffle(out)
    return out[:count]


def draw(out: Path, count: int, seed: int, without: Sequence[str]) -> None:
    groups: dict[str, list[Row]] = {}
    yields: list[Yield] = []
    for name, found, sizes in projects():
        groups[name] = [r for r in found if r["kind"] not in without]
        yields += sizes
    picked = drawn(groups, count, seed)
    out.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in picked), encoding="utf-8")
    print(f"active records a session: {spread([y.records for y in yields])}")
    print(f"with at least {LEAST_CALLS} tool calls or {LEAST_PROMPTS} prompts: {spread([y.records for y in yields if y.worked])}")
    print(f"{len(picked)} of {sum(map(len, groups.values()))} drawn (seed {seed}): "
          f"{dict(Counter(r['project'] for r in picked))} {dict(Counter(r['kind'] for r in picked))}")


def spread(sizes: Sequence[int]) -> str:
    ordered = sorted(sizes)
    return (f"{len(sizes)} sessions, {sum(sizes)} records, median {statistics.median(sizes)}, "
            f"p10 {ordered[len(ordered) // 10]}, p90 {ordered[len(ordered) * 9 // 10]}")


def verdicts(path: Path) -> Verdicts:
    return {r["id"]: r for line in path.read_text(encoding="utf-8").splitlines() if line.strip() for r in [json.loads(line)]}


def good(verdict: Row) -> bool:
    return all(verdict[name] for name in VERDICT)


def kappa(pairs: Sequence[tuple[bool, bool]]) -> float:
    """Cohen's kappa of two readers: agreement beyond what their rates alone would give."""
    same = sum(a == b for a, b in pairs) / len(pairs)
    first, second = (sum(side) / len(pairs) for side in zip(*pairs, strict=True))
    chance = first * second + (1 - first) * (1 - second)
    return 1.0 if chance == 1 else (same - chance) / (1 - chance)


def score(picked: Path, readers: Sequence[Verdicts]) -> None:
    kinds = {r["id"]: r["kind"] for line in picked.read_text(encoding="utf-8").splitlines() if line.strip() for r in [json.loads(line)]}
    judged = [i for i in kinds if all(i in reader for reader in readers)]
    print(f"{len(judged)} of {len(kinds)} judged by {len(readers)} reader(s)")
    for kind in ("all", *sorted({kinds[i] for i in judged})):
        ids = [i for i in judged if kind in ("all", kinds[i])]
        shares = "  ".join(f"{sum(good(reader[i]) for i in ids) / len(ids):.3f}" for reader in readers)
        print(f"{kind:<12} n={len(ids):<4} precision {shares}" + _agreement(ids, readers))
    for name in VERDICT:
        print(f"{name:<12} " + "  ".join(f"{sum(bool(reader[i][name]) for i in judged) / len(judged):.3f}" for reader in readers))


def _agreement(ids: Sequence[str], readers: Sequence[Verdicts]) -> str:
    if len(readers) != 2:
        return ""
    pairs = [(good(readers[0][i]), good(readers[1][i])) for i in ids]
    return f"  agreement {sum(a == b for a, b in pairs) / len(pairs):.3f}  kappa {kappa(pairs):.2f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    drawing = verbs.add_parser("draw", help="write a draw of records with their evidence")
    drawing.add_argument("out", type=Path)
    drawing.add_argument("--count", type=int, default=300)
    drawing.add_argument("--seed", type=int, default=1)
    drawing.add_argument("--without", nargs="*", default=[], metavar="KIND", help="leave kinds out that need no judgement, such as command")
    scoring = verbs.add_parser("score", help="precision of each reader, and their agreement")
    scoring.add_argument("draw", type=Path)
    scoring.add_argument("verdicts", type=Path, nargs="+")
    asked = parser.parse_args()
    if asked.verb == "draw":
        draw(asked.out, asked.count, asked.seed, asked.without)
    else:
        score(asked.draw, [verdicts(path) for path in asked.verdicts])


if __name__ == "__main__":
    main()
