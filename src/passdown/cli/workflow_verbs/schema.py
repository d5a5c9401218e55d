"""`passdown workflow schema`."""

import argparse
from typing import Any

from passdown.cli.output import Output
from passdown.project import Project
from passdown.workflows.schema import schema

HELP = """Print the JSON Schema of plan files, by which an editor knows keys, meanings and mistakes.

  passdown workflow schema > .passdown/workflows/plan.schema.json

A plan whose first line is `# yaml-language-server: $schema=./plan.schema.json` is then completed and checked while you write, in every editor
with the YAML language server."""


def add_schema(sub: Any) -> None:
    parser = sub.add_parser("schema", help="the JSON Schema of plans, for editors", description=HELP, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.set_defaults(run_verb=run)


def run(_: argparse.Namespace, __: Project, out: Output) -> int:
    out.json(schema())
    return 0


__all__ = ["add_schema"]
