"""`passdown resolve`."""

import argparse

from passdown.actions.change import set_status
from passdown.cli.output import Output
from passdown.cli.shown import receipt
from passdown.project import Project

HELP = "Mark records as done or settled: a task finished, a blocker gone, a question answered."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", nargs="+")
    parser.add_argument("--how", default="", metavar="TEXT", help="how it was settled, or the answer")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    for prefix in args.id:
        receipt(set_status(project, prefix, "resolved", args.how), "Resolved", out)
    return 0
