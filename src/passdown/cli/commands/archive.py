"""`passdown archive`."""

import argparse

from passdown.actions.change import set_status
from passdown.cli.output import Output
from passdown.cli.shown import receipt
from passdown.project import Project

HELP = "Put records away: they are kept, but no briefing shows them."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", nargs="+")
    parser.add_argument("--why", default="", metavar="TEXT", help="why it does not matter any more")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    for prefix in args.id:
        receipt(set_status(project, prefix, "archived", args.why), "Archived", out)
    return 0
