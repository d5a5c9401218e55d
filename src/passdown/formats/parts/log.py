"""What a session log says: context, what is known, what was tried, what comes next, in the words and shapes of system B."""

from collections.abc import Callable, Iterator, Mapping

from msgspec.structs import replace

from passdown.formats.base import Item, Material, nothing
from passdown.formats.parts import knowledge, thread
from passdown.formats.parts.asked import wish
from passdown.formats.parts.continuation import derived
from passdown.formats.parts.entry import LONG, entry
from passdown.formats.parts.orientation import PURPOSES, quick_start
from passdown.formats.parts.wording import bare, by_reason, cell, code, counted, key, line, listed, quote, row, telling
from passdown.formats.parts.work import PRIORITIES, is_done, unbuilt
from passdown.model.record import Record

NESTED = "   - **{}**: {}"  # a detail below a numbered item
BULLETED = "  - **{}**: {}"
TRIED = {"why": "Why it works", "outcome": "Result", "lesson": "Lesson learned", "file": "Code location"}
FAILED = {**TRIED, "why": "Why it failed", "instead": "Instead"}
CHOSEN = {"why": "Reasoning", "approval": "Approved", "file": "Code location"}
PROBLEM = {"why": "Root cause", "file": "Code location"}
RISKS = "| Risk | Impact | Mitigation |\n|------|--------|------------|"
LOGGED = "| Date | Decision | Outcome |\n|------|----------|---------|"
ELSEWHERE = frozenset(("decision", "task", "blocker", "issue", "risk", "question", "command", "resource", "lesson", "milestone"))  # have a section of their own
NAMED, TODOS, TROUBLES, PER_GROUP = 10, 8, 3, 5


def context(material: Material) -> Iterator[Item]:
    """What the work is, why it matters, and where it stands."""
    first = next(iter(thread.sessions(material)), None)
    if first and first.goal:
        yield Item("goal", f"Asked for: “{quote(wish(first), 400)}”")
    if material.overview.about:
        yield Item("about", f"Project: {quote(material.overview.about, 240)}")
    kind, stands = thread.variant(material), thread.phase(material)
    said = ", ".join(filter(None, (kind, stands)))
    if said:
        yield Item("phase", f"Current phase: {said}.")


def known(material: Material) -> Iterator[Item]:
    """What the kind of work asks for first, then what was learned, by severity; preferences and test data too."""
    yield from FORMS.get(thread.variant(material), nothing)(material)
    here = [r for r in thread.own(material) if r.kind not in ELSEWHERE and r.detail("outcome") not in ("worked", "failed", "untried")]
    for record in sorted(here, key=lambda r: (r.kind != "knowledge", knowledge.rank(r))):
        yield entry(record, material, "knowledge", detail=BULLETED)


def symptoms(material: Material) -> Iterator[Item]:
    """Of a bug: what it shows, how it is reproduced, where it sits, measured."""
    last = next((s for s in reversed(thread.sessions(material)) if s.errors), None)
    error = next((e for e in (last.errors if last else ()) if not e.fixed_by), None) or (last.errors[0] if last and last.errors else None)
    if error:
        yield listed("symptoms", [f"**Symptoms**: {line(error.message, 240)}"])
        yield listed("reproduction", [f"**Reproduction**: {code(bare(error.what), 200)}"])
    places = [a.place for r in thread.own(material) if r.kind in ("issue", "task", "blocker") for a in r.anchors]
    if places or (material.git and material.git.stopped):
        yield listed("location", [f"**Location**: {', '.join(places[:4]) or (material.git.stopped if material.git else '')}"])


def requirements(material: Material) -> Iterator[Item]:
    """Of a feature: what is asked for, what binds it, until when."""
    told = thread.sessions(material)
    asked = [quote(a, 160) for a in ((wish(told[0]), *told[0].asks[:2]) if told else ()) if len(a) > 25]
    if asked:
        yield listed("requirements", [f"**Requirements**: “{asked[0]}”", *(f"- “{a}”" for a in asked[1:])])
    bound = [r for r in thread.own(material) if r.detail("category") in ("constraint", "security", "performance")]
    if bound:
        yield listed("constraints", [f"**Constraints**: {counted(len(bound), 'constraint')} below"])
    due = [r.detail("expected") for r in thread.own(material) if r.detail("expected")]
    if due:
        yield listed("timeline", [f"**Timeline**: {', '.join(line(d, 40) for d in due[:3])} (what blocks it)"])


