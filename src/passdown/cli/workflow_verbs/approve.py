"""`passdown workflow approve`."""

import argparse
from typing import Any

from passdown.actions import productions
from passdown.cli.output import Output
from passdown.cli.run_lines import told, watching
from passdown.project import Project

HELP = """Take what a phase made as it is, and go on: one that asks for a person's approval, or one below its gate. A run waits for that as long as it
takes, also over restarts of the machine."""


def add_approve(sub: Any) -> None:
    parser = sub.add_parser("approve", help="take what a phase made, and go on", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", metavar="RUN|ITEM", help="id, beginning of an id, or item")
    parser.add_argument("--words", default="", metavar="TEXT", help="what the phases after it are told, such as who approved it and why")
    parser.add_argument("--later", action="store_true", help="only write it down; `resume` goes on")
    parser.add_argument("--live", action="store_true", help="show what the phases print while they run")
    parser.set_defaults(run_verb=run)


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    done = productions.approve(project, args.name, args.words, go_on=not args.later, progress=watching(project, out, args.live))
    return told([done], out)


__all__ = ["add_approve"]
