"""`passdown handoff`."""

import argparse
from collections.abc import Callable
from pathlib import Path

from passdown.actions.handoff import Handoff, Order, handoff
from passdown.cli.output import Output
from passdown.errors import UsageError
from passdown.project import Project

HELP = """Write or update the hand-off document: capture what is new, keep what still holds, archive what does not, say what is missing.

The style `session-memory` writes .tmp/SESSION_MEMORY.md. Lines that others wrote stay as they are; ours carry a comment, `<!-- pd:… -->`.
A document that git would track holds shared records only."""
MIN_BUDGET = 100
NAMED = 5
MARKS = {True: "✔", False: "✗", None: "?"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--style", default="session-memory", metavar="NAME", help="session-memory")
    parser.add_argument("--out", metavar="FILE", type=Path, help="write it there and not at the style's own place")
    parser.add_argument("--budget-lines", metavar="N", type=int, default=500, help="lines of the whole document (default: 500)")
    parser.add_argument("--run", action="store_true", help="also run the quick-start commands, to see whether they work")
    parser.add_argument("--dry-run", action="store_true", help="print the document; capture and write nothing")
    parser.add_argument("--include-private", action="store_true", help="put what was not shared into a document that git would track, too")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    if args.budget_lines < MIN_BUDGET:
        raise UsageError(f"{args.budget_lines} lines are too few for thirteen sections", f"Give at least {MIN_BUDGET}.")
    order = Order(args.style, args.out, args.budget_lines, args.run, args.dry_run, args.include_private)
    done = handoff(project, order, lambda n, of, p: out.progress(f"{n + 1}/{of} {p.name}") if of > 1 else None)
    out.progress("")
    for failed in (c for c in done.captured if c.error):
        out.say(f"passdown: {failed.error.message}" if failed.error else "")
    if out.as_json:
        out.json(as_json(done))
    elif args.dry_run:
        out.text(done.text)
        tell(done, out.say)
    else:
        tell(done, out.line)
    return 0


def tell(done: Handoff, line: Callable[[str], None]) -> None:
    """The report: what was done, how long it came out, what holds, what is missing."""
    draft = done.draft
    total = done.text.count("\n")
    line(f"{done.state.capitalize()} {done.path} ({total} lines)" + (f": {', '.join(draft.updated)}" if done.state == "updated" else ""))
    if draft.archived or draft.expired:
        line(f"  archive: {draft.archived} moved there, {draft.expired} older than two weeks went")
    line("  lines/budget: " + " · ".join(f"{s.number}: {s.lines}/{s.budget}{' over' if s.lines > s.budget else ''}" for s in draft.sections))
    line("Self-verification:")
    for check in done.checks:
        line(f"  {MARKS[check.ok]} {check.name}: {check.why}")
    if done.gaps:
        line("Missing:")
    for gap in done.gaps:
        line(f"  {gap.what}\n    {gap.fix}")
    tell_rest(done, line)


def tell_rest(done: Handoff, line: Callable[[str], None]) -> None:
    """What was left out, what was left as it is, and who can see what."""
    draft = done.draft
    if draft.left_out:
        more = f" and {len(draft.left_out) - NAMED} more" if len(draft.left_out) > NAMED else ""
        line("Left out: " + "; ".join(f"{one.title[:60]} ({one.why})" for one in draft.left_out[:NAMED]) + more)
    if draft.edited:
        line(f"Rewritten by hand and kept: {', '.join(draft.edited)}. `passdown edit ID --text \"…\"` takes the words into a record.")
    if done.replaced:
        line(f"{done.replaced} secrets were replaced before writing.")
    if done.personal:
        line(f"{done.personal} e-mail addresses or telephone numbers stand in lines that are not ours: take them out.")
    if done.shared_only:
        line("git would track this file: it holds shared records only. `--include-private` puts the others in.")
    elif done.unshared:
        ids = " ".join(i[:12] for i in done.unshared[:NAMED])
        line(f"{len(done.unshared)} notes are on this machine only: `passdown share {ids}{' …' if len(done.unshared) > NAMED else ''}`")


def as_json(done: Handoff) -> dict[str, object]:
    """One object for scripts."""
    draft = done.draft
    return {
        "path": str(done.path), "state": done.state, "lines": done.text.count("\n"), "sections": draft.sections, "updated": draft.updated,
        "archived": draft.archived, "expired": draft.expired, "edited": draft.edited, "left_out": draft.left_out, "checks": done.checks, "missing": done.gaps,
        "shared_only": done.shared_only, "redacted": done.replaced, "unshared": done.unshared, "new_events": sum(c.new_events for c in done.captured)}
