"""A marked block in a text that is not ours."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdown.integrations import block
from passdown.integrations.agents import codex
from passdown.integrations.base import Piece
from passdown.integrations.pieces import pieces

TOML = {
    "empty": "", "plain": 'model = "x"\n', "no line end": 'model = "x"', "crlf": 'model = "x"\r\n\r\n[features]\r\nhooks = true\r\n', "tabs": "[a]\n\tb = 1\n",
    "byte order mark": '\ufeffmodel = "x"\n', "comments": "# mine\n\n[a] # all\nb = 1 # one\n# last", "blank lines": "a = 1\n\n\n\n",
    "other servers": '[mcp_servers.files]\ncommand = "npx"\nargs = ["-y"]\n\n[mcp_servers.files.env]\nKEY = "v"\n',
    "multi-line": 's = """\n[not.a.table]\n"""\n',
    "unknown keys": "[zz]\ny = [1, 2,\n  3]\n", "inline": 'mcp_servers = { files = { command = "npx" } }\n', "only a comment": "# nothing yet\n"}


def server() -> Piece:
    return next(piece for piece in pieces(codex, "user", "", '/home/de"v/passdown-hook', None) if piece.what == "mcp")


@pytest.mark.parametrize("kind", [kind for kind in TOML if kind != "inline"])
def test_a_server_in_toml(kind: str) -> None:
    """TOML with one more table; out again gives the very bytes, whatever the file looked like."""
    text = TOML[kind]
    new = server().put(text)
    found = tomllib.loads(new.removeprefix("\ufeff"))

    assert found["mcp_servers"].pop("passdown") == {"command": '/home/de"v/passdown-hook', "args": ["mcp"]}
    assert {k: v for k, v in found.items() if v} == {k: v for k, v in tomllib.loads(text.removeprefix("\ufeff")).items() if v}
    assert server().put(new) == new
    assert server().take(new, "") == text


@pytest.mark.parametrize("text", [TOML["inline"], "a = \n", '[mcp_servers.passdown]\ncommand = "mine"\n', f"{block.HASH.begin}\n[mcp_servers.passdown]\n"])
def test_what_cannot_be_edited_is_refused(text: str) -> None:
    """A table that cannot be added, no TOML, another server of our name, a block without its end."""
    with pytest.raises(ValueError, match=r"not|damaged"):
        server().put(text)


@given(st.text(alphabet="ab#<!\n\r ", max_size=30), st.sampled_from([block.HASH, block.MARKDOWN]))
def test_any_text_comes_back(text: str, marks: block.Marks) -> None:
    """Line ends, blanks, none of them."""
    text = text.replace("\r\n", "\n").replace("\r", "")

    assert block.uninstall(block.install(text, marks, "x\n"), marks) == text
    assert block.uninstall(block.install(text.replace("\n", "\r\n"), marks, "x\n"), marks) == text.replace("\n", "\r\n")


def test_what_somebody_wrote_behind_it_keeps_its_line() -> None:
    """A block in the middle goes without joining the lines around it."""
    for front in ("front", "front\n"):
        text = block.install(front, block.MARKDOWN, "x\n") + "behind\n"
        assert block.uninstall(text, block.MARKDOWN) == "front\nbehind\n"


def test_a_newer_block_takes_the_older_ones_place() -> None:
    """And what stands behind it stays there."""
    text = block.install("front\n", block.MARKDOWN, "old\n") + "behind\n"
    new = block.install(text, block.MARKDOWN, "new\n")

    assert new == text.replace("old", "new")
