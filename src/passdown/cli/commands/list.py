"""`passdown list`."""

import argparse

from passdown.actions.look import records
from passdown.actions.review import unreviewed
from passdown.cli import since
from passdown.cli.output import Output
from passdown.cli.shown import as_json, counted, line
from passdown.model.handed import handed
from passdown.model.record import KINDS, Record
from passdown.project import Project

SHORT = 8  # characters of a session's id in a line
HELP = """List records, the last updated first: active ones, unless --all.

With --extracted the list to review: what was extracted from sessions and nobody has accepted, edited or rejected yet, the newest first, each with where
it was said. `passdown review` goes through it."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--all", action="store_true", help="also superseded, resolved, archived and expired ones")
    parser.add_argument("--kind", choices=tuple(KINDS), default="", metavar="KIND", help=", ".join(KINDS))
    parser.add_argument("--extracted", action="store_true", help="only those that were extracted from sessions and not reviewed yet")
    parser.add_argument("--session", default="", metavar="ID", help="only those said in this session")
    parser.add_argument("--since", default="", metavar="WHEN", help=since.HELP)
    parser.add_argument("--limit", type=int, default=-1, metavar="N", help="at most so many")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    after = since.since(args.since, project)
    if args.extracted:
        found = unreviewed(project, kind=args.kind, session=args.session, since=after)
    else:
        found = [r for r in records(project, kind=args.kind, every=args.all, session=args.session) if r.created >= after]
    found = found[: args.limit] if args.limit >= 0 else found
    if out.as_json:
        out.json([{**as_json(r), **(to_do(r) if args.extracted else {})} for r in found])
        return 0
    for record in found:
        out.line(out.fit(line(record)))
        if args.extracted:
            out.line(out.fit(f"    {said(record)}"))
    out.say(closing(found, extracted=args.extracted))
    return 0


def said(record: Record) -> str:
    """`said 2026-11-20 in 3f2a91cc:412 (claude-code)`: where `passdown show SESSION:EVENT` finds it."""
    where = next((f" in {handed(e.session[:SHORT])}:{e.event}" for e in record.evidence), "")
    return f"said {record.created[:10]}{where}" + (f" ({record.agent})" if record.agent else "")


def to_do(record: Record) -> dict[str, object]:
    """What can be done with it, as commands."""
    return {"review": {"accept": f"passdown review --accept {record.id}", "edit": f'passdown edit {record.id} --text "…"',
                       "reject": f"passdown review --reject {record.id}"}}


def closing(found: list[Record], *, extracted: bool) -> str:
    if extracted and found:
        return (f"{counted(len(found), 'record')} to review: `passdown review` goes through them one by one, "
                f"`passdown review --accept {found[0].id} --reject ID…` and `passdown edit ID` take them by id.")
    if extracted:
        return "Nothing to review."
    return f"{counted(len(found), 'record')}." if found else "No records yet: `passdown capture` extracts some, `passdown note` keeps one."
