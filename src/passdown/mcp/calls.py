"""One call of a tool: arguments checked, the action run, its answer or its error as the protocol wants it, everything redacted."""

import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

import mcp_types as types
import msgspec

from passdown.errors import PassdownError, UsageError
from passdown.mcp.hints import for_tools
from passdown.mcp.tools.base import Answer, Tool
from passdown.model.json_values import changed
from passdown.project import Project
from passdown.shown import clean, harmless, plain

Open = Callable[[str], Project]  # the project of a directory, the server's own for ""
ADVICE = {  # for who has tools and no command line, by the error's code
    "NoSuchRecord": "`search` finds ids by words; with `all` also those of what is not active any more.",
    "NotInitialised": "The user has to run `passdown init` there once; nothing is kept before that.",
}
GENERAL = UsageError("").advice  # points at the command line's help


def call(tool: Tool, given: dict[str, Any], opened: Open) -> types.CallToolResult:
    """The tool's answer. Whatever is wrong is an answer too, with `isError` and what to do next, so that the model can mend its call."""
    try:
        args = arguments(tool, given)
        return answered(tool.run(args, project_of(args.project, opened)))
    except msgspec.ValidationError as error:
        said = " ".join(str(error).splitlines())  # names of arguments may hold anything
        return failed("InvalidArguments", f"The arguments do not fit: {said}.", f"It takes: {', '.join(tool.Arguments.__struct_fields__)}.")
    except PassdownError as error:
        return failed(error.code, error.message, advice(error))
    except Exception as error:  # noqa: BLE001  the outermost edge: one call must not end the server
        return failed("Fault", fault(error), "Nothing acknowledged is lost. Please report the lines above; they hold no text of yours.")


def arguments(tool: Tool, given: dict[str, Any]) -> Any:
    """They as the tool's own type. Raises `msgspec.ValidationError`, also for what JSON may say and no type can hold."""
    try:
        return msgspec.convert(given, tool.Arguments, strict=False)
    except UnicodeEncodeError:
        raise msgspec.ValidationError("a name holds half a surrogate pair") from None
    except RecursionError:
        raise msgspec.ValidationError("nested too deep") from None


def project_of(directory: str, opened: Open) -> Project:
    """The project that a call names. Raises `UsageError` for a path that says something only where the server runs."""
    place = Path(directory)
    if directory and not (place.is_absolute() and place.is_dir()):
        problem = f"there is no directory {directory}" if place.is_absolute() else f"`project` is no absolute path: {directory}"
        raise UsageError(problem, "Give the absolute path of a repository on the server's machine, or leave `project` away.")
    return opened(directory)


def advice(error: PassdownError) -> str:
    """What to do next, in words for a client."""
    return "" if error.advice == GENERAL else ADVICE.get(error.code, for_tools(error.advice))


def answered(answer: Answer) -> types.CallToolResult:
    links = [types.ResourceLink(uri=uri, name=uri.rsplit("/", 1)[-1]) for uri in answer.links]
    return types.CallToolResult(content=[types.TextContent(text=clean(answer.text)), *links], structured_content=changed(plain(answer.data), cleaned))


def failed(code: str, message: str, advice: str) -> types.CallToolResult:
    """What is wrong in the text that the model reads; the error's class for a program."""
    text = cleaned(f"{message}\n{advice}" if advice else message)
    return types.CallToolResult(content=[types.TextContent(text=text)], is_error=True, _meta={"passdown/error": code})


def cleaned(text: str) -> str:
    """A text of a value redacted, and inert: a host may give it to its model as it is."""
    return clean(harmless(text))


def fault(error: BaseException) -> str:
    """Where an error of ours happened, without a word of what was being read."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    where = "\n".join(f"  {f.filename.rsplit('passdown', 1)[-1]}:{f.lineno} {f.name}" for f in frames)
    return f"passdown met a fault of its own: {type(error).__name__}\n{where}"


__all__ = ["Open", "advice", "call", "cleaned", "failed", "fault"]
