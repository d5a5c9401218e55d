"""How often the guard warns where it should, and where it should not.

    python -m benchmarks.guard score [--half development|held] [--misses]
    python -m benchmarks.guard train        # writes src/passdown/hooks/guarding/weights.py from the development half
    PASSDOWN_TEST_DATA=… python -m benchmarks.guard replay [--show]    # real sessions in order, each against what earlier ones settled

`guard_set/` holds made-up projects, a line each: records, and probes (a prompt, a command or the text that an edit adds) with the record that each
reopens, or none. It was written by people who did not know how it would match: the held half and the first twelve projects of the other before there was
a matcher, the rest later. The held half is scored, never looked at.
A warning counts as right when it names the record that was meant; a warning that names another is a false one.
"""

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.sessions import all_sessions

from passdown.extract.records import Extraction
from passdown.guard.settled import entries
from passdown.guard.table import table
from passdown.hooks.guarding.derived import derived
from passdown.hooks.guarding.features import features
from passdown.hooks.guarding.match import Match, against, audible, matches, overridden
from passdown.hooks.guarding.probe import probe
from passdown.hooks.guarding.table import Table
from passdown.model.anchor import Anchor
from passdown.model.event import Event, Mark, Prompt, ToolCall
from passdown.model.record import Detail, Record

HERE = Path(__file__).parent
OUT = HERE.parent / "src" / "passdown" / "hooks" / "guarding" / "weights.py"
DETAILS = {"why": "why", "instead": "instead", "lesson": "lesson", "outcome": "outcome", "deferred_until": "until"}
MOST_SAID = 600
RIDGE, STEPS, RATE = 0.5, 400, 6.0
FOLDS = 14
LEAST = {"forbidden": 6.0, "prompt: directly": 1.3}  # weights
PRECISION = 0.9
FLOOR = 0.15  # of a threshold: below it real sessions are warned of what is none
FREE, AGAINST = ("prompt", "command", "edit"), ("told", "chosen", "does it", "takes it away")  # of either sign; never for a match. All others: never against
FREE_BEHIND = (": decided", ": rule", ": failed", ": deferred", ": nothing else in common")  # the same by how a name ends
AGAINST_BEHIND = ("half of it", "number that was chosen", "by one word")

Project = dict[str, Any]
Asked = list[tuple[Project, list[tuple[str, dict[str, float]]]]]  # a project's probes with their candidates
Scored = tuple[float, str, str]  # score, record named, record meant ("" for none)


def half(name: str) -> list[Project]:
    return [json.loads(line) for line in (HERE / "guard_set" / f"{name}.jsonl").read_text("utf-8").splitlines()]


def record(row: Project) -> Record:
    details: dict[str, Detail] = {to: value if isinstance(value, str) else "; ".join(value) for name, to in DETAILS.items() if (value := row.get(name))}
    if row.get("alternatives"):
        details["alternative"] = tuple(row["alternatives"])
    return Record(row["id"], row["kind"], row["text"], status=row.get("status", "active"), details=details,
                  anchors=tuple(Anchor(f) for f in row.get("files", ())))


def table_of(project: Project) -> Table:
    return Table(table(entries(record(r) for r in project["records"]), {}, lambda _: ("", [])))


def candidates(project: Project) -> Iterator[tuple[Project, list[tuple[str, dict[str, float]]]]]:
    """Each probe with the features of the entries that it may be about and that are not silent, by record."""
    found = table_of(project)
    for asked in project["probes"]:
        given = probe(asked["how"], asked["text"], asked.get("path", ""))
        seen = [(e.id, features(e, given, clauses)) for e, clauses in found.candidates(given)]
        yield asked, [(id_, derived(f)) for id_, f in seen if audible(f) and not overridden(f)]


def train(data: Sequence[Asked]) -> tuple[dict[str, float], float, dict[str, float]]:
    """Weights, bias, and the threshold at which cross-validation by project is right in `PRECISION` of its warnings: by how it comes, should one ever need
    its own.
    """
    weights, bias = fitted([c for own in data for c in own])
    found = crossed(data)
    return weights, bias, dict.fromkeys(("prompt", "command", "edit"), max(FLOOR, threshold([s for _, s in found])))


def crossed(data: Sequence[Asked]) -> list[tuple[Project, Scored]]:
    """Each probe with its score by weights that were fitted to other projects."""
    out = []
    for fold in range(FOLDS):
        fit = fitted([c for n, rest in enumerate(data) if n % FOLDS != fold for c in rest])
        out += [(asked, s) for own in data[fold::FOLDS] for (asked, _), s in zip(own, judged(own, *fit), strict=True)]
    return out


