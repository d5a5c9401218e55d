"""`passdown verify` on invented repositories of 2,000 commits and more: claims are made, the repository is changed in every way, and the verdicts are counted.

Usage: python -m benchmarks.verify [--rounds N] [--seed N] [--verbose] [--product-cmd CMD]
Bounds: at least 98 % of the changes found with the right verdict, at most 2 % alarms on claims of which nothing changed; 1,000 claims in less than 3 s by a
first process and less than 1 s by the next one. With 2,400 records, 1,000 of them on lines of one file of 20,000 lines, whatever became of it: verify in less
than 1.5 s, resume in less than 0.6 s.
"""

import argparse
import json
import random
import subprocess
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from benchmarks import conditions
from benchmarks.mutations import LATER, SAID, World, plan
from benchmarks.repositories import SHAPES, Shape, build

from passdown.actions.facts import seen_at
from passdown.formats import record_file, session_file
from passdown.model.anchor import Anchor
from passdown.model.record import Record
from passdown.model.session import CheckFact, FileFact, Session

COMMIT_SIZE = 7  # changes in one commit after the claims were made
AFTER = 1_790_940_000  # seconds since 1970: a day after the claims were made
LEFT_OPEN = 0.15  # share of the changes that are not committed
CHECK = CheckFact("pytest", "pytest -q", True, 12, 0, 0, "12 passed", "2026-10-20T10:00:00Z")


def world_of(root: Path, shape: Shape, seed: int, rounds: int, env: Mapping[str, str]) -> World:
    """A repository with claims, and changed since."""
    world = World(root, build(root, shape, seed, env), env, random.Random(seed))
    steps = [step for step in plan(world, rounds) if step]
    world.head = world.git("rev-parse", "HEAD")
    world.rnd.shuffle(steps)
    world.time = AFTER
    kept = int(len(steps) * (1 - LEFT_OPEN))
    for number, step in enumerate(steps[:kept]):
        step()
        if number % COMMIT_SIZE == 0:
            commit(world, f"Change number {number}")
    commit(world, "Change the rest")
    for step in steps[kept:]:
        step()
    return world


def commit(world: World, subject: str) -> None:
    if world.git("status", "--porcelain"):
        world.commit(subject)


def store(world: World, product: Sequence[str], records: Sequence[Record]) -> None:
    """The records and one session, in the documented format."""
    conditions.run([*product, "init", "--private"], env=world.env, cwd=world.root)
    private = world.root / ".git" / "passdown"
    for record in records:
        path = private / "records" / record.kind / f"{record.id}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(record_file.render(record), encoding="utf-8")
    session = Session("s-1", "codex", "2026-10-20T09:00:00Z", "2026-10-20T11:00:00Z", tool_calls=20, prompts=2, goal="Make the tests pass", checks=(CHECK,),
                      files=(FileFact("src/a.py", edits=1, last="2026-10-20T09:30:00Z"),))
    path = private / "sessions" / "2026-10-20-make-s-1.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(session_file.render(session), encoding="utf-8")


def judged(world: World, product: Sequence[str]) -> tuple[dict[str, set[str]], float, float]:
    """Codes found by record, and milliseconds of the first process and of the next one."""
    words = [*product, "verify", "--json", "--all", "--now", LATER]
    times, out = [], ""
    for _ in range(4):
        subprocess.run(["sync"], check=False)
        out, ms = ran(words, world)
        times.append(ms)
    codes: dict[str, set[str]] = defaultdict(set)
    for row in json.loads(out)["judged"]:
        codes[row["owner"]].add(row["verdict"]["code"])
    return codes, times[0], min(times[1:])


def ran(words: Sequence[str], world: World) -> tuple[str, float]:
    """Verify ends with 1 where it finds something."""
    start = time.perf_counter()
    done = subprocess.run(words, capture_output=True, text=True, env=dict(world.env), cwd=world.root, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr[-2000:])
    return done.stdout, (time.perf_counter() - start) * 1e3


