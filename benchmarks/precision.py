"""Precision of extracted records on real sessions: a draw to be judged by reading, and what its readers found.

    python -m benchmarks.precision draw OUT.jsonl [--count 300] [--seed 1]
    python -m benchmarks.precision score DRAW.jsonl VERDICTS.jsonl [VERDICTS.jsonl]

The draw goes to a file outside the repository: it quotes real sessions. Each line: id, project, kind, text, details, evidence (what stands around the quote).
A verdict is a line {"id": …, "kind": true|false, "true": true|false, "worth": true|false}: right kind, true, worth keeping. A record
counts when all three hold.
Reads the sessions below $PASSDOWN_TEST_DATA; prints records a session too.
"""

import argparse
import json
import random
import statistics
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.sessions import RealSession, all_sessions

from passdown.extract.records import Extraction
from passdown.model.event import Event
from passdown.model.record import Record
from passdown.model.sentences import sentences

AROUND = 2  # sentences of the message before and behind the quote
OUTPUT_CHARS = 600  # of a tool's call or result
WHOLE_CHARS = 1_500  # of a message in which the quote is not found in one piece
VERDICT = ("kind", "true", "worth")

Row = dict[str, Any]
Verdicts = dict[str, Row]


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


def row(session: RealSession, events: Mapping[int, Event], record: Record) -> Row:
    evidence = [f"[{type(e).__name__} {e.n}] {around(said(e), record.text)}" for place in record.evidence if (e := events.get(place.event)) is not None]
    return {"id": record.id, "project": session.project, "session": session.path.name, "kind": record.kind, "status": record.status, "text": record.text,
            "details": {name: list(v) if isinstance(v, tuple) else v for name, v in record.details.items()}, "evidence": evidence}


def rows() -> Iterator[tuple[RealSession, list[Row]]]:
    for session in all_sessions():
        events = {event.n: event for event in session.events}
        yield session, [row(session, events, record) for record in extracted(session)]


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


def draw(out: Path, count: int, seed: int) -> None:
    groups: dict[str, dict[str, Row]] = defaultdict(dict)
    sizes: list[int] = []
    for session, found in rows():
        sizes.append(len(found))
        groups[session.project].update({r["id"]: r for r in found})
    picked = drawn({name: list(found.values()) for name, found in groups.items()}, count, seed)
    out.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in picked), encoding="utf-8")
    ordered = sorted(sizes)
    print(f"{len(sizes)} sessions, {sum(sizes)} records: median {statistics.median(sizes)}, "
          f"p10 {ordered[len(ordered) // 10]}, p90 {ordered[len(ordered) * 9 // 10]} a session")
    print(f"{len(picked)} drawn (seed {seed}): {dict(Counter(r['project'] for r in picked))} {dict(Counter(r['kind'] for r in picked))}")


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
    scoring = verbs.add_parser("score", help="precision of each reader, and their agreement")
    scoring.add_argument("draw", type=Path)
    scoring.add_argument("verdicts", type=Path, nargs="+")
    asked = parser.parse_args()
    if asked.verb == "draw":
        draw(asked.out, asked.count, asked.seed)
    else:
        score(asked.draw, [verdicts(path) for path in asked.verdicts])


if __name__ == "__main__":
    main()
