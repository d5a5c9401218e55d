"""`passdown workflow list`."""

import argparse
from typing import Any

from passdown.actions import plans, production_views
from passdown.cli.output import Output
from passdown.cli.run_lines import line
from passdown.project import Project

HELP = "The plans of this project, and its runs, newest first."


def add_list(sub: Any) -> None:
    parser = sub.add_parser("list", help="plans and runs", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--active", action="store_true", help="only runs that somebody or something has still to do with")
    parser.add_argument("--batch", default="", metavar="BATCH", help="only runs of this batch")
    parser.add_argument("--plan", default="", metavar="NAME", help="only runs of this plan")
    parser.set_defaults(run_verb=run)


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    found, named = production_views.runs(project, active=args.active, batch_id=args.batch, plan=args.plan), plans.names(project)
    if out.as_json:
        out.json({"plans": named, "runs": found})
        return 0
    out.line("plans  " + (", ".join(named) or "none yet"))
    for one in found:
        out.line(line(one) + (f"  in {one.batch}" if one.batch else ""))
    return 0


__all__ = ["add_list"]
