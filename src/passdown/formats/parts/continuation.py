"""How the next session goes on: what to read first, what to verify, where to continue."""

from collections.abc import Iterator

import msgspec

from passdown.formats.base import Item, Material
from passdown.formats.parts.asked import wish
from passdown.formats.parts.knowledge import is_critical, severity_of
from passdown.formats.parts.orientation import COMPOSED, outcomes
from passdown.formats.parts.wording import bare, code, line, quote, telling, title
from passdown.formats.parts.work import PRIORITIES, is_pending, outside, speculative, unbuilt
from passdown.formats.parts.worktree import uncommitted
from passdown.model.record import KINDS, Record
from passdown.model.session import Session

READ, RUN = 5, 3
LONG = 120  # characters of a command that somebody would run again
VERIFY = frozenset(("test", "build", "lint", "verify"))
NOTHING_OPEN = "nothing is known to be open"
ASK_CHARS = 25  # a shorter request ("continue", "commit it") does not say what the work is


class Step(msgspec.Struct, frozen=True):
    """Where to continue. source: whose word that is. Empty where nothing is known."""

    task: str = ""
    file: str = ""
    next: str = ""
    source: str = ""


def resume_instructions(material: Material) -> Iterator[Item]:
    """The seed's three points; each is left out when there is nothing to say."""
    step = continue_from(material)
    points = (("read", "READ FIRST", read_first(material, step)), ("verify", "VERIFY STATE", verify_state(material)),
              ("continue", "CONTINUE FROM", said(material, step)))
    for number, (name, heading, lines) in enumerate((p for p in points if p[2]), 1):
        yield Item(name, "\n".join([f"{number}. {heading}:", *(f"   - {one}" for one in lines)]))


def read_first(material: Material, step: Step) -> list[str]:
    """The file to continue in, what critical knowledge rests on, what the last session worked on, standing instructions."""
    reasons: dict[str, str] = {}
    if step.file:
        reasons[step.file.split(":", 1)[0]] = "where work goes on"
    for record in material.records:
        if is_critical(record) and severity_of(record) == "critical":
            for anchor in record.anchors[:1]:
                reasons.setdefault(anchor.path, f"critical: {title(record, 100)}")
    said: set[str] = set()
    for fact in material.sessions[0].files if material.sessions else ():
        if (fact.edits or fact.created) and not fact.deleted and not outside(fact.path):
            why = line(telling(fact.why), 110)
            reasons.setdefault(fact.path, f"edited in the last session{f': {why}' if why and why not in said else ''}")
            said.add(why)
    there = [f"`{path}` - {why}" for path, why in reasons.items() if path in material.existing]
    instructions = [f"`{path}` - {line(what, 100) or 'standing instructions'}" for path, what in material.memory if path.endswith(".md") and "/" not in path]
    return there[:READ] or instructions[:2]


def verify_state(material: Material) -> list[str]:
    """Commands with what they should say."""
    lines = []
    if material.git:
        lines.append(f"`git status --short` → {uncommitted(material.git)}; on branch {line(material.git.branch, 80) or 'none'}")
    return lines + [f"{code(command)}{f' → {told}' if told else ''}" for command, told in checks(material)][:RUN]


def checks(material: Material) -> Iterator[tuple[str, str]]:
    """Commands that verify: noted ones, those that sessions ran last, those that manifests declare."""
    ran = outcomes(material)
    noted = [r.title.strip("`") for r in material.records if r.kind == "command" and r.detail("purpose") == "verify"]
    run = [bare(c.command) for s in material.sessions[:3] for c in s.checks if plain(c.command)]
    declared = [command for command, purpose, _ in material.overview.commands if purpose in VERIFY]
    for command in dict.fromkeys((*noted, *run, *declared)):
        yield command, ran.get(command, "")


def plain(command: str) -> bool:
    """Whether somebody would run it again: one command on one line, and not git, whose hooks may look like a check."""
    return len(command) <= LONG and not COMPOSED.search(bare(command)) and not command.startswith("git ")


