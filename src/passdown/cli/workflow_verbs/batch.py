"""`passdown workflow batch`."""

import argparse
import sys
from typing import Any

from passdown.actions import plans, productions
from passdown.cli.output import Output
from passdown.cli.run_lines import told, watching
from passdown.cli.workflow_verbs.run import forecast
from passdown.errors import UsageError
from passdown.project import Project
from passdown.workflows import amounts
from passdown.workflows.model import Budget

HELP = """Carry many items through a plan, five at once unless more are asked for. One that fails stops no other; `passdown workflow resume BATCH`
goes on with all that are not completed. A budget is shared out: each item has an even part of what those before it left over.

  passdown workflow batch podcast ep-002 ep-003 ep-004
  passdown workflow batch podcast - < items.txt --max-concurrent 8 --budget '$20'
  passdown workflow worker BATCH   on another machine with the same PostgreSQL: help with it"""


def add_batch(sub: Any) -> None:
    parser = sub.add_parser("batch", help="carry many items through a plan", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plan", metavar="PLAN", help="its name")
    parser.add_argument("items", metavar="ITEM", nargs="+", help="what is produced; - reads them from standard input, one a line")
    parser.add_argument("--max-concurrent", metavar="N", type=int, default=productions.AT_ONCE, help="at once, in all processes together (default: 5)")
    parser.add_argument("--per-minute", metavar="N", type=int, help="begin at most so many items within a minute, for services that limit the rate")
    parser.add_argument("--budget", metavar="AMOUNT", default="", help="US dollars that all of them may cost together, such as $20")
    parser.add_argument("--tokens", metavar="N", default="", help="tokens that all of them may use together, such as 2M")
    parser.add_argument("--live", action="store_true", help="show what the phases print while they run")
    parser.add_argument("--dry-run", action="store_true", help="say what would run; run and write nothing")
    parser.set_defaults(run_verb=run)


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    plan, items = plans.runnable(project.require(), args.plan), named(args.items)
    if args.dry_run:
        return forecast(project, plan, items, out)
    budget = Budget(amount("--budget", args.budget, amounts.read_money), amount("--tokens", args.tokens, amounts.read_tokens))
    return told(productions.batch(project, plan, items, args.max_concurrent, budget, args.per_minute, watching(project, out, args.live)), out)


def named(items: list[str]) -> list[str]:
    return [row.strip() for row in sys.stdin.read().splitlines() if row.strip()] if items == ["-"] else items


def amount(option: str, text: str, read: Any) -> Any:
    """What an option says; None without it. Raises `UsageError`."""
    if not text:
        return None
    value = read(text)
    if value is None:
        raise UsageError(f"{option} `{text}` is no amount", "Write $20, 2M or 200000.")
    return value


__all__ = ["add_batch"]