def progress(material: Material) -> Iterator[Item]:
    """Of a refactoring: its phases in the order in which they were begun; the tasks say them whole."""
    if thread.variant(material) != "refactor":
        return
    tasks = [r for r in (*material.done, *thread.own(material)) if r.kind == "task" and not thread.of_another(r, material)]
    tasks.sort(key=lambda r: ((r.status != "resolved" and r.detail("state") != "done"), r.detail("state") != "in progress", r.created, r.id))
    for n, record in enumerate(tasks, 1):
        percent = record.detail("percent").rstrip("% ")
        state = " ✓" if is_done(record) else f" ({percent or '?'}% complete)" if record.detail("state") == "in progress" else " (planned)"
        yield listed(key("phase", record.id), [f"Phase {n}: {line(record.title, 120)}{state}"])


def solution(material: Material) -> Iterator[Item]:
    """Of a bug: its cause and its fix, from what worked and what was done before the failing command passed."""
    if thread.variant(material) != "bug":
        return
    worked = next((r for r in thread.own(material) if r.kind == "approach" and r.detail("outcome") == "worked"), None)
    cause = next((r.detail("why") for r in thread.own(material) if r.kind in ("issue", "knowledge") and r.detail("why")), "")
    if cause:
        yield listed("cause", [f"**Root cause**: {line(cause, 240)}"])
    fixed = next((e.fixed_by for s in thread.sessions(material) for e in s.errors if not knowledge.by_itself(e.fixed_by)), "")
    if worked or fixed:
        yield listed("fix", [f"**Fix**: {line(worked.title, 240) if worked else quote(fixed, 240)}"])


FORMS: Mapping[str, Callable[[Material], Iterator[Item]]] = {"bug": symptoms, "feature": requirements}


def worked(material: Material) -> Iterator[Item]:
    yield from numbered(material, "worked", TRIED)


def failed(material: Material) -> Iterator[Item]:
    """What did not work, with its cause and lesson; then commands that kept failing, measured."""
    said = list(numbered(material, "failed", FAILED))
    yield from said
    for n, trouble in enumerate(knowledge.troubles(material)[:TROUBLES], len(said) + 1):
        first = f"{n}. {code(trouble.command)} failed {counted(trouble.failures, 'time')} (measured)"
        told = [NESTED.format("Result", line(trouble.message, 200))] if trouble.message else []
        told += [NESTED.format("It passed after", quote(trouble.fixed_by, 200))] if not knowledge.by_itself(trouble.fixed_by) else []
        yield Item(trouble.key, "\n".join([first, *told]))


def numbered(material: Material, outcome: str, words: Mapping[str, str]) -> Iterator[Item]:
    found = [r for r in thread.own(material) if r.kind == "approach" and r.detail("outcome") == outcome]
    for n, record in enumerate(found, 1):
        yield entry(record, material, "approach", lead="**Approach**: ", mark=f"{n}. ", words=words, detail=NESTED)


def untried(material: Material) -> Iterator[Item]:
    for record in thread.own(material):
        if record.kind == "approach" and record.detail("outcome") == "untried":
            yield entry(record, material, "approach", given={"outcome": "untried"}, mark="- [ ] ", detail=BULLETED)


def next_steps(material: Material) -> Iterator[Item]:
    """Work without a horizon, and what the last session measurably left."""
    yield from due("")(material)
    last = material.sessions[0] if material.sessions else None
    if last and unbuilt(last):
        yield Item("plan", f"- [ ] “{quote(last.plan, 300)}” (plan of the last session, {last.ended[:10]})")
    for todo in [t for t in last.todos if t.status != "completed"][:TODOS] if last else ():
        yield Item(key("todo", todo.text), f"- [ ] {line(todo.text, 200)} (agent's own list, {last.ended[:10] if last else ''})")
    if (step := derived(material)) and last:
        yield listed("derived", [f"Nothing was noted; {step} ({last.ended[:10]})"])


def due(horizon: str) -> Callable[[Material], Iterator[Item]]:
    """Open work of one horizon: what is begun first, then by priority."""

    def items(material: Material) -> Iterator[Item]:
        tasks = [r for r in thread.own(material) if r.kind == "task" and not is_done(r) and r.detail("horizon") == horizon]
        for record in sorted(tasks, key=lambda r: (r.detail("state") != "in progress", PRIORITIES.index(r.detail("priority")))):
            yield entry(record, material, "task", given={"horizon": horizon}, mark="- [ ] ", detail=BULLETED)

    return items


def decisions(material: Material) -> Iterator[Item]:
    for record in thread.own(material):
        if record.kind == "decision":
            yield entry(record, material, "decision", lead="**Decision**: ", words=CHOSEN, detail=BULLETED)


