"""The same attacks through the MCP server, asked by the SDK's own client: as arguments, as what is recorded, as what there was before."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

pytest.importorskip("mcp", reason="the extra `mcp` is not installed")
import anyio
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp.shared.exceptions import MCPError
from tests.hostile import planted
from tests.hostile.oracle import problems, sentinels, unflagged

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
EVERY = [pytest.param(None, id="spread"), *(pytest.param(n, marks=pytest.mark.slow) for n in range(6))]
KINDS = ("decision", "approach", "knowledge", "task", "question", "preference")
ASKED = (("resume", {"budget": 9000}), ("resume", {"task": "write the queue layer"}), ("search", {"query": "queue", "limit": 50}), ("sessions", {}),
         ("verify", {}), ("guard", {"text": "use Redis instead of the SQLite ledger"}), ("handoff", {"style": "handoff"}),
         ("handoff", {"style": "session-memory"}), ("get", {"id": "claude-1"}), ("get", {"id": "codex-1:1"}), ("get", {"path": "README.md"}))


class Heard:
    """What a client got: texts that a model reads, and structured values that a host may give it."""

    def __init__(self) -> None:
        self.texts: dict[str, str] = {}
        self.echoed: dict[str, str] = {}
        self.values: list[Any] = []

    async def call(self, client: Client, name: str, given: dict[str, Any], *, echoed: bool = False) -> Any:
        answer = await client.call_tool(name, given)
        into = self.echoed if echoed or answer.is_error else self.texts
        into[f"{name} {given}"] = "\n".join(block.text for block in answer.content if block.type == "text")
        self.values.append(answer.structured_content)
        return answer.structured_content

    async def refused(self, asking: Any) -> None:
        try:
            got = await asking
        except MCPError as error:
            self.echoed[f"error {len(self.echoed)}"] = str(error)
        else:
            self.echoed[f"answer {len(self.echoed)}"] = got.model_dump_json()


@pytest.mark.parametrize("first", EVERY)
def test_no_attack_gets_out_of_tools_resources_and_prompts(passdown: Passdown, repository: Path, first: int | None) -> None:
    """Answers, errors, names of resources, resources, prompts; structured values have no marks, and say what speaks to an agent."""
    take = planted.Source(5, 7) if first is None else planted.Source(first * 40)
    planted.history(take, repository)
    passdown("init", "--yes")
    passdown("capture", *(word for path in planted.transcripts(take, repository) for word in ("--transcript", str(path))))
    passdown("handoff", "--style", "session-memory")
    heard, names = Heard(), []

    async def whole() -> None:
        server = StdioServerParameters(command=sys.executable, args=["-m", "passdown", "mcp"], cwd=repository, env=dict(os.environ))
        async with Client(server) as client:
            for kind in KINDS:
                given = {"kind": kind, "text": f"{take()}\nmore: {take()}", "details": {} if kind in ("task", "question", "preference") else {"why": take()}}
                kept = await heard.call(client, "record", given, echoed=True)
                await heard.call(client, "get", {"id": kept["record"]["id"]})
            for name, arguments in ASKED:
                await heard.call(client, name, arguments)
            for attack in (*take.given[:3], *[one for one in take.given if "\n" in one][:3]):
                for name, field in (("search", "query"), ("get", "id"), ("get", "path"), ("guard", "text"), ("resume", "task"), ("handoff", "style"),
                                    ("sessions", "project"), ("search", attack)):
                    await heard.call(client, name, {field: attack}, echoed=True)
                await heard.refused(client.call_tool(attack, {}))
                await heard.refused(client.get_prompt(attack, {}))
                await heard.refused(client.read_resource("passdown://record/" + quote(attack)))
            for resource in (await client.list_resources()).resources:
                names.append(resource.name)
                heard.texts[resource.uri] = (await client.read_resource(resource.uri)).contents[0].text
            heard.texts["prompt"] = (await client.get_prompt("resume", {"task": "write the queue layer"})).messages[0].content.text

    anyio.run(whole)

    wrong = {name: found[:3] for name, text in heard.texts.items() if (found := problems(text, take.given))}
    wrong |= {name: found[:3] for name, text in heard.echoed.items() if (found := problems(text, take.given, echoed=True))}
    wrong |= {f"name {n}": found for n, name in enumerate(names) if (found := problems(name, take.given))}
    wrong |= {f"value {n}": found for n, value in enumerate(heard.values) if (found := [*unflagged(value), *marks(value, take)])}
    assert not wrong, "\n".join(f"{name[:60]!r}: {one}" for name, found in wrong.items() for one in found)
    assert sum(map(sentinels, heard.texts.values())) > 100


def marks(value: Any, take: planted.Source) -> Iterator[str]:
    """Marks of hosts in the texts of a structured value."""
    if isinstance(value, str):
        yield from (one for one in problems(value, take.given, echoed=True) if one.startswith("mark"))
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from marks(one, take)
