"""`passdown workflow review`."""

import argparse
import sys
from typing import Any

from passdown.actions import plan_review
from passdown.actions.observed_runs import observed
from passdown.cli.output import Output
from passdown.cli.shown import counted
from passdown.errors import UsageError
from passdown.project import Project
from passdown.workflows.proposal import Proposal

HELP = """What the runs so far have taught about a plan: budgets from what was used, minimums that everything passes, retries that never helped. A change is
shown with its evidence, and as a diff; nothing changes by itself.

  passdown workflow review podcast           the evidence and the diff
  passdown workflow review podcast --apply   write it into the plan, after asking; all other lines stay as they are"""


def add_review(sub: Any) -> None:
    parser = sub.add_parser("review", help="what runs have taught about a plan", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", metavar="NAME", help="of the plan")
    parser.add_argument("--apply", action="store_true", help="write the changes into the plan, after asking")
    parser.add_argument("--yes", action="store_true", help="with --apply: do not ask")
    parser.set_defaults(run_verb=run)


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    done = plan_review.review(project, args.name, observed(project, args.name))
    if not out.as_json:
        tell(done, out)
    applied = bool(args.apply and done.proposal.diff) and (args.yes or confirmed(done.path, out))
    if applied:
        plan_review.apply(project, done)
    if out.as_json:
        out.json({"path": done.path, "runs": done.runs, "applied": applied, "changes": [as_json(c.lesson, c.line) for c in done.proposal.changes],
                  "remarks": done.proposal.remarks, "diff": done.proposal.diff})
    elif args.apply:
        out.say(f"{done.path} was changed." if applied else "Nothing was changed.")
    return 0


def as_json(lesson: Any, line: int) -> dict[str, object]:
    return {"key": ".".join(lesson.path), "line": line, "before": lesson.before, "after": lesson.after, "why": lesson.why}


def tell(done: plan_review.Review, out: Output) -> None:
    """The evidence behind each line, then the diff."""
    proposal = done.proposal
    for line in evidence(proposal, done.path):
        out.line(line)
    if proposal.diff:
        out.line()
        out.text(proposal.diff)
    if not proposal.changes and not proposal.remarks:
        out.say(f"Nothing to change, after {counted(done.runs, 'phase')} that ended in all. A budget is proposed after 5 attempts at a phase that passed, "
                "a gate's minimum after 10.")


def evidence(proposal: Proposal, path: str) -> list[str]:
    """A line each: where, what, why."""
    rows = []
    for change in proposal.changes:
        what = f"{'.'.join(change.lesson.path)}: {change.lesson.before or 'none'} → {change.lesson.after}"
        rows.append(f"{path}:{change.line}: {what}: {change.lesson.why}" if change.line else f"{path}: by hand: {what}: {change.lesson.why}")
    return rows + [f"{path}: {remark.phase}: {remark.text}" for remark in proposal.remarks]


def confirmed(path: str, out: Output) -> bool:
    """The user's yes. Raises `UsageError` where nobody can be asked."""
    if not sys.stdin.isatty():
        raise UsageError("review asks before it changes a plan", "Read the diff, then repeat it with --apply --yes.")
    out.say(f"Write this into {path}? Type yes: ")
    return sys.stdin.readline().strip().lower() == "yes"


__all__ = ["add_review"]
