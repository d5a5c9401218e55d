"""`passdown sessions`."""

import argparse
from collections.abc import Iterator
from typing import Any

from passdown.actions.look import sessions
from passdown.briefing.times import ago, span
from passdown.briefing.words import shorten
from passdown.cli.output import Output, plain
from passdown.cli.shown import counted
from passdown.model.handed import handed
from passdown.model.session import Session
from passdown.model.suspect import suspect
from passdown.project import Project

HELP = "List captured sessions, the last ended first."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--limit", type=int, default=-1, metavar="N", help="at most so many")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    found = sessions(project, args.limit)
    if out.as_json:
        out.json([as_json(s) for s in found])
        return 0
    for s in found:
        out.line(f"{s.ended[:16].replace('T', ' ')}  {s.agent:<11} {handed(s.id[:13])}  {handed(shorten(s.title or s.goal, 70))}")
        out.line(f"    {ago(s.ended, project.clock.iso())}, {span(s.active_s)} active, {counted(s.prompts, 'prompt')}, {counted(s.tool_calls, 'tool call')}, "
                 f"{counted(len(s.files_changed), 'file')} changed" + (f", on {handed(s.branch)}" if s.branch else ""))
    if not found:
        out.say("No session captured yet: `passdown capture`.")
    return 0


def texts(value: Any) -> Iterator[str]:
    """All texts in JSON values."""
    if isinstance(value, str):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        yield from texts(one)


def as_json(session: Session) -> dict[str, Any]:
    """All facts, with the names that scripts look for: `session_id`, `files_changed`, `unknown_rows`, `cost_usd`.

    suspect: what in any of it speaks to an agent, "" for nothing.
    """
    row: dict[str, Any] = plain(session)
    costs = [u.cost for u in session.usage]
    return {
        "session_id": session.id, "agent": session.agent, "prompts": session.prompts, "tool_calls": session.tool_calls,
        "files_changed": list(session.files_changed), "unknown_rows": session.reading.unknown,
        "cost_usd": round(sum(c or 0.0 for c in costs), 4) if costs and all(c is not None for c in costs) else None,
        "suspect": suspect("\n".join(texts(row))),
        **{k: v for k, v in row.items() if k not in ("id", "agent", "prompts", "tool_calls")}}
