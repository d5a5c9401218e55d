"""A production and its sessions, measured: what is active, what one phase hands to the next, what runs cost, what successful ones had in common.

What runs by a plan is told as it stands; otherwise a production is a thread of sessions and a phase is one of its sessions.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence

from passdown.formats.base import Item, Material
from passdown.formats.parts.asked import subject
from passdown.formats.parts.continuation import continue_from, plain
from passdown.formats.parts.entry import entry
from passdown.formats.parts.environment import span
from passdown.formats.parts.wording import bare, counted, line, listed
from passdown.formats.parts.work import is_done, is_pending
from passdown.formats.parts.worktree import uncommitted
from passdown.model.session import CheckFact, Session
from passdown.workflows import registry

THREADS, PHASES, GATES, PRODUCTIONS = 5, 5, 6, 20
Yaml = str | dict[str, "Yaml"] | list[str]


def active(material: Material) -> Iterator[Item]:
    """Productions and the latest threads of sessions, with phases, quality and cost, as YAML; then the tasks that are in progress."""
    if rows := material.productions[:PRODUCTIONS]:
        yield fenced("productions", {"active_sessions": {f"{row.item}_{row.name}": registry.told(row) for row in rows}})
    found = {name(sessions): production(sessions) for sessions in threads(material.sessions)[:THREADS]}
    if found:
        yield fenced("active-sessions", {"active_sessions": found})
    for record in material.records:
        if record.kind == "task" and record.detail("state") == "in progress":
            yield entry(record, material, "task", given={"state": "in progress"})


def batches(material: Material) -> Iterator[Item]:
    """How far each batch is, as YAML."""
    if found := registry.batches(material.productions):
        yield fenced("batches", {"batch_sessions": dict(list(found.items())[:PRODUCTIONS])})


def production(sessions: Sequence[Session]) -> Yaml:
    """One thread. sessions: the latest first."""
    passed, all_ = quality(sessions)
    found: dict[str, Yaml] = {"about": subject(sessions[-1], 160), "phases": [phase(one) for one in reversed(sessions[:PHASES])]}
    if len(sessions) > PHASES:
        found["earlier"] = counted(len(sessions) - PHASES, "session")
    if all_:
        found["quality"] = f"{passed} of {counted(all_, 'check')} passed when last run"
    if spent := cost(sessions):
        found["cost"] = f"${spent:.2f}"
    return found


def phase(session: Session) -> str:
    """`2026-11-19 claude-code: 41 min, $1.20, 3 of 4 checks passed`."""
    passed, all_ = quality((session,))
    spent = cost((session,))
    told = (span(session.active_s) if session.active_s else "", f"${spent:.2f}" if spent else "",
            f"{passed} of {counted(all_, 'check')} passed" if all_ else "")
    return f"{session.ended[:10]} {session.agent}: {', '.join(filter(None, told)) or 'nothing measured'}"


def threads(sessions: Sequence[Session]) -> list[list[Session]]:
    """The sessions by thread, the latest thread first, the latest session first in each; sub-agents' are part of their parents'."""
    found: dict[str, list[Session]] = {}
    for session in sessions:
        if not session.subagent:
            found.setdefault(session.thread or session.id, []).append(session)
    return list(found.values())


def name(sessions: Sequence[Session]) -> str:
    """A thread's key: words of its first title, and the day on which it began."""
    words = re.findall(r"[a-z0-9]+", (sessions[-1].title or sessions[-1].goal).lower())[:5]
    return "_".join([*words, sessions[-1].started[:10].replace("-", "")])


def last_checks(sessions: Iterable[Session]) -> dict[str, CheckFact]:
    """Of each check its last outcome. sessions: the latest first."""
    found: dict[str, CheckFact] = {}
    for session in sessions:
        for check in session.checks:
            found.setdefault(check.command, check)
    return found


def quality(sessions: Iterable[Session]) -> tuple[int, int]:
    """How many checks passed when they were last run, and how many there are."""
    checks = last_checks(sessions).values()
    return sum(c.ok for c in checks), len(checks)


def cost(sessions: Iterable[Session]) -> float:
    """US dollars, as far as prices are known."""
    return sum(u.cost or 0.0 for s in sessions for u in s.usage)


