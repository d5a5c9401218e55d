"""`passdown share`."""

import argparse

from passdown.actions.change import share, share_session
from passdown.actions.look import show
from passdown.cli.output import Output
from passdown.cli.shown import as_json, line, receipt
from passdown.project import Project

HELP = "Publish records into the work tree (`.passdown/records/`), so that the team gets them with the next commit."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", nargs="+", help="records; with --session sessions")
    parser.add_argument("--session", action="store_true", help="publish sessions' facts, without tokens, cost and times of day")
    parser.add_argument("--dry-run", action="store_true", help="only show what would be published")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    if args.dry_run:
        found = [show(project, prefix)[0] for prefix in args.id]
        if out.as_json:
            out.json([as_json(record) for record in found])
            return 0
        for record in found:
            out.line(f"Would share {line(record)}")
        return 0
    if args.session:
        paths = [str(share_session(project, prefix)) for prefix in args.id]
        if out.as_json:
            out.json(paths)
        else:
            for path in paths:
                out.line(f"Shared {path}")
        return 0
    for done in share(project, args.id):
        receipt(done, "Shared", out)
    return 0
