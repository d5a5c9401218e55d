"""`passdown scan`."""

import argparse
import sys

from passdown.actions.scan import Scanned, look
from passdown.cli.output import Output
from passdown.cli.shown import counted
from passdown.errors import UsageError
from passdown.project import Project

HELP = """Look for secrets: in this project's own store, written before there was a rule for them or by a hand, or in the files and folders named.

Each is told by place and kind, never by its value; four digits in a marker are the same wherever the same secret stands, and say nothing of it.
--fix takes what is found out of the store, after asking: kept events, session facts, records with their copies, what readers remember, journal and index.
Settings, plans, templates and all other files of yours are never changed; what is left is named, with what to do. Copies in git's history are out of reach:
revoke what was real. Exit code 1 when something was found and is still there."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files or folders; without any, the store of this project")
    parser.add_argument("--fix", action="store_true", help="take what is found out of the store")
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    if args.fix and args.paths:
        raise UsageError("--fix changes the store only", "Leave the paths away; secrets in files of your own are yours to remove.")
    done = look(project, args.paths)
    if args.fix and done.found and (args.yes or confirmed(done, out)):
        from passdown.actions.scan_fix import fix

        told(done, out, quiet=out.as_json)
        done = fix(project, done)
    if out.as_json:
        left = [{"path": path, "advice": advice} for path, advice in done.left]
        out.json({"schema": "passdown-scan/1", "files": done.files, "unread": done.unread, "fixed": done.fixed, "left": left, "findings": done.found})
    else:
        told(done, out)
    return int(bool(done.found))


def told(done: Scanned, out: Output, *, quiet: bool = False) -> None:
    """A line for each secret, then what was done."""
    if quiet:
        return
    for one in done.found:
        out.line(f"{one.path}:{one.line}  {one.masked}  {counted(one.length, 'byte')}")
    kinds = len({one.code for one in done.found})
    out.say(f"{counted(done.files, 'file')} read: {counted(len(done.found), 'secret')}" + (f" of {counted(kinds, 'kind')}" if done.found else ""))
    for path in done.fixed:
        out.say(f"  {path}: taken out")
    for path, advice in done.left:
        out.say(f"  {path}: still there. {advice}")
    if done.unread:
        out.say(f"  {counted(len(done.unread), 'file')} could not be read or is too large")


def confirmed(done: Scanned, out: Output) -> bool:
    """The user's yes. Raises `UsageError` where nobody can be asked."""
    if not sys.stdin.isatty():
        raise UsageError("scan --fix asks before it rewrites anything", "Repeat it with --yes.")
    out.say(f"Take {counted(len(done.found), 'secret')} out of the store for good?\nType yes to go on: ")
    return sys.stdin.readline().strip().lower() == "yes"
