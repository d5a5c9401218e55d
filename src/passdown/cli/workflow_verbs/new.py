"""`passdown workflow new`."""

import argparse
from typing import Any

from passdown.actions import plans
from passdown.cli.output import Output
from passdown.project import Project

HELP = """Write a new plan, .passdown/workflows/NAME.yaml, from a template. It works as it is; every part has a comment.

  session     phases, what each reads and leaves
  quality     the same with quality gates, feedback and a person's approval
  cost        the same with budgets of money, tokens and time
  production  all of it"""


def add_new(sub: Any) -> None:
    parser = sub.add_parser("new", help="write a new plan from a template", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", metavar="NAME", help="of the plan")
    parser.add_argument("--template", choices=plans.TEMPLATES, default="production", help="what it begins with (default: production)")
    parser.set_defaults(run_verb=run)


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    path = plans.new(project, args.name, args.template)
    if out.as_json:
        out.json({"name": args.name, "path": plans.shown(project, path), "template": args.template})
        return 0
    out.line(plans.shown(project, path))
    out.say(f"`passdown workflow check {args.name}` shows its phases, `passdown workflow run {args.name} ITEM` runs them. "
            f"After a change of yours, `passdown trust {args.name}`.")
    return 0


__all__ = ["add_new"]
