"""What a piece of work has cost and brought, counted over its sessions; nothing is estimated."""

from collections.abc import Iterator, Sequence

from passdown.formats.base import Commit, Item, Material
from passdown.formats.parts import thread
from passdown.formats.parts.wording import cell, counted, line, listed, row
from passdown.model.session import CheckFact, Session

HEAD = "| Measured | Before | After |\n|----------|--------|-------|"


def metrics(material: Material) -> Iterator[Item]:
    """A line each of what could be counted: time, lines, files, tests, errors, blockers."""
    told = thread.sessions(material)
    lines = (("time", "Total time invested", time(told)), ("lines", "Code lines changed", lines_changed(told, material)),
             ("files", "Files modified", files(told)), ("tests", "Tests added", tests_added(told, material)), ("passing", "Tests passing", tests_passing(told)),
             ("errors", "Errors met and overcome", errors(told)), ("blockers", "Blockers resolved", blockers(material)))
    for name, label, value in lines:
        if value:
            yield listed(f"metric-{name}", [f"**{label}**: {value}"])


def time(told: Sequence[Session]) -> str:
    """Working time without long pauses."""
    return f"{spelled(sum(s.active_s for s in told))} across {counted(len(told), 'session')}" if told else ""


def spelled(seconds: int) -> str:
    """`2 h 5 min`, `40 min`, `under a minute`."""
    hours, minutes = divmod(seconds // 60, 60)
    return " ".join(filter(None, (f"{hours} h" if hours else "", f"{minutes} min" if minutes else ""))) or "under a minute"


def lines_changed(told: Sequence[Session], material: Material) -> str:
    """Of the commits that these sessions made and git still has."""
    made = own_commits(told, material)
    if not made:
        return ""
    return f"+{sum(c.added for c in made)} −{sum(c.removed for c in made)} in {counted(len(made), 'commit')}"


def own_commits(told: Sequence[Session], material: Material) -> list[Commit]:
    names = {c.sha[:7] for s in told for c in s.commits}
    return [c for c in (material.git.commits if material.git else ()) if c.sha[:7] in names and c.added >= 0]


def files(told: Sequence[Session]) -> str:
    changed = {p for s in told for p in s.files_changed}
    created = {f.path for s in told for f in s.files if f.created}
    return f"{counted(len(changed), 'file')}, {len(created)} of them new" if changed else ""


def tests_added(told: Sequence[Session], material: Material) -> str:
    """How many more pass than when it began, by the runner's own count, and new test files."""
    said = []
    for tool, (first, last) in runs(told, material).items():
        if last.passed > first.passed >= 0:
            said.append(f"{last.passed - first.passed} ({tool}: {first.passed} → {last.passed})")
    new = {f.path for s in told for f in s.files if f.created and is_test(f.path)}
    return ", ".join([*said, *([counted(len(new), "new test file")] if new else [])])


def runs(told: Sequence[Session], material: Material) -> dict[str, tuple[CheckFact, CheckFact]]:
    """For each test runner the last run before the piece of work, else its first one there, and its last one."""
    began = told[0].started if told else ""
    earlier = [s for s in reversed(material.sessions) if s.ended <= began and s not in told]
    found: dict[str, tuple[CheckFact, CheckFact]] = {}
    for own, session in [*((False, s) for s in earlier), *((True, s) for s in told)]:
        for check in sorted(session.checks, key=lambda c: c.at):
            if check.passed >= 0 and (own or check.ok):
                first = found[check.tool][0] if own and check.tool in found else check
                found[check.tool] = (first, check)
    return found


def is_test(path: str) -> bool:
    name = path.rsplit("/", 1)[-1].lower()
    return name.startswith("test_") or any(mark in name for mark in ("_test.", ".test.", ".spec.", "_spec."))


def tests_passing(told: Sequence[Session]) -> str:
    """The last run of each runner, with its day."""
    last: dict[str, CheckFact] = {}
    for session in told:
        last |= {c.tool: c for c in sorted(session.checks, key=lambda c: c.at) if c.passed >= 0}
    return ", ".join(f"{c.passed}/{c.passed + max(c.failed, 0)} ({line(c.tool, 40)}, {c.at[:10]})" for c in last.values())


def errors(told: Sequence[Session]) -> str:
    met = [e for s in told for e in s.errors]
    return f"{sum(bool(e.fixed_by) for e in met)} of {len(met)}" if met else ""


def blockers(material: Material) -> str:
    open_ = [r for r in thread.own(material) if r.kind == "blocker"]
    cleared = [r for r in material.cleared if not thread.of_another(r, material)]
    return f"{len(cleared)}/{len(cleared) + len(open_)}" if cleared or open_ else ""


def performance(material: Material) -> Iterator[Item]:
    """Measurements before and after what was tried; the approaches say it whole."""
    for record in thread.own(material):
        if record.kind == "approach" and record.detail("before") and record.detail("after"):
            cells = (cell(record.title, 120), cell(record.detail("before"), 80), cell(record.detail("after"), 80))
            yield Item(f"perf-{record.id[:8]}", row(*cells))


__all__ = ["HEAD", "metrics", "performance"]
