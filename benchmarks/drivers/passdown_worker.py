"""passdown's library behind the transport that its rivals have: JSON-RPC over stdin and stdout, two tools, `note` and `search`.

passdown has no tool server of its own yet; this one exists so that all systems are measured through the same pipe.
"""

import json
import sys
from pathlib import Path
from typing import Any

from benchmarks.drivers.library import Library


def answer(library: Library, method: str, params: dict[str, Any]) -> dict[str, Any]:
    if method == "initialize":
        return {"protocolVersion": params["protocolVersion"], "capabilities": {"tools": {}}, "serverInfo": {"name": "passdown", "version": "0"}}
    given = params["arguments"]
    text = library.note(given["text"]) if params["name"] == "note" else found(library, given["query"], given["limit"])
    return {"content": [{"type": "text", "text": text}]}


def found(library: Library, query: str, limit: int) -> str:
    hits = library.search(query, limit)
    return json.dumps([{"id": hit.record.id, "kind": hit.record.kind, "text": hit.record.text} for hit in hits if hit.record])


def serve() -> None:
    library = Library(Path.cwd())
    for line in sys.stdin:
        message = json.loads(line)
        if "id" in message:
            result = answer(library, message["method"], message.get("params", {}))
            print(json.dumps({"jsonrpc": "2.0", "id": message["id"], "result": result}), flush=True)
