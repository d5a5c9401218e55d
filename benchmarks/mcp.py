"""What the MCP server costs an agent: the size of its tools in every context, and the time from a cold start to the first tools/list.

    python benchmarks/mcp.py [STARTS]

Size is characters / 4 of the tools/list result as it is sent. Time is the whole process over standard streams: spawn, handshake, list; the processor's time
beside it, because another load on the machine changes the one and not the other.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from typing import Any

STARTS = 20
MOST_TOKENS, MOST_MS = 3_000, 700
HANDSHAKE: Sequence[dict[str, Any]] = (
    {"id": 1, "method": "initialize", "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "benchmark", "version": "1"}}},
    {"method": "notifications/initialized"}, {"id": 2, "method": "tools/list"})


def start(folder: str) -> tuple[float, float, dict[str, Any]]:
    """Milliseconds until the list is there, milliseconds of processor time until then, and the result."""
    began = time.perf_counter()
    server = subprocess.Popen([sys.executable, "-m", "passdown", "mcp"], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert server.stdin
    assert server.stdout
    for message in HANDSHAKE:
        server.stdin.write(json.dumps({"jsonrpc": "2.0", **message}).encode() + b"\n")
    server.stdin.flush()
    answer: dict[str, Any] = {}
    while answer.get("id") != 2:
        answer = json.loads(server.stdout.readline())
    took = (time.perf_counter() - began) * 1000
    server.stdin.close()
    _, _, used = os.wait4(server.pid, 0)
    return took, (used.ru_utime + used.ru_stime) * 1000, answer["result"]


def main() -> None:
    starts = int(sys.argv[1]) if sys.argv[1:] else STARTS
    with tempfile.TemporaryDirectory() as folder:
        start(folder)  # compiles what was not compiled yet
        runs = [start(folder) for _ in range(starts)]
    tools = runs[0][2]["tools"]
    for tool in tools:
        print(f"{tool['name']:10} {len(json.dumps(tool, ensure_ascii=False, separators=(',', ':'))) / 4:6.0f} tokens")
    size = len(json.dumps(runs[0][2], ensure_ascii=False, separators=(",", ":"))) / 4
    wall, processor = sorted(r[0] for r in runs), statistics.median(r[1] for r in runs)
    print(f"{len(tools)} tools, {size:.0f} tokens (at most {MOST_TOKENS})")
    print(f"first tools/list, {starts} cold starts: median {statistics.median(wall):.0f} ms (at most {MOST_MS}), fastest {wall[0]:.0f}, "
          f"slowest {wall[-1]:.0f}; processor {processor:.0f} ms")


if __name__ == "__main__":
    main()
