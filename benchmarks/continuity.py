"""The figures of `passdown stats continuity` against a reader's judgement of real pairs of sessions.

    python -m benchmarks.continuity draw FOLDER FIGURES.jsonl [--count 60] [--seed 1]
    python -m benchmarks.continuity score FIGURES.jsonl VERDICTS.jsonl
    python -m benchmarks.continuity replay

`replay` prints what today's briefing would have handed over at several budgets: its tokens, what was missing of what was needed and known, what was used of
what it names, by kind of thing; how many repeated failures it tells; and which files, read only to rediscover, it names.

`draw` captures the development projects below $PASSDOWN_TEST_DATA into scratch repositories, draws pairs (all of a small project; of a large one half of those
in which some trouble was measured and half of the others, as far as there are), and writes a file a pair to FOLDER, without any figure in it. The figures go to
FIGURES.jsonl, which the judge must not see. Both quote real sessions and stay outside the repository.

A verdict is a line {"pair": "01", "delivered": bool, "stated": bool, "stated-right": bool|null, "missing": [names], "asked-again": n, "told-again": n,
"reopened": n, "repeated": n, "rediscovered": [paths], "first-edit": event|null}; null where it cannot be told. Counts are compared as some or none, and as
numbers.
"""

import argparse
import json
import os
import random
import re
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from statistics import mean
from typing import Any

from benchmarks.precision import kappa

from passdown.actions.capture import capture, roots_of
from passdown.actions.continuity import all_pairs
from passdown.actions.init import init
from passdown.actions.refresh import refresh
from passdown.briefing.tokens import estimate
from passdown.continuity.course import Course
from passdown.continuity.figures.repeated import way
from passdown.continuity.pair import Pair
from passdown.continuity.report import PairFigures, of_pair
from passdown.continuity.table import measure
from passdown.continuity.things import EARLY, said_in
from passdown.model.event import Compaction, Event, Injected, Prompt, Reply, ToolCall, ToolResult
from passdown.project import Project, open_project
from passdown.store import events as kept

PROJECTS = ("context-evaluator", "skills")
BUDGETS = (500, 1_000, 1_500, 2_000)
SAME = 30  # characters by which a known failure is known again
SMALL = 12  # pairs of a project of which all are drawn
PROMPT, PLAN, REPLY, COMMAND, OUTPUT = 1_200, 1_500, 400, 200, 160  # characters
LAST, KNOWN = 60, 12  # events of the earlier session's end; records, requests and errors of earlier sessions
HOST = ("<local-command", "<command-name>/clear")  # lines of the host that tell nothing
LEAST_ASK = 3  # words of a request that are told
TROUBLE = ("asked-again", "told-again", "reopened", "repeated", "rediscovered")
Row = dict[str, Any]


def captured(name: str, folder: Path) -> Project:
    """A scratch repository with all sessions of a project, captured one after the other: what several show together was known after the last of these."""
    root = folder / name
    root.mkdir(parents=True)
    (root / "README.md").write_text(f"# {name}\n", encoding="utf-8")
    who = ("-c", "user.name=dev", "-c", "user.email=dev@example.com")
    for words in (("init", "-q", "-b", "main"), ("add", "."), (*who, "commit", "-q", "-m", "Begin")):
        subprocess.run(["git", *words], cwd=root, check=True)
    project = open_project(root)
    init(project)
    sessions = sorted((Path(os.environ["PASSDOWN_TEST_DATA"]) / "projects" / name / "sessions").iterdir())
    moved = [(old, str(root)) for old in directories(sessions)]
    for session in sessions:
        list(capture(project, [session], moved))
        refresh(project, fresh=True)
    return project


def directories(sessions: Sequence[Path]) -> list[str]:
    """Where the sessions ran: those that lie in no other one of them."""
    found = Counter(re.findall(r'"cwd":"([^"]+)"', "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in sessions)))
    return [one for one in found if not any(one.startswith(f"{other}/") for other in found)]


# ---- drawing

def draw(folder: Path, figures: Path, count: int, seed: int) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        projects = [captured(name, Path(scratch)) for name in PROJECTS]
        every = {project.name: [of_pair(pair) for pair in all_pairs(project)] for project in projects}
        picked = chosen(every, count, random.Random(seed))
        folder.mkdir(parents=True, exist_ok=True)
        rows = [row for project in projects for row in written(project, picked, folder)]
    figures.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in sorted(rows, key=lambda r: r["pair"])), encoding="utf-8")
    print(f"{len(rows)} pairs of {({name: len(found) for name, found in every.items()})} in {folder}, their figures in {figures}")


