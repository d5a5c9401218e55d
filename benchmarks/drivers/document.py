"""Stands in for `passdown` in the measure of next-session need: where a briefing is asked for, every style's documents are written, scored and mutated.

    python need.py --data … --system product --product-cmd "python -m benchmarks.drivers.document ROWS.jsonl STYLE" --budget 6000 --json CASES.json

All other calls go on to passdown as they are. Of each case and style a row goes to ROWS.jsonl: the score, and the score of each evidence mutant.
What is printed, and so measured for need, are the documents of STYLE. `benchmarks.score_and_need` reads both files.
"""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from passdown.actions.check import Ground, configured, placed, placed_layout
from passdown.formats.base import Layout
from passdown.formats.marked import MARK
from passdown.formats.outline import parts
from passdown.lint.base import World, read
from passdown.lint.score import assess
from passdown.lint.table import as_findings, problems
from passdown.project import open_project

DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")
PATH = re.compile(r"(?<![\w/.])((?:[\w.@-]+/)+[\w.@-]+)(\.\w{1,5})\b")
NEGATED = (("CLEAN", "DIRTY"), ("DIRTY", "CLEAN"), ("PASSING", "FAILING"), ("FAILING", "PASSING"), ("Uncommitted changes: yes", "Uncommitted changes: no"),
           ("Uncommitted changes: no", "Uncommitted changes: yes"), (" clean,", " dirty,"), ("passed", "failed"),
           ("Branch: ", "Branch: not-"), ("Branch:** `", "Branch:** `not-"))
STALE_DAYS = 90
MEASURED = ("session-memory", "session-log", "session-handoff", "domain-memory", "session-context", "handoff")


def main() -> int:
    rows, style, *words = sys.argv[1:]
    if words[0] != "resume":
        return subprocess.run([sys.executable, "-m", "passdown", *words], check=False).returncode
    for name in MEASURED:
        made = subprocess.run([sys.executable, "-m", "passdown", "handoff", "--style", name, "--include-private", "--json"], capture_output=True, text=True,
                              check=False)
        if made.returncode:
            print(name, made.stderr[-300:], file=sys.stderr)
            continue
        paths = [Path(d["path"]) for d in json.loads(made.stdout)["documents"]]
        where = {"repo": str(Path.cwd()), "now": os.environ.get("PASSDOWN_NOW", ""), "style": name}
        with Path(rows).open("a") as out:
            out.writelines(json.dumps({**where, **scored(path)}) + "\n" for path in paths)
        if name == style:
            print("\n".join(path.read_text() for path in paths))
    return 0


def scored(path: Path) -> dict[str, object]:
    """The document's score, and those of its mutants."""
    project = open_project(Path.cwd(), os.environ.get("PASSDOWN_NOW", ""))
    places = placed(project.root, "")
    ground, place = Ground(project, frozenset(places)), places.get(path)
    text = path.read_text()
    world, layout = ground.world(path, text), placed_layout(text, place, "")
    plain = MARK.sub("", text)
    return {"path": path.name, "words": len(text.split()), "score": score(ground, path, text, layout, world),
            "mutants": {name: score(ground, path, mutant, layout, world) for name, mutant in mutants(text, world)},
            "text": text, "half": (half := halved(text)), "half_score": score(ground, path, half, layout, world),
            "plain_score": score(ground, path, plain, layout, world),
            "plain_mutants": {name: score(ground, path, mutant, layout, world) for name, mutant in mutants(plain, world)}}


def halved(text: str) -> str:
    """The document without every second section that has something below it, as somebody in a hurry might write it."""
    kept = [part.text for n, part in enumerate(parts(text, lambda _: 0)) if n % 2 == 0 or not part.body.strip()]
    return "".join(kept)


def score(ground: Ground, path: Path, text: str, layout: Layout | None, world: World) -> float:
    reading = read(path.name, text, layout)
    return assess(reading, as_findings(reading, problems(reading, world, configured(ground.project))), world).score


def mutants(text: str, world: World) -> Iterator[tuple[str, str]]:
    """What is false of the project where the original was true."""
    known = [m for m in PATH.finditer(text) if world.exists and world.exists(m[0])]
    if known:
        yield "invented path", text.replace(known[0][0], f"{known[0][1]}_legacy{known[0][2]}")
    if DAY.search(text):
        yield "stale dates", DAY.sub(lambda m: _earlier(m[0]), text)
    for said, instead in NEGATED:
        if said in text:
            yield "claim negated", text.replace(said, instead, 1)
            break
    changed = [p for p in world.changed if p in text]
    if changed:
        yield "unmentioned change", "".join(line for line in text.splitlines(keepends=True) if changed[0] not in line)


def _earlier(day: str) -> str:
    try:
        return (date.fromisoformat(day) - timedelta(days=STALE_DAYS)).isoformat()
    except ValueError:
        return day


if __name__ == "__main__":
    sys.exit(main())
