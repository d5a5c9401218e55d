"""`passdown check`."""

import argparse
from pathlib import Path

from passdown import __version__
from passdown.actions.check import Order, check
from passdown.cli.output import Output
from passdown.formats.table import STYLES
from passdown.lint.checked import ORDER, as_json, failing
from passdown.lint.report.text import counted, lines
from passdown.project import Project

HELP = """Hold documents against the rules of their style, the repository, and what sessions measured; say how good they are for the next session.

Without FILE: the project's own documents, where the styles have them. Works in any folder; without a store or git, rules that need them say nothing.
Exit code 1 when something as grave as --fail-on was found. docs/rules.md has every code; a document leaves one out with
`<!-- passdown-ignore: code reason -->`, a project in `.passdown/config.toml` under `[check]`.

  passdown check
  passdown check HANDOFF.md --explain
  passdown check docs/ --fail-on warning --format sarif > passdown.sarif
  passdown check --fix --dry-run"""
FORMATS = ("text", "json", "sarif", "github")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("files", nargs="*", metavar="FILE", type=Path, help="documents, or folders with documents")
    parser.add_argument("--style", default="", metavar="NAME", help=f"hold them against this style: {', '.join(STYLES)} (default: the one that each has)")
    parser.add_argument("--fail-on", choices=ORDER, default="error", metavar="SEVERITY",
                        help="exit with 1 from this severity on: error (default), warning, info")
    parser.add_argument("--explain", action="store_true", help="show what the score is made of")
    parser.add_argument("--fix", action="store_true", help="make the repairs that cannot lose anything; no other byte changes")
    parser.add_argument("--dry-run", action="store_true", help="with --fix: say what would be repaired, write nothing")
    parser.add_argument("--format", choices=FORMATS, default="", metavar="FORMAT",
                        help="text (default), json, sarif (code scanners), github (annotations of a workflow)")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    documents, left_out = check(project, Order(tuple(args.files), args.style, args.fix, args.dry_run))
    form = args.format or ("json" if out.as_json else "text")
    if form == "json":
        out.json({**as_json(documents), "left_out": left_out})
    elif form == "sarif":
        from passdown.lint.report.sarif import sarif

        out.json(sarif(documents, __version__))
    elif form == "github":
        from passdown.lint.report import github

        for line in github.lines(documents):
            out.line(line)
    else:
        for line in lines(documents, explain=args.explain):
            out.line(line)
    if left_out:
        out.say(f"passdown: {counted(left_out, 'more document')} not looked at: name {'it' if left_out == 1 else 'them'}, or folders, in another run.")
    if not documents:
        out.say("There is no document to check: `passdown handoff` writes one.")
    return int(failing(documents, args.fail_on))
