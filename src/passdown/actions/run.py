"""`run`: an agent's program, started with the briefing in the way that it takes one."""

import shlex
import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec

from passdown import files
from passdown.actions.agents import last_fired
from passdown.actions.load import reading
from passdown.actions.resume import resume
from passdown.briefing.quoted import quoted
from passdown.errors import NoProgram, UsageError
from passdown.hooks import briefing as rendered
from passdown.integrations.base import Run
from passdown.integrations.programs import PROGRAMS
from passdown.loading import protocol
from passdown.model.briefing import Request
from passdown.model.handed import handed
from passdown.project import Project
from passdown.redaction.scan import redact

FILE = "briefing-run.md"


class Launch(msgspec.Struct, frozen=True):
    """agent: its name. program: path. words: without it. tokens: of the briefing in them, 0 where the agent's hooks give it."""

    agent: str
    program: str
    words: tuple[str, ...]
    tokens: int = 0


def launch(project: Project, name: str, words: Sequence[str] = (), more: Sequence[str] = (), *, task: str = "", budget: int = 0) -> Launch:
    """What has to be started. An agent whose hooks have briefed sessions of this project needs nothing more, unless there is a task.

    words: the user's prompt. more: what goes on to the agent's program as it is. Raises `UsageError`, `NoProgram`, `NotInitialised`.
    """
    project.require()
    if name not in PROGRAMS:
        raise UsageError(f"passdown does not know how to start `{name}` with a briefing", "Agents: " + ", ".join(PROGRAMS))
    how = PROGRAMS[name]
    program = shutil.which(how.binary)
    if program is None:
        raise NoProgram(program=how.binary, agent=name)
    if not task and "SessionStart" in last_fired(project).get(name, {}):
        return Launch(name, program, (*words, *more))
    if how.first and speaks(more):
        raise UsageError(f"{name} takes its briefing as the first message, and `{shlex.join(more)}` leaves no room for one",
                         "Give the prompt before `--` and options alone behind it, or start it yourself: `passdown resume --paste` prints the briefing.")
    asked = redact(" ".join(words)) if how.first or how.prompted else ""
    found = resume(project, Request(budget=budget or project.config.budget, task=task or asked))
    prompt = asked or (task if not speaks(more) else "") if how.prompted else ""
    text = worded(project, how, task, found.text, asked="" if how.prompted else asked, told=prompt == task)
    own = [redact(prompt)] if prompt else [] if asked else words
    return Launch(name, program, (*filled(project, how, text, asked or task), *own, *more), found.tokens)


def speaks(words: Sequence[str]) -> bool:
    """Whether a prompt or a sub-command is among the user's words: one that can be no option's value."""
    before = ("", *words)
    return any(not word.startswith("-") and (not last.startswith("-") or "=" in last) for last, word in zip(before, words, strict=False))


def worded(project: Project, how: Run, task: str, briefing: str, *, asked: str, told: bool) -> str:
    """What the agent is given. asked: the user's prompt, where it belongs to that. told: the task is a prompt of its own."""
    if how.first:
        return protocol.text(reading(project, task or asked), task, quoted(briefing)) + (f"\nWhat the user asks now:\n\n{asked}\n" if asked else "")
    return quoted(briefing) if told or not task else f"What this session is about: {handed(task)}\n\n{quoted(briefing)}"


def filled(project: Project, how: Run, text: str, goal: str) -> list[str]:
    """The words with the briefing in them, or with the path of a file that has it, in the private store, of which git sees nothing. goal: what is asked for."""
    path = Path(project.layout.private, rendered.FOLDER, FILE)
    if not any("{text}" in word for word in how.words):
        files.write(path, redact(text), durable=False)
    named = redact(f"Read {path} first: it says where this project stands, and how to begin." + (f"\n\n{goal}" if goal else ""))
    return [word.replace("{text}", redact(text)).replace("{named}", named).replace("{file}", str(path)) for word in how.words]


__all__ = ["Launch", "launch"]
