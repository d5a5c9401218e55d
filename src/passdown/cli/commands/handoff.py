"""`passdown handoff`."""

import argparse
from collections.abc import Callable
from pathlib import Path

from passdown.actions.handoff import Document, Handoff, Order, handoff
from passdown.cli.output import Output
from passdown.errors import UsageError
from passdown.formats.table import STYLES
from passdown.project import Project

HELP = """Write or update the hand-off document: capture what is new, keep what still holds, archive what does not, say what is missing.

The style `session-memory` writes .tmp/SESSION_MEMORY.md. Lines that others wrote stay as they are; ours carry a comment, `<!-- pd:… -->`.
A document that git would track holds shared records only."""
MIN_BUDGET = 100
NAMED = 5
MARKS = {True: "✔", False: "✗", None: "?"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--style", default="session-memory", metavar="NAME", help=f"{', '.join(STYLES)} (default: session-memory)")
    parser.add_argument("--out", metavar="FILE", type=Path, help="write it there and not at the style's own place")
    parser.add_argument("--budget-lines", metavar="N", type=int, default=0, help="lines of the whole document (default: what the style gives it)")
    parser.add_argument("--run", action="store_true", help="also run the quick-start commands, to see whether they work")
    parser.add_argument("--dry-run", action="store_true", help="print the document; capture and write nothing")
    parser.add_argument("--include-private", action="store_true", help="put what was not shared into a document that git would track, too")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    if 0 < args.budget_lines < MIN_BUDGET:
        raise UsageError(f"{args.budget_lines} lines are too few", f"Give at least {MIN_BUDGET}.")
    order = Order(args.style, args.out, args.budget_lines, args.run, args.dry_run, args.include_private)
    done = handoff(project, order, lambda n, of, p: out.progress(f"{n + 1}/{of} {p.name}") if of > 1 else None)
    out.progress("")
    for failed in (c for c in done.captured if c.error):
        out.say(f"passdown: {failed.error.message}" if failed.error else "")
    if out.as_json:
        out.json(as_json(done))
    elif args.dry_run:
        for one in done.documents:
            out.text(one.text)
        tell(done, out.say)
    else:
        tell(done, out.line)
    return 0


def tell(done: Handoff, line: Callable[[str], None]) -> None:
    """The report: what was done, how long it came out, what holds, what is missing."""
    for one in done.documents:
        tell_document(one, line)
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
    if draft.archived or draft.expired:
        line(f"  archive: {draft.archived} moved there, {draft.expired} older than two weeks went")
    if any(s.lines > s.budget for s in draft.sections):
        line("  over their budget of lines: " + " · ".join(f"{s.name} {s.lines}/{s.budget}" for s in draft.sections if s.lines > s.budget))
    if draft.left_out:
        more = f" and {len(draft.left_out) - NAMED} more" if len(draft.left_out) > NAMED else ""
        line("Left out: " + "; ".join(f"{left.title[:60]} ({left.why})" for left in draft.left_out[:NAMED]) + more)
    if draft.edited:
        line(f"Rewritten by hand and kept: {', '.join(draft.edited)}. `passdown edit ID --text \"…\"` takes the words into a record.")
    if one.replaced:
        line(f"{one.replaced} secrets were replaced before writing.")
    if one.personal:
        line(f"{one.personal} e-mail addresses or telephone numbers stand in lines that are not ours: take them out.")
    if one.shared_only:
        line("git would track this file: it holds shared records only. `--include-private` puts the others in.")


def as_json(done: Handoff) -> dict[str, object]:
    """One object for scripts: the first document's facts, those of all in `documents`."""
    return {**document_json(done.first), "documents": [document_json(d) for d in done.documents], "checks": done.checks, "missing": done.gaps,
            "unshared": done.unshared, "new_events": sum(c.new_events for c in done.captured)}


def document_json(one: Document) -> dict[str, object]:
    draft = one.draft
    return {
        "path": str(one.path), "state": one.state, "lines": one.text.count("\n"), "sections": draft.sections, "updated": draft.updated,
        "archived": draft.archived, "expired": draft.expired, "edited": draft.edited, "left_out": draft.left_out, "shared_only": one.shared_only,
        "redacted": one.replaced}
