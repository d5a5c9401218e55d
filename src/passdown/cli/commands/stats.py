"""`passdown stats`."""

import argparse

from passdown.actions.stats import stats
from passdown.briefing.times import span
from passdown.cli.output import Output
from passdown.cli.shown import counted
from passdown.project import Project

HELP = "Sessions, time, tokens, cost and records of this project, in sum."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No option of its own."""


def run(_args: argparse.Namespace, project: Project, out: Output) -> int:
    sums = stats(project)
    if out.as_json:
        out.json(sums)
        return 0
    agents = ", ".join(f"{n} {a}" for a, n in sums.agents.items())
    out.line(f"sessions  {sums.sessions} ({agents})" if sums.sessions else "sessions  none yet")
    out.line(f"work      {counted(sums.prompts, 'prompt')}, {counted(sums.tool_calls, 'tool call')}, {span(sums.active_s)} active of {span(sums.wall_s)}")
    out.line("tokens    " + ", ".join(f"{n:,} {k.replace('_', ' ')}" for k, n in sums.tokens.items()))
    unpriced = f" (no price known for {', '.join(sums.unpriced)})" if sums.unpriced else ""
    out.line(f"cost      ${sums.cost:,.2f} by list prices{unpriced}")
    out.line("records   " + (", ".join(f"{n} {k}" for k, n in sums.records.items()) or "none yet"))
    out.line(f"store     {sums.store_bytes / 1e6:,.1f} MB in {project.layout.private}")
    return 0
