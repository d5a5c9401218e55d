"""`passdown supersede`."""

import argparse

from passdown.actions.change import supersede
from passdown.cli.details import add_details, details_of
from passdown.cli.output import Output
from passdown.cli.shown import receipt
from passdown.project import Project

HELP = """Replace a record by a new one of the same kind. The old one stays, marked as superseded; details that you do not give are taken over."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="the record to replace")
    parser.add_argument("text", metavar="TEXT", help="what holds now")
    add_details(parser)
    parser.add_argument("--file", metavar="PATH[:LINES]", action="append", default=[], help="a place it rests on")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    receipt(supersede(project, args.id, args.text, details_of(args), args.file), "Kept", out)
    return 0
