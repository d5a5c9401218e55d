"""`handoff`: the document for whoever goes on, as a draft or written, and what it lacks."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import quote

from msgspec import Meta

from passdown.briefing.quoted import quoted
from passdown.mcp.hints import for_tools
from passdown.mcp.tools import base
from passdown.mcp.tools.base import Answer
from passdown.model.handed import SPEAKS
from passdown.model.suspect import suspect
from passdown.project import Project
from passdown.shown import counted, plain

if TYPE_CHECKING:
    from passdown.actions.document_writing import Document
    from passdown.actions.handoff import Handoff

TITLE = "Hand off"
DESCRIPTION = ("The hand-over document of this project and what it still lacks. Without `write` a draft, nothing is changed. With it new sessions are captured "
               "and the document is written or brought up to date; what others wrote in it stays. Fill what is missing with `record`, then call it again.")
EFFECT: base.Effect = "updates"
DRAFT_CHARS = 24_000


class Arguments(base.Arguments, frozen=True, kw_only=True):
    style: Annotated[str, Meta(description="Default: the project's own; a wrong one is answered with the list")] = ""
    write: bool = False


class Result(base.Result, frozen=True, kw_only=True):
    written: bool
    documents: list[dict[str, Any]]
    missing: list[dict[str, str]]
    draft: str


def run(args: Arguments, project: Project) -> Answer:
    from passdown.actions.document_writing import Order
    from passdown.actions.documents import without_marks
    from passdown.actions.handoff import handoff

    done = handoff(project, Order(style=args.style, dry_run=not args.write))
    draft = "" if args.write else "\n".join(without_marks(d.text) for d in done.documents)[:DRAFT_CHARS]
    documents = [as_document(project, d) for d in done.documents]
    lacks = [{name: for_tools(value) for name, value in plain(gap).items()} for gap in done.gaps]
    data = Result(written=args.write, documents=documents, missing=lacks, draft=draft)
    known = "\n\n".join(filter(None, ["\n".join(missing(done)), draft]))
    speaks = [SPEAKS] if suspect(draft) else []
    return Answer(quoted(known, "\n".join([*told(done, documents, written=args.write), *speaks])), data,
                  tuple(f"passdown://document/{quote(d['path'])}" for d in documents) if args.write else ())


def as_document(project: Project, one: "Document") -> dict[str, Any]:
    path = one.path.relative_to(project.root).as_posix() if one.path.is_relative_to(project.root) else str(one.path)
    return {"path": path, "state": one.state, "lines": one.text.count("\n"), "score": one.checked.score, "confidence": one.checked.confidence,
            "recovery_minutes": one.checked.recovery_minutes, "findings": [plain(f) for f in one.checked.findings]}


def told(done: "Handoff", documents: list[dict[str, Any]], *, written: bool) -> Iterator[str]:
    """What was done or would be, and how good it came out."""
    for one in documents:
        score = f", score {one['score']:.1f}/10, {counted(len(one['findings']), 'finding')}" if one["score"] is not None else ""
        yield f"{one['state'].capitalize() if written else 'Draft of'} {one['path']} ({one['lines']} lines{score})"
    for failed in (c.error for c in done.captured if c.error):
        yield f"Not captured: {failed.message}"


def missing(done: "Handoff") -> Iterator[str]:
    """What is missing and what fills it."""
    yield "Missing:" if done.gaps else "Nothing that is known is missing."
    for gap in done.gaps:
        yield f"- {gap.what}\n  {for_tools(gap.fix)}"
