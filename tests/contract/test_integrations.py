"""Every agent in the table keeps the contract."""

import json
import tomllib
from pathlib import PurePosixPath

import pytest

from passdown.hooks import host
from passdown.integrations import base, own, plan, skills
from passdown.integrations.agents import (
    claude_code,
    cline,
    codex,
    copilot_cli,
    cursor,
    gemini_cli,
    generic,
    opencode,
    qwen_code,
    vscode_copilot,
    windsurf,
)
from passdown.integrations.pieces import pieces, scopes
from passdown.integrations.rules import RULES
from passdown.integrations.table import AGENTS, GENERIC, NAMED, agent

ALL: dict[str, base.Agent] = {  # the type checker holds each module against the protocol
    "claude-code": claude_code, "codex": codex, "copilot-cli": copilot_cli, "vscode-copilot": vscode_copilot, "cursor": cursor, "gemini-cli": gemini_cli,
    "qwen-code": qwen_code, "opencode": opencode, "windsurf": windsurf, "cline": cline, "generic": generic}
HOOKED = [name for name in AGENTS if agent(name).hooks("", None)]
LAUNCHER = "/x/passdown-hook"


def test_every_agent_of_the_table_is_here() -> None:
    """A new one has to be added to this suite; whoever fires hooks has a module that speaks for it."""
    assert set(ALL) == set(AGENTS)
    assert set(NAMED) == set(AGENTS) - {GENERIC} == set(host.MODULES)
    assert set(RULES) == {name for name in host.MODULES if host.of(name).RULES}


@pytest.mark.parametrize("name", AGENTS)
def test_names_and_places(name: str) -> None:
    """The name is the table's; user's files lie below home, the others below the project."""
    one = agent(name)

    assert one is ALL[name]
    assert name == one.NAME
    assert scopes(one)[0] == ("project" if name == GENERIC else "user")
    assert set(scopes(one)) <= {"user", "project", "local"}
    for scope, path in [*one.CONFIG.items(), *((scope, server.path) for scope, server in one.MCP.items())]:
        assert path.startswith("{project}/") == (scope != "user")
        assert ".." not in PurePosixPath(path).parts


@pytest.mark.parametrize("name", HOOKED)
def test_entries_are_known_again(name: str) -> None:
    """Each event has one entry, ours, whose command names the host as the hooks know it."""
    for words in (base.command(LAUNCHER, name), base.shared_command(name)):
        for event, group in agent(name).hooks(words, None).items():
            [handler] = group.get("hooks", [group])
            command = handler.get("command") or handler["bash"]
            assert event.replace("_", "").isalpha()
            assert base.is_ours(handler)
            assert command.partition(" hook ")[2].rstrip("'").split()[0] in host.MODULES
            assert isinstance(group.get("matcher", ""), str)


@pytest.mark.parametrize("name", HOOKED)
def test_a_new_file_is_plain_json(name: str) -> None:
    """Into nothing, the file is strict JSON with what the host wants at its root and the hooks."""
    wanted = agent(name).hooks(base.command(LAUNCHER, name), None)
    text = plan.install("", wanted, agent(name).ROOT)

    assert json.loads(text) == {**agent(name).ROOT, "hooks": {event: [group] for event, group in wanted.items()}}
    assert list(agent(name).hindrances(text, "")) == []
    assert plan.is_bare(plan.uninstall(text), agent(name).ROOT)


@pytest.mark.parametrize("name", AGENTS)
def test_pieces_go_in_and_out(name: str) -> None:
    """Of each scope, into nothing: there, there once, gone, and nothing left."""
    for scope in scopes(agent(name)):
        for piece in pieces(agent(name), scope, base.command(LAUNCHER, name), LAUNCHER, None):
            text = piece.put("")
            assert (piece.has(text), piece.whole(text), piece.put(text)) == (True, True, text)
            assert not piece.has(piece.take(text, ""))
            assert piece.bare(piece.take(text, ""))


@pytest.mark.parametrize("name", AGENTS)
def test_files_of_ours_are_signed(name: str) -> None:
    """And say nothing to the host by that: TOML stays TOML, front matter and shebang stay first."""
    for file in agent(name).own("/x y/passdown-hook"):
        assert file.what != "skill"
        assert own.whose(file.text) == "ours"
        assert own.whose(file.text.replace("\n", "\r\n")) == "ours"
        assert own.whose(file.text + "x") == "edited"
        assert "/x y/passdown-hook" in file.text
        if file.path.endswith(".toml"):
            assert set(tomllib.loads(file.text)) == {"description", "prompt"}
        if file.runnable:
            assert file.text.startswith("#!/bin/sh\n")


def test_skills_are_small_and_valid() -> None:
    """Agent Skills: the name is the folder's, the description has 1,024 characters at most."""
    for name in skills.SKILLS:
        rows = skills.skill(name, LAUNCHER).splitlines()
        assert rows[:2] == ["---", f"name: {name}"]
        assert len(rows[2].removeprefix("description: ")) < 1_024
