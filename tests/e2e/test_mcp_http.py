"""The MCP server over streamable HTTP: several clients of the SDK at once, and those that must not come in."""

import json
import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp", reason="the extra `mcp` is not installed")
import anyio
import httpx2
from mcp.client.client import Client
from mcp.client.streamable_http import streamable_http_client

Run = Callable[..., "subprocess.CompletedProcess[str]"]
TOKEN = "a-token-of-this-test-alone"
HELLO = {"jsonrpc": "2.0", "id": 1, "method": "initialize",
         "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}}


@contextmanager
def serving(folder: Path, *words: str, **environment: str) -> Iterator[tuple[str, str, "subprocess.Popen[str]"]]:
    """Address, the line that says it, and the process of a server on a port that was free."""
    command = [sys.executable, "-m", "passdown", "mcp", "--http", "--port", "0", *words]
    with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment}) as server:
        try:
            assert server.stderr
            said = server.stderr.readline()
            yield said.partition("Listening on ")[2].partition(";")[0], said, server
        finally:
            server.send_signal(signal.SIGTERM)


@asynccontextmanager
async def connected(address: str, mode: str) -> AsyncIterator[Client]:
    shown = {"Authorization": f"Bearer {TOKEN}"}
    async with httpx2.AsyncClient(headers=shown, timeout=60) as http, Client(streamable_http_client(address, http_client=http), mode=mode) as client:
        yield client


def post(address: str, **headers: str) -> tuple[int, str]:
    """Status and body of a first request with these headers."""
    every = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream", **headers}
    try:
        with urllib.request.urlopen(urllib.request.Request(address, json.dumps(HELLO).encode(), every), timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


@pytest.fixture
def project(repository: Path, passdown: Run) -> Path:
    passdown("init", "--yes")
    return repository


@pytest.mark.parametrize("mode", ["legacy", "auto"])
def test_several_sessions_share_one_memory(project: Path, mode: str) -> None:
    """Three clients keep and read at the same time, in either era of the protocol; each sees what every other one kept, and one that leaves disturbs none."""
    async def keep(address: str, number: int, found: list[int]) -> None:
        async with connected(address, mode) as client:
            kept = await client.call_tool("record", {"kind": "lesson", "text": f"Lesson {number} of the outbox"})
            assert not kept.is_error
            async with connected(address, mode) as another:
                await another.list_tools()
            found.append(number)
            while len(found) < 3:  # all are connected and have kept theirs
                await anyio.sleep(0.01)
            hits = await client.call_tool("search", {"query": "lesson outbox"})
            found.append(len(hits.structured_content["hits"]))

    async def whole(address: str, found: list[int]) -> None:
        async with anyio.create_task_group() as group:
            for number in range(3):
                group.start_soon(keep, address, number, found)

    found: list[int] = []
    with serving(project, PASSDOWN_MCP_TOKEN=TOKEN) as (address, _, _):
        anyio.run(whole, address, found)

    assert found[3:] == [3, 3, 3]


def test_only_who_has_the_token_and_comes_by_its_name_gets_in(project: Path) -> None:
    """Without the token, by another host name, from another site's page: refused; then a call that is in order is answered."""
    right = {"Authorization": f"Bearer {TOKEN}"}
    with serving(project, "--allow-host", "memory.example", PASSDOWN_MCP_TOKEN=TOKEN) as (address, said, _):
        refused = [post(address), post(address, Authorization="Bearer another-token"), post(address, Authorization=TOKEN)]
        named = [post(address, **right, Host="evil.example"), post(address, **right, Host="memory.example:443"), post(address, **right, Origin="https://evil.example")]
        served = post(address, **right, Origin="http://localhost:3000")

    assert [status for status, _ in refused] == [401, 401, 401]
    assert "Authorization: Bearer TOKEN" in refused[0][1]
    assert [status for status, _ in named] == [421, 200, 403]
    assert served[0] == 200
    assert '"passdown"' in served[1]
    assert TOKEN not in said


def test_the_token_is_made_once_for_the_user_alone(project: Path, tmp_path: Path) -> None:
    """The first start makes it, mode 0600, and says where it lies, not what it is; the second takes the same; one that others may read is refused."""
    home = tmp_path / "passdown-home"
    kept = home / "mcp-token"
    with serving(project, PASSDOWN_HOME=str(home)) as (address, said, server):
        token = kept.read_text().strip()
        first = post(address, Authorization=f"Bearer {token}")[0]
        arguments = Path(f"/proc/{server.pid}/cmdline")
        assert not arguments.exists() or token not in arguments.read_text()
    with serving(project, PASSDOWN_HOME=str(home)) as (address, _, _):
        second = post(address, Authorization=f"Bearer {token}")[0]
    mode = kept.stat().st_mode & 0o777
    kept.chmod(0o644)
    exposed = subprocess.run([sys.executable, "-m", "passdown", "mcp", "--http", "--port", "0"], cwd=project, capture_output=True, text=True, check=False,
                             env={**os.environ, "PASSDOWN_HOME": str(home)})

    assert (first, second, mode) == (200, 200, 0o600)
    assert str(kept) in said
    assert token not in said
    assert exposed.returncode == 55
    assert "chmod 600" in exposed.stderr


@pytest.mark.parametrize(("words", "environment", "code", "says"), [
    (("--host", "0.0.0.0", "--no-token"), {}, 2, "a token is needed there"), ((), {"PASSDOWN_MCP_TOKEN": "short"}, 2, "shorter than 16"),
    (("--port", "99999"), {}, 54, "--port 0")])
def test_what_would_not_be_safe_or_cannot_be_is_refused(passdown: Run, words: tuple[str, ...], environment: dict[str, str], code: int, says: str) -> None:
    """The server does not start, and says what would do."""
    assert says in passdown("mcp", "--http", *words, code=code, **environment).stderr


@pytest.mark.parametrize("words", [("--port", "0"), ("--host", "127.0.0.1"), ("--allow-host", "memory.test"), ("--no-token",)])
def test_what_belongs_to_http_is_no_option_of_streams(words: tuple[str, ...], passdown: Run) -> None:
    """A server that would not listen is not started with the words for one that does."""
    assert f"{words[0]} belongs to `passdown mcp --http`" in passdown("mcp", *words, code=2).stderr


def test_an_empty_token_is_told(passdown: Run, tmp_path: Path) -> None:
    """With what to do; the file stays as it is."""
    kept = tmp_path / "home" / "mcp-token"
    kept.parent.mkdir(exist_ok=True)
    kept.touch(mode=0o600)
    said = passdown("mcp", "--http", "--port", "0", code=2, PASSDOWN_HOME=str(kept.parent)).stderr

    assert f"{kept} holds no token: it is empty" in said
    assert "Remove it" in said
    assert kept.read_bytes() == b""


def test_it_ends_when_it_is_told_to(project: Path) -> None:
    """A client that is still connected does not keep it."""
    async def whole(address: str, server: "subprocess.Popen[str]") -> int:
        async with httpx2.AsyncClient(timeout=60) as http:
            transport: Any = streamable_http_client(address, http_client=http, terminate_on_close=False)
            async with Client(transport, mode="legacy") as client:
                await client.list_tools()
                server.send_signal(signal.SIGTERM)
                return await anyio.to_thread.run_sync(lambda: server.wait(120))

    with serving(project, "--no-token") as (address, said, server):
        code = anyio.run(whole, address, server)

    assert code in (0, -signal.SIGTERM)
    assert "no token is asked for" in said
