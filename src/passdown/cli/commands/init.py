"""`passdown init`."""

import argparse
import shlex
from collections.abc import Sequence

from passdown.actions.init import init
from passdown.cli.output import Output
from passdown.project import Project

HELP = """Start a store for this project. Safe to repeat: what is there stays as it is.

Private knowledge lies in the git directory and is never committed; `.passdown/` in the work tree holds what you share."""

NAMED = 4


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--yes", action="store_true", help="ask nothing (nothing is asked at present)")
    parser.add_argument("--private", action="store_true", help="put nothing in the work tree")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    done = init(project, private_only=args.private)
    if out.as_json:
        out.json(done)
        return 0
    out.line(f"{'Started' if done.made else 'Already there:'} passdown for {done.root}")
    out.line(f"  private  {done.private}" + ("" if done.git else "   (no git here: keep it out of backups that you share)"))
    out.line(f"  shared   {done.shared}" + ("   (commit it)" if done.git else "") if done.shared else "  shared   nothing: this store is private")
    if done.style:
        out.line(f"  style    {done.style}, as in {some(done.documents)}" + ("" if done.made else "   (config.toml decides)"))
        out.say(f"`passdown import {shlex.join(done.documents[:NAMED])}` takes over what these say; `passdown handoff` goes on in this style.")
    if done.instructions:
        out.line(f"  context  {some(done.instructions)}: what these say is not said again")
    out.say("Next: `passdown capture` reads your agents' sessions of this project, `passdown resume` says where things stand.")
    return 0


def some(paths: Sequence[str]) -> str:
    """The first few."""
    return ", ".join(paths[:NAMED]) + (f" and {len(paths) - NAMED} more" if len(paths) > NAMED else "")