def fitted(data: Sequence[tuple[Project, list[tuple[str, dict[str, float]]]]]) -> tuple[dict[str, float], float]:
    """Weights and bias of a choice: of the matters that a probe may be about it reopens one, or none, whose score is 0 (a conditional logistic regression)."""
    import numpy as np

    rows = [(f, id_ == asked["expected"], n) for n, (asked, found) in enumerate(data) for id_, f in found]
    names = sorted({name for f, *_ in rows for name in f})
    x = np.array([[f.get(name, 0.0) for name in names] + [1.0] for f, *_ in rows])
    y, of = np.array([float(hit) for _, hit, _ in rows]), np.array([n for *_, n in rows])
    ridge = np.array([RIDGE] * len(names) + [0.0])
    low, high = (np.array([bound(name)[side] for name in names] + [(-np.inf, np.inf)[side]]) for side in (0, 1))
    rate = RATE / (np.linalg.norm(x, 2) ** 2 + RIDGE)
    w = np.zeros(len(names) + 1)
    ahead, step = w, 1.0
    for _ in range(STEPS):  # Nesterov's, held within the bounds
        e = np.exp(np.clip(x @ ahead, -30, 30))
        now = np.clip(ahead - rate * (x.T @ (e / (1 + np.bincount(of, e, len(data)))[of] - y) + ridge * ahead), low, high)
        longer = (1 + math.sqrt(1 + 4 * step * step)) / 2
        ahead, w, step = now + (step - 1) / longer * (now - w), now, longer
    return {name: round(float(v), 2) for name, v in zip(names, w, strict=False)}, round(float(w[-1]), 2)


def bound(name: str) -> tuple[float, float]:
    """Lowest and highest weight of a figure. A place that nobody edits needs nothing else, and "use X" little else, though the set has few so plain words."""
    if name in LEAST:
        return LEAST[name], math.inf
    if name.startswith(AGAINST) or name.endswith(AGAINST_BEHIND):
        return -math.inf, 0.0
    return (-math.inf if name in FREE or name.startswith("tone") or name.endswith(FREE_BEHIND) else 0.0), math.inf


def judged(data: Sequence[tuple[Project, list[tuple[str, dict[str, float]]]]], weights: dict[str, float], bias: float) -> list[Scored]:
    out = []
    for asked, found in data:
        scores = [bias + sum(weights.get(k, 0.0) * v for k, v in f.items()) for _, f in found]
        best = max(((score - against(scores[:at] + scores[at + 1:]), found[at][0]) for at, score in enumerate(scores)), default=(-math.inf, ""))
        out.append((*best, asked["expected"] or ""))
    return out


def threshold(scored: Sequence[Scored]) -> float:
    """The lowest score from which `PRECISION` of the warnings are right."""
    best = math.inf
    for at in sorted({s for s, _, _ in scored if s > -math.inf}, reverse=True):
        fired = [(named, meant) for s, named, meant in scored if s >= at]
        if sum(named == meant for named, meant in fired) >= PRECISION * len(fired):
            best = at
    return round(best, 2)


def recall_at(scored: Sequence[Scored], precision: float) -> float:
    positives, best = sum(bool(meant) for *_, meant in scored), 0.0
    for at in {s for s, _, _ in scored if s > -math.inf}:
        fired = [(named, meant) for s, named, meant in scored if s >= at]
        right = sum(named == meant for named, meant in fired)
        best = max(best, right / positives) if right >= precision * len(fired) else best
    return best


def write(weights: dict[str, float], bias: float, at: dict[str, float]) -> None:
    rows = "".join(f'    "{name}": {value},\n' for name, value in sorted(weights.items()) if value)
    OUT.write_text('"""Weights of `derived.derived`; made by `python -m benchmarks.guard train` from the development half of the guard\'s set."""\n\n'
                   f"BIAS = {bias}\nTHRESHOLD = {json.dumps(at)}  # by how it comes\nWEIGHTS: dict[str, float] = {{\n{rows}}}\n\n"
                   '__all__ = ["BIAS", "THRESHOLD", "WEIGHTS"]\n', "utf-8")


def first(found: Sequence[Match]) -> str:
    """The record that is warned of; "" for none."""
    return next((m.entry.id for m in found if not m.overridden), "")