def chosen(every: Mapping[str, Sequence[PairFigures]], count: int, rng: random.Random) -> dict[str, str]:
    """The number that stands for each drawn pair, by the id of its later session."""
    ids = [p.after for found in every.values() if len(found) <= SMALL for p in found]
    large = [p for found in every.values() if len(found) > SMALL for p in found]
    troubled = [p.after for p in large if any(p.figures[name].value for name in TROUBLE)]
    others = [p.after for p in large if p.after not in set(troubled)]
    half = (count - len(ids)) // 2
    some = rng.sample(troubled, min(half, len(troubled)))
    ids += some + rng.sample(others, min(count - len(ids) - len(some), len(others)))
    rng.shuffle(ids)
    return {after: f"{n:02}" for n, after in enumerate(ids, 1)}


def written(project: Project, picked: Mapping[str, str], folder: Path) -> Iterator[Row]:
    for pair in all_pairs(project):
        if number := picked.get(pair.after.id):
            (folder / f"{number}.md").write_text("\n".join(told(project, pair, number)) + "\n", encoding="utf-8")
            edit = pair.course.productive
            values = {name: {"value": m.value, "seen": [[s.event, s.what] for s in m.seen]} for name, m in of_pair(pair).figures.items()}
            yield {"pair": number, "project": project.name, "after": pair.after.id, "first-edit": edit.n if edit else None, "figures": values}


def told(project: Project, pair: Pair, number: str) -> Iterator[str]:
    """What a judge needs of one pair, in short."""
    before = Course(tuple(kept.read(project.layout.events(pair.before.id))), roots_of(project, ()).relative)
    yield f"# Pair {number}\n\n## A. The earlier session, its facts\n"
    yield f"ended {pair.before.ended[:16]}, branch {pair.before.branch}; the next one began {pair.after.started[:16]} on {pair.after.branch}"
    yield f"asked for: {short(pair.before.goal, PROMPT)}"
    yield "changed: " + ", ".join(pair.before.files_changed[:25])
    yield from (f"commit {c.sha[:8]} {c.subject}" for c in pair.before.commits)
    yield from (f"check {'passed' if c.ok else 'FAILED'}: {c.line}" for c in pair.before.checks[:4])
    yield from (f"left open: {t.text}" for t in pair.before.todos if t.status != "completed")
    yield "\n## B. How it ended (event number, what)\n"
    yield from lines(before, before.main[-LAST:], full=False)
    yield "\n## C. What all earlier sessions knew\n"
    yield from knowledge(pair)
    yield "\n## D. The next session\n"
    upto = pair.course.calls[min(EARLY, len(pair.course.calls)) - 1].n if pair.course.calls else 0
    yield from lines(pair.course, [e for e in pair.course.main if e.n <= upto], full=True, pair=pair)
    yield "\n### … and after its first 40 calls: what was said, edits, and commands that failed\n"
    yield from lines(pair.course, [e for e in pair.course.main if e.n > upto], full=False, pair=pair)


def knowledge(pair: Pair) -> Iterator[str]:
    """Records and requests of earlier sessions, the latest first."""
    titles = {"Decided": ("decision",), "Preferences": ("preference",), "Known": ("knowledge", "lesson", "issue"), "Questions": ("question",)}
    for title, kinds in titles.items():
        found = sorted((r for r in pair.records if r.kind in kinds), key=lambda r: r.created, reverse=True)[:KNOWN]
        yield from (f"- {title}: {short(r.text, 260)}" + "".join(f" [{k}: {r.detail(k)}]" for k in r.details) for r in found)
    yield from (f"- Failed before: {short(r.text, 300)}" for r in pair.in_force("approach") if r.detail("outcome") == "failed")
    errors = [e for s in pair.earlier for e in s.errors if e.fixed_by and way(e)]
    failed = dict.fromkeys(f"`{short(e.what, 120)}`: {short(e.message, 120)}" for e in errors)
    yield from (f"- Failed and was mended before: {one}" for one in list(failed)[:KNOWN])
    asks = dict.fromkeys(short(ask, 200) for s in pair.earlier[:KNOWN] for ask in (s.goal, *s.asks) if len(ask.split()) >= LEAST_ASK)
    yield from (f"- The user asked earlier: {ask}" for ask in asks)


