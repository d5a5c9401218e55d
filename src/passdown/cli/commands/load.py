"""`passdown load`."""

import argparse

from msgspec.structs import asdict, replace

from passdown.actions.load import BUDGET, load
from passdown.cli.output import Output
from passdown.cli.tokens import tokens
from passdown.errors import UsageError
from passdown.loading import protocol, render
from passdown.loading.reading import Loaded
from passdown.model.suspect import suspect
from passdown.project import Project

HELP = """What of the project's own documents a task needs, in reading order, each piece quoted as data with its path and lines.

Memory documents (CLAUDE.md, .claude/…, folders of the setting `documents`) say when they are wanted by `triggers`, `loads-when` and
<LOAD_IF task="a|b"> blocks; what they inherit from comes first, `@path#anchor` and `@dir_*/` are followed. Of a session context
(SESSION_CONTEXT.md, docs/decisions.md, docs/phases/…) the kind of task decides which documents are read, and what is settled is said."""
MIN_BUDGET = 100
SCHEMA = "passdown-load/1"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--task", default="", metavar="TEXT", help="what is going to be done; without it, what is read for any work")
    parser.add_argument("--budget", type=tokens, default=BUDGET, metavar="TOKENS", help=f"at most so many tokens (default: {BUDGET})")
    parser.add_argument("--explain", action="store_true", help="also say of each document and block why it is loaded or not")
    parser.add_argument("--paste", action="store_true", help="only the start of a session, to paste into any agent: what to read, to confirm and to ask first")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    if args.budget < MIN_BUDGET:
        raise UsageError(f"documents do not fit into {args.budget} tokens", f"Give a budget of at least {MIN_BUDGET}.")
    done = load(project, args.task, args.budget)
    if out.as_json:
        pieces = [{**asdict(piece), "suspect": suspect(piece.text)} for piece in done.pieces]
        out.json({"schema": SCHEMA, **asdict(replace(done, left_out=tuple(replace(piece, text="") for piece in done.left_out))), "pieces": pieces})
        return 0
    if args.paste:
        out.text(protocol.text(done.reading, args.task))
        return 0
    out.text(render.text(done))
    tell(done, out, explain=args.explain)
    return 0


def tell(done: Loaded, out: Output, *, explain: bool) -> None:
    """Words beside the text: what is wrong with the documents, and why each was loaded or not."""
    if not done.pieces and not done.considered and not done.reading.documents:
        out.say("This project has no documents that say when they are to be loaded, and no session context: nothing to load.")
    for one in done.reading.findings:
        if one.severity != "info" or explain:
            out.say(f"{one.severity}: {one.where + ': ' if one.where else ''}{one.message} ({one.code})" + (f"\n  {one.fix}" if one.fix else ""))
    if explain:
        scenario = f", scenario: {done.reading.scenario}" if done.reading.scenario else ""
        out.say(f"{done.tokens} of {done.budget} tokens{scenario}")
        for line in render.explained(done.considered):
            out.say(line)
