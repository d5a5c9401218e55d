"""`passdown workflow resume`."""

import argparse
from typing import Any

from passdown.actions import productions
from passdown.cli.output import Output
from passdown.cli.run_lines import told, watching
from passdown.project import Project

HELP = """Go on with a run at the phase that was not finished, or with all runs of a batch that are not completed. A run goes on with the plan it began
with; that the plan's file was edited since is said. A phase that still runs is waited for, one that ended while nobody watched is not run again."""


def add_resume(sub: Any) -> None:
    parser = sub.add_parser("resume", help="go on where it stopped", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", metavar="RUN|ITEM|BATCH", help="id, beginning of an id, or item")
    parser.add_argument("--live", action="store_true", help="show what the phases print while they run")
    parser.set_defaults(run_verb=run)


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    if productions.plan_changed(project, args.name):
        out.say("The plan's file has changed since this began; it goes on with the plan it began with. `passdown workflow run` takes the new one.")
    done = productions.resume(project, args.name, watching(project, out, args.live))
    if done.changed:
        out.say(f"Made again, because what it was made from has changed: {', '.join(done.changed)}")
    if not done.runs:
        out.say("There is nothing to go on with.")
    return told(done.runs, out)


__all__ = ["add_resume"]
