"""`passdown trust`."""

import argparse
import sys
from collections.abc import Iterator, Sequence

from passdown.actions import plans, trust
from passdown.cli import plan_lines
from passdown.cli.output import Output
from passdown.cli.shown import counted
from passdown.errors import UsageError
from passdown.project import Project
from passdown.workflows.commands import commands

HELP = """Let the plans of a repository run on this machine, after you have seen every command in them.

What comes with a repository is data until then. A plan is trusted by its very text: when somebody changes it, it asks again. What its commands
do in their turn is theirs: look at the programs that they start, too."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", metavar="NAME", nargs="*", help="of plans (default: all)")
    parser.add_argument("--yes", action="store_true", help="do not ask; what would run is still shown. --json never asks, and trusts only with this")
    parser.add_argument("--dry-run", action="store_true", help="only show what would run")
    parser.add_argument("--list", action="store_true", help="show what is trusted on this machine, of all projects")
    parser.add_argument("--revoke", action="store_true", help="take the trust back; without names that of every plan of this project")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    if args.list:
        return everything(out)
    if args.revoke:
        return revoked(args.names, project, out)
    found = [plans.read(project, name) for name in args.names or plans.names(project)]
    asked = [one for one in found if not one.trusted and one.parsed.plan]
    if not out.as_json:
        show(found, project, out, named=bool(args.names))
    agreed = bool(asked) and not args.dry_run and (args.yes or (not out.as_json and confirmed(asked, out)))
    if agreed:
        trust.keep(project, [(one.path, one.data) for one in asked])
    report(found, asked if agreed else [], project, out)
    return 0


def show(found: Sequence[plans.Checked], project: Project, out: Output, *, named: bool) -> None:
    """Of each plan every command, whole; of one that cannot run, why. named: also of one that is trusted already."""
    for one in found:
        for line in told(one, plans.shown(project, one.path), whole=named or not one.trusted):
            out.line(line)


def told(one: plans.Checked, where: str, *, whole: bool) -> Iterator[str]:
    """What one plan would run, or why it cannot; without `whole` only that it is trusted."""
    plan = one.parsed.plan
    if plan is None:
        yield f"{where}: cannot run, and is not trusted"
        yield from plan_lines.problems(one.parsed.errors, "    " + where)
        return
    yield f"{where}: trusted already" if one.trusted else f"{where} would run"
    if whole:
        yield from plan_lines.commands(commands(plan))


def confirmed(asked: Sequence[plans.Checked], out: Output) -> bool:
    """The user's yes. Raises `UsageError` where nobody can be asked."""
    if not sys.stdin.isatty():
        raise UsageError("trust asks before anything of a repository may run", "Read what would run, then repeat it with --yes.")
    out.say(f"Let {counted(len(asked), 'plan')} run on this machine, as they are now? Type yes: ")
    return sys.stdin.readline().strip().lower() == "yes"


def report(found: Sequence[plans.Checked], agreed: Sequence[plans.Checked], project: Project, out: Output) -> None:
    if out.as_json:
        out.json({"plans": [as_json(one, one.trusted or one in agreed, project) for one in found]})
    elif not found:
        out.say("No plan of this project would run anything.")
    else:
        out.say(f"Trusted: {', '.join(one.parsed.name for one in agreed)}." if agreed else "Nothing was changed.")


def as_json(one: plans.Checked, trusted: bool, project: Project) -> dict[str, object]:
    plan = one.parsed.plan
    return {"name": one.parsed.name, "path": plans.shown(project, one.path), "trusted": trusted and plan is not None,
            "commands": list(commands(plan)) if plan else [], "errors": one.parsed.errors}


def everything(out: Output) -> int:
    found = trust.listed()
    if out.as_json:
        out.json({"trusted": found})
        return 0
    for one in found:
        out.line(f"{one.when[:10]}  {one.project}  {one.path.partition(':')[2]}  {one.digest[:12]}")
    if not found:
        out.say("Nothing is trusted on this machine.")
    return 0


def revoked(names: Sequence[str], project: Project, out: Output) -> int:
    gone = trust.revoke(project, [project.layout.plan(name) for name in names])
    if out.as_json:
        out.json({"revoked": gone})
    else:
        out.say(f"Taken back: {', '.join(dict.fromkeys(one.path.partition(':')[2] for one in gone))}." if gone else "Nothing of that was trusted.")
    return 0
