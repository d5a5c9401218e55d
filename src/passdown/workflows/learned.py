"""What runs of a plan have taught: changes to it, each with its evidence, and remarks. Nothing is changed here."""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence

import msgspec

from passdown.workflows import amounts
from passdown.workflows.model import Budget, Phase, Plan
from passdown.workflows.observed import Observed
from passdown.workflows.parse import Path
from passdown.workflows.score import least

HEADROOM = 1.3  # of a budget over the 90th percentile of what was used
RUNS_OF_BUDGET, RUNS_OF_GATE, RUNS_OF_RETRIES = 5, 10, 3  # observed ones from which something is learned
RAISED, LOWERED = 1.1, 0.75  # a budget within these of the proposed one stays
LATEST = 100  # runs of a phase that count: older ones ran under other conditions
SLACK, STEP = 0.5, 0.5  # of a gate's minimum below the lowest score seen
SMALLEST = {"money": 0.10, "tokens": 1_000, "time": 60.0}  # budgets proposed: what is hardly used needs no tight one
WRITE: Mapping[str, Callable[[float], str]] = {
    "money": amounts.write_money, "tokens": lambda value: amounts.write_tokens(round(value)), "time": amounts.write_time}
FIELDS = {"money": "money", "tokens": "tokens", "time": "time_s"}
OBSERVED = {"money": "money", "tokens": "tokens", "time": "wall_s"}


class Lesson(msgspec.Struct, frozen=True):
    """One change. path: of the value in the plan. before: as it is written now, "" for none. after: as it is to be written. why: the evidence.

    number: what `after` says.
    """

    path: Path
    before: str
    after: str
    why: str
    number: float = 0.0


class Remark(msgspec.Struct, frozen=True):
    """What a person should know, and only a person can settle."""

    phase: str
    text: str


def lessons(plan: Plan, rows: Sequence[Observed]) -> Iterator[Lesson]:
    """Changes in the order of the phases, those of an item as a whole last."""
    together = dict.fromkeys(OBSERVED, 0.0)
    for phase in plan.phases:
        of_it = _latest(rows, phase.name)
        passed = [_an_attempt(row) for row in of_it if row.passed]
        budgets = list(_budget(("phases", phase.name, "budget"), phase.budget, passed, "attempts that passed", SMALLEST))
        for key, lesson in _by_key(budgets).items():
            together[key] += lesson.number if lesson else getattr(phase.budget, FIELDS[key]) or 0
        yield from budgets
        yield from _retries(phase, of_it)
        yield from _gate(phase, of_it)
    if plan.budget != Budget():  # each phase sets its budget aside before it begins, so an item's must hold all of them
        smallest = {key: max(value, SMALLEST[key]) for key, value in together.items()}
        yield from _budget(("budget",), plan.budget, list(_items(plan, rows)), "items that were finished", smallest)


def _by_key(budgets: Sequence[Lesson]) -> Mapping[str, Lesson | None]:
    return {key: next((lesson for lesson in budgets if lesson.path[-1] == key), None) for key in OBSERVED}


