"""`passdown workflow status`."""

import argparse
import time
from typing import Any

from passdown.actions import production_views
from passdown.cli.output import Output
from passdown.cli.run_lines import abandoned, line, note, watching
from passdown.project import Project
from passdown.workflows.run import GOING, Run

HELP = """Where a run stands, or each run of a batch; without a name every open one. --live follows it until it ends. One whose process was
killed is told as such."""
LOOK_S = 0.5


def add_status(sub: Any) -> None:
    parser = sub.add_parser("status", help="where it stands", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", metavar="RUN|ITEM|BATCH", nargs="?", default="", help="id, beginning of an id, or item")
    parser.add_argument("--live", action="store_true", help="follow it, and show what its phases print")
    parser.set_defaults(run_verb=run)


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    def now() -> list[Run]:
        return production_views.status(project, args.name) if args.name else production_views.runs(project, active=True)

    found, show = now(), watching(project, out, live=args.live)
    left = production_views.abandoned(project, found)
    while args.live and any(one.state in GOING and one.id not in left for one in found):
        show(found)
        time.sleep(LOOK_S)
        found = now()
        left = production_views.abandoned(project, found)
    if args.live:
        show(found)
        out.progress("")
    if out.as_json:
        out.json({"runs": found, "abandoned": sorted(left)})
    for one in [] if out.as_json else found:
        out.line(line(one) + note(one) + (abandoned(one) if one.id in left else ""))
    if not found:
        out.say("Nothing is open. `passdown workflow list` shows what there was.")
    return 0


__all__ = ["add_status"]
