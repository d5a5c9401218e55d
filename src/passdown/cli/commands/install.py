"""`passdown install`."""

import argparse

from passdown.actions.install import SCOPES, Outcome, install
from passdown.cli.output import Output
from passdown.cli.wired import report
from passdown.integrations.table import AGENTS
from passdown.project import Project

HELP = """Wire passdown into your coding agents: hooks that brief each session and capture it, three skills, and slash
commands where there are such. Safe to repeat.

Without a name: every agent that is found on this machine. Only passdown's own entries are touched, every other byte of a file stays, and a file that
is changed is kept in PASSDOWN_HOME/backups first. Nothing happens in a project before `passdown init` was run in it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("agent", nargs="*", metavar="AGENT", help=", ".join(AGENTS) + "; the last is a block in this project's AGENTS.md, for all others")
    parser.add_argument("--scope", choices=SCOPES, default="", help="your own settings (default), or this project's: shared, or yours alone")
    parser.add_argument("--mcp", action="store_true", help="enter the MCP server too, so that the agent can ask passdown by tools instead of the shell")
    parser.add_argument("--dry-run", action="store_true", help="show what would change, and change nothing")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    done = install(project, args.agent, args.scope, mcp=args.mcp, dry_run=args.dry_run)
    code = report(done, out, dry_run=args.dry_run)
    if not out.as_json and not args.dry_run:
        advise(done, project, out)
    return code


def advise(done: list[Outcome], project: Project, out: Output) -> None:
    for one in done:
        if not one.error and one.after and any(edit.done != "unchanged" for edit in one.edits):
            out.say(f"{one.title}: {one.after}")
    if not project.initialised:
        out.say("This project has no store yet: hooks do nothing in it before `passdown init`.")
