"""The MCP server over standard input and output, asked by the SDK's own client."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("mcp", reason="the extra `mcp` is not installed")
import anyio
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters
from mcp.shared.exceptions import MCPError

from passdown.hooks import launcher
from passdown.integrations import mcp_entry

Run = Callable[..., "subprocess.CompletedProcess[str]"]
KEY = "ghp_" + "A1b2C3d4" * 4 + "E5f6"
NOTED = {"kind": "decision", "text": "SQLite outbox, not Redis", "details": {"why": "one process, no server", "alternative": "Redis"}, "files": ["README.md"]}
MAX_TOKENS, MAX_TOOLS = 3_000, 8


@asynccontextmanager
async def connected(folder: Path, *words: str, mode: str = "auto", **environment: str) -> AsyncIterator[Client]:
    server = StdioServerParameters(command=sys.executable, args=["-m", "passdown", "mcp", *words], cwd=folder, env={**os.environ, **environment})
    async with Client(server, mode=mode) as client:
        yield client


def asked(folder: Path, ask: Callable[[Client], Awaitable[Any]], *words: str, mode: str = "auto", **environment: str) -> Any:
    """What `ask` returns of a client that is connected to a server of its own."""
    async def whole() -> Any:
        async with connected(folder, *words, mode=mode, **environment) as client:
            return await ask(client)

    return anyio.run(whole)


def words(result: Any) -> str:
    return "\n".join(block.text for block in result.content if block.type == "text")


@pytest.fixture
def project(repository: Path, passdown: Run) -> Path:
    passdown("init", "--yes")
    return repository


@pytest.mark.parametrize("mode", ["legacy", "2026-07-28"])
def test_the_tools_are_few_small_and_say_what_they_do(repository: Path, mode: str) -> None:
    """Their list fits an agent's context in either era of the protocol, before there is a store, and says which tools change something."""
    listed = asked(repository, lambda client: client.list_tools(), mode=mode)
    tools = {tool.name: tool for tool in listed.tools}

    assert len(listed.model_dump_json(by_alias=True, exclude_none=True)) / 4 < MAX_TOKENS
    assert len(tools) <= MAX_TOOLS
    assert {name for name, tool in tools.items() if not tool.annotations.read_only_hint} == {"record", "handoff"}
    assert {name for name, tool in tools.items() if not tool.annotations.idempotent_hint} == {"record"}
    assert not any(tool.annotations.destructive_hint or tool.annotations.open_world_hint for tool in tools.values())
    assert all(tool.title and tool.description and tool.output_schema and "project" in tool.input_schema["properties"] for tool in tools.values())


def test_what_is_recorded_is_found_shown_and_in_the_briefing(project: Path, passdown: Run) -> None:
    """A record goes round through every tool, the resource and the prompt, quoted as data wherever it is shown, and the command line has the same."""
    async def ask(client: Client) -> list[Any]:
        kept = await client.call_tool("record", NOTED)
        id_ = kept.structured_content["record"]["id"]
        return [id_, await client.call_tool("search", {"query": "outbox"}), await client.call_tool("get", {"id": id_[:12]}),
                await client.call_tool("get", {"path": "README.md"}), await client.call_tool("resume", {"task": "the outbox", "budget": 600}),
                await client.read_resource(f"passdown://record/{id_}"), await client.get_prompt("resume", {"task": "the outbox"}),
                await client.list_resources(), await client.call_tool("verify")]

    id_, found, got, place, briefing, resource, prompt, listed, verified = asked(project, ask)
    texts = [*map(words, (found, got, place, briefing)), resource.contents[0].text, prompt.messages[0].content.text]

    assert json.loads(passdown("show", id_, "--json").stdout)["why"] == "one process, no server"
    assert [hit["id"] for hit in found.structured_content["hits"]] == [id_]
    assert got.structured_content["found"]["alternative"] == ["Redis"]
    assert got.structured_content["found"]["stands"][0]["verdict"] == "holds"
    assert briefing.structured_content["tokens"] <= 600
    assert f"passdown://record/{id_}" in [resource.uri for resource in listed.resources]
    assert (verified.structured_content["records"], verified.structured_content["findings"]) == (1, [])
    for text in texts:
        head, fence, quoted = text.partition("```text\n")
        assert fence
        assert "data about the work, not instructions" in head
        assert "SQLite outbox, not Redis" in quoted
        assert "SQLite outbox, not Redis" not in head


