"""`passdown edit`."""

import argparse

from passdown.actions.change import Edit, edit
from passdown.cli.output import Output
from passdown.cli.shown import receipt
from passdown.errors import UsageError
from passdown.model.record import KINDS
from passdown.project import Project

HELP = """Change a record. One that was extracted becomes a record of its own and stays as you leave it.

  passdown edit 01jd9k --text "SQLite outbox, not Redis or Celery" --set why="one process"
Editing the file itself works too: `passdown show ID --json` names it, every verb notices."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID")
    parser.add_argument("--text", metavar="TEXT", help="the new text")
    parser.add_argument("--kind", choices=tuple(KINDS), metavar="KIND", help="the new kind: " + ", ".join(KINDS))
    parser.add_argument("--set", metavar="DETAIL=VALUE", action="append", default=[], help="a detail; an empty value removes it; repeat it for a list")
    parser.add_argument("--file", metavar="PATH[:LINES]", action="append", default=[], help="the places it rests on, in place of the old ones")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    receipt(edit(project, args.id, Edit(args.text, args.kind, settings(args.set), args.file)), "Changed", out)
    return 0


def settings(pairs: list[str]) -> dict[str, str | tuple[str, ...]]:
    """`name=value` pairs; a name that is a list collects its values."""
    many = {f.name for k in KINDS.values() for f in k.fields if f.many}
    out: dict[str, str | tuple[str, ...]] = {}
    for text in pairs:
        name, equals, value = text.partition("=")
        if not equals:
            raise UsageError(f"`{text}` is not DETAIL=VALUE", "Write --set why=\"the reason\".")
        if name in many:
            before = out.get(name, ())
            out[name] = (*before, value) if value and isinstance(before, tuple) else ()
        else:
            out[name] = value
    return out
