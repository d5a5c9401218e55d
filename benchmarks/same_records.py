"""Does a style get points for its form? The same extracted records in each style: `python -m benchmarks.same_records [--show]`.

Records of the real sessions of each project below $PASSDOWN_TEST_DATA, as they stand after a part of its sessions, 10 to 60 of them, are written as each
style's main document, without sessions' facts (which styles tell differently), and scored. What one of the documents leaves out for want of room is taken
from all. Prints how far each style lies from the mean of all.
"""

import argparse
import random
import statistics
from collections import defaultdict
from collections.abc import Iterator, Sequence

from benchmarks.precision import extracted, settled
from benchmarks.sessions import all_sessions

from passdown.formats import sectioned
from passdown.formats.base import Material
from passdown.formats.marked import keys, owner
from passdown.formats.table import style
from passdown.lint.base import World, read
from passdown.lint.score import Assessment, assess
from passdown.lint.table import findings
from passdown.model.record import Record

STYLES = ("session-memory", "session-log", "session-handoff", "handoff", "domain-memory", "session-context", "continuity")
SIZES = (10, 25, 40, 60)
TURNS = (0.3, 0.6, 1.0)  # of a project's sessions
TODAY = "2026-11-20"
WANTED = 0.5
SEED = 3


def cases(draws: int) -> Iterator[tuple[str, tuple[Record, ...]]]:
    """A name and the records of each case."""
    pick = random.Random(SEED)
    by_project: dict[str, list[list[Record]]] = defaultdict(list)
    for session in all_sessions():
        by_project[session.project].append(extracted(session))
    for project, sessions in by_project.items():
        for turn in TURNS:
            every = settled(r for some in sessions[: int(len(sessions) * turn)] for r in some)
            for size in SIZES:
                for draw in range(draws if len(every) > size else 0):
                    records = held_by_all(pick.sample(every, size))
                    yield f"{project} {turn} {draw}: {len(records)} of {size}", records


def written(name: str, records: Sequence[Record]) -> str:
    """The style's main document."""
    planned = style(name).documents(Material(f"{TODAY}T12:00:00Z", records=tuple(records)), {})[0]
    return sectioned.update(planned.layout, "", planned.material).text


def held_by_all(records: Sequence[Record]) -> tuple[Record, ...]:
    """Those that the documents of all styles say when they have to say no others."""
    while True:
        said = frozenset.intersection(*(frozenset(map(owner, keys(written(name, records)))) for name in STYLES))
        kept = tuple(r for r in records if r.id in said)
        if len(kept) == len(records):
            return kept
        records = kept


def scored(name: str, records: Sequence[Record]) -> Assessment:
    text, layout = written(name, records), style(name).layouts[0]
    reading, world = read(f"{name}.md", text, layout), World(TODAY)
    return assess(reading, findings(reading, world), world)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--draws", type=int, default=3, help="samples of each size")
    parser.add_argument("--show", action="store_true", help="each case with the score of each style, and what the furthest one's is made of")
    args = parser.parse_args()
    away: dict[str, list[float]] = defaultdict(list)
    wide = []
    for case, records in cases(args.draws):
        found = {name: scored(name, records) for name in STYLES}
        mean = statistics.mean(one.score for one in found.values())
        for name, one in found.items():
            away[name].append(one.score - mean)
        furthest = max(found, key=lambda name: abs(found[name].score - mean))
        wide.append(abs(found[furthest].score - mean))
        if args.show:
            print(f"{case:34}", *(f"{one.score:.2f}" for one in found.values()), f"{furthest} {found[furthest].score - mean:+.2f}")
            if wide[-1] > WANTED:
                print("   ", "; ".join(f"{points:+.2f} {why}" for points, why in found[furthest].explained))
    for name, offs in away.items():
        print(f"{name:16} mean {statistics.mean(offs):+.2f}, from {min(offs):+.2f} to {max(offs):+.2f}")
    print(f"all styles within {WANTED} of their mean in {statistics.mean(one <= WANTED for one in wide):.2f} of {len(wide)} cases; furthest {max(wide):.2f}")


if __name__ == "__main__":
    main()
