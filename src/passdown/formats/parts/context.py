"""Parts of a session context: where we are, what not to do, decisions in short, the reading order, and how we got here."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from passdown.formats.base import Item, Make, Material
from passdown.formats.parts.asked import subject
from passdown.formats.parts.continuation import continue_from
from passdown.formats.parts.entry import entry
from passdown.formats.parts.wording import code, key, line, listed, quote, some, title
from passdown.formats.parts.work import is_done, speculative
from passdown.formats.parts.worktree import uncommitted
from passdown.loading import roles
from passdown.loading.roles import Documents
from passdown.model.record import Record
from passdown.model.session import Session

ORDERS: Mapping[str, tuple[str, ...]] = {
    "For immediate work": roles.IMMEDIATE, "For understanding": roles.UNDERSTANDING, "For reference": roles.REFERENCE}
SAYS: Mapping[str, str] = {
    roles.CONTEXT: "start here", roles.PHASE: "current phase", roles.ARCHITECTURE: "technical details", roles.OVERVIEW: "project overview",
    roles.GOALS: "what is being tested", roles.SUMMARY: "how we got here", roles.DECISIONS: "why it was chosen", roles.COMPARISON: "what it was held against",
    roles.SETUP: "troubleshooting"}
SESSIONS, LONG = 20, 4_000


def where_we_are(material: Material) -> Iterator[Item]:
    """Phase, branch, last session and next step, measured; then the tasks in progress."""
    now = phase(material)
    if now >= 0:
        document = Documents(path for path, _ in material.memory).of(roles.PHASE, now)
        yield listed("phase", [f"**Current phase:** Phase {now}{f' (`{document}`)' if document else ''}"])
    if git := material.git:
        at = f" at {git.commit.sha[:7]} ({line(git.commit.subject, 80)})" if git.commit else ""
        yield listed("git", [f"**Branch:** `{line(git.branch or 'none', 80)}`{at}, {uncommitted(git)}"])
    if material.sessions:
        last = material.sessions[0]
        yield listed("last-session", [f"**Last session:** {last.agent}, {last.ended[:16].replace('T', ' ')} UTC: {subject(last, 160)}"])
    step = continue_from(material)
    if step.task:
        where = "; ".join(filter(None, (f"in `{step.file}`" if step.file else "", step.next)))
        yield listed("next", [f"**Next:** {step.task}{f' ({where})' if where else ''}"])
    yield from of("task", test=lambda r: r.detail("state") == "in progress", state="in progress")(material)


def phase(material: Material) -> int:
    """The phase that is being worked on: the one that work in progress names, else the one behind the last that was finished; -1 when nothing tells."""
    from passdown.loading import phases  # patterns that whoever only reads documents need not compile

    begun = [phases.named(r.title) for r in material.records if r.kind == "task" and r.detail("state") == "in progress"]
    done = [phases.named(r.title) for r in (*material.done, *material.records) if is_done(r) and _finishes(r)]
    return max((n for n in begun if n >= 0), default=max(done, default=-2) + 1 if max(done, default=-1) >= 0 else -1)


def _finishes(record: Record) -> bool:
    """Whether the phase itself was finished, not something in it: `Phase 0 completed`, not `parser of phase 0`."""
    from passdown.loading.phases import PHASE

    return bool(PHASE.match(re.sub(r"^\W*(?:completed?|finished|done)\W+", "", record.title, flags=re.IGNORECASE)))


def of(kind: str, *kinds: str, test: Callable[[Record], bool] = lambda _: True, lead: str = "", **given: str) -> Make:
    """The records of these kinds that pass the test, as a section of `kind` says them."""

    def make(material: Material) -> Iterator[Item]:
        for record in material.records:
            if record.kind in (kinds or (kind,)) and test(record):
                yield entry(record, material, kind, given=given, lead=lead)

    return make


def is_constraint(record: Record) -> bool:
    return record.kind == "knowledge" and record.detail("category") == "constraint"


def is_deferred(record: Record) -> bool:
    return record.kind == "task" and speculative(record) and record.detail("state") in ("", "open")


def what_not(material: Material) -> Iterator[Item]:
    """Constraints, what failed, what was put off: what a newcomer would try next."""
    yield from of("knowledge", test=is_constraint, category="constraint")(material)
    yield from of("knowledge", "approach", test=lambda r: r.detail("outcome") == "failed", lead="**Failed:** ", outcome="failed")(material)
    yield from of("knowledge", "task", test=is_deferred, lead="**Deferred:** ", horizon="future")(material)


def completed(material: Material) -> Iterator[Item]:
    for record in (*material.done, *material.records):
        if is_done(record):
            done = record.kind == "task" and record.detail("state") in ("", "done")
            yield entry(record, material, "task", given={"state": "done"}, mark="- [x] " if done else "- ")


def quick_decisions(names: Mapping[str, str], document: str, said: str) -> Make:
    """Decisions in force in a line each; the whole of them stands in their own document. names: what they are called there, by id.

    said: the text of the context as somebody wrote it: what it says is not said again.
    """

    def make(material: Material) -> Iterator[Item]:
        for record in sorted(material.records, key=lambda r: (numbered(names.get(r.id, "")), r.created, r.id)):
            if record.kind == "decision" and record.title not in said:
                why = record.detail("why")
                name = names.get(record.id, "Decision")
                yield listed(f"{record.id}.quick", [f"**{name}:** {title(record, LONG)}{f' — {line(why, 140)}' if why else ''} (`{document}`)"])

    return make


def numbered(name: str) -> int:
    """The number in `Decision 7`; what has none comes last."""
    found = re.search(r"\d+", name)
    return int(found[0]) if found else 1 << 30


def reading_order(written: Sequence[str]) -> Make:
    """What to read for immediate work, for understanding and for reference: of the documents that are there, and those `written` with this one."""

    def make(material: Material) -> Iterator[Item]:
        documents, now = Documents((*written, *(path for path, _ in material.memory))), phase(material)
        for name, order in ORDERS.items():
            found = [(kind, path) for kind in order if (path := documents.of(kind, now if now >= 0 else min(documents.phases, default=-1)))]
            if found:
                yield Item(key("order", name), f"**{name}:**")
                for n, (kind, path) in enumerate(found, 1):
                    yield Item(key("read", name, path), f"{n}. `{path}` ← {SAYS[kind]}")

    return make


def history(material: Material) -> Iterator[Item]:
    """The sessions, the oldest first: who, what for, what came of it."""
    for session in sorted((s for s in material.sessions[:SESSIONS] if not s.subagent), key=lambda s: (s.started, s.id)):
        yield listed(key("session", session.id), [f"**{session.started[:10]}** ({session.agent}): {asked(session)}", *outcome(session)])


def asked(session: Session) -> str:
    return subject(session, 200) or "nothing said of it"


def outcome(session: Session) -> Iterator[str]:
    """What came of a session: commits, changed files, last words."""
    if session.commits:
        yield f"Commits: {some((f'“{line(c.subject, 80)}”' for c in session.commits), 3)}"
    elif session.files_changed:
        yield f"Changed: {some(map(code, session.files_changed), 4)}"
    if session.last_words:
        yield f"Ended: “{quote(session.last_words, 240)}”"


TURNS = ("milestone", "decision", "approach")


def is_turn(record: Record) -> bool:
    """Whether a record changed where the project goes: something finished, decided, or learned by trying."""
    return record.kind in TURNS and record.detail("outcome") != "untried"


def turning_points(material: Material) -> Iterator[Item]:
    """Milestones, decisions and what trying taught, by the day, the oldest first. The records themselves stand in the other documents."""
    for record in sorted(filter(is_turn, (*material.records, *material.done)), key=lambda r: (r.created, r.id)):
        how = {"milestone": "Reached", "decision": "Decided"}.get(record.kind) or f"Tried ({record.detail('outcome') or 'open'})"
        why = record.detail("why")
        yield listed(f"{record.id}.turn", [f"**{record.created[:10]}** {how}: {title(record, LONG)}{f' — {line(why, 140)}' if why else ''}"])


__all__ = ["completed", "history", "is_constraint", "is_deferred", "is_turn", "of", "phase", "quick_decisions", "reading_order", "turning_points", "what_not",
           "where_we_are"]
