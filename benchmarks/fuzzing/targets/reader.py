"""Each reader of transcripts, from bytes to the facts and records of the session."""

import json
from collections.abc import Callable

from benchmarks.fuzzing.base import BrokenLaw, Target
from benchmarks.fuzzing.world import transcripts

from passdown.errors import PassdownError
from passdown.extract.records import Extraction
from passdown.extract.session import Fold
from passdown.redaction.events import scan_events
from passdown.transcripts.base import SKIPPED
from passdown.transcripts.detect import HEAD_BYTES, detect
from passdown.transcripts.rows import read_rows
from passdown.transcripts.stream import Stream
from passdown.transcripts.table import AGENTS, reader

TOKENS = (b'"type":', b'"content":', b'"text":', b'"timestamp":', b"{}", b"[]", b'"role":"user"', b"\n", b"_**User**_\n", b"#### ", b"> ", b"<think>",
    b"**Result:**",
          b"<tool-use>", b"</details>", b'{"kind":2,"k":["requests"],"v":[]}', b"<system-reminder>", b"*** Begin Patch\n", b"@@ -1 +1 @@\n",
          b"passdown \xc2\xb7 ")
STATE_BYTES = 1 << 20


def run_of(agent: str) -> Callable[[bytes], None]:
    def run(data: bytes) -> None:
        one = reader(agent)
        one.recognises(data[:HEAD_BYTES])
        stream, fold, extraction = Stream(one.start(), {}), Fold(), Extraction()
        for batch, _ in stream.batches(read_rows([data], one.ROW_START, last=True)):
            safe, _ = scan_events(batch)
            events = stream.number(safe)
            fold.add(events)
            extraction.add(events)
        fold.facts(agent)
        extraction.records()
        if unknown := set(stream.skipped) - set(SKIPPED):
            raise BrokenLaw(f"a reason that is none: {unknown}")
        if len(json.dumps(stream.reading.state())) > STATE_BYTES + len(data) // 4:
            raise BrokenLaw("a state that grows without bound")

    return run


def seeds_of(agent: str) -> Callable[[], list[bytes]]:
    return lambda: [p.read_bytes() for p in transcripts() if p.parent.name == agent] or [b"{}"]


def run_detect(data: bytes) -> None:
    detect(data[:HEAD_BYTES])


TARGETS = {f"reader-{agent}": Target(seeds_of(agent), run_of(agent), TOKENS) for agent in AGENTS}
TARGETS["reader-detect"] = Target(lambda: [p.read_bytes()[:4_000] for p in transcripts()], run_detect, TOKENS, (PassdownError,))
