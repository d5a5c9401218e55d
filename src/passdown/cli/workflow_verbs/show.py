"""`passdown workflow show`."""

import argparse
from typing import Any

from passdown.actions import production_views
from passdown.cli import plan_lines
from passdown.cli.output import Output
from passdown.cli.run_lines import attempt_line, line, note, used
from passdown.model.handed import handed
from passdown.project import Project

HELP = "A run with its plan as it began, every attempt, what each left behind, and what it used."


def add_show(sub: Any) -> None:
    parser = sub.add_parser("show", help="a run with its attempts", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", metavar="RUN|ITEM", help="id, beginning of an id, or item")
    parser.set_defaults(run_verb=run)


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    found = production_views.show(project, args.name)
    if out.as_json:
        out.json(found)
        return 0
    out.line(line(found.run) + note(found.run))
    out.line(f"began {found.run.created}, last changed {found.run.updated}; used {used(found.used)}")
    for row in plan_lines.phases(found.plan):
        out.line(row)
    for attempt in found.attempts:
        out.line(attempt_line(attempt))
        for path, sha in attempt.outputs.items():
            out.line(f"      {handed(path)}  {sha}")
    return 0


__all__ = ["add_show"]
