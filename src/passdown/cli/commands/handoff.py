"""`passdown handoff`."""

import argparse
import shlex
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from passdown.actions.document_files import style_of
from passdown.actions.document_writing import Document, Order
from passdown.actions.documents import without_marks
from passdown.actions.handoff import Handoff, handoff
from passdown.briefing.quoted import quoted
from passdown.cli.output import Output
from passdown.errors import UsageError
from passdown.formats.edits import Clash, parts
from passdown.formats.table import STYLES
from passdown.model.handed import SPEAKS, handed
from passdown.model.ids import ID
from passdown.model.suspect import suspect
from passdown.project import Project

HELP = """Write or update the hand-off document: capture what is new, keep what still holds, archive what does not, say what is missing.

The style is the one that .passdown/config.toml names (`style = "…"`). Lines that others wrote stay as they are; ours carry a comment,
`<!-- pd:… -->`. What somebody changed in the document since goes into the records first, and `passdown undo` takes that back: an item
rewritten or ticked, a line added. Where a record was changed too, both stay and are shown; --prefer decides. A line that was deleted
stays out, its record is kept. A document that git would track holds shared records only.

  passdown handoff
  passdown handoff --style session-log --variant bug
  passdown handoff --template --style session-handoff > HANDOFF.md"""
MIN_BUDGET = 100
NAMED = 5
MARKS = {True: "✔", False: "✗", None: "?"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--style", default="", metavar="NAME", help=f"{', '.join(STYLES)} (default: the project's setting)")
    parser.add_argument("--out", metavar="FILE", type=Path, help="write it there and not at the style's own place")
    parser.add_argument("--variant", default="", metavar="NAME",
                        help="the form for a kind of work, where the style has one: bug, feature, refactor (default: measured)")
    parser.add_argument("--template", action="store_true", help="print the style's empty document, with what each section is for; write nothing")
    parser.add_argument("--prefer", default="", choices=("document", "record"), help="who wins where both were changed (default: neither; both are kept)")
    parser.add_argument("--restore", action="store_true", help="say again what somebody deleted from the document, measure again what was rewritten")
    parser.add_argument("--trust-template", action="store_true", help="accept a template of this project that came with the repository; asked for once")
    parser.add_argument("--budget-lines", metavar="N", type=int, default=0, help="lines of the whole document (default: what the style gives it)")
    parser.add_argument("--run", action="store_true", help="also run the quick-start commands, to see whether they work")
    parser.add_argument("--dry-run", action="store_true", help="print the document; capture and write nothing")
    parser.add_argument("--include-private", action="store_true", help="put what was not shared into a document that git would track, too")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    if 0 < args.budget_lines < MIN_BUDGET:
        raise UsageError(f"{args.budget_lines} lines are too few", f"Give at least {MIN_BUDGET}.")
    if args.template:
        return template(args.style or project.config.style, out)
    order = Order(args.style, args.out, args.budget_lines, args.run, args.dry_run, args.include_private, args.variant, args.prefer, args.restore,
                  args.trust_template)
    done = handoff(project, order, lambda n, of, p: out.progress(f"{n + 1}/{of} {p.name}") if of > 1 else None)
    out.progress("")
    for failed in (c for c in done.captured if c.error):
        out.say(f"passdown: {failed.error.message}" if failed.error else "")
    for one in done.documents:
        for number, kind in one.replaced:
            out.say(f"passdown: {one.path}:{number}: what looks like a secret ({kind}) was replaced; revoke it where it was issued if it was real")
    if out.as_json:
        out.json(as_json(done))
    elif args.dry_run:
        for one in done.documents:
            bare = without_marks(one.text)
            out.text(one.text if out.is_seen else quoted(bare, SPEAKS if suspect(bare) else ""))
        tell(done, out.say)
    else:
        tell(done, out.line)
    return 0


def template(style: str, out: Output) -> int:
    """The empty documents of a style; needs no store."""
    from passdown.formats.template import blank

    text = blank(style_of(style).name)
    if out.as_json:
        out.json({"style": style, "text": text})
    else:
        out.text(text)
    return 0


def tell(done: Handoff, line: Callable[[str], None]) -> None:
    """The report: what was done, how long it came out, what holds, what is missing."""
    for one in done.documents:
        tell_document(one, line)
    for path, new in done.retired:
        line(f"Completed, and put away after 30 days: {path} → {new}")
    if done.unkept:
        line(f"What was changed in documents was left there and not taken into the records: {done.unkept}")
    if done.left_out:
        more = f" and {len(done.left_out) - NAMED} more" if len(done.left_out) > NAMED else ""
        line("Left out: " + "; ".join(f"{handed(left.title[:60])} ({left.why})" for left in done.left_out[:NAMED]) + more)
    if done.checks:
        line("Self-verification:")
    for check in done.checks:
        line(f"  {MARKS[check.ok]} {check.name}: {check.why}")
    if done.gaps:
        line("Missing:")
    for gap in done.gaps:
        line(f"  {gap.what}\n    {gap.fix}")
    if done.unshared and not any(d.shared_only for d in done.documents):
        ids = " ".join(i[:12] for i in done.unshared[:NAMED])
        line(f"{len(done.unshared)} notes are on this machine only: `passdown share {ids}{' …' if len(done.unshared) > NAMED else ''}`")


def tell_document(one: Document, line: Callable[[str], None]) -> None:
    """What was done to one document, what was left out, and what was left as it is."""
    draft = one.draft
    line(f"{one.state.capitalize()} {one.path} ({one.text.count(chr(10))} lines)" + (f": {', '.join(draft.updated)}" if one.state == "updated" else ""))
    tell_score(one, line)
    if draft.archived or draft.expired:
        line(f"  archive: {draft.archived} moved there, {draft.expired} older than two weeks went")
    if any(s.lines > s.budget for s in draft.sections):
        line("  over their budget of lines: " + " · ".join(f"{s.name} {s.lines}/{s.budget}" for s in draft.sections if s.lines > s.budget))
    tell_flow(one, line)
    if one.unknown:
        line(f"  {one.unknown} lines that others wrote are no records: `passdown import {one.path}` takes them in")
    if one.replaced:
        line(f"  secrets replaced before writing, by line: {', '.join(f'{number} ({kind})' for number, kind in one.replaced)}")
    if one.personal:
        line(f"{one.personal} e-mail addresses or telephone numbers stand in lines that are not ours: take them out.")
    if one.shared_only:
        line("git would track this file: it holds shared records only. `--include-private` puts the others in.")


def tell_score(one: Document, line: Callable[[str], None]) -> None:
    """How good the document is, and where to read why."""
    checked = one.checked
    if checked.score is None:
        return
    found = Counter(f.severity for f in checked.findings)
    said = ", ".join(f"{found[s]} {s}{'s' if found[s] > 1 and s != 'info' else ''}" for s in ("error", "warning", "info") if found[s])
    line(f"  score {checked.score:.1f}/10, confidence {checked.confidence}, about {checked.recovery_minutes} min to recover"
         + (f"; {said}: `passdown check {checked.path} --explain`" if said else ""))


def tell_flow(one: Document, line: Callable[[str], None]) -> None:
    """What people and agents had changed in the document, and what became of it."""
    flow = one.flow
    for taken in (t for t in flow.taken if t.changed):
        line(f"  taken from the document: {taken.record.id} {handed(taken.record.title[:60])} ({', '.join(taken.changed)})")
    for record in flow.added:
        line(f"  new from the document: {record.id} {record.kind}: {handed(record.title[:60])}")
    for clash in flow.clashes:
        line(f"  not taken, {clash.why}: {clash.record.id}")
        line(f"    document: {handed(clash.said.title[:120])}\n    record:   {handed(clash.record.title[:120])}\n    {choice(clash)}")
    told = {c.record.id for c in flow.clashes}
    if kept := [key for key in dict.fromkeys(one.draft.edited) if key not in told]:
        again = " (--restore measures again)" if any(not ID.fullmatch(key.partition(".")[0]) for key in kept) else ""
        line(f"  rewritten by hand and kept: {', '.join(kept)}{again}")


def choice(clash: Clash) -> str:
    """The commands that settle it, either way."""
    if clash.taken is None:
        return f"`passdown edit {clash.record.id} --text \"…\"` changes the record"
    set_ = [f"--set {shlex.quote(f'{n}={clash.taken.detail(n)}')}" for n in parts(clash.record, clash.taken) if n in clash.taken.details]
    text = [f"--text {shlex.quote(clash.taken.text)}"] if clash.taken.text != clash.record.text else []
    return f"the document's words: `passdown edit {' '.join([clash.record.id, *text, *set_])}`; the record's: `passdown handoff --prefer record`"


def as_json(done: Handoff) -> dict[str, object]:
    """One object for scripts: the first document's facts, those of all in `documents`."""
    return {"style": done.style, **document_json(done.first), "left_out": done.left_out, "unkept": done.unkept, "retired": done.retired,
            "documents": [document_json(d) for d in done.documents],
            "checks": done.checks, "missing": done.gaps,
            "unshared": done.unshared, "new_events": sum(c.new_events for c in done.captured)}


def document_json(one: Document) -> dict[str, object]:
    draft = one.draft
    return {
        "path": str(one.path), "state": one.state, "lines": one.text.count("\n"), "sections": draft.sections, "updated": draft.updated,
        "archived": draft.archived, "expired": draft.expired, "edited": draft.edited, "left_out": draft.left_out, "shared_only": one.shared_only,
        "redacted": len(one.replaced), "secrets": [{"line": number, "code": kind} for number, kind in one.replaced],
        "taken": [{"id": t.record.id, "changed": t.changed} for t in one.flow.taken if t.changed],
        "added": [{"id": r.id, "kind": r.kind, "title": r.title} for r in one.flow.added],
        "conflicts": [{"id": c.record.id, "why": c.why, "document": c.said.text, "record": c.record.text, "fix": choice(c)} for c in one.flow.clashes],
        "deleted": [r.id for r in one.flow.gone], "unknown": one.unknown, "score": one.checked.score, "confidence": one.checked.confidence,
        "recovery_minutes": one.checked.recovery_minutes, "findings": one.checked.findings}
