"""`passdown resume`."""

import argparse
from collections.abc import Callable

from msgspec.structs import asdict

from passdown.actions.resume import resume
from passdown.briefing.quoted import fenced, quoted
from passdown.briefing.render import ROOMY
from passdown.briefing.tokens import estimate
from passdown.briefing.words import shorten
from passdown.cli.output import Output
from passdown.cli.tokens import tokens
from passdown.errors import UsageError
from passdown.model.briefing import Briefing, Request
from passdown.project import Project

HELP = """The briefing for the next session: where things stand, what comes next, what failed, what was decided, how to run it.

Every claim that names code was held against the repository: ✔ as it was, ~ changed since, ✗ gone, nothing where it cannot be known.
On a terminal it is printed as it is; everywhere else in a fence, under a line that says that it is data, so that an agent takes no order from it."""
MIN_BUDGET = 50
SCHEMA = "passdown-resume/1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--budget", type=tokens, metavar="TOKENS", help="at most so many tokens (default: the setting `budget`, 2000)")
    parser.add_argument("--task", default="", metavar="TEXT", help="what the session is going to be about")
    parser.add_argument("--format", choices=("text", "markdown", "json"), default="text")
    parser.add_argument("--paste", action="store_true", help="with the start protocol around it, to paste into any agent as the first message")
    parser.add_argument("--explain", action="store_true", help="also say why each line is there, and why the others are not")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    project.require()
    budget = args.budget if args.budget is not None else project.config.budget
    if budget < MIN_BUDGET:
        raise UsageError(f"a briefing in {budget} tokens says nothing", f"Give a budget of at least {MIN_BUDGET}.")
    wrapped = frame(args, project, budget, out)
    briefing = resume(project, Request(budget=max(MIN_BUDGET, budget - estimate(wrapped(""))), task=args.task))
    if not briefing.included:
        out.say("Nothing is known of this project yet. `passdown capture` reads the sessions that agents had here, `passdown note` keeps what you know.")
    if out.as_json or args.format == "json":
        out.json({"schema": SCHEMA, **asdict(briefing)})
        return 0
    out.text(wrapped(briefing.text))
    if args.explain:
        explain(briefing, budget, out)
    return 0


def frame(args: argparse.Namespace, project: Project, budget: int, out: Output) -> Callable[[str], str]:
    """What goes around the briefing: nothing in JSON, nor for a person who sees it come; else it is quoted, so that no agent takes an order from it."""
    if out.as_json or args.format == "json" or (out.is_seen and args.format == "text" and not args.paste):
        return str
    if args.paste:
        start = start_of(project, args.task)
        return lambda briefing: start(quoted(briefing))
    return quoted if budget >= ROOMY else fenced


def start_of(project: Project, task: str) -> Callable[[str], str]:
    """What puts the start protocol around a briefing. Its patterns take a while to load, so that only those who ask for it wait."""
    from passdown.actions.load import reading
    from passdown.loading import protocol

    documents = reading(project, task)
    return lambda briefing: protocol.text(documents, task, briefing)


def explain(briefing: Briefing, budget: int, out: Output) -> None:
    """Why each thing was said, and why the others were not, to people."""
    out.say(f"{briefing.tokens} of {budget} tokens, {len(briefing.said)} things said:")
    for said in briefing.said:
        out.say(f"  {said.section:<15}  {shorten(said.text, 90)}  ({said.reason or 'known'}; worth {said.worth:.2f})")
    out.say(f"{len(briefing.dropped)} left out:" if briefing.dropped else "Nothing was left out.")
    for item in briefing.dropped:
        out.say(f"  {item.section:<15}  {shorten(item.text, 90)}  ({item.reason})")
