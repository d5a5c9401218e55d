"""The secrets through the MCP server, asked by the SDK's own client: none in an answer, a resource, an error, its log or the store."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

pytest.importorskip("mcp", reason="the extra `mcp` is not installed")
import anyio
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client
from mcp.shared.exceptions import MCPError

pytestmark = pytest.mark.slow

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
Leaks = Callable[..., dict[str, list[str]]]


def with_it(text: str) -> list[tuple[str, dict[str, Any]]]:
    """Calls that are answered, and calls that are wrong, with a text in them."""
    return [("search", {"query": text[:300]}), ("resume", {"task": text}), ("guard", {"text": text}), ("get", {"id": text}), ("get", {"path": text}),
            ("record", {"kind": text, "text": "x"}), ("verify", {"ids": [text]}), ("handoff", {"style": text}), ("sessions", {"project": text}),
            ("search", {"query": "x", text: 1})]


def test_no_canary_in_what_a_client_gets(passdown: Passdown, repository: Path, session: Path, texts: list[str], batches: list[str], leaks: Leaks) -> None:
    """In tools that keep, find, show and refuse, in resources, prompts and errors of the protocol, and in what the server says on the side."""
    passdown("init", "--yes")
    passdown("capture", "--transcript", str(session))
    (repository / "a.py").write_text("\n".join(texts))
    log = repository.parent / "server.log"
    got: list[str] = []

    async def call(client: Client, name: str, given: dict[str, Any]) -> Any:
        answer = await client.call_tool(name, given)
        got.append(answer.model_dump_json())
        return answer.structured_content

    async def refused(asking: Any) -> None:
        try:
            got.append((await asking).model_dump_json())
        except MCPError as error:
            got.append(f"{error} {error.error.model_dump_json()}")

    async def whole() -> None:
        with log.open("w") as errors:
            server = StdioServerParameters(command=sys.executable, args=["-m", "passdown", "mcp"], cwd=repository, env=dict(os.environ))
            async with Client(stdio_client(server, errlog=errors)) as client:
                ids = []
                for batch in batches:
                    kept = await call(client, "record", {"kind": "decision", "text": batch, "details": {"why": batch, "alternative": batch}, "files": ["a.py"]})
                    ids.append(kept["record"]["id"])
                    for name, given in with_it(batch):
                        await call(client, name, given)
                for name, given in (("get", {"id": ids[0]}), ("get", {"path": "a.py"}), ("sessions", {}), ("verify", {}), ("handoff", {}),
                                    ("handoff", {"write": True}), ("search", {"query": "staging", "limit": 50})):
                    await call(client, name, given)
                listed = await client.list_resources()
                got.append(listed.model_dump_json())
                for resource in listed.resources:
                    await refused(client.read_resource(resource.uri))
                for text in texts[:5]:
                    await refused(client.read_resource("passdown://record/" + quote(text)))
                    await refused(client.get_prompt("resume", {"task": text}))
                    await refused(client.get_prompt(text, {}))
                    await refused(client.call_tool(text, {}))

    anyio.run(whole)

    folders = [repository / ".passdown", repository / ".tmp", repository / ".git" / "passdown", Path.home()]
    told = {f"answer {n}": one.replace("\\n", "\n").replace('\\"', '"') for n, one in enumerate(got)}
    assert leaks(folders, not_ours=frozenset({Path.home() / ".gitconfig"}), log=log.read_text(), **told) == {}
    assert sum("[REDACTED:" in one for one in got) > len(batches)