def continue_from(material: Material) -> Step:
    """The first that there is: a begun task, a blocker, an open task, the agent's own list, a failing check, a plan, the last request with what
    the last words leave open.
    """
    for step in steps(material):
        if step.task:
            file = step.file or (material.git.stopped if material.git else "") or last_edited(material)
            return msgspec.structs.replace(step, file=file)
    return Step()


def steps(material: Material) -> Iterator[Step]:
    tasks = [r for r in material.records if r.kind == "task" and r.status == "active" and not speculative(r)]
    yield from (of_record(r) for r in tasks if r.detail("state") == "in progress")
    yield from (of_record(r) for r in material.records if r.kind == "blocker" and r.detail("next"))
    yield from (of_record(r) for r in sorted((r for r in tasks if is_pending(r)), key=lambda r: PRIORITIES.index(r.detail("priority"))))
    if not material.sessions:
        return
    last = material.sessions[0]
    when = last.ended[:10]
    todos = sorted((t for t in last.todos if t.status != "completed"), key=lambda t: t.status != "in_progress")
    yield from (Step(line(t.text, 240), source=f"the agent's own list, {when}") for t in todos)
    for check in [c for c in last.checks if not c.ok and plain(c.command)]:
        yield Step(f"make {code(bare(check.command), 120)} pass", next=f"run it: it said “{line(check.line, 200)}”", source=f"failing check, {when}")
    if unbuilt(last):
        yield Step(f"carry out the plan “{quote(last.plan, 120)}”", source=f"plan of the last session, {when}")
    ask = next((a for a in reversed(last.asks) if len(a) > ASK_CHARS), wish(last))
    asked, left = f"the last request was “{quote(ask, 240)}”" if ask else "", left_open(last)
    through = f"{NOTHING_OPEN}, the last session committed its work; " if asked and not left and committed(material) else ""
    yield Step(through + asked, next=left, source=f"{last.agent}, {when}")


def committed(material: Material) -> bool:
    """Whether the last session made commits and left nothing uncommitted."""
    return bool(material.sessions and material.sessions[0].commits and material.git and not material.git.changed)


def left_open(last: Session) -> str:
    """What the last words say comes next, or ask; "" for neither."""
    from passdown.model.ending import ending  # patterns that whoever only reads documents need not compile

    open_ = ending(last.last_words)
    if open_.question:
        return f"answer what was asked at the end: “{quote(open_.question, 240)}”"
    return f"as the session said at its end: “{quote(open_.comes, 240)}”" if open_.comes else ""


def derived(material: Material) -> str:
    """What comes next where nobody said it, from how the last session ended; "" when a record, a list or a plan says it, or nothing does."""
    step = continue_from(material)
    left = material.sessions[0] if material.sessions else None
    said = step.source.split(",")[0] in KINDS or not left or unbuilt(left) or any(t.status != "completed" for t in left.todos)
    return "" if said else "; ".join(filter(None, (step.task, step.next)))


def of_record(record: Record) -> Step:
    place = record.detail("stopped") or next((a.place for a in record.anchors), "")
    return Step(title(record), place, line(record.detail("next"), 240), f"{record.kind}, {(record.updated or record.created)[:10]}")


def last_edited(material: Material) -> str:
    """The file that the last session edited last, when it is still there."""
    facts = material.sessions[0].files if material.sessions else ()
    own = [f for f in facts if (f.edits or f.created) and not f.deleted and f.path in material.existing]
    return max(own, key=lambda f: f.last).path if own else ""


def said(material: Material, step: Step) -> list[str]:
    """Task, file, next step, and how the last session ended in its own words."""
    lines = [f"Task: {step.task} ({step.source})"] if step.task else []
    lines += [f"File: {step.file}"] if step.file else []
    lines += [f"Next step: {step.next}"] if step.next else []
    if material.sessions and material.sessions[0].last_words:
        last = material.sessions[0]
        lines.append(f"Last words ({last.agent}, {last.ended[:16].replace('T', ' ')} UTC): “{quote(last.last_words, 600)}”")
    return lines


__all__ = ["NOTHING_OPEN", "Step", "continue_from", "derived", "resume_instructions"]
