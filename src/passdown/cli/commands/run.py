"""`passdown run`."""

import argparse
import shlex

from passdown.actions.run import launch
from passdown.cli.output import Output
from passdown.cli.tokens import tokens
from passdown.errors import NoProgram
from passdown.integrations.programs import PROGRAMS
from passdown.project import Project
from passdown.shell import become

HELP = """Start a coding agent in this project so that it knows where things stand: the briefing is given in the way the agent takes one.

An agent whose hooks have briefed sessions here is only started: its hooks do it. With --task the briefing is about that, and always given.

The briefing is in a file that only you can read, where an agent takes one (Claude Code, Aider, Goose) or reads one that its first message names (Codex,
OpenCode, Copilot CLI). Others take it as a word of their command line: while such an agent runs, whoever has an account on this machine can read it in the
list of processes.

PROMPT is what you ask first; the agent gets it with the briefing. All that stands behind `--` goes to the agent's program as it is: a prompt or a sub-command
there leaves no room for a first message, and an agent that takes its briefing as one is then not started.

  passdown run codex "finish the outbox"
  passdown run claude-code "drain it" --task "the outbox" -- --model opus"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("agent", metavar="AGENT", help=", ".join(PROGRAMS))
    parser.add_argument("words", nargs="*", metavar="PROMPT", help="what you ask first; behind `--` words for the agent's program itself")
    parser.add_argument("--task", default="", metavar="TEXT", help="what the session is going to be about")
    parser.add_argument("--budget", type=tokens, default=0, metavar="TOKENS", help="of the briefing (default: the setting `budget`)")
    parser.add_argument("--dry-run", action="store_true", help="print the command line and start nothing")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    wanted = launch(project, args.agent, args.words, args.passed, task=args.task, budget=args.budget)
    if out.as_json:
        out.json(wanted)
        return 0
    if args.dry_run:
        out.line(shlex.join([wanted.program, *wanted.words]))
        return 0
    out.say(f"Starting {wanted.program}" + (f" with {wanted.tokens} tokens of briefing." if wanted.tokens else "; its hooks brief it."))
    out.flush()
    try:
        return become(wanted.program, wanted.words, project.root)
    except OSError as error:
        raise NoProgram(program=wanted.program, agent=args.agent) from error
