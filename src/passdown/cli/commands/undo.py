"""`passdown undo`."""

import argparse
from collections.abc import Mapping

from passdown.actions.change import undo
from passdown.actions.undone import Done, by_kind, undone
from passdown.cli.output import Output
from passdown.model.handed import handed
from passdown.project import Project

HELP = "Take back the last operation on records; once more takes back the one before. What a `forget` removed stays removed."
NAMED = 10
WORDS: Mapping[Done, str] = {"removed": "not there any more", "restored": "there again", "reset": "as before"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No option of its own."""


def run(_args: argparse.Namespace, project: Project, out: Output) -> int:
    operation = undo(project)
    records, others = undone(operation)
    if out.as_json:
        out.json({"operation": operation.number, "undoes": operation.undoes, "at": operation.at, "records": records, "other_files": others})
        return 0
    out.line(f"Took back operation {operation.undoes}")
    for done, words in WORDS.items():
        mine = [one for one in records if one.done == done]
        if mine:
            out.line(f"  {words}: {by_kind(mine, done)}")
        for one in mine[:NAMED]:
            out.line(f"    {one.id}  {one.kind}: {handed(one.title[:90])}")
        if len(mine) > NAMED:
            out.line(f"    … and {len(mine) - NAMED} more (--json names all)")
    if others:
        out.line(f"  other files: {others}")
    return 0
