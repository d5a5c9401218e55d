"""`search`: records, sessions and what was said."""

from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta

from passdown.briefing.quoted import quoted
from passdown.errors import UsageError
from passdown.mcp.tools import base
from passdown.mcp.tools.base import Answer
from passdown.model.handed import handed
from passdown.model.record import KINDS
from passdown.model.suspect import suspect
from passdown.project import Project
from passdown.shown import counted, line, speaks

if TYPE_CHECKING:
    from passdown.index import Hit

TITLE = "Search memory"
DESCRIPTION = ("Find decisions, failed approaches, gotchas, tasks and what was said in earlier sessions, best first. Ask in words or by names of code. "
               "`get` shows a hit whole.")
EFFECT: base.Effect = "reads"
EXCERPT = 300  # characters
NOTHING = "No hits. Other words may find it; `all` also looks at superseded and archived records."


class Arguments(base.Arguments, frozen=True, kw_only=True):
    query: Annotated[str, Meta(min_length=1)]
    kind: Annotated[base.Kind, Meta(description="Records of this kind alone")] = ""
    limit: Annotated[int, Meta(ge=1, le=50)] = 10
    all: Annotated[bool, Meta(description="Also records that are not active any more")] = False


class Result(base.Result, frozen=True, kw_only=True):
    hits: list[dict[str, Any]]


def run(args: Arguments, project: Project) -> Answer:
    from passdown.actions.look import search

    if args.kind and args.kind not in KINDS:
        raise UsageError(f"there is no record kind `{args.kind}`", "Kinds: " + ", ".join(KINDS))
    hits = search(project, args.query, args.limit, every=args.all, kind=args.kind)
    text = quoted("\n".join(map(told, hits)), f"{counted(len(hits), 'hit')}; `get` takes their ids.") if hits else NOTHING
    return Answer(text, Result(hits=[as_hit(h) for h in hits]))


def place(hit: "Hit") -> str:
    """The id that `get` takes: of a record, a session, or SESSION:EVENT."""
    return f"{hit.id}:{hit.event}" if hit.event >= 0 else hit.id


def excerpt(hit: "Hit") -> str:
    from passdown.briefing.words import shorten

    return shorten(hit.excerpt, EXCERPT)


def told(hit: "Hit") -> str:
    """A record in a line, with the excerpt where that says more; else where and when it was said."""
    head = line(hit.record) if hit.record else f"{handed(place(hit))}  {hit.kind}, {hit.at[:10]}" + ("  (superseded since)" if hit.stale else "")
    return head if hit.record and hit.excerpt in hit.record.title else f"{head}\n    {handed(excerpt(hit))}"


def as_hit(hit: "Hit") -> dict[str, Any]:
    own = {"id": place(hit), "type": hit.type, "kind": hit.kind, "at": hit.at, "excerpt": excerpt(hit), "stale": hit.stale,
           "suspect": suspect(hit.excerpt) or (speaks(hit.record) if hit.record else "")}
    return {**own, "title": hit.record.title, "status": hit.record.status, "trust": hit.record.trust} if hit.record else own
