"""`record`: one thing kept on purpose."""

from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta

from passdown.errors import UsageError
from passdown.mcp.tools import base
from passdown.mcp.tools.base import Answer
from passdown.model.record import KINDS, Detail
from passdown.project import Project
from passdown.shown import as_json, line

TITLE = "Keep a record"
DESCRIPTION = ("Keep one thing the next session must know: a decision with its reason, an approach that failed, a gotcha, an open task, a blocker. One thing "
               "each, in words that stand by themselves; no secrets. It is safe on disk when the id comes back.")
EFFECT: base.Effect = "adds"
DETAILS = "By kind (* takes a list): " + "; ".join(
    f"{k.name}: {', '.join(f.name + ('*' if f.many else '') for f in k.fields)}" for k in KINDS.values())


class Arguments(base.Arguments, frozen=True, kw_only=True):
    kind: base.Kind
    text: Annotated[str, Meta(min_length=1, description="First line: what; more lines if they are needed")]
    details: Annotated[dict[str, str | list[str]], Meta(description=DETAILS)] = {}
    files: Annotated[list[str], Meta(description="Places it rests on: path, path:12-20 or path#symbol")] = []
    supersedes: Annotated[str, Meta(description="Id of the record of this kind that it replaces")] = ""
    resolves: Annotated[list[str], Meta(description="Ids of tasks, questions, blockers that this settles")] = []
    by_user: Annotated[bool, Meta(description="The user said exactly this")] = False


class Result(base.Result, frozen=True, kw_only=True):
    record: dict[str, Any]
    place: str
    resolved: list[str]


def run(args: Arguments, project: Project) -> Answer:
    from passdown.actions.change import set_status
    from passdown.actions.look import show

    settled = [show(project, prefix)[0] for prefix in args.resolves]  # a wrong id is told before anything is written
    done = kept(args, project)
    for record in settled:
        set_status(project, record.id, "resolved")
    where = " in the inbox, because the private store cannot be written; the next capture moves it" if done.place == "inbox" else ""
    rows = [f"Kept {line(done.record)}{where}", *(f"Resolved {record.id}" for record in settled)]
    return Answer("\n".join(rows), Result(record=as_json(done.record), place=done.place, resolved=[r.id for r in settled]),
                  (f"passdown://record/{done.record.id}",))


def kept(args: Arguments, project: Project) -> Any:
    """The receipt. Raises `UsageError` where the old record is of another kind, or the user's word would replace it."""
    from passdown.actions.change import supersede
    from passdown.actions.look import show
    from passdown.actions.note import note

    details = details_of(args.kind, args.details)
    if not args.supersedes:
        return note(project, args.kind, args.text, details, args.files, trust="user" if args.by_user else "noted")
    old, _ = show(project, args.supersedes)
    if old.kind != args.kind:
        raise UsageError(f"{old.id} is a {old.kind}, not a {args.kind}", f"Give the kind {old.kind}, or leave `supersedes` away.")
    if args.by_user:
        raise UsageError("`by_user` cannot be said of a record that supersedes another", "Leave it away, or record it without `supersedes`.")
    return supersede(project, old.id, args.text, details, args.files)


def details_of(kind: str, given: Mapping[str, str | list[str]]) -> dict[str, Detail]:
    """Lists where the kind has lists. Raises `UsageError` for several values of a detail that has one."""
    many = {f.name for f in KINDS[kind].fields if f.many} if kind in KINDS else set()
    found: dict[str, Detail] = {}
    for name, value in given.items():
        if isinstance(value, list) and name not in many:
            raise UsageError(f"`{name}` of a {kind} is one value, not a list", "Join it to one text.")
        found[name] = value if isinstance(value, str) and name not in many else tuple([value] if isinstance(value, str) else value)
    return found
