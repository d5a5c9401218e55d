"""`passdown show`."""

import argparse

from passdown.actions.look import around, show, show_session
from passdown.cli.output import Output
from passdown.cli.shown import as_json, block
from passdown.errors import NoSuchRecord
from passdown.model.fence import fenced
from passdown.model.handed import handed, rows
from passdown.model.ids import event_address
from passdown.model.suspect import suspect
from passdown.project import Project

HELP = """Show one record whole, with what was said where it came from. The beginning of its id is enough.

Also takes a session, and SESSION:EVENT as `passdown search` prints it: what was said there and around it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("id", metavar="ID", help="a record, a session, or SESSION:EVENT; the beginning of an id is enough")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    if address := event_address(args.id):
        return show_event(project, *address, out)
    try:
        record, evidence = show(project, args.id)
    except NoSuchRecord as missing:
        try:
            facts, text = show_session(project, args.id)
        except NoSuchRecord:
            raise missing from None
        if out.as_json:
            out.json(facts)
        else:
            report = text.partition("\n## Facts\n")[0].rstrip()
            out.text(report + "\n" if out.is_seen else fenced("\n".join(rows(report))))
        return 0
    if out.as_json:
        out.json({**as_json(record), "said": as_said(evidence)})
        return 0
    out.line(block(record))
    tell(evidence, out)
    return 0


def show_event(project: Project, session: str, event: int, out: Output) -> int:
    said = around(project, show_session(project, session)[0].id, event)
    if out.as_json:
        out.json(as_said(said))
    else:
        tell(said, out)
    return 0


def as_said(said: list[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"where": where, "text": text, "suspect": suspect(text)} for where, text in said]


def tell(said: list[tuple[str, str]], out: Output) -> None:
    for where, text in said:
        out.line(f"\n  {handed(where)}:")
        for row in rows(text, "  │ "):
            out.line(row)
