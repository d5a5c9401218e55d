"""`passdown workflow run`."""

import argparse
from typing import Any

from passdown.actions import plans, production_views, productions
from passdown.cli import plan_lines
from passdown.cli.output import Output
from passdown.cli.run_lines import told, watching
from passdown.model.handed import handed
from passdown.project import Project
from passdown.workflows.model import Plan

HELP = """Carry one item through a plan, phase by phase. Whatever ends it, `passdown workflow resume ITEM` goes on at the phase that was not finished;
what is finished is not made again unless what it was made from has changed.

  passdown workflow run podcast ep-005
  passdown workflow run podcast ep-005 --dry-run   what it would run, what it would keep; nothing is run"""


def add_run(sub: Any) -> None:
    parser = sub.add_parser("run", help="carry one item through a plan", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plan", metavar="PLAN", help="its name")
    parser.add_argument("item", metavar="ITEM", help="what is produced: the name of its folder")
    parser.add_argument("--live", action="store_true", help="show what the phases print while they run")
    parser.add_argument("--dry-run", action="store_true", help="say what would run; run and write nothing")
    parser.set_defaults(run_verb=run)


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    plan = plans.runnable(project.require(), args.plan)
    if args.dry_run:
        return forecast(project, plan, [args.item], out)
    return told([productions.run(project, plan, args.item, watching(project, out, args.live))], out)


def forecast(project: Project, plan: Plan, items: list[str], out: Output) -> int:
    """What would be done for each item."""
    found = {item: production_views.forecast(project, plan, item) for item in items}
    if out.as_json:
        out.json({"plan": plan.name, "items": [{"item": item, "phases": steps} for item, steps in found.items()]})
        return 0
    for line in plan_lines.phases(plan):
        out.line(line)
    for item, steps in found.items():
        out.line(f"{handed(item)}: " + ", ".join(f"{one.phase} ({one.what}{': ' + one.why if one.why else ''})" for one in steps))
    return 0


__all__ = ["add_run", "forecast"]
