"""`guard`: does what is going to be done reopen something settled?"""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from msgspec import Meta

from passdown.briefing.quoted import quoted
from passdown.mcp.tools import base
from passdown.mcp.tools.base import Answer
from passdown.model.handed import handed
from passdown.project import Project
from passdown.shown import counted, line, speaks

if TYPE_CHECKING:
    from passdown.actions.guard import Warned

TITLE = "Guard what is settled"
DESCRIPTION = ("Before a change of plan, an edit or a command: does it reopen a decision, walk a road that failed, or start what was put off? "
               "Names the records with their reasons. Silent when unsure.")
EFFECT: base.Effect = "reads"
SAID = ("why", "alternative", "instead", "lesson", "until")
NOTHING = "Nothing settled speaks against it, as far as can be told."
GO_ON = "If it is meant, go on and `record` the new decision with its reason, superseding the old one."


class Arguments(base.Arguments, frozen=True, kw_only=True):
    text: Annotated[str, Meta(min_length=1, description="The intention in words, the command line, or the text that an edit adds")]
    how: Annotated[Literal["prompt", "command", "edit"], Meta(description="What `text` is")] = "prompt"
    path: Annotated[str, Meta(description="Of an edit: the file")] = ""


class Result(base.Result, frozen=True, kw_only=True):
    warnings: list[dict[str, Any]]


def run(args: Arguments, project: Project) -> Answer:
    from passdown.actions.guard import guard

    found = [w for w in guard(project, args.text, args.how, args.path) if not w.overridden]
    text = quoted("\n".join(map(told, found)), f"{counted(len(found), 'settled matter')} may be reopened by this. {GO_ON}") if found else NOTHING
    return Answer(text, Result(warnings=[as_warning(w) for w in found]))


def told(warned: "Warned") -> str:
    details = [f"\n    {name}: {handed(value)}" for name in SAID if (value := warned.record.detail(name))]
    return line(warned.record) + "".join(details)


def as_warning(warned: "Warned") -> dict[str, Any]:
    own = {name: value for name in SAID if (value := warned.record.detail(name))}
    return {"id": warned.record.id, "kind": warned.record.kind, "title": warned.record.title, "trust": warned.record.trust, "score": warned.score,
            "suspect": speaks(warned.record), **own}