def tally(world: World, codes: Mapping[str, set[str]], verbose: bool) -> dict[str, Counter[str]]:
    """For each mutation how often the verdict was right (`right`), and how often it was made (`all`)."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for mutation, expected, record in world.records:
        found = codes.get(record.id, set()) - {"holds", "unverified"}
        right = found == set(expected.split())
        counts[("" if expected else "control: ") + mutation].update(right=int(right), all=1)
        if verbose and not right:
            print(f"  {mutation}: wanted {expected or 'nothing'}, got {sorted(found)}: {record.title[:100]} {[a.place for a in record.anchors]}")
    return counts


def thousand(world: World, number: int) -> list[Record]:
    """So many records with one place each, on all files of the repository."""
    same = ((p, world.root / p) for p, blocks in sorted(world.history.files.items()) if len(blocks) > 3)
    paths = [p for p, at in same if at.is_file() and at.read_bytes() == "".join(world.history.files[p]).encode()]
    made = []
    for n in range(number):
        path = paths[n % len(paths)]
        at = n // len(paths) % 3
        anchor = world.anchor(path, at, symbol=at == 2 and path.endswith((".py", ".js", ".ts", ".go")))
        made.append(Record(f"01m326{n:010d}", "knowledge", f"Number {n} is worth knowing", created=SAID, updated=SAID, branch="main", anchors=(anchor,)))
    return made


CROWDED, FUNCTIONS = "src/crowded.py", 4_000
BECAME: Sequence[tuple[str, Callable[[str], str]]] = (
    ("untouched", str), ("a line on top", lambda text: "import os\n" + text), ("each function changed", lambda text: text.replace("y = x", "y = 1 + x")))


def crowded(folder: Path, env: Mapping[str, str], product: Sequence[str]) -> list[tuple[str, str, str]]:
    """Milliseconds of `verify` and `resume`, the best of three, where very many records rest on one long file."""
    world = World(folder / "crowded", build(folder / "crowded", SHAPES[0], 1, env), env, random.Random(1))
    text = "".join(f"def g_{n}(x):\n    y = x + {n}\n    return y * 2\n\n\n" for n in range(FUNCTIONS))
    world.write(CROWDED, text)
    world.head = world.commit("Add a long file")
    store(world, product, [*thousand(world, 1_000), *on_one_file(world, 1_400)])
    rows = []
    for name, change in BECAME:
        world.write(CROWDED, change(text))
        took = [min(ran([*product, verb, "--json", "--now", LATER], world)[1] for _ in range(3)) for verb in ("verify", "resume")]
        rows.append((name, conditions.verdict(took[0] / 1e3, 1.5), conditions.verdict(took[1] / 1e3, 0.6)))
    return rows


def on_one_file(world: World, number: int) -> list[Record]:
    """So many records on lines and symbols of the long file, five of seven on lines."""
    made = []
    for n in range(number):
        first = 1 + 5 * (n * FUNCTIONS // number)
        anchor = Anchor(CROWDED, first, first + 3) if n % 7 < 5 else Anchor(CROWDED, symbol=f"g_{n * FUNCTIONS // number}")
        seen = seen_at(world.root, anchor, commit=world.head)
        made.append(Record(f"01m327{n:010d}", "knowledge", f"Part {n} is worth knowing", created=SAID, updated=SAID, branch="main", anchors=(seen,)))
    return made


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9, help="of each mutation, in each repository")
    parser.add_argument("--seed", type=int, default=1, help="of histories, places and order of changes")
    parser.add_argument("--verbose", action="store_true", help="print each wrong verdict")
    parser.add_argument("--product-cmd", default=conditions.DEFAULT_PRODUCT)
    args = parser.parse_args()
    product = conditions.product(args.product_cmd)
    total: dict[str, Counter[str]] = defaultdict(Counter)
    speeds: list[Sequence[str]] = []
    with tempfile.TemporaryDirectory(prefix="verify-") as folder:
        env = conditions.clean_env(Path(folder))
        for shape in SHAPES:
            world = world_of(Path(folder) / shape.name, shape, args.seed, args.rounds, env)
            records = [r for _, _, r in world.records]
            records += thousand(world, max(0, 1_000 - len(records)))
            store(world, product, records)
            codes, cold, warm = judged(world, product)
            for name, counts in tally(world, codes, args.verbose).items():
                total[name].update(counts)
            commits = int(world.git("rev-list", "--count", "HEAD"))
            speeds.append((shape.name, f"{commits:,}", f"{len(records):,}", f"{cold:.0f} ms", f"{warm:.0f} ms"))
        crowds = crowded(Path(folder), env, product)
    report(total, speeds)
    print("\n" + conditions.table(("one file with 1,400 of 2,400 records", "verify, s", "resume, s"), crowds))


def report(total: Mapping[str, Counter[str]], speeds: Sequence[Sequence[str]]) -> None:
    print(conditions.conditions(1))
    ordered = sorted(total.items(), key=lambda kv: (kv[0].startswith("control"), kv[0]))
    rows = [(name, str(c["all"]), f"{c['right'] / c['all']:.1%}") for name, c in ordered]
    print(conditions.table(("what became of the claim", "claims", "right verdict"), rows))
    changed = [c for name, c in total.items() if not name.startswith("control")]
    kept = [c for name, c in total.items() if name.startswith("control")]
    found, alarms = (sum(c["right"] for c in side) / sum(c["all"] for c in side) for side in (changed, kept))
    print(f"\nfound with the right verdict: {conditions.verdict(found, 0.98, at_least=True)} of {sum(c['all'] for c in changed)}")
    print(f"false alarms: {conditions.verdict(1 - alarms, 0.02)} of {sum(c['all'] for c in kept)}\n")
    print(conditions.table(("repository", "commits", "claims", "first process", "next process"), speeds))


if __name__ == "__main__":
    main()