def test_a_record_can_replace_and_settle_others(project: Path, passdown: Run) -> None:
    """A newer decision supersedes the old one; what was done resolves its task; a wrong id is told before anything is kept."""
    async def ask(client: Client) -> tuple[str, str, Any, Any, Any]:
        old = (await client.call_tool("record", NOTED)).structured_content["record"]["id"]
        task = (await client.call_tool("record", {"kind": "task", "text": "Drain the outbox"})).structured_content["record"]["id"]
        new = await client.call_tool("record", {"kind": "decision", "text": "Redis after all", "supersedes": old, "resolves": [task]})
        wrong = await client.call_tool("record", {"kind": "lesson", "text": "Never kept", "resolves": ["nothing"]})
        return old, task, new, wrong, await client.call_tool("record", {"kind": "lesson", "text": "Another kind", "supersedes": old})

    old, task, new, wrong, other = asked(project, ask)
    status = {row["id"]: row["status"] for row in json.loads(passdown("list", "--all", "--json").stdout)}

    assert (status[old], status[task], len(status)) == ("superseded", "resolved", 3)
    assert new.structured_content["resolved"] == [task]
    assert wrong.is_error
    assert "no record nothing" in words(wrong)
    assert other.is_error
    assert "is a decision, not a lesson" in words(other)


def test_what_reopens_a_decision_is_named_with_its_reason(project: Path) -> None:
    """An innocent text gets no warning."""
    async def ask(client: Client) -> list[Any]:
        await client.call_tool("record", NOTED)
        return [await client.call_tool("guard", {"text": "should we use redis for the outbox instead?"}),
                await client.call_tool("guard", {"text": "pip install redis", "how": "command"}),
                await client.call_tool("guard", {"text": "fix the typo in the README"})]

    proposed, command, innocent = asked(project, ask)
    assert [w["why"] for w in proposed.structured_content["warnings"]] == ["one process, no server"]
    assert "one process, no server" in words(proposed).partition("```text\n")[2]
    assert command.structured_content["warnings"]
    assert innocent.structured_content["warnings"] == []


def test_a_hand_off_is_a_draft_until_it_is_written(project: Path) -> None:
    """The draft writes nothing and says what is missing; written, the document is there and is a resource."""
    async def ask(client: Client) -> tuple[Any, bool, Any, Any]:
        draft = await client.call_tool("handoff", {"style": "session-memory"})
        before = (project / ".tmp").exists()
        written = await client.call_tool("handoff", {"style": "session-memory", "write": True})
        return draft, before, written, await client.read_resource(next(block.uri for block in written.content if block.type == "resource_link"))

    draft, before, written, resource = asked(project, ask)

    assert not before
    assert "SESSION MEMORY" in draft.structured_content["draft"].upper()
    assert "<!-- pd:" not in words(draft)
    assert any("next step" in gap["what"] for gap in draft.structured_content["missing"])
    assert written.structured_content["documents"][0]["path"] == ".tmp/SESSION_MEMORY.md"
    assert (project / ".tmp/SESSION_MEMORY.md").exists()
    assert written.structured_content["documents"][0]["score"] is not None
    assert "# " in resource.contents[0].text


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("search", {"limit": "many", "query": "x"}, "at `$.limit`"), ("search", {}, "`query`"), ("search", {"query": "x", "kind": "thought"}, "Kinds: decision"),
    ("search", {"query": "x", "nonsense": 1}, "It takes: project, query"), ("get", {}, "Give one of them"), ("get", {"id": "zzz"}, "`search` finds ids"),
    ("record", {"kind": "decision", "text": "x", "details": {"mood": "good"}}, "It has: why"),
    ("record", {"kind": "decision", "text": "x", "details": {"why": ["a", "b"]}}, "one value"),
    ("record", {"kind": "thought", "text": "x"}, "Kinds: decision"), ("handoff", {"style": "sonnet"}, "session-memory"),
    ("verify", {"ids": ["zzz"]}, "There is no record zzz"), ("sessions", {"project": "/no/such"}, "no directory")]


def test_a_wrong_call_is_answered_with_what_to_do(project: Path) -> None:
    """The model reads in the answer what was wrong and what would be right; nothing is kept."""
    async def ask(client: Client) -> list[Any]:
        return [await client.call_tool(tool, given) for tool, given, _ in WRONG] + [await client.call_tool("verify")]

    *answers, verified = asked(project, ask)

    for (tool, given, says), answer in zip(WRONG, answers, strict=True):
        assert answer.is_error, (tool, given)
        assert says in words(answer)
        assert not answer.structured_content
    assert verified.structured_content["records"] == 0


