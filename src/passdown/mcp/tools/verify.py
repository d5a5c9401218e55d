"""`verify`: what memory claims, held against the repository."""

from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta

from passdown.briefing.quoted import quoted
from passdown.mcp.hints import for_tools
from passdown.mcp.tools import base
from passdown.mcp.tools.base import Answer
from passdown.model.handed import handed
from passdown.project import Project
from passdown.shown import counted

if TYPE_CHECKING:
    from passdown.actions.verify import Judged

TITLE = "Verify memory"
DESCRIPTION = ("Hold records, and what the last session left, against the repository: files, lines, symbols, commits, branches, commands, dates. "
               "Tells what does not hold and what to do about it. Nothing is changed or run.")
EFFECT: base.Effect = "reads"
MOST = 100  # findings that are told


class Arguments(base.Arguments, frozen=True, kw_only=True):
    ids: Annotated[list[str], Meta(description="Only these records (beginnings of ids); default: all active ones")] = []


class Result(base.Result, frozen=True, kw_only=True):
    records: int
    claims: int
    holds: int
    unverified: int
    unreadable: int
    findings: list[dict[str, Any]]


def run(args: Arguments, project: Project) -> Answer:
    from passdown.actions.verify import verify, wrong

    done = verify(project, args.ids)
    found = [j for j in done.judged if wrong(j)]
    summary = (f"{counted(done.records, 'record')}, {counted(len(done.judged), 'claim')}: {done.count('holds')} hold, {done.count('unverified')} not verified, "
               f"{counted(len(found), 'finding')}.")
    rows = [told(j) for j in found[:MOST]] + ([f"… and {len(found) - MOST} more"] if len(found) > MOST else [])
    data = Result(records=done.records, claims=len(done.judged), holds=done.count("holds"), unverified=done.count("unverified"), unreadable=done.unreadable,
                  findings=[as_finding(j) for j in found[:MOST]])
    return Answer(quoted("\n".join(rows), summary) if rows else summary, data)


def told(judged: "Judged") -> str:
    fix = f"\n    → {for_tools(judged.fix)}" if judged.fix else ""
    return f"{judged.verdict.code}: {handed(judged.about)} {handed(judged.verdict.note)}".rstrip() + f"\n    {judged.owner}  {handed(judged.title)}{fix}"


def as_finding(judged: "Judged") -> dict[str, Any]:
    verdict = judged.verdict
    return {"code": verdict.code, "severity": verdict.severity, "id": judged.owner, "title": judged.title, "about": judged.about, "note": verdict.note,
            "fix": for_tools(judged.fix)}