def decision_log(material: Material) -> Iterator[Item]:
    """The decisions of which the outcome is known, the first one first; they stand whole above."""
    found = [r for r in thread.own(material) if r.kind == "decision" and r.detail("outcome")]
    for record in sorted(found, key=lambda r: (r.created, r.id)):
        yield Item(f"log-{record.id[:8]}", row(record.created[:10] or "–", cell(record.title, 120), cell(record.detail("outcome"), 160)))


def key_files(material: Material) -> Iterator[Item]:
    """Resources, then files that the work changed, with what was said before the edit."""
    for record in material.records:
        if record.kind == "resource":
            yield entry(record, material, "resource", detail=BULLETED)
    whys = {f.path: telling(f.why) for s in thread.sessions(material) for f in s.files if telling(f.why)}
    for paths, why in by_reason((path, line(whys.get(path, ""), 120)) for path in thread.files(material)[:NAMED]):
        yield listed(key("file", *paths), [f"{', '.join(map(code, paths))}{f' - {why}' if why else ''}"])


def issues(material: Material) -> Iterator[Item]:
    """Known problems, then what measurably fails since the last session."""
    for record in thread.own(material):
        if record.kind == "issue":
            yield entry(record, material, "issue", lead="**Issue**: ", mark="- [ ] ", words=PROBLEM, detail=BULLETED)
    last = material.sessions[0] if material.sessions else None
    for check in [c for c in last.checks if not c.ok][:TROUBLES] if last else ():
        yield listed(key("check", check.command), [f"[ ] Failing: {code(check.command)} ({check.at[:10]}): {line(check.line, 200)}"])
    for error in [e for e in last.errors if not e.fixed_by and not knowledge.explained(e.what, material)][:TROUBLES] if last else ():
        yield listed(key("error", error.what, error.message), [f"[ ] Error not overcome: {code(error.what, 120)}: {line(error.message, 200)}"])


def blockers(material: Material) -> Iterator[Item]:
    """What is out of the way, what blocks, what only the user can answer."""
    for record in material.cleared:
        if not thread.of_another(record, material):
            yield entry(record, material, "blocker", lead="✓ **RESOLVED**: ", detail=BULLETED)
    for record in thread.own(material):
        if record.kind == "blocker":
            yield entry(record, material, "blocker", lead="**Blocked**: ", detail=BULLETED)
        elif record.kind == "question":
            yield entry(record, material, "question", lead="**Waiting for the user**: ", detail=BULLETED)


def commands(material: Material) -> Iterator[Item]:
    """Measured and plain ones in a block by purpose; those of which there is more to say, below it."""
    noted = [r for r in material.records if r.kind == "command"]
    plain: list[Record] = []
    for record in noted:
        group = PURPOSES.get(record.detail("purpose"), "")
        if is_plain(record) and sum(PURPOSES.get(p.detail("purpose")) == group for p in plain) < PER_GROUP:
            plain.append(record)
    yield from quick_start(replace(material, records=tuple(plain)))
    for record in noted:
        if record not in plain:
            yield entry(record, material, "command", detail=BULLETED)


def is_plain(record: Record) -> bool:
    """Whether one line of a block says the command whole."""
    single = "\n" not in record.text and "  #" not in record.text and not record.text.startswith(("#", "`", "“")) and len(record.text) < 300
    return single and record.trust != "extracted" and set(record.details) == {"purpose"} and not record.anchors


def risks(material: Material) -> Iterator[Item]:
    """A row each; one that a row cannot hold is a list item."""
    here = [r for r in thread.own(material) if r.kind == "risk"]
    for record in sorted(here, key=lambda r: not in_a_row(r)):
        if in_a_row(record):
            cells = (entry(record, material, "risk", mark="").text.split("\n")[0], record.detail("impact") or "–", record.detail("mitigation") or "–")
            yield Item(record.id, row(*(cell(c, LONG) for c in cells)))
        else:
            yield entry(record, material, "risk", detail=BULLETED)


def in_a_row(record: Record) -> bool:
    return "\n" not in record.text and not record.anchors and "\n" not in "".join(map(record.detail, record.details))


def learnings(material: Material) -> Iterator[Item]:
    for n, record in enumerate((r for r in material.records if r.kind == "lesson"), 1):
        yield entry(record, material, "lesson", mark=f"{n}. ", detail=NESTED)


__all__ = [
    "LOGGED", "RISKS", "blockers", "commands", "context", "decision_log", "decisions", "due", "failed", "issues", "key_files", "known", "learnings",
    "next_steps", "progress", "risks", "solution", "untried", "worked",
]