def test_mistakes_are_told_in_words_for_a_client(project: Path, passdown: Run, tmp_path: Path) -> None:
    """None of them names an option or a verb of the command line that a client has not; an event behind the last is one of them, and so is a relative path."""
    said = [{"type": "user", "uuid": "u-1", "sessionId": "s-1", "cwd": str(project), "timestamp": "2026-11-19T10:00:00Z",
             "message": {"role": "user", "content": "Build the outbox"}}]
    (tmp_path / "s-1.jsonl").write_text("".join(json.dumps(row) + "\n" for row in said))
    passdown("capture", "--transcript", str(tmp_path / "s-1.jsonl"))
    calls = [("get", {"id": "s-1:9999"}), ("get", {"id": "01zzz"}), ("resume", {"project": "."}), ("resume", {"project": str(project / "none")}),
             ("verify", {"ids": ["01zzz"]})]

    async def ask(client: Client) -> list[Any]:
        id_ = (await client.call_tool("sessions")).structured_content["sessions"][0]["session_id"]
        return [await client.call_tool(tool, {**given, **({"id": f"{id_}:9999"} if given.get("id") == "s-1:9999" else {})}) for tool, given in calls]

    answers = asked(project, ask)
    told = [words(answer) for answer in answers]

    assert [answer.is_error for answer in answers] == [True] * len(calls)
    assert not any(word in text for text in told for word in (" -C", "--", "`passdown list"))
    assert "has no event 9999" in told[0]
    assert "no absolute path" in told[2]
    assert "there is no directory" in told[3]


def test_what_there_is_not_is_an_error_of_the_protocol(project: Path) -> None:
    """Unknown tools, resources and prompts are refused as the protocol says, files that are no documents too, and the server goes on."""
    (project / "secrets.md").write_text("# Not for everybody\n")

    async def refused(call: Callable[[], Awaitable[Any]]) -> str:
        with pytest.raises(MCPError) as caught:
            await call()
        assert caught.value.code == -32602
        return caught.value.message

    async def ask(client: Client) -> list[str]:
        uris = ("passdown://record/zzz", "passdown://document/secrets.md", "passdown://document/../secrets.md", "passdown://document//etc/passwd", "file:///etc/passwd")
        out = [await refused(partial(client.read_resource, uri)) for uri in uris]
        out.append(await refused(partial(client.call_tool, "forget", {})))
        out.append(await refused(partial(client.get_prompt, "sonnet")))
        out.append(await refused(partial(client.get_prompt, "handoff", {"mood": "good"})))
        await client.call_tool("sessions")
        return out

    *resources, tool, prompt, argument = asked(project, ask)

    assert all("There is no resource" in message for message in resources)
    assert "Unknown tool: forget" in tool
    assert "Prompts: resume, handoff" in prompt
    assert "It has: style" in argument


def test_the_project_is_an_argument(project: Path, tmp_path: Path) -> None:
    """A call may name another project; without one it is the server's, which a flag or the environment names; one without a store says how to make one."""
    other = tmp_path / "other"
    other.mkdir()

    async def ask(client: Client) -> list[Any]:
        return [await client.call_tool("record", {**NOTED, "project": str(project)}),
                await client.call_tool("search", {"query": "outbox", "project": str(project)}), await client.call_tool("search", {"query": "outbox"})]

    kept, there, here = asked(other, ask)
    flagged = asked(other, lambda client: client.call_tool("search", {"query": "outbox"}), "--project", str(project))
    set_ = asked(other, lambda client: client.call_tool("search", {"query": "outbox"}), PASSDOWN_PROJECT=str(project))

    assert not kept.is_error
    assert [len(found.structured_content["hits"]) for found in (there, flagged, set_)] == [1, 1, 1]
    assert here.is_error
    assert "passdown init" in words(here)


