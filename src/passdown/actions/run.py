"""`run`: an agent's program, started with the briefing in the way that it takes one."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import msgspec

from passdown import files
from passdown.actions.agents import last_fired
from passdown.actions.load import reading
from passdown.actions.resume import resume
from passdown.errors import NoProgram, UsageError
from passdown.hooks import briefing as rendered
from passdown.integrations.base import Run
from passdown.integrations.programs import PROGRAMS
from passdown.loading import protocol
from passdown.model.briefing import Request
from passdown.project import Project
from passdown.redaction.scan import redact

FILE = "briefing-run.md"


class Launch(msgspec.Struct, frozen=True):
    """agent: its name. program: path. words: without it. tokens: of the briefing in them, 0 where the agent's hooks give it."""

    agent: str
    program: str
    words: tuple[str, ...]
    tokens: int = 0


def launch(project: Project, name: str, more: Sequence[str] = (), *, task: str = "", budget: int = 0) -> Launch:
    """What has to be started. An agent whose hooks have briefed sessions of this project needs nothing more, unless there is a task.

    Raises `UsageError`, `NoProgram`, `NotInitialised`.
    """
    project.require()
    if name not in PROGRAMS:
        raise UsageError(f"passdown does not know how to start `{name}` with a briefing", "Agents: " + ", ".join(PROGRAMS))
    how = PROGRAMS[name]
    program = shutil.which(how.binary)
    if program is None:
        raise NoProgram(program=how.binary, agent=name)
    if not task and "SessionStart" in last_fired(project).get(name, {}):
        return Launch(name, program, tuple(more))
    found = resume(project, Request(budget=budget or project.config.budget, task=task))
    text = redact(protocol.text(reading(project, task), task, found.text) if how.first else found.text)
    words = filled(project, how, text)
    prompt = [str(redact(task))] if task and how.prompted else []
    return Launch(name, program, (*words, *more, *prompt), found.tokens)


def filled(project: Project, how: Run, text: str) -> list[str]:
    """The words with the briefing in them, or the path of the file with it: in the private store, of which git sees nothing."""
    path = Path(project.layout.private, rendered.FOLDER, FILE)
    if any("{file}" in word for word in how.words):
        files.write(path, redact(text), durable=False)
    return [word.replace("{text}", text).replace("{file}", str(path)) for word in how.words]


__all__ = ["Launch", "launch"]