def remarks(plan: Plan, rows: Sequence[Observed]) -> Iterator[Remark]:
    """Gates that most runs miss, and people who are asked about what always passes."""
    for phase in plan.phases:
        of_it = _latest(rows, phase.name)
        scores = sorted(row.score for row in of_it if row.score is not None)
        if len(of_it) < RUNS_OF_GATE or not phase.gate:
            continue
        passed = sum(row.passed for row in of_it)
        if scores and passed * 2 < len(of_it):
            middle = scores[(len(scores) - 1) // 2]
            minimum = least(phase.gate.minimum)
            yield Remark(phase.name, f"{passed} of {len(of_it)} runs passed its gate; the middle score is {middle:g}, the minimum {minimum:g}: "
                                     "the phase is not good enough, or the minimum is too high")
        if phase.approval and passed == len(of_it):
            yield Remark(phase.name, f"all {passed} runs passed its gate and were approved: a person may not be needed here")


def _latest(rows: Sequence[Observed], phase: str) -> list[Observed]:
    return sorted((row for row in rows if row.phase == phase), key=lambda row: row.when)[-LATEST:]


def _an_attempt(row: Observed) -> Observed:
    """What one attempt used, the mean: a phase's budget is for an attempt."""
    of = max(1, row.attempts)
    tokens = None if row.tokens is None else round(row.tokens / of)
    return msgspec.structs.replace(row, money=_part(row.money, of), tokens=tokens, wall_s=_part(row.wall_s, of))


def _part(value: float | None, of: int) -> float | None:
    return None if value is None else value / of


def _items(plan: Plan, rows: Sequence[Observed]) -> Iterator[Observed]:
    """What each item used that went through all phases, as one row."""
    by_item: dict[str, dict[str, Observed]] = {}
    for row in sorted(rows, key=lambda r: r.when):
        if row.passed:
            by_item.setdefault(row.item, {})[row.phase] = row
    names = [phase.name for phase in plan.phases]
    for item, found in list(by_item.items())[-LATEST:]:
        if all(name in found for name in names):
            of_all = [found[name] for name in names]
            tokens = _sum([row.tokens for row in of_all])
            yield Observed("", item, _sum([row.money for row in of_all]), None if tokens is None else round(tokens), _sum([row.wall_s for row in of_all]))


def _sum(values: Sequence[float | None]) -> float | None:
    """None when nothing was measured: what was not measured counts nothing."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _budget(path: Path, budget: Budget, rows: Sequence[Observed], what: str, smallest: Mapping[str, float]) -> Iterator[Lesson]:
    """A budget for each thing that was measured, where the present one is far from it; none below the smallest."""
    for key, field in OBSERVED.items():
        used = sorted(value for row in rows if (value := getattr(row, field)))
        if len(used) < RUNS_OF_BUDGET:
            continue
        high = used[math.ceil(0.9 * len(used)) - 1]
        after, now = max(nice(key, high * HEADROOM), smallest[key]), getattr(budget, FIELDS[key])
        if now is None or now < smallest[key] or not now * LOWERED <= after <= now * RAISED:
            write = WRITE[key]
            why = f"90 % of {len(used)} {what} used at most {write(high)} ({write(used[0])} to {write(used[-1])}); × {HEADROOM:g} is {write(high * HEADROOM)}"
            least_of = f", and it must be {write(after)} at least" if after == smallest[key] else ""
            yield Lesson((*path, key), "" if now is None else write(now), write(after), why + least_of, after)


def nice(key: str, value: float) -> float:
    """Rounded up to two digits that count, of the unit in which it is written."""
    unit = next((size for size in (86_400, 3_600, 60) if value >= size), 1) if key == "time" else 1
    in_unit = value / unit
    step = 10.0 ** (math.floor(math.log10(in_unit)) - 1)
    rounded = math.ceil(round(in_unit / step, 6)) * step * unit
    return round(rounded, 6) if key != "tokens" else math.ceil(round(rounded, 6))


def _retries(phase: Phase, rows: Sequence[Observed]) -> Iterator[Lesson]:
    """Fewer, where the last of them never helped."""
    again = [row for row in rows if row.attempts > 1]
    helped = max((row.attempts - 1 for row in again if row.passed), default=0)
    exhausted = [row for row in again if not row.passed and row.attempts > phase.retries.most]
    if len(exhausted) < RUNS_OF_RETRIES or helped >= phase.retries.most:
        return
    attempts = sum(row.attempts - 1 - helped for row in exhausted)
    spent = sum((row.money or 0) * (row.attempts - 1 - helped) / row.attempts for row in exhausted)
    how = f"no run passed after more than {helped} of them" if helped else f"none of {len(again)} runs that were repeated passed"
    yield Lesson(("phases", phase.name, "retries", "most"), str(phase.retries.most), str(helped),
                 f"{how}; {attempts} attempts in {len(exhausted)} runs were for nothing" + (f" and cost {amounts.write_money(spent)}" if spent else ""))


def _gate(phase: Phase, rows: Sequence[Observed]) -> Iterator[Lesson]:
    """A higher minimum, where every run passed at once and far above it: as it is, the gate tells nothing apart."""
    scores = [row.score for row in rows if row.score is not None]
    if not phase.gate or len(scores) < RUNS_OF_GATE or not all(row.passed and row.attempts == 1 for row in rows):
        return
    minimum, lowest = least(phase.gate.minimum), min(scores)
    after = math.floor((lowest - SLACK) / STEP) * STEP
    if after > minimum:
        part = 0 < phase.gate.minimum <= 1
        yield Lesson(("phases", phase.name, "gate", "minimum"), f"{phase.gate.minimum:g}", f"{after / 10 if part else after:g}",
                     f"all {len(scores)} runs passed at the first attempt, the lowest with {lowest:g} of 10: a minimum of {minimum:g} tells nothing apart")


def by_map(found: Sequence[Lesson]) -> Mapping[Path, list[Lesson]]:
    """Lessons by the map that their value stands in."""
    out: dict[Path, list[Lesson]] = {}
    for lesson in found:
        out.setdefault(lesson.path[:-1], []).append(lesson)
    return out


__all__ = ["Lesson", "Remark", "by_map", "lessons", "remarks"]
