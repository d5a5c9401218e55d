"""A large invented Claude Code transcript, written row by row: shapes and sizes as in logs of versions 2.1.x, seen 2026-11."""

import base64
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks import corpus

POOL_CHARS = 4_000_000  # text from which all other text is cut at random places, so that it varies and does not compress away
MEDIA_EVERY = 2_500  # rows from one image to the next
MEDIA_BYTES = (750_000, 3_700_000)  # before base64: rows of 1 to 5 MB
TOO_LONG_EVERY = 40  # images from one that is over the limit of a row to the next
TOO_LONG_BYTES = 6_600_000
SESSION = "00000000-aaaa-4bbb-8ccc-000000000001"
BEGAN = datetime(2026, 3, 2, 8, tzinfo=UTC)

Row = dict[str, Any]


class Log:
    """Rows of one session. `mix`: how often each kind of step follows another; a tool step is a call and its result."""

    def __init__(self, project: Path, seed: int = 3) -> None:
        self.rnd = random.Random(seed)
        self.project = project
        self.pool = _pool(self.rnd)
        self.rows = 0
        self.parent: str | None = None
        self.mix = {self.progress: 45, self.tool: 22, self.reply: 8, self.thinking: 4, self.bookkeeping: 5, self.prompt: 1}

    def steps(self) -> Iterator[Row]:
        """Rows without end."""
        yield from self.prompt()
        kinds, weights = list(self.mix), list(self.mix.values())
        images, due = 0, MEDIA_EVERY
        while True:
            yield from self.rnd.choices(kinds, weights)[0]()
            if self.rows >= due:
                images, due = images + 1, due + MEDIA_EVERY
                yield from self.image(TOO_LONG_BYTES if images % TOO_LONG_EVERY == 0 else self.rnd.randint(*MEDIA_BYTES))

    def cut(self, least: int, most: int) -> str:
        """Text of a skewed length: most pieces are short, a few are long."""
        length = int(least + (most - least) * self.rnd.random() ** 4)
        at = self.rnd.randrange(POOL_CHARS - length)
        return self.pool[at : at + length]

    def row(self, kind: str, **fields: Any) -> Row:
        self.rows += 1
        uuid = f"{self.rnd.getrandbits(128):032x}"
        at = BEGAN + timedelta(seconds=0.8 * self.rows)
        made = {
            "parentUuid": self.parent, "isSidechain": False, "userType": "external", "cwd": str(self.project), "sessionId": SESSION,
            "version": "2.1.100", "gitBranch": "main", "type": kind, **fields, "uuid": uuid, "timestamp": f"{at:%Y-%m-%dT%H:%M:%S}.{self.rows % 1000:03}Z",
        }
        self.parent = uuid
        return made

    def prompt(self) -> Iterator[Row]:
        yield self.row("user", message={"role": "user", "content": self.cut(30, 3_000)})

    def said(self, block: Row) -> Row:
        usage = {"input_tokens": 4, "cache_creation_input_tokens": 900, "cache_read_input_tokens": 60_000 + self.rows % 9_000, "output_tokens": 250}
        message = {"id": f"msg_{self.rows:09}", "type": "message", "role": "assistant", "model": "claude-sonnet-4-5", "content": [block], "usage": usage}
        return self.row("assistant", message=message, requestId=f"req_{self.rows:09}")

    def reply(self) -> Iterator[Row]:
        yield self.said({"type": "text", "text": self.cut(60, 4_000)})

    def thinking(self) -> Iterator[Row]:
        yield self.said({"type": "thinking", "thinking": self.cut(100, 6_000), "signature": f"{self.rnd.getrandbits(1600):x}"})

    def tool(self) -> Iterator[Row]:
        """A call and its result: a command, a read, or an edit."""
        path = f"{self.project}/src/part{self.rnd.randrange(60)}/file{self.rnd.randrange(9)}.py"
        name, given = self.rnd.choice((
            ("Bash", {"command": f"pytest -q tests/test_{self.rnd.randrange(90)}.py", "description": "Run tests"}),
            ("Read", {"file_path": path}),
            ("Edit", {"file_path": path, "old_string": self.cut(20, 1_500), "new_string": self.cut(20, 2_500)}),
        ))
        yield from self.called(name, given, self.cut(40, 24_000))

    def called(self, name: str, given: Row, answer: str | list[Row]) -> Iterator[Row]:
        call = f"toolu_{self.rows:012}"
        yield self.said({"type": "tool_use", "id": call, "name": name, "input": given})
        block = {"tool_use_id": call, "type": "tool_result", "content": answer, "is_error": self.rnd.random() < 0.05}
        yield self.row("user", message={"role": "user", "content": [block]}, toolUseResult={"stdout": answer} if isinstance(answer, str) else {"type": "image"})

    def image(self, size: int) -> Iterator[Row]:
        data = base64.b64encode(self.rnd.randbytes(size)).decode()
        block = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": data}}
        yield from self.called("Read", {"file_path": f"{self.project}/shot{self.rows}.png"}, [block])

    def progress(self) -> Iterator[Row]:
        tick = {"type": "bash_progress", "output": self.cut(0, 1_500), "elapsedTimeSeconds": self.rows % 60, "totalLines": self.rows % 400}
        yield self.row("progress", data=tick, toolUseID=f"bash-progress-{self.rows}", parentToolUseID=f"toolu_{self.rows:012}")

    def bookkeeping(self) -> Iterator[Row]:
        self.rows += 1
        snapshot: Row = {"messageId": self.parent, "trackedFileBackups": {}, "timestamp": f"{BEGAN:%Y-%m-%dT%H:%M:%S}.000Z"}
        yield {"type": "file-history-snapshot", "messageId": self.parent, "snapshot": snapshot, "isSnapshotUpdate": False}


def _pool(rnd: random.Random) -> str:
    words = [word for item in corpus.items(4_000, seed=rnd.randrange(1 << 30)) for word in item.text.split()]
    pieces: list[str] = []
    size = 0
    while size < POOL_CHARS:
        piece = f"{rnd.choice(words)}{rnd.choice((' ', ' ', ' ', ', ', chr(10), f' {rnd.randrange(1 << 20)} ', ' = ', '('))}"
        pieces.append(piece)
        size += len(piece)
    return "".join(pieces)


def write(path: Path, project: Path, megabytes: int) -> tuple[int, int]:
    """Writes whole rows until the file has `megabytes` (10^6 bytes). Returns bytes and rows."""
    size = rows = 0
    with path.open("wb") as out:
        for row in Log(project).steps():
            size += out.write(json.dumps(row, separators=(",", ":")).encode() + b"\n")
            rows += 1
            if size >= megabytes * 1_000_000:
                break
    return size, rows