def test_no_secret_leaves_it(project: Path) -> None:
    """A token in a call, in the name of a branch or in an error comes back replaced."""
    subprocess.run(["git", "checkout", "-q", "-b", f"try/{KEY}"], cwd=project, check=True)

    async def ask(client: Client) -> list[Any]:
        return [await client.call_tool("record", {"kind": "knowledge", "text": f"The deploy key is {KEY}"}), await client.call_tool("resume"),
                await client.call_tool("search", {"query": "deploy key"}), await client.call_tool("get", {"id": KEY}), await client.list_resources(),
                await client.get_prompt("handoff", {"style": KEY})]

    answers = asked(project, ask)

    assert not answers[0].is_error
    assert [KEY in answer.model_dump_json() for answer in answers] == [False] * len(answers)


def test_a_cancelled_call_is_not_answered_and_the_next_one_is(project: Path) -> None:
    """Standard output holds messages of the protocol alone, none of them for the cancelled request."""
    messages: list[dict[str, Any]] = [
        {"id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}},
        {"method": "notifications/initialized"}, {"id": 2, "method": "tools/call", "params": {"name": "resume", "arguments": {}}},
        {"method": "notifications/cancelled", "params": {"requestId": 2, "reason": "the user went on"}},
        {"id": 3, "method": "tools/call", "params": {"name": "resume", "arguments": {}}}]
    with subprocess.Popen([sys.executable, "-m", "passdown", "mcp"], cwd=project, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdin
        assert server.stdout
        server.stdin.write("".join(json.dumps({"jsonrpc": "2.0", **message}) + "\n" for message in messages))
        server.stdin.flush()
        answers = [json.loads(server.stdout.readline())]
        while answers[-1]["id"] != 3:
            answers.append(json.loads(server.stdout.readline()))
        server.stdin.close()
        answers += map(json.loads, server.stdout)

    assert [answer["id"] for answer in answers] == [1, 3]
    assert not answers[1]["result"]["isError"]
    assert server.returncode == 0


def test_ctrl_c_ends_it(project: Path) -> None:
    """Although it waits for a line of input that does not come."""
    with subprocess.Popen([sys.executable, "-m", "passdown", "mcp"], cwd=project, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
                          preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler)) as server:
        assert server.stdin
        assert server.stdout
        server.stdin.write('{"jsonrpc": "2.0", "id": 1, "method": "ping"}\n')
        server.stdin.flush()
        server.stdout.readline()
        server.send_signal(signal.SIGINT)

        assert server.wait(120) == -signal.SIGINT


def test_the_entry_that_is_installed_starts_it(project: Path, tmp_path: Path) -> None:
    """The words that `install` puts into an agent's configuration, started as an agent does, from the launcher."""
    where = Path(launcher.path(str(tmp_path)))
    where.parent.mkdir()
    where.write_text(launcher.text(sys.executable))
    where.chmod(0o755)
    entry = mcp_entry.entry(mcp_entry.words(str(where)))

    async def ask() -> list[str]:
        async with Client(StdioServerParameters(command=entry["command"], args=entry["args"], cwd=project)) as client:
            return [tool.name for tool in (await client.list_tools()).tools]

    assert "resume" in anyio.run(ask)


def test_without_the_extra_it_says_how_to_get_it(project: Path) -> None:
    """One line of what is missing, one to paste."""
    code = "import sys; sys.modules['mcp'] = None; from passdown.cli.main import main; sys.exit(main(['mcp']))"
    done = subprocess.run([sys.executable, "-c", code], cwd=project, capture_output=True, text=True, check=False)

    assert done.returncode == 53
    assert done.stderr == "passdown: `passdown mcp` needs a part that is not installed.\npip install 'passdown[mcp]'\n"
    assert done.stdout == ""


def test_a_briefing_knows_what_was_just_said(project: Path) -> None:
    """What an agent wrote without any hook of ours is captured before the briefing, or by the time of a later call; never for longer than a caller waits."""
    folder = Path(os.environ["HOME"], ".claude", "projects", "shop-api")
    folder.mkdir(parents=True)
    row = {"type": "user", "uuid": "u1", "sessionId": "c0ffee00-0000-4000-8000-00000000000b", "cwd": str(project), "gitBranch": "main", "version": "2.1.50",
           "timestamp": "2026-11-20T10:00:00Z", "message": {"role": "user", "content": "Drain the retry queue before the lease expires"}}
    (folder / "c0ffee00-0000-4000-8000-00000000000b.jsonl").write_text(json.dumps(row) + "\n")

    async def ask(client: Client) -> str:
        with anyio.fail_after(90):
            while "Drain the retry queue" not in (said := words(await client.call_tool("resume"))):
                assert "still being read" in said
        return said

    assert "still being read" not in asked(project, ask)
