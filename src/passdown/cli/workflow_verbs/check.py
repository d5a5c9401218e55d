"""`passdown workflow check`."""

import argparse
from typing import Any

from passdown.actions import plans
from passdown.cli import plan_lines
from passdown.cli.output import Output
from passdown.cli.shown import counted
from passdown.errors import NoSuchPlan
from passdown.model.handed import handed
from passdown.project import Project

HELP = """Read a plan and say what is wrong, with line and column; then its phases in the order they run in, with their budgets.

Exit code 1 when a plan cannot run. Nothing is run, trusted or not."""


def add_check(sub: Any) -> None:
    parser = sub.add_parser("check", help="what is wrong with a plan, and its phases in order", description=HELP,
                            formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", metavar="NAME", nargs="*", help="of plans (default: all)")
    parser.set_defaults(run_verb=run)


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    found = [plans.read(project, name) for name in args.names or plans.names(project)]
    if not found:
        raise NoSuchPlan(name="NAME", near=": there are no plans here.", path=project.layout.plans)
    if out.as_json:
        out.json({"plans": [as_json(project, one) for one in found]})
    for one in [] if out.as_json else found:
        tell(project, one, out)
    return int(any(one.parsed.plan is None for one in found))


def as_json(project: Project, one: plans.Checked) -> dict[str, object]:
    return {"name": one.parsed.name, "path": plans.shown(project, one.path), "about": one.parsed.about, "trusted": one.trusted, "plan": one.parsed.plan,
            "problems": one.parsed.problems}


def tell(project: Project, one: plans.Checked, out: Output) -> None:
    where, plan = plans.shown(project, one.path), one.parsed.plan
    for line in plan_lines.problems(one.parsed.problems, where):
        out.line(line)
    if plan is None:
        out.say(f"{where} cannot run: {counted(len(one.parsed.errors), 'mistake')}.")
        return
    whole = plan_lines.budget(plan.budget)
    out.line(f"{plan.name}: " + (handed(one.parsed.about) or counted(len(plan.phases), "phase")) + (f"; an item at most {whole}" if whole else ""))
    for line in plan_lines.phases(plan):
        out.line(line)
    if not one.trusted:
        out.say(f"It does not run before `passdown trust {plan.name}`: it is not as you have seen it last.")


__all__ = ["add_check"]
