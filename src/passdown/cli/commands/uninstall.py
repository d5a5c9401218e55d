"""`passdown uninstall`."""

import argparse

from passdown.actions import merge_driver
from passdown.actions.install import SCOPES, uninstall
from passdown.cli.output import Output
from passdown.cli.wired import report
from passdown.integrations.table import AGENTS
from passdown.project import Project

HELP = """Take passdown's hooks and skills out of your coding agents, and nothing else. What was captured and noted stays.

A file that nobody has changed since gets back the bytes that it had. Skills that you have edited stay. Without AGENT and --scope this repository's
git configuration loses its merge driver too (`passdown merge-driver --install` puts it back)."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("agent", nargs="*", metavar="AGENT", help=f"{', '.join(AGENTS)}; all when none is named")
    parser.add_argument("--scope", choices=SCOPES, default="", help="only these settings (default: all, of other projects too)")
    parser.add_argument("--dry-run", action="store_true", help="show what would change, and change nothing")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    if not (args.agent or args.scope or args.dry_run):
        merge_driver.remove(project)
    return report(uninstall(project, args.agent, args.scope, dry_run=args.dry_run), out, dry_run=args.dry_run)
