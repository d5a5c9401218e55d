"""The server's entry in a host's configuration."""

from typing import Any

import pytest

from passdown.integrations import mcp_entry

LAUNCHER = "/home/dev/.passdown/bin/passdown-hook"
WORDS, SHARED = mcp_entry.words(LAUNCHER), mcp_entry.shared_words()


@pytest.mark.parametrize("value", [
    mcp_entry.entry(WORDS), mcp_entry.listed(WORDS), {**mcp_entry.entry(WORDS), "env": {"A": "1"}, "disabled": True},
    mcp_entry.entry(SHARED), mcp_entry.listed(SHARED),
    mcp_entry.entry(mcp_entry.words("C:/Users/dev/.passdown/bin/passdown-hook.cmd")), {"command": LAUNCHER, "args": ["mcp", "--project", "/src/shop-api"]}])
def test_ours_is_known_whatever_was_set_on_it(value: Any) -> None:
    """In both forms, on every system, with what the user added."""
    assert mcp_entry.is_ours(value)


@pytest.mark.parametrize("value", [
    None, "passdown", [], {}, {"command": "npx", "args": ["mcp"]}, {"command": LAUNCHER, "args": ["hook", "codex"]}, {"command": LAUNCHER}, {"url": "http://x"},
    {"command": [LAUNCHER]}, {"command": 3, "args": 4}, {"command": "sh", "args": ["-c", "mcp"]}])
def test_another_is_not_ours(value: Any) -> None:
    """Servers of others, hooks of ours, and what is no server at all."""
    assert not mcp_entry.is_ours(value)


def test_the_entry_names_no_version_and_no_project() -> None:
    """Its words never change: the server is started in the project, or a call names it."""
    assert mcp_entry.entry(WORDS) == {"command": LAUNCHER, "args": ["mcp"]}
