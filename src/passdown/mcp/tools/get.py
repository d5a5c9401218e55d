"""`get`: one thing whole, by its id or by its place in the code."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta

from passdown.briefing.quoted import quoted
from passdown.errors import NoSuchRecord, UsageError
from passdown.mcp.hints import for_tools
from passdown.mcp.tools import base
from passdown.mcp.tools.base import Answer
from passdown.model.handed import handed, rows
from passdown.model.ids import event_address
from passdown.model.suspect import suspect
from passdown.project import Project
from passdown.shown import as_json, block, line, speaks

if TYPE_CHECKING:
    from passdown.model.record import Record
    from passdown.model.session import Session

TITLE = "Get one thing"
DESCRIPTION = ("A record with its evidence and how it stands against the repository; a session's report; what was said around an event (SESSION:EVENT); "
               "or, by path, what is known about a place in the code. Give id or path.")
EFFECT: base.Effect = "reads"


class Arguments(base.Arguments, frozen=True, kw_only=True):
    id: Annotated[str, Meta(description="Of a record or session (its beginning is enough), or SESSION:EVENT")] = ""
    path: Annotated[str, Meta(description="path or path:line in the repository")] = ""


class Result(base.Result, frozen=True, kw_only=True):
    found: dict[str, Any]


def run(args: Arguments, project: Project) -> Answer:
    if bool(args.id) == bool(args.path):
        raise UsageError("`get` takes either an id or a path", "Give one of them; `search` finds ids.")
    if args.path:
        return of_place(project, args.path)
    if address := event_address(args.id):
        return of_event(project, *address)
    try:
        return of_record(project, args.id)
    except NoSuchRecord as missing:
        try:
            return of_session(project, args.id)
        except NoSuchRecord:
            raise missing from None


def of_record(project: Project, prefix: str) -> Answer:
    from passdown.actions.look import show
    from passdown.actions.verify import verify

    record, said = show(project, prefix)
    stands = [{"about": j.about, "verdict": j.verdict.code, "note": j.verdict.note, "fix": for_tools(j.fix)} for j in verify(project, [record.id]).judged]
    checks = [f"  held against the repository: {handed(s['about'])}: {s['verdict']} {handed(s['note'])}".rstrip() for s in stands]
    text = "\n".join([block(record), *checks, *quotes(said)])
    return Answer(quoted(text), Result(found={"type": "record", **as_json(record), "said": as_said(said), "stands": stands}), (f"passdown://record/{record.id}",))


def of_session(project: Project, prefix: str) -> Answer:
    from passdown.actions.look import show_session

    facts, text = show_session(project, prefix)
    report = text.partition("\n## Facts\n")[0].rstrip()
    return Answer(quoted("\n".join(rows(report))), Result(found={"type": "session", **brief(facts), "report": report, "suspect": suspect(report)}))


def of_event(project: Project, prefix: str, event: int) -> Answer:
    from passdown.actions.look import around, show_session

    said = around(project, show_session(project, prefix)[0].id, event)
    return Answer(quoted("\n".join(quotes(said)).strip()) if said else "Nothing is kept of what was said there.",
                  Result(found={"type": "event", "said": as_said(said)}))


def of_place(project: Project, place: str) -> Answer:
    from passdown.actions.look import why

    known = why(project, place)
    changes = (f"changed {s.ended[:10]} by {s.agent}, session {handed(s.id)}: {handed(reason(s, known.path))}" for s in known.sessions)
    told = [*map(line, known.records), *changes]
    found = {"type": "place", "path": known.path, "line": known.line, "records": [short(r) for r in known.records],
             "sessions": [{**brief(s), "why": reason(s, known.path)} for s in known.sessions]}
    return Answer(quoted("\n".join(told)) if told else f"Nothing is known about {handed(known.path)} yet.", Result(found=found))


def reason(session: "Session", path: str) -> str:
    """Why a session changed a file, else what it was about."""
    from passdown.briefing.words import shorten

    return shorten(next((f.why for f in session.files if f.path == path and f.why), session.goal), 200)


def brief(session: "Session") -> dict[str, Any]:
    return {"id": session.id, "agent": session.agent, "started": session.started, "ended": session.ended, "branch": session.branch}


def short(record: "Record") -> dict[str, Any]:
    return {"id": record.id, "kind": record.kind, "title": record.title, "status": record.status, "trust": record.trust, "suspect": speaks(record)}


def quotes(said: Sequence[tuple[str, str]]) -> list[str]:
    return [row for where, words in said for row in ("", f"  {handed(where)}:", *rows(words, "  │ "))]


def as_said(said: Sequence[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"where": where, "text": text, "suspect": suspect(text)} for where, text in said]
