"""Arguments of every MCP tool: an answer or an error of the protocol, never a fault; addresses of resources."""

import json
from typing import Any

from benchmarks.fuzzing.base import BrokenLaw, Target
from benchmarks.fuzzing.world import RECORDS, folder, project

from passdown.errors import PassdownError
from passdown.project import Project, open_project

SEEDS: dict[str, Any] = {
    "resume": {"task": "drain the queue", "budget": 500}, "search": {"query": "SQLite OR \"queue\" src/queue.py", "kind": "decision", "limit": 3, "all": True},
    "get": {"id": RECORDS[0].id}, "sessions": {"limit": 3}, "verify": {"ids": [RECORDS[0].id]}, "guard": {"text": "use Redis", "how": "prompt"},
    "handoff": {"style": "handoff"}, "record": {"kind": "decision", "text": "Use SQLite", "details": {"why": "no server"}, "files": ["a.py:1"]}}


def opened(directory: str) -> Project:
    return open_project(directory or project())


def run(data: bytes) -> None:
    from passdown.mcp import calls
    from passdown.mcp.tools.table import TOOLS

    try:
        named = json.loads(data)
    except (ValueError, RecursionError):
        return
    for name, given in named.items() if isinstance(named, dict) else ():
        if name in TOOLS and isinstance(given, dict):
            given.pop("project", None)
            answer = calls.call(TOOLS[name], {**given, "project": str(project())} if len(given) % 2 else given, opened)
            if answer.meta and answer.meta.get("passdown/error") == "Fault":
                raise BrokenLaw(answer.content[0].text)


def resource(data: bytes) -> None:
    from passdown.mcp import resources

    resources.read(opened(""), data.decode("utf-8", "replace"))


TARGETS = {
    "mcp-tools": Target(lambda: [json.dumps({k: v}).encode() for k, v in SEEDS.items()], run, (b'"kind":', b'"style":', b"../", b"/etc/passwd",
        b":1"), once=20.0),
    "mcp-resources": Target(lambda: [f"passdown://record/{RECORDS[0].id}".encode(), b"passdown://document/HANDOFF.md"], resource, (b"%2e%2e/", b"../",
        b"%00", b"passdown://"),
                            (PassdownError,), once=5.0)}
__all__ = ["TARGETS", "folder"]
