"""`resume`: the briefing."""
# In every tool what does the work is imported when it is first called: an agent asks for the list of tools at each of its own starts.

from typing import Annotated

from msgspec import Meta

from passdown.briefing.quoted import quoted
from passdown.mcp.hints import for_tools
from passdown.mcp.tools import base
from passdown.mcp.tools.base import Answer
from passdown.project import Project

TITLE = "Briefing"
DESCRIPTION = ("Where this project stands: what comes next, what failed, what was decided, how to run it, which files are in work; each claim held against "
               "the repository (✔ as it was, ~ changed since, ✗ gone). Call it when a session begins, or when the work turns to another topic.")
EFFECT: base.Effect = "reads"
NOTHING = ("Nothing is known of this project yet. Hooks read the sessions that agents have here, or the user does with `passdown capture`; the tool "
           "`record` keeps what you know.")


READING = "What agents wrote last is still being read: a later call knows more."
OURS = ("LEFT OUT", "! ")  # lines of a briefing that give advice, where all others tell what is known


class Arguments(base.Arguments, frozen=True, kw_only=True):
    task: Annotated[str, Meta(description="What the session is about, in the user's words")] = ""
    budget: Annotated[int, Meta(ge=0, le=20_000, description="Tokens at most; 0: the project's setting")] = 0


class Result(base.Result, frozen=True, kw_only=True):
    briefing: str
    tokens: int
    left_out: int


def run(args: Arguments, project: Project) -> Answer:
    from passdown.actions.fresh import caught_up
    from passdown.actions.resume import resume
    from passdown.model.briefing import Request

    above = "" if caught_up(project.require()) else READING
    found = resume(project, Request(budget=args.budget or project.config.budget, task=args.task))
    said = "\n".join(for_tools(line) if line.startswith(OURS) else line for line in found.text.split("\n"))
    text = quoted(said, above)
    return Answer(text if found.included else f"{NOTHING}\n\n{text}", Result(briefing=said, tokens=found.tokens, left_out=len(found.dropped)))
