"""`passdown workflow`: its sub-verbs are modules of `cli.workflow_verbs`."""

import argparse
from importlib import import_module

from passdown.cli.output import Output
from passdown.project import Project

HELP = """Phased productions: items go through the phases of a plan, each run by a program or an agent, with state, cost and quality carried along.
After any failure it goes on where it stopped. docs/productions.md says how; `pip install 'passdown[workflows]'` brings what it needs.

  passdown workflow new podcast             write a plan
  passdown workflow run podcast ep-005      carry an item through it
  passdown workflow resume ep-005           go on after a failure
  passdown workflow batch podcast ep-006 ep-007 ep-008"""
VERBS = ("new", "check", "schema", "run", "resume", "retry", "status", "approve", "cancel", "logs", "show", "list", "batch", "worker", "cost", "review")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(title="verbs", metavar="VERB", required=True)
    for verb in VERBS:
        getattr(import_module(f"passdown.cli.workflow_verbs.{verb}"), f"add_{verb}")(verbs)
    for one in verbs.choices.values():
        add_common(one)


def add_common(parser: argparse.ArgumentParser) -> None:
    """The options of every verb, which may stand behind the sub-verb too; where they do not, what stands before it holds."""
    common = parser.add_argument_group("options of every verb")
    common.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="data as JSON on standard output")
    common.add_argument("-C", "--directory", metavar="DIR", default=argparse.SUPPRESS, help="act as if started in DIR")
    common.add_argument("--now", metavar="TIME", default=argparse.SUPPRESS, help="ISO time to take for now (also PASSDOWN_NOW)")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    code: int = args.run_verb(args, project, out)
    return code
