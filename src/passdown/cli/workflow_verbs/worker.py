"""`passdown workflow worker`."""

import argparse
from typing import Any

from passdown.actions import productions
from passdown.cli.output import Output
from passdown.cli.run_lines import told, watching
from passdown.project import Project

HELP = """Help with a batch that another process began, on this machine or, with the same PostgreSQL, on another one. What a process that was killed left
is taken over. Ends when the batch does."""


def add_worker(sub: Any) -> None:
    parser = sub.add_parser("worker", help="help with a batch", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("batch", metavar="BATCH", help="its id")
    parser.add_argument("--live", action="store_true", help="show what the phases print while they run")
    parser.set_defaults(run_verb=run)


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    return told(productions.help_with(project, args.batch, watching(project, out, args.live)), out)


__all__ = ["add_worker"]
