"""`passdown backup`."""

import argparse
from pathlib import Path

from passdown.actions.backup import save
from passdown.cli.output import Output
from passdown.project import Project

HELP = """Write the private store into one compressed file: records, history, captured events, facts. It is read back before this says that it is there.

What git has (`.passdown/`) is not in it, nor what can be made again. It is for you alone (mode 0600): keep it where you keep such things.

  passdown backup ../shop-api.passdown.tar.gz
  passdown restore ../shop-api.passdown.tar.gz     on another machine, in a clone of the project"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="where to write it; a file that is there is never overwritten")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    done = save(project, args.file)
    if out.as_json:
        out.json(done)
        return 0
    out.line(f"Wrote {done.path}, {done.size:,} bytes, and read it back")
    out.line("  " + ", ".join(f"{count} {name}" for name, count in sorted(done.counts.items())))
    return 0
