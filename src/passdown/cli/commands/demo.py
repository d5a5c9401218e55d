"""`passdown demo`."""

import argparse

from passdown.actions.demo import demo
from passdown.cli.output import Output
from passdown.cli.tokens import tokens
from passdown.project import Project

HELP = """The whole loop on a small sample session, in a temporary repository: capture, a note, a change over night, and the next morning's briefing."""
NEXT = """
That was a sample. In your own repository:
  passdown init        start a store; private knowledge stays in the git directory
  passdown capture     read the sessions that your agents had here
  passdown resume      the briefing for the next one"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--budget", type=tokens, default=700, metavar="TOKENS")


def run(args: argparse.Namespace, _project: Project, out: Output) -> int:
    done = demo(args.budget)
    if out.as_json:
        out.json({"new_events": done.captured.new_events, "briefing": done.briefing})
        return 0
    out.say(f"$ passdown capture\n{done.captured.agent} {done.captured.session}: {done.captured.new_events} new events\n")
    out.say("$ passdown resume   (the next morning)")
    out.text(done.briefing.text)
    out.say(NEXT)
    return 0
