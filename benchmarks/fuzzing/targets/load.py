"""Memory documents and contexts: metadata, blocks, triggers, references, decisions; what a task loads of them."""

from collections.abc import Mapping

from benchmarks.fuzzing.base import Target

from passdown.briefing.tokens import estimate
from passdown.loading import protocol, render
from passdown.loading.assembled import loaded
from passdown.loading.sources import UnreadableError

BASE = b"""<document type="m" version="1" inherits="b.md">
<metadata>
<domain>queue</domain>
<scope>the queue</scope>
<selective-loading>true</selective-loading>
<triggers>drain|queue, /retr(y|ies)/</triggers>
</metadata>
</document>

## Queue
<LOAD_IF task="drain|queue">
It drains twice. See [b](b.md#other) and `docs/a.md`.
</LOAD_IF>

## Decisions
1. **SQLite**: not Redis, decided 2026-01-01
| 2026-01-02 | Polling | no |
Deferred: the retry, until the release.
"""
CONTEXT = b"---\ntriggers: [drain]\ninherits: c.md\n---\n# Session context\n\n## Reading order\n1. `a.md`\n2. b.md\n\n## If the task is X\nRead `c.md`\n"
TOKENS = (b'<LOAD_IF task="', b'">', b"</LOAD_IF>", b"<document ", b"inherits=\"", b"<triggers>", b"/(a+)+$/", b"/(((((", b"regex: ", b"](a.md)", b"`b.md`",
    b"## ", b"```\n", b"../x.md",
          b"*/*.md", b"---\n", b"id=\"x\"", b"1. ", b"| a |\n")


class Texts:
    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def text(self, path: str) -> str:
        if path not in self._texts:
            raise UnreadableError("it is not there")
        return self._texts[path]

    def holds(self, path: str) -> bool:
        return path in self._texts

    def matching(self, _: str) -> tuple[str, ...]:
        return tuple(sorted(self._texts))


def run(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    texts = {"a.md": text, "b.md": text[::-1], "docs/a.md": BASE.decode(), "SESSION_CONTEXT.md": text, "c.md": CONTEXT.decode()}
    found = loaded(list(texts), list(texts), Texts(texts), "drain the queue and retry", estimate, 2_000)
    render.text(found)
    list(render.explained(found.considered))
    protocol.text(found.reading, "drain", "x")


TARGETS = {"load": Target(lambda: [BASE, CONTEXT], run, TOKENS, once=3.0)}
