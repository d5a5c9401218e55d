"""`sessions`: what agents did here, the last first."""

from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta

from passdown.briefing.quoted import quoted
from passdown.mcp.tools import base
from passdown.mcp.tools.base import Answer
from passdown.model.handed import handed
from passdown.model.suspect import suspect
from passdown.project import Project
from passdown.shown import counted

if TYPE_CHECKING:
    from passdown.model.session import Session

TITLE = "Earlier sessions"
DESCRIPTION = "The sessions that agents had here, the last ended first: when, which agent, what about, how much changed. `get` has a session's report."
EFFECT: base.Effect = "reads"
NOTHING = "No session is captured yet: hooks do that, or the user with `passdown capture`."


class Arguments(base.Arguments, frozen=True, kw_only=True):
    limit: Annotated[int, Meta(ge=1, le=100)] = 10


class Result(base.Result, frozen=True, kw_only=True):
    sessions: list[dict[str, Any]]


def run(args: Arguments, project: Project) -> Answer:
    from passdown.actions.look import sessions

    found = [as_row(s) for s in sessions(project, args.limit)]
    return Answer(quoted("\n".join(map(told, found))) if found else NOTHING, Result(sessions=found))


def as_row(session: "Session") -> dict[str, Any]:
    from passdown.briefing.words import shorten

    return {"session_id": session.id, "agent": session.agent, "started": session.started, "ended": session.ended, "branch": session.branch,
            "title": shorten(session.title or session.goal, 160), "active_s": session.active_s, "prompts": session.prompts, "tool_calls": session.tool_calls,
            "files_changed": len(session.files_changed), "commits": len(session.commits),
            "suspect": suspect(f"{session.title}\n{session.goal}\n{session.branch}")}


def told(row: dict[str, Any]) -> str:
    on = f", on {handed(row['branch'])}" if row["branch"] else ""
    done = (counted(row["prompts"], "prompt"), counted(row["tool_calls"], "tool call"), f"{counted(row['files_changed'], 'file')} changed",
            counted(row["commits"], "commit"))
    return f"{handed(row['session_id'])}  {row['agent']}, ended {row['ended'][:16].replace('T', ' ')}{on}: {handed(row['title'])}\n    {', '.join(done)}"
