"""`passdown workflow logs`."""

import argparse
from typing import Any

from passdown.actions import production_views
from passdown.cli.output import Output, clean
from passdown.model.handed import rows
from passdown.project import Project

HELP = "What the phases of a run printed on this machine, an attempt after the other, secrets replaced."


def add_logs(sub: Any) -> None:
    parser = sub.add_parser("logs", help="what its phases printed", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", metavar="RUN|ITEM", help="id, beginning of an id, or item")
    parser.add_argument("--phase", default="", metavar="PHASE", help="only of this one")
    parser.set_defaults(run_verb=run)


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    found = production_views.logs(project, args.name, args.phase)
    if out.as_json:
        out.json({"logs": [{"phase": one.phase, "attempt": one.key, "state": one.state, "text": text} for one, text in found]})
        return 0
    for one, text in found:
        out.line(f"== {one.phase} {one.key} ({one.state})")
        said = clean(text)  # together: a line of a key is known by the lines around it
        out.text("".join(f"{row}\n" for row in (said.splitlines() if out.is_seen else rows(said, "│ "))))
    return 0


__all__ = ["add_logs"]