def lines(course: Course, events: Sequence[Event], *, full: bool, pair: Pair | None = None) -> Iterator[str]:
    results = {e.call: e for e in course.main if isinstance(e, ToolResult)}
    for event in events:
        said = line(event, results, course, full=full or pair is None, pair=pair)
        if said:
            yield f"[{event.n}] {said}"


def line(event: Event, results: Mapping[str, ToolResult], course: Course, *, full: bool, pair: Pair | None) -> str:
    match event:
        case Prompt():
            return f"USER: {short(event.text, PLAN if event.text.startswith('Implement') else PROMPT)}"
        case Injected() | Compaction():
            return f"(put in: {short(event.text, 300)})" if full and event.text and not event.text.startswith(HOST) else ""
        case Reply():
            return f"AGENT: {short(event.text, REPLY)}"
        case ToolCall():
            return called(event, results.get(event.call), course, full=full, pair=pair)
        case _:
            return ""


def called(event: ToolCall, result: ToolResult | None, course: Course, *, full: bool, pair: Pair | None) -> str:
    ended = "" if result is None or result.ok is None else " → ok" if result.ok else f" → FAILED: {short(result.output, OUTPUT)}"
    reads = [t.path for t in course.reads if t.n == event.n]
    edits = [e for e in course.edits if e.n == event.n]
    if edits:
        return "EDIT " + "; ".join(f"{e.path}: {short(e.added, 120)}" for e in edits) + ended
    if event.action == "ask":
        return f"AGENT ASKS: {short(event.about, REPLY)}"
    failed = result is not None and result.ok is False
    if reads and full:
        return "READ " + ", ".join(path + known(path, pair) for path in reads) + ended
    if event.action in ("shell", "search") and (full or failed):
        return f"{event.action.upper()} {short(event.command, COMMAND)}{ended}"
    return f"({event.tool} {short(event.about or ' '.join(event.paths), 100)}){ended}" if full else ""


def known(path: str, pair: Pair | None) -> str:
    """In how many earlier sessions it was read or changed."""
    count = sum(any(f.path == path for f in s.files) for s in pair.earlier) if pair else 0
    return f" (in {count} earlier sessions)" if count else ""


