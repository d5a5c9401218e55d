"""`passdown list`."""

import argparse

from passdown.actions.look import records
from passdown.cli.output import Output
from passdown.cli.shown import as_json, counted, line
from passdown.model.record import KINDS
from passdown.project import Project

HELP = "List records, the last updated first: active ones, unless --all."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--all", action="store_true", help="also superseded, resolved, archived and expired ones")
    parser.add_argument("--kind", choices=tuple(KINDS), default="", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--extracted", action="store_true", help="only those that were extracted from sessions: the list to review")
    parser.add_argument("--session", default="", metavar="ID", help="only those said in this session")
    parser.add_argument("--limit", type=int, default=-1, metavar="N", help="at most so many")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    found = records(project, kind=args.kind, every=args.all, extracted=args.extracted, session=args.session)
    found = found[: args.limit] if args.limit >= 0 else found
    if out.as_json:
        out.json([as_json(r) for r in found])
        return 0
    for record in found:
        out.line(out.fit(line(record)))
    out.say(f"{counted(len(found), 'record')}." if found else "No records yet: `passdown capture` extracts some, `passdown note` keeps one.")
    return 0
