"""The contract of a tool: what it takes, what it answers, and what it does to the store."""

from typing import Annotated, Any, ClassVar, Literal, Protocol

import msgspec
from msgspec import Meta

from passdown.briefing.quoted import SOURCE
from passdown.model.record import KINDS
from passdown.project import Project

Effect = Literal["reads", "adds", "updates"]  # nothing changes; each call adds; a call that is repeated changes nothing more

Kind = Annotated[str, Meta(extra_json_schema={"enum": list(KINDS)})]


class Arguments(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every tool takes; its schema is made of the fields and their descriptions."""

    project: Annotated[str, Meta(description="Absolute path of the repository; default: where the server was started")] = ""


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """What every tool answers as structured content. source: where the words in it come from."""

    source: str = SOURCE


class Answer(msgspec.Struct, frozen=True):
    """text: for a reader, with what is quoted from memory fenced; data: the same for a program. links: URIs of resources that belong to it."""

    text: str
    data: Result
    links: tuple[str, ...] = ()


class Tool(Protocol):
    """What a module in this folder provides. Arguments and Result: named so that the schemas are made of them."""

    TITLE: ClassVar[str]
    DESCRIPTION: ClassVar[str]
    EFFECT: ClassVar[Effect]
    Arguments: ClassVar[type[Any]]
    Result: ClassVar[type[Any]]

    def run(self, args: Any, project: Project) -> Answer:
        """Raises `PassdownError` with what to do next."""


__all__ = ["Answer", "Arguments", "Effect", "Kind", "Result", "Tool"]
