"""Every agent in the table keeps the contract."""

import json
from pathlib import PurePosixPath

import pytest

from passdown.integrations import base, plan
from passdown.integrations.agents import claude_code, codex
from passdown.integrations.table import AGENTS, agent
from passdown.transcripts import table as transcripts

ALL: dict[str, base.Agent] = {"claude-code": claude_code, "codex": codex}  # the type checker holds each module against the protocol


def test_every_agent_of_the_table_is_here() -> None:
    """A new one has to be added to this suite, and to the readers first."""
    assert set(ALL) == set(AGENTS) <= set(transcripts.AGENTS)


@pytest.mark.parametrize("name", AGENTS)
def test_names_and_places(name: str) -> None:
    """The name is the table's; user's files lie below home, the others below the project."""
    one = agent(name)

    assert one is ALL[name]
    assert name == one.NAME
    assert "user" in one.CONFIG
    assert set(one.CONFIG) <= {"user", "project", "local"}
    for scope, path in one.CONFIG.items():
        assert path.startswith("{project}/") == (scope != "user")
        assert ".." not in PurePosixPath(path).parts


@pytest.mark.parametrize("name", AGENTS)
def test_entries_are_known_again(name: str) -> None:
    """Each event has one entry with one command handler, which is ours, with a timeout of at most 60 s."""
    for event, group in agent(name).hooks(base.command("/x/passdown-hook", name), None).items():
        [handler] = group["hooks"]
        assert event.isalpha()
        assert base.is_ours(handler)
        assert handler["type"] == "command"
        assert 1 <= handler["timeout"] <= 60
        assert set(group) <= {"matcher", "hooks"}
        assert isinstance(group.get("matcher", ""), str)


@pytest.mark.parametrize("name", AGENTS)
def test_a_new_file_is_plain_json(name: str) -> None:
    """Into nothing, the file is strict JSON with `hooks` alone at its root."""
    wanted = agent(name).hooks(base.command("/x/passdown-hook", name), None)

    assert json.loads(plan.install("", wanted)) == {"hooks": {event: [group] for event, group in wanted.items()}}
    assert list(agent(name).hindrances(plan.install("", wanted), "")) == []
