"""`passdown search`."""

import argparse

from passdown.actions.look import search
from passdown.briefing.words import shorten
from passdown.cli.output import Output
from passdown.cli.shown import as_json, line
from passdown.index import Hit
from passdown.model.handed import handed
from passdown.model.record import KINDS
from passdown.model.suspect import suspect
from passdown.project import Project

SHORT_ID = 13
HELP = """Find records, sessions and what was said, best first. Ask as you would a colleague, or give words and names."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("query", nargs="+", metavar="QUERY")
    parser.add_argument("--limit", type=int, default=10, metavar="N", help="at most so many hits (default 10)")
    parser.add_argument("--all", action="store_true", help="also records that are not active any more")
    parser.add_argument("--kind", choices=tuple(KINDS), default="", metavar="KIND", help="records of this kind alone")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    hits = search(project, " ".join(args.query), max(0, args.limit), every=args.all, kind=args.kind)
    if out.as_json:
        out.json([as_hit(h) for h in hits])
        return 0
    for hit in hits:
        place = handed(hit.id[:SHORT_ID]) + (f":{hit.event}" if hit.event >= 0 else "")
        out.line(out.fit(line(hit.record)) if hit.record else f"{place:<18}  {hit.kind}, {hit.at[:10]}")
        if not hit.record or hit.excerpt not in hit.record.text:
            out.line(f"    │ {out.fit(handed(shorten(hit.excerpt, 200)), 6)}" + ("  (superseded since)" if hit.stale and not hit.record else ""))
    if any(not hit.record for hit in hits):
        out.say("`passdown show` takes the ids: a record, a session, or SESSION:EVENT with what was said around it.")
    if not hits:
        out.say("No hits. `passdown search --all` also looks at superseded and archived records.")
    return 0


def as_hit(hit: Hit) -> dict[str, object]:
    """A hit with its record's own fields at the top."""
    own = {"type": hit.type, "score": round(hit.score, 4), "stale": hit.stale}
    if hit.record:
        return {**as_json(hit.record), **own}
    return {"id": hit.id, "kind": hit.kind, "at": hit.at, "event": hit.event, "excerpt": hit.excerpt, "suspect": suspect(hit.excerpt), **own}
