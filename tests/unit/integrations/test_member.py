"""A server in a JSON file that is not ours."""

import importlib.util
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from passdown.integrations import jsonc, mcp_entry, member

_spec = importlib.util.spec_from_file_location("files", Path(__file__).with_name("files.py"))
assert _spec
assert _spec.loader
files = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(files)

LAUNCHER = "/home/dev/.passdown/bin/passdown-hook"
OURS = mcp_entry.entry(mcp_entry.words(LAUNCHER))
OTHER = '{"command": "npx", "args": ["-y", "files"]}'
SERVERS = {
    "one server": '{\n  "mcpServers": {\n    "files": ' + OTHER + "\n  }\n}\n", "no servers": '{\n\t"mcpServers": {}\n}\n',
    "comments": '// mine\n{\n  "mcpServers": { // all\n    "files": ' + OTHER + ", // last\n  },\n}\n",
    "minified": '{"mcpServers":{"files":' + OTHER + '},"z":1}',
    "crlf": '{\r\n  "mcpServers": {\r\n    "files": ' + OTHER + "\r\n  }\r\n}", "null in it": '{"mcpServers": {"a": null}}'}
TEXTS = {**files.FILES, **SERVERS}
KEYS = [("mcpServers",), ("mcp",), ("a", "b")]


def value(text: str) -> Any:
    node = jsonc.parse(text)
    return node.plain() if node else {}


@pytest.mark.parametrize("keys", KEYS)
@pytest.mark.parametrize("kind", TEXTS)
def test_in_and_out(kind: str, keys: tuple[str, ...]) -> None:
    """Ours is there once and ours; what others had is the same; out again gives the bytes back, but for white space where there was nothing."""
    text = TEXTS[kind]
    if kind == "strange layout" and keys[0] == "a":
        pytest.skip("a member of that name is no object there")
    new = member.install(text, keys, OURS)
    found = value(new)
    for key in keys:
        found = found[key]

    assert found["passdown"] == OURS
    assert member.installed(new, keys)
    assert member.install(new, keys, OURS) == new
    back = member.uninstall(new, keys, text)
    assert value(back) == value(text)
    if text.strip() and kind not in ("only a comment", "blank object", "no servers"):
        assert back == text


@pytest.mark.parametrize("text", ['{"mcpServers": {"passdown": {"command": "/opt/other"}}}', '{"mcpServers": []}', '{"mcpServers": 7}', "[]", "{oops"])
def test_what_cannot_be_edited_is_refused(text: str) -> None:
    """Another server of our name too."""
    with pytest.raises(ValueError, match=r"not|should"):
        member.install(text, ("mcpServers",), OURS)
    with pytest.raises(ValueError, match="should") if text == "{oops" else nullcontext():
        assert member.uninstall(text, ("mcpServers",)) == text


def test_what_somebody_added_to_ours_stays_until_it_goes() -> None:
    """Hosts and users put switches beside our words; another launcher is replaced."""
    text = '{"mcpServers": {"passdown": {"command": "%s", "args": ["mcp"], "disabled": true}}}'

    assert member.install(text % LAUNCHER, ("mcpServers",), OURS) == text % LAUNCHER
    assert value(member.install(text % "/old/passdown-hook", ("mcpServers",), OURS)) == {"mcpServers": {"passdown": OURS}}
    assert value(member.uninstall(text % LAUNCHER, ("mcpServers",))) == {}


@pytest.mark.parametrize(("entry", "ours"), [
    (OURS, True), (mcp_entry.listed(mcp_entry.words(LAUNCHER)), True), ({"command": "C:\\u\\passdown-hook.cmd", "args": ["mcp", "--http"]}, True),
    ({"command": LAUNCHER, "args": ["hook"]}, False),
    ({"command": "passdown-hook-of-mine", "args": ["mcp"]}, False), ({"url": "x"}, False), (None, False), ("x", False)])
def test_ours_is_known_by_its_program(entry: Any, ours: bool) -> None:
    """And by its verb."""
    assert mcp_entry.is_ours(entry) is ours
