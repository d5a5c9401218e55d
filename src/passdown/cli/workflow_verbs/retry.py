"""`passdown workflow retry`."""

import argparse
from typing import Any

from passdown.actions import productions
from passdown.cli.output import Output
from passdown.cli.run_lines import told, watching
from passdown.project import Project

HELP = "Make a phase of a run again, and all phases that need it, though nothing they were made from has changed."


def add_retry(sub: Any) -> None:
    parser = sub.add_parser("retry", help="make it again from a phase on", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", metavar="RUN|ITEM", help="id, beginning of an id, or item")
    parser.add_argument("--from", dest="phase", metavar="PHASE", required=True, help="the first phase to make again")
    parser.add_argument("--live", action="store_true", help="show what the phases print while they run")
    parser.set_defaults(run_verb=run)


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    return told(productions.retry(project, args.name, args.phase, watching(project, out, args.live)).runs, out)


__all__ = ["add_retry"]
