"""`passdown forget`."""

import argparse
import sys

from passdown.actions.change import forget_record, forget_session
from passdown.actions.look import show
from passdown.cli.output import Output
from passdown.cli.shown import line
from passdown.errors import UsageError
from passdown.model.handed import handed
from passdown.project import Project

HELP = """Remove a record, or all that was captured of a session, for good: files, copies, journal, kept events, index.

This cannot be undone. Copies in git's history and in other clones are out of reach."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="a record; with --session the session's id")
    parser.add_argument("--session", action="store_true", help="forget a whole session")
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument("--dry-run", action="store_true", help="only show what would be forgotten")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    what = f"session {handed(args.id)}" if args.session else line(show(project, args.id)[0])
    if args.dry_run:
        out.json({"would_forget": args.id, "what": what}) if out.as_json else out.line(f"Would forget {what}")
        return 0
    if not args.yes and not confirmed(what, out):
        out.say("Nothing was forgotten.")
        return 0
    done = (forget_session if args.session else forget_record)(project, args.id)
    if out.as_json:
        out.json(done)
    else:
        out.line(f"Forgot {what}")
        for path in done.removed:
            out.say(f"  {path}")
    return 0


def confirmed(what: str, out: Output) -> bool:
    """The user's yes. Raises `UsageError` where nobody can be asked."""
    if not sys.stdin.isatty():
        raise UsageError("forget asks before it removes anything for good", "Repeat it with --yes.")
    out.say(f"Forget for good: {what}\nType yes to go on: ")
    return sys.stdin.readline().strip().lower() == "yes"
