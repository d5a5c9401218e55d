"""`passdown show`."""

import argparse

from passdown.actions.look import show
from passdown.cli.output import Output
from passdown.cli.shown import as_json, block
from passdown.project import Project

HELP = "Show one record whole, with what was said where it came from. The beginning of its id is enough."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="the record's id, or its beginning")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    record, evidence = show(project, args.id)
    if out.as_json:
        out.json({**as_json(record), "said": [{"where": where, "text": text} for where, text in evidence]})
        return 0
    out.line(block(record))
    for where, text in evidence:
        out.line(f"\n  {where}:")
        for row in text.splitlines():
            out.line(f"  │ {row}")
    return 0
