"""`passdown workflow cancel`."""

import argparse
from typing import Any

from passdown.actions import productions
from passdown.cli.output import Output
from passdown.cli.run_lines import line
from passdown.project import Project

HELP = "Stop a run, or all open runs of a batch, and end what runs of it. What is finished stays; `passdown workflow resume` goes on with it."


def add_cancel(sub: Any) -> None:
    parser = sub.add_parser("cancel", help="stop a run or a batch", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", metavar="RUN|ITEM|BATCH", help="id, beginning of an id, or item")
    parser.set_defaults(run_verb=run)


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    done = productions.cancel(project, args.name)
    if out.as_json:
        out.json({"runs": done})
    for one in [] if out.as_json else done:
        out.line(line(one))
    return 0


__all__ = ["add_cancel"]
