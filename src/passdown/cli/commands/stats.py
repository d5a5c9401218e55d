"""`passdown stats`."""

import argparse
from pathlib import Path

from passdown.actions.stats import Stats, stats
from passdown.briefing.times import span
from passdown.cli.output import Output
from passdown.cli.shown import counted
from passdown.cli.since import since
from passdown.cli.tokens import tokens
from passdown.errors import UsageError
from passdown.project import Project

HELP = """Sessions, time, tokens, cost and records of this project, in sum: how records stand, what memory cost, and what it saved as far as that was measured.

`passdown stats continuity` tells whether each session really continued the one before: what was handed over, whether the state was stated first and right,
what was used and what was missing, what was asked, said, decided, tried or read again, and how long it took until the first edit that stayed. Everything is
taken from captured transcripts; where they do not tell, a figure says nothing. docs/continuity.md defines each figure and its weaknesses."""
ONLY_CONTINUITY = ("since", "replay", "html", "svg")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("what", nargs="?", choices=("continuity",), help="the figures of continuity instead of the sums")
    of = parser.add_argument_group("options of `stats continuity`")
    of.add_argument("--since", metavar="TIME", default="", help="only sessions that began since then: 2026-11-20, or 90min, 2h, 3d, 2w ago")
    of.add_argument("--replay", metavar="TOKENS", nargs="?", type=tokens, const=2_000, default=0,
                    help="what today's briefing of so many tokens (2000) would have handed over, in place of what was: shows what selection misses")
    of.add_argument("--html", metavar="FILE", help="write the report as one self-contained page")
    of.add_argument("--svg", metavar="FILE", help="write the figures over time as a picture")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    if args.what == "continuity":
        return continued(args, project, out)
    if unfit := next((name for name in ONLY_CONTINUITY if getattr(args, name)), ""):
        raise UsageError(f"--{unfit} belongs to `passdown stats continuity`", f"Write `passdown stats continuity --{unfit} …`.")
    sums = stats(project)
    if out.as_json:
        out.json(sums)
    else:
        told(sums, project, out)
    return 0


def told(sums: Stats, project: Project, out: Output) -> None:
    agents = ", ".join(f"{n} {a}" for a, n in sums.agents.items())
    out.line(f"sessions  {sums.sessions} ({agents})" if sums.sessions else "sessions  none yet")
    out.line(f"work      {counted(sums.prompts, 'prompt')}, {counted(sums.tool_calls, 'tool call')}, {span(sums.active_s)} active of {span(sums.wall_s)}")
    out.line("tokens    " + ", ".join(f"{n:,} {k.replace('_', ' ')}" for k, n in sums.tokens.items()))
    unpriced = f" (no price known for {', '.join(sums.unpriced)})" if sums.unpriced else ""
    out.line(f"cost      ${sums.cost:,.2f} by list prices{unpriced}")
    out.line("records   " + (", ".join(f"{n} {k}" for k, n in sums.records.items()) or "none yet"))
    health = ", ".join(f"{n} {mark}" for mark, n in sums.health.items())
    out.line(f"health    {health or 'nothing to hold against the repository'}")
    out.line(f"memory    {memory(sums)}")
    out.line(f"saved     {sums.saved}")
    out.line(f"store     {sums.store_bytes / 1e6:,.1f} MB in {project.layout.private}")


def memory(sums: Stats) -> str:
    """What it cost: tokens that were put into sessions; the time of hooks is written down by nobody."""
    cost = sums.memory
    if not cost.briefings:
        return "cost nothing: no briefing was found in a session"
    return f"cost {cost.tokens:,} tokens in {counted(cost.briefings, 'briefing')} to {counted(cost.sessions, 'session')}; time of hooks not known"


def continued(args: argparse.Namespace, project: Project, out: Output) -> int:
    from passdown.actions.continuity import continuity, picture_file, write_picture
    from passdown.continuity.picture.text import table

    if args.html and args.svg:
        raise UsageError("--html and --svg cannot be given together: one run writes one file", "Run it once for each.")
    path = picture_file(project, Path(args.html or args.svg)) if args.html or args.svg else None
    found = continuity(project.require(), since=since(args.since, project), replayed=args.replay)
    if path:
        write_picture(found, path, svg=bool(args.svg))
        out.say(f"Wrote {path}: {counted(len(found.pairs), 'pair')} of sessions.")
    if out.as_json:
        out.json(found)
    elif not path and args.since and not found.pairs:
        out.line(f"No session that began since {args.since} continues another one.")
    elif not path:
        for line in table(found):
            out.line(line)
    return 0
