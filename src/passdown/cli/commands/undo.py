"""`passdown undo`."""

import argparse

from passdown.actions.change import undo
from passdown.cli.output import Output
from passdown.project import Project

HELP = "Take back the last operation on records; once more takes back the one before. What a `forget` removed stays removed."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No option of its own."""


def run(_args: argparse.Namespace, project: Project, out: Output) -> int:
    operation = undo(project)
    if out.as_json:
        out.json({"operation": operation.number, "undoes": operation.undoes, "at": operation.at})
    else:
        touched = sorted({c.path.partition(":")[2] for c in operation.changes})
        out.line(f"Took back operation {operation.undoes}: " + ", ".join(touched))
    return 0
