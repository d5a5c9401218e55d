"""What an agent's integration puts into files that are not ours: hooks, and an MCP server if it is wanted."""

import tomllib
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Literal

from passdown.integrations import block, mcp_entry, member, plan
from passdown.integrations.base import Agent, Piece, Server
from passdown.integrations.splices import RefusedError

RULES_BLOCK = """\
## Earlier sessions

This project's memory is kept by passdown. `passdown resume` prints where things stand: what was done, decided, tried and left open, held against the code;
the MCP tool `resume` gives the same. `passdown note KIND "TEXT"` keeps what the next session has to know, `passdown handoff` closes a piece of work.
"""


def pieces(one: Agent, scope: str, command: str, launcher: str, version: tuple[int, ...] | None) -> Iterator[Piece]:
    """All that one agent may have in one scope; the MCP server is put in on demand only. command: of the hooks."""
    if scope in one.CONFIG:
        yield hooks(one, scope, command, version)
    if scope in one.MCP:
        words = mcp_entry.shared_words() if scope == "project" else mcp_entry.words(launcher)
        yield (json_server if one.MCP[scope].keys else toml_server)(one.MCP[scope], words)


def hooks(one: Agent, scope: str, command: str, version: tuple[int, ...] | None) -> Piece:
    if one.CONFIG[scope].endswith(".md"):
        return rules_block(one.CONFIG[scope])
    wanted, root = one.hooks(command, version), one.ROOT
    return Piece("hooks", one.CONFIG[scope], partial(plan.install, wanted=wanted, root=root), plan.uninstall, lambda text: bool(plan.installed(text)),
                 lambda text: set(wanted) <= set(plan.installed(text)), partial(plan.is_bare, root=root))


def json_server(place: Server, words: Sequence[str]) -> Piece:
    value = mcp_entry.listed(words) if place.listed else mcp_entry.entry(words)
    there = partial(member.installed, keys=place.keys)
    return Piece("mcp", place.path, partial(member.install, keys=place.keys, value=value), lambda text, before: member.uninstall(text, place.keys, before),
                 there, there, plan.is_bare)


def toml_server(place: Server, words: Sequence[str]) -> Piece:
    lines = f"[mcp_servers.{mcp_entry.NAME}]\ncommand = {_toml(words[0])}\nargs = [{', '.join(map(_toml, words[1:]))}]\n"
    return in_block("mcp", place.path, block.HASH, lambda text: with_table(text, lines))


def rules_block(path: str) -> Piece:
    """A pointer at the briefing in a file of instructions that is committed: never the briefing itself."""
    return in_block("rules", path, block.MARKDOWN, lambda text: block.install(text, block.MARKDOWN, RULES_BLOCK))


def in_block(what: Literal["mcp", "rules"], path: str, marks: block.Marks, put: Callable[[str], str]) -> Piece:
    there = partial(block.installed, marks=marks)
    return Piece(what, path, put, lambda text, before: block.uninstall(text, marks, before), there, there, lambda text: not text.strip())


def with_table(text: str, lines: str) -> str:
    """TOML with the table of our server. Raises ValueError where it is no TOML, or has another server of that name."""
    try:
        before = tomllib.loads(block.uninstall(text, block.HASH).removeprefix("\ufeff"))
        if mcp_entry.NAME in before.get("mcp_servers", {}):
            raise RefusedError(f"`mcp_servers.{mcp_entry.NAME}` is there already, and it is not passdown's")
        new = block.install(text, block.HASH, lines)
        tomllib.loads(new.removeprefix("\ufeff"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise RefusedError(f"it is not TOML: {error}") from error
    return new


def _toml(word: str) -> str:
    """A basic string."""
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"') + '"'


def scopes(one: Agent) -> tuple[str, ...]:
    """Where an agent can be wired, its usual scope first. Whoever has a program has files of the user's."""
    return tuple(dict.fromkeys((*(("user",) if one.BINARY else ()), *one.CONFIG, *one.MCP)))


__all__ = ["pieces", "rules_block", "scopes"]
