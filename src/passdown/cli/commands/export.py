"""`passdown export`."""

import argparse
from pathlib import Path

from passdown.actions.export import Order, export
from passdown.actions.export_session import export_session
from passdown.cli.output import Output
from passdown.cli.shown import counted
from passdown.errors import UsageError
from passdown.formats.table import STYLES
from passdown.model.handed import handed
from passdown.project import Project

HELP = """Print the records as a document of any style, or a session as a trajectory; the project's own documents are not touched.

One document goes to standard output, several need a folder. What the style has no place for is listed on standard error. Where git would
track the files, they hold shared records only.

  passdown export --style session-handoff > handoff.md
  passdown export --style memory-bank --out ../bank --all

With --atif: one captured session, step by step, as a trajectory (ATIF 1.7), which tools for runs of any agent read.

  passdown export --atif 5e55 --out session.json"""
NAMED = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--style", default="", metavar="NAME", help=f"{', '.join(STYLES)} (default: the project's setting)")
    parser.add_argument("--out", metavar="FILE|DIR", type=Path, help="write it there; nothing that is there is overwritten")
    parser.add_argument("--all", action="store_true", help="everything, without the style's budgets of lines")
    parser.add_argument("--variant", default="", metavar="NAME", help="the form for a kind of work, where the style has one (default: measured)")
    parser.add_argument("--include-private", action="store_true", help="put what was not shared into files that git would track, too")
    parser.add_argument("--atif", default="", metavar="SESSION", help="this session as an ATIF trajectory; the beginning of its id is enough")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    if args.atif:
        return exported_session(args, project, out)
    done = export(project, Order(args.style, args.out, args.all, args.include_private, args.variant))
    if out.as_json:
        out.json({"style": done.style, "documents": [
            {"place": d.place, "path": str(d.path) if d.path else None, "text": d.text, "redacted": d.replaced} for d in done.documents],
            "left_out": done.left_out, "shared_only": done.shared_only})
        return 0
    if args.out is None and len(done.documents) > 1:
        raise UsageError(f"the style `{done.style}` has {len(done.documents)} documents", "Give a folder: --out DIR.")
    for one in done.documents:
        if one.path:
            out.line(str(one.path))
        else:
            out.text(one.text)
    if done.left_out:
        out.say(f"{counted(len(done.left_out), 'record')} left out, in whole or in part:")
    for left in done.left_out[:NAMED]:
        out.say(f"  {left.key} {handed(left.title[:70])}: {left.why}")
    if len(done.left_out) > NAMED:
        out.say(f"  … and {len(done.left_out) - NAMED} more; --json has them all")
    if done.shared_only:
        out.say("git would track this: it holds shared records only. `--include-private` puts the others in.")
    return 0


def exported_session(args: argparse.Namespace, project: Project, out: Output) -> int:
    if args.style or args.all or args.variant or args.include_private:
        raise UsageError("--atif takes a session, which has no style", "Give --atif SESSION alone, or with --out FILE.")
    text = export_session(project, args.atif, args.out)
    if args.out is None:
        out.text(text)
    elif out.as_json:
        out.json({"path": str(args.out)})
    else:
        out.line(str(args.out))
    return 0