def templates(material: Material) -> Iterator[Item]:
    """What successful runs had in common: their length, their checks, their cost. A run was successful when its checks passed and it has some."""
    good = [s for s in material.sessions if s.checks and not s.subagent and quality((s,))[0] == quality((s,))[1]]
    if good:
        gates = list(dict.fromkeys(line(bare(command), 120) for command in last_checks(good) if plain(command)))[:GATES]
        found: dict[str, Yaml] = {
            "session_template": f"{median([s.active_s for s in good]) // 60:.0f} min, {median([len(s.files_changed) for s in good]):.0f} files changed",
            "quality_template": gates or f"{counted(len(last_checks(good)), 'check')} passed"}
        if spent := median([cost((s,)) for s in good]):
            found["cost_template"] = f"${spent:.2f} a session"
        found["learned_from"] = counted(len(good), "successful session")
        yield fenced("templates", {"template_management": found})


def median(values: Sequence[float]) -> float:
    """The one in the middle, the lower of two."""
    return sorted(values)[(len(values) - 1) // 2]


def handover(material: Material) -> Iterator[Item]:
    """What the last phase hands to the next one: state, result, where to go on; then the open tasks."""
    step, git = continue_from(material), material.git
    told: dict[str, Yaml] = {}
    if git:
        told["input"] = f"branch {line(git.branch or 'none', 80)}{f' at {git.commit.sha[:7]}' if git.commit else ''}, {uncommitted(git)}"
    if step.task:
        told["output"] = step.task
    if step.file or step.next:
        told["state"] = "; ".join(filter(None, (f"stopped at {step.file}" if step.file else "", f"next: {step.next}" if step.next else "")))
    if told:
        yield fenced("handover", {"state_management": {"last_to_next_phase": told}})
    yield from (entry(r, material, "task") for r in material.records if is_pending(r))


def intelligence(material: Material) -> Iterator[Item]:
    """Progress, cost, quality and recovery, as far as they were measured."""
    tasks = [r for r in (*material.records, *material.done) if r.kind == "task"]
    if tasks:
        yield listed("progress", [f"**Progress Tracking**: {sum(map(is_done, tasks))} of {counted(len(tasks), 'task')} done"])
    sessions = [s for s in material.sessions if not s.subagent]
    if spent := cost(material.sessions):
        yield listed("cost", [f"**Cost Attribution**: ${spent:.2f} in {counted(len(sessions), 'session')}, by phase above"])
    checks = last_checks(material.sessions)
    if checks:
        bad = [c.command for c in checks.values() if not c.ok]
        told = f"; failing: {', '.join(f'`{line(c, 80)}`' for c in bad[:3])}" if bad else ""
        yield listed("quality", [f"**Quality Continuity**: {len(checks) - len(bad)} of {counted(len(checks), 'check')} passed when last run{told}"])
    if sessions:
        open_ = sum(not e.fixed_by for e in sessions[0].errors)
        errors = f"{counted(open_, 'error')} of the last session not fixed; " if open_ else ""
        yield listed("recovery", [f"**Error Recovery**: {errors}each phase's events are kept, `passdown resume --task \"…\"` goes on from any of them"])


def completed(material: Material) -> Iterator[Item]:
    """Tasks that are done, and milestones."""
    for record in (*material.done, *material.records):
        if is_done(record):
            done = record.kind == "task" and record.detail("state") in ("", "done")
            yield entry(record, material, "task", given={"state": "done"}, mark="- [x] " if done else "- ")


def fenced(key: str, value: Yaml) -> Item:
    return Item(key, "\n".join(["```yaml", *_yaml(value, ""), "```"]))


def _yaml(value: Yaml, indent: str) -> Iterator[str]:
    if isinstance(value, list):
        yield from (f"{indent}- {quoted(one)}" for one in value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str):
                yield f"{indent}{named(key)}: {quoted(inner)}"
            else:
                yield f"{indent}{named(key)}:"
                yield from _yaml(inner, indent + "  ")


def named(key: str) -> str:
    """A key: an item may have any name."""
    return key if re.fullmatch(r"[\w-]+", key) else quoted(key)


def quoted(text: str) -> str:
    """A YAML scalar."""
    return json.dumps(text, ensure_ascii=False)


__all__ = ["active", "batches", "completed", "handover", "intelligence", "templates"]