def short(text: str, limit: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= limit else f"{text[:limit]} …[{len(text) - limit} more]"


# ---- replaying

def replay() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        for project in [captured(name, Path(scratch)) for name in PROJECTS]:
            for budget in BUDGETS:
                print(f"{project.name:18} {replayed(project, budget)}")


def replayed(project: Project, budget: int) -> str:
    """One line of figures."""
    tokens, absent, used_, named, touched, told_again, found = [], [], [], Counter[str](), Counter[str](), [0, 0], [0, 0]
    for pair in all_pairs(project, replayed=budget):
        m = measure(pair)
        tokens.append(estimate(pair.told))
        absent += [v] if (v := m["missing"].value) is not None else []
        used_ += [v] if (v := m["used"].value) is not None else []
        named.update(thing.kind for thing in said_in(pair.told, pair.known))
        touched.update(s.what.split()[0] for s in m["used"].seen)
        told_again = counted(told_again, (s.what[:SAME] in pair.told for s in m["repeated"].seen))
        found = counted(found, (s.what.rsplit("/", 1)[-1] in pair.told for s in m["rediscovered"].seen))
    kinds = ", ".join(f"{kind}s {touched[kind] / n:.2f} of {n / len(tokens):.0f}" for kind, n in sorted(named.items()))
    return (f"{budget:5} tokens: {mean(tokens):5.0f} said, missing {mean(absent):.3f}, used {mean(used_):.3f} ({kinds}); "
            f"tells {told_again[1]} of {told_again[0]} repeated failures; names {found[1]} of {found[0]} files read again")


def counted(sums: Sequence[int], seen: Iterable[bool]) -> list[int]:
    """(how many, how many true) with those that come to it."""
    new = list(seen)
    return [sums[0] + len(new), sums[1] + sum(new)]


# ---- scoring

def some(value: Any) -> bool | None:
    return None if value is None else bool(value)


def right(value: Any) -> bool | None:
    """Whether all that was said was so."""
    return None if value is None else float(value) == 1.0


ASKED: Mapping[str, Callable[[Any], bool | None]] = {
    "delivered": some, "stated": some, "stated-right": right, "missing": some, "asked-again": some, "told-again": some, "reopened": some, "repeated": some,
    "rediscovered": some}
NAMED = ("missing", "rediscovered")
NUMBERS = ("asked-again", "told-again", "reopened", "repeated", "rediscovered")


def score(figures: Path, verdicts: Path) -> None:
    measured, judged = read(figures), read(verdicts)
    both = sorted(measured.keys() & judged.keys())
    print(f"{len(both)} pairs judged of {len(measured)}")
    for name, as_yes in ASKED.items():
        told_ = [(as_yes(measured[i]["figures"][name]["value"]), some(judged[i].get(name))) for i in both]
        pairs = [(a, b) for a, b in told_ if a is not None and b is not None]
        if not pairs:
            print(f"{name:14} nothing that both tell")
            continue
        rows = [(measured[i], judged[i]) for i in both]
        equal = (numbers(name, rows) if name in NUMBERS else "") + (names(name, rows) if name in NAMED else "")
        yes = f"yes {sum(a for a, _ in pairs)} measured, {sum(b for _, b in pairs)} judged"
        print(f"{name:14} n={len(pairs):<3} agreement {sum(a == b for a, b in pairs) / len(pairs):.2f}  kappa {kappa(pairs):+.2f}  {yes}{equal}")
    edits = [(measured[i]["first-edit"], judged[i]["first-edit"]) for i in both if "first-edit" in judged[i]]
    if edits:
        print(f"{'first-edit':14} n={len(edits):<3} the same event {sum(a == b for a, b in edits) / len(edits):.2f}  (time and tokens rest on it)")


def numbers(name: str, rows: Sequence[tuple[Row, Row]]) -> str:
    """How often both count the same."""
    found = [(m["figures"][name]["value"], v[name]) for m, v in rows if m["figures"][name]["value"] is not None and v.get(name) is not None]
    count = [(int(a), len(b) if isinstance(b, list) else int(b)) for a, b in found]
    return f"  same number {sum(a == b for a, b in count) / len(count):.2f}"


def names(name: str, rows: Sequence[tuple[Row, Row]]) -> str:
    """How many of the things that the judge names were found."""
    wanted = [(str(one), [what for _, what in m["figures"][name]["seen"]]) for m, v in rows for one in v.get(name) or ()]
    found = sum(any(one in what or what in one for what in seen) for one, seen in wanted)
    return f"  finds {found} of {len(wanted)} that the judge names"


def read(path: Path) -> dict[str, Row]:
    return {row["pair"]: row for row in map(json.loads, filter(str.strip, path.read_text(encoding="utf-8").splitlines()))}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    drawing = verbs.add_parser("draw", help="write pairs for a judge, and their figures apart")
    drawing.add_argument("folder", type=Path)
    drawing.add_argument("figures", type=Path)
    drawing.add_argument("--count", type=int, default=60)
    drawing.add_argument("--seed", type=int, default=1)
    scoring = verbs.add_parser("score", help="agreement and kappa per figure")
    scoring.add_argument("figures", type=Path)
    scoring.add_argument("verdicts", type=Path)
    verbs.add_parser("replay", help="what today's briefing would have handed over, at several budgets")
    asked = parser.parse_args()
    if asked.verb == "draw":
        draw(asked.folder, asked.figures, asked.count, asked.seed)
    elif asked.verb == "replay":
        replay()
    else:
        score(asked.figures, asked.verdicts)


if __name__ == "__main__":
    main()
