"""Prompts that a user picks: begin a session, hand it off."""

import mcp_types as types

from passdown.errors import UsageError
from passdown.project import Project
from passdown.shown import clean

HANDOFF = """\
Hand off this session with passdown, for whoever goes on with the work.

1. Call the tool `handoff`{style}: a draft, with what is missing.
2. Keep what is missing and what you know with the tool `record`: decisions with their reason, approaches that failed and why, gotchas, open tasks with the
   place where work on them stopped, questions for me. Only what happened; what is not known is left open. No secrets.
3. Call `handoff`{style} with `write: true`. Repeat 2 and 3 until nothing that is known is missing.
4. Tell me where the document lies, its score, and the two or three things that matter most.
"""
PROMPTS = (
    types.Prompt(name="resume", title="Begin a session", description="The briefing with the start protocol: read, state where things stand, ask, proceed",
                 arguments=[types.PromptArgument(name="task", description="What the session is about")]),
    types.Prompt(name="handoff", title="Hand off this session", description="Write the hand-over document and fill what it lacks",
                 arguments=[types.PromptArgument(name="style", description="Style of the document; default: the project's own")]))


def text(name: str, given: dict[str, str], project: Project) -> str:
    """The user's message. Raises `UsageError` for a prompt or an argument that there is not."""
    known = {p.name: {a.name for a in p.arguments or ()} for p in PROMPTS}
    if name not in known:
        raise UsageError(f"there is no prompt `{name}`", "Prompts: " + ", ".join(known))
    if unknown := sorted(set(given) - known[name]):
        raise UsageError(f"the prompt `{name}` has no argument `{unknown[0]}`", "It has: " + ", ".join(known[name]))
    return clean(resume(project, given.get("task", "")) if name == "resume" else handoff(given.get("style", "")))


def handoff(style: str) -> str:
    return HANDOFF.format(style=f" with the style `{style}`" if style else "")


def resume(project: Project, task: str) -> str:
    """The start protocol around the briefing, as `resume --paste` prints it."""
    from passdown.actions.load import reading
    from passdown.actions.resume import resume as briefing
    from passdown.briefing.quoted import quoted
    from passdown.loading import protocol
    from passdown.model.briefing import Request

    found = briefing(project, Request(budget=project.require().config.budget, task=task))
    return protocol.text(reading(project, task), task, quoted(found.text))


__all__ = ["PROMPTS", "text"]
