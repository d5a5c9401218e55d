"""Does the score mean something? What `benchmarks.drivers.document` measured: `python -m benchmarks.score_and_need ROWS.jsonl DATA`.

Prints, for each evidence mutation, in what share of the pairs the original outscores the mutant; and the rank correlation (Spearman) of a document's score with
how much of the next session's need the same document names: among the documents that were written for one next session (every style, and each with half of its
sections left out), since what a session needs differs more between sessions than between documents; and among all of them.
"""

import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from statistics import mean

sys.path.insert(0, str(Path(__file__).parent / "eval"))
import need


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
    within: list[float] = []
    pairs: list[tuple[float, float]] = []
    for case in need.build(Path(sys.argv[2]), "handoff", None, 0, 11):
        found = [row for row in rows if row["now"][:19] == case.cut[:19]]
        measured = [(row[score], case.score(row[text])["recall"]) for row in found for text, score in (("text", "score"), ("half", "half_score"))]
        if len({recall for _, recall in measured}) > 1:
            within.append(spearman(*zip(*measured, strict=True)))
            pairs += measured
    positive = mean(one > 0 for one in within)
    print(f"rank correlation of score and need among the documents of one case: mean {mean(within):+.2f}, positive in {positive:.2f} of {len(within)}")
    print(f"among all documents of all cases: {spearman(*zip(*pairs, strict=True)):+.2f} of {len(pairs)}")


if __name__ == "__main__":
    main()
