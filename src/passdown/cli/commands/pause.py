"""`passdown pause`."""

import argparse
import re

from passdown.actions.pause import pause, unpause
from passdown.cli.output import Output
from passdown.errors import UsageError
from passdown.project import Project

HELP = """Let agents' hooks capture nothing and say nothing in this project, for a while or until `--off`.

What was said meanwhile stays in the agents' own transcripts: a capture after the pause reads it, unless they are gone by then."""
DURATION = re.compile(r"(\d{1,9})\s*(s|min|m|h|d)?")
SECONDS = {"s": 1, "m": 60, "min": 60, "h": 3_600, "d": 86_400}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--for", dest="duration", metavar="TIME", default="", help="such as 30m, 2h or 1d; without it until --off")
    parser.add_argument("--off", action="store_true", help="go on")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    if args.off:
        was = unpause(project)
        out.json({"paused": False}) if out.as_json else out.line("Hooks capture again." if was else "It was not paused.")
        return 0
    until = pause(project, seconds(args.duration))
    if out.as_json:
        out.json({"paused": True, "until": until})
    else:
        out.line(f"Paused until {until}." if until else "Paused until `passdown pause --off`.")
    return 0


def seconds(text: str) -> int:
    """`2h` as seconds, 0 for "". Raises `UsageError`."""
    match = DURATION.fullmatch(text.strip())
    if text and (not match or not int(match[1])):
        raise UsageError(f"`{text}` is no length of time", "Write --for 30m, --for 2h or --for 1d.")
    return int(match[1]) * SECONDS[match[2] or "m"] if match else 0