def report(projects: Sequence[Project], *, misses: bool = False) -> None:
    """Precision and recall, and both by how the matter came."""
    counts: Counter[tuple[str, str]] = Counter()
    for project in projects:
        found = table_of(project)
        for asked in project["probes"]:
            said, meant = first(matches(found, probe(asked["how"], asked["text"], asked.get("path", "")))), asked["expected"] or ""
            for how in (asked["how"], "all"):
                counts[how, "positives"] += bool(meant)
                counts[how, "negatives"] += not meant
                counts[how, "warned"] += bool(said)
                counts[how, "right"] += bool(said) and said == meant
                counts[how, "overridden and warned"] += bool(said) and bool(asked.get("override"))
            if misses and said != meant:
                print(f"{'missed' if not said else 'false'} {asked['how']} {asked['text'][:160]!r} meant {meant} named {said}")
    print(f"{'':8} {'positives':>9} {'negatives':>9} {'warned':>7} {'right':>6} {'precision':>9} {'recall':>7}")
    for how in ("prompt", "edit", "command", "all"):
        warned, right, positives = (counts[how, name] for name in ("warned", "right", "positives"))
        print(f"{how:8} {positives:9} {counts[how, 'negatives']:9} {warned:7} {right:6} {right / max(1, warned):9.3f} {right / max(1, positives):7.3f}")
    print(f"false warnings among negatives: {(counts['all', 'warned'] - counts['all', 'right']) / max(1, counts['all', 'negatives']):.3f} of each;"
          f" of prompts in which the user sets the record aside: {counts['all', 'overridden and warned']}")


def probes(event: Event, root: str) -> Iterator[tuple[str, str, str]]:
    """How, text and path of what a hook would be asked about an event."""
    if isinstance(event, Prompt):
        yield "prompt", event.text, ""
    elif isinstance(event, ToolCall) and event.action == "shell" and event.command:
        yield "command", event.command, ""
    elif isinstance(event, ToolCall):
        for patch in event.patches:
            had = set(patch.removed.splitlines())
            yield "edit", "\n".join(line for line in patch.added.splitlines() if line not in had), patch.path.removeprefix(root + "/")


def replay(*, show: bool) -> None:
    """Warnings a session, each record once; printed with `show`, to be judged by a reader."""
    settled: dict[str, list[Record]] = {}
    talked: dict[str, list[str]] = {}
    sessions, asked, warned = 0, 0, 0
    for session in all_sessions():
        before, said, events = settled.setdefault(session.project, []), talked.setdefault(session.project, []), list(session.events)
        root = next((e.cwd for e in events if isinstance(e, Mark) and e.cwd), "")
        given = [p for event in events for p in probes(event, root)]
        hits = list(warnings(before, said[-MOST_SAID:], given))
        sessions, asked, warned = sessions + 1, asked + len(given), warned + len(hits)
        for (how, text, path), hit in hits if show else ():
            record = next(r for r in before if r.id == hit.entry.id)
            print(f"{session.project} {how} {path}: {text[:400]!r}\n   {record.kind}: {record.text[:300]!r} {record.detail('why')[:120]!r} {hit.why[:5]}")
        extraction = Extraction()
        for batch in session.batches:
            extraction.add(batch)
        before += extraction.records()
        said += [text for how, text, _ in given if how == "prompt"]
        said.append("\n".join({patch.path for e in events if isinstance(e, ToolCall) for patch in e.patches}))
    print(f"{sessions} sessions, {asked:,} prompts, commands and edits, {sum(map(len, settled.values())):,} records, {warned} warnings:"
          f" {10 * warned / sessions:.2f} in ten sessions")


def warnings(before: Sequence[Record], said: Sequence[str], given: Sequence[tuple[str, str, str]]) -> Iterator[tuple[tuple[str, str, str], Match]]:
    """What hooks would warn of in a session, once a record."""
    found, told = Table(table(entries(before, said), {}, lambda _: ("", []))), set[str]()
    for one in given:
        for hit in matches(found, probe(*one)):
            if not hit.overridden and hit.entry.id not in told:
                told.add(hit.entry.id)
                yield one, hit


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("verb", choices=("score", "train", "replay"))
    parser.add_argument("--half", choices=("development", "held"), default="development")
    parser.add_argument("--misses", action="store_true", help="of the development half: each miss")
    parser.add_argument("--show", action="store_true", help="of a replay: each warning")
    args = parser.parse_args()
    if args.verb == "replay":
        replay(show=args.show)
        return
    projects = half(args.half)
    if args.verb == "train":
        projects = half("development")
        data = [list(candidates(p)) for p in projects]
        scored = [s for _, s in crossed(data)]
        print("cross-validated by project: recall", {p: round(recall_at(scored, p), 3) for p in (0.95, 0.9, 0.85, 0.8, 0.7)})
        reached = sum(any(id_ == a["expected"] for id_, _ in found) for own in data for a, found in own if a["expected"])
        print("of the positives", reached, "reach the record at all")
        write(*train(data))
        return  # the weights of this process are the old ones
    report(projects, misses=args.misses and args.half == "development")


if __name__ == "__main__":
    main()
