"""`passdown merge-driver`."""

import argparse
from pathlib import Path

from passdown.actions import merge_driver
from passdown.cli.output import Output
from passdown.errors import UsageError
from passdown.project import Project

HELP = """Merge two versions of a shared record or session field by field. git runs it, once `passdown init` or `--install` has told it to.

What both sides changed in the same words of a record cannot be decided by a program: then the record's text has both sides between
marks, git reports a conflict, and `passdown doctor` names the record until somebody has settled it (`passdown edit`). A clone without the
driver merges line by line and loses nothing either.

Exit codes: 0 merged, 6 both sides stand in the file, 7 not a record or session (nothing was written)."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILE", help="as git gives them: ancestor, ours (the result goes there), theirs, path in the repository")
    parser.add_argument("--install", action="store_true", help="put the driver into this repository's own git configuration")
    parser.add_argument("--remove", action="store_true", help="take it out of it again")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    if args.install or args.remove:
        changed = merge_driver.remove(project) if args.remove else merge_driver.install(project)
        if out.as_json:
            out.json({"changed": changed, "installed": bool(merge_driver.installed(project))})
        else:
            out.line(("Removed" if args.remove else "Installed") if changed else "Nothing to change")
        return 0
    if len(args.files) != 4:
        raise UsageError("a merge has four files: ancestor, ours, theirs, path", "`passdown merge-driver --install` lets git call it.")
    base, ours, theirs, name = args.files
    outcome = merge_driver.merge_files(Path(base), Path(ours), Path(theirs), name)
    if outcome == "disputed":
        out.say(f"passdown: both sides changed the same words in {name}; both stand in it.")
    return merge_driver.CODES[outcome]
