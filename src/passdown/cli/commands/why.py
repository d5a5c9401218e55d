"""`passdown why`."""

import argparse

from passdown.actions.look import why
from passdown.briefing.times import ago
from passdown.briefing.words import shorten
from passdown.cli.output import Output
from passdown.cli.shown import as_json, line
from passdown.model.handed import handed
from passdown.project import Project

HELP = "What is known about a place in the code: records that rest on it or name it, and the sessions that changed it."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("place", metavar="PATH[:LINE]")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    known = why(project, args.place)
    changes = [(s, next((f for f in s.files if f.path == known.path), None)) for s in known.sessions]
    if out.as_json:
        out.json({"path": known.path, "line": known.line, "records": [as_json(r) for r in known.records],
                  "sessions": [{"session_id": s.id, "ended": s.ended, "goal": s.goal, "why": f.why if f else ""} for s, f in changes]})
        return 0
    for record in known.records:
        out.line(out.fit(line(record)))
    for session, fact in changes:
        words = fact.why if fact and fact.why else session.goal
        out.line(f"changed {ago(session.ended, project.clock.iso())} by {session.agent}, session {handed(session.id[:13])}: {handed(shorten(words, 140))}")
    if not known.records and not changes:
        out.say(f"Nothing is known about {handed(known.path)} yet.")
    return 0
