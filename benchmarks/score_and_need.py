"""Does the score mean something? What `benchmarks.drivers.document` measured: `python -m benchmarks.score_and_need ROWS.jsonl CASES.json STYLE`.

Prints, for each evidence mutation, in what share of the pairs the original outscores the mutant; and the rank correlation (Spearman) of a document's score with
how much of the next session's need the same document names, within each project and over all.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import mean


def ranks(values: Sequence[float]) -> list[float]:
    """Ranks from 0; equal values share the mean of theirs."""
    ordered = sorted(values)
    places: dict[float, list[int]] = defaultdict(list)
    for n, value in enumerate(ordered):
        places[value].append(n)
    return [mean(places[value]) for value in values]


def spearman(first: Sequence[float], second: Sequence[float]) -> float:
    a, b = ranks(first), ranks(second)
    middle = (len(a) - 1) / 2
    over = sum((x - middle) * (y - middle) for x, y in zip(a, b, strict=True))
    under = (sum((x - middle) ** 2 for x in a) * sum((y - middle) ** 2 for y in b)) ** 0.5
    return over / under if under else 0.0


def main() -> None:
    rows = [json.loads(line) for line in Path(sys.argv[1]).read_text().splitlines()]
    won: dict[str, list[bool]] = defaultdict(list)
    for row in rows:
        for name, score in row["mutants"].items():
            won[name].append(row["score"] > score)
        for name, score in row["plain_mutants"].items():
            won[f"{name}, marks taken out"].append(row["plain_score"] > score)
    for name, results in won.items():
        print(f"{name:36} {mean(results):.3f} of {len(results)}")
    for end in ("", ", marks taken out"):
        together = [one for name, results in won.items() if name.endswith("out") == bool(end) for one in results]
        print(f"{'all evidence' + end:36} {mean(together):.3f} of {len(together)}")
    cases = json.loads(Path(sys.argv[2]).read_text())["cases"]
    need = {(case["case"].split("/")[0], case["cut"][:19]): next(iter(next(iter(case["scores"].values())).values()))["recall"] for case in cases}
    by_project: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for (project, cut), recall in need.items():
        found = [r["score"] for r in rows if r["style"] == sys.argv[3] and r["now"][:19] == cut]
        if found and recall == recall:
            by_project[project].append((max(found), recall))
    for project, pairs in by_project.items():
        print(f"{project:20} rank correlation {spearman(*zip(*pairs, strict=True)):+.2f} of {len(pairs)} documents")
    every = [pair for pairs in by_project.values() for pair in pairs]
    print(f"{'all':20} rank correlation {spearman(*zip(*every, strict=True)):+.2f} of {len(every)} documents")


if __name__ == "__main__":
    main()
