"""`passdown note`."""

import argparse
import sys

from passdown.actions.note import note
from passdown.cli.details import add_details, details_of
from passdown.cli.output import Output
from passdown.cli.shown import receipt
from passdown.model.record import KINDS
from passdown.project import Project, thread_of_work

HELP = """Keep one record, said on purpose: safe on disk, read back, and acknowledged with its id.

  passdown note decision "SQLite outbox, not Redis" --why "one process, no server" --alternative Redis --alternative Celery
  passdown note approach "Redis Streams as the queue" --outcome failed --why "XAUTOCLAIM lost acknowledgements" --spent 2h
  passdown note knowledge "event.id is the only safe key" --severity critical --file src/webhook/store.py:57
  passdown note task "Make drain() safe to run twice" --priority high --stopped src/queue/retry.py:88"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("kind", choices=tuple(KINDS), metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("text", metavar="TEXT", help="what you know; - reads it from standard input")
    add_details(parser)
    parser.add_argument("--file", metavar="PATH[:LINES]", action="append", default=[], help="a place it rests on: path, path:12, path:12-20, path#symbol")
    parser.add_argument("--user", action="store_true", help="the user said it: the strongest trust")
    parser.add_argument("--thread", default="", metavar="NAME", help="the piece of work it belongs to")
    parser.add_argument("--share", action=argparse.BooleanOptionalAction, default=None, help="publish it into the work tree at once, or not")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    text = sys.stdin.read() if args.text == "-" else args.text
    done = note(project, args.kind, text, details_of(args), args.file, trust="user" if args.user else "noted", publish=args.share,
                thread=args.thread or thread_of_work())
    receipt(done, "Kept", out)
    return 0
