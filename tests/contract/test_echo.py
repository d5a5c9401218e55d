"""What we said is never taken for evidence, in whatever field of an agent's transcript it comes back: every reader, every text of its fixtures in turn."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from passdown.briefing.quoted import quoted
from passdown.extract.records import Extraction
from passdown.hooks import said
from passdown.model.event import Prompt, Reply, SafeEvents
from passdown.redaction.events import scan_events
from passdown.transcripts.rows import read_rows
from passdown.transcripts.stream import Stream
from passdown.transcripts.table import reader

GOLDEN = Path(__file__).parents[1] / "golden" / "transcripts"
SAMPLES = sorted(p for p in GOLDEN.glob("*/*") if not p.name.endswith(".events.json"))
SAID = "We chose the zqecho ledger over Redis because it needs no server."
END = "The user expects to hear in two sentences where things stand and what comes first, before anything changes."
BRIEFING = (f"passdown · shop · main @ abc1234\n2 of 2 things known · pd:0123abcd\n\nDECIDED\n- \"{SAID}\"\n- \"Never deploy before anything changes.\"\n"
            f"- \"{SAID}\"\n\nKNOW\n- always run zqecho before you commit\n\n{END}\n")
FORMS = {"plain": BRIEFING, "tool": quoted(BRIEFING), "start": f"{said.FIRST} · pd:0123abcd\n! Rendered before.\n```text\n{BRIEFING}```\n",
         "topic": said.topic([f"Decided on 2026-11-01: {SAID}"], "pd:0123abcd"), "guard": said.settled([f"Decided on 2026-11-01, by the user: {SAID}"],
             "pd:0123abcd", holds=True)}
LEAST, MOST = 12, 40  # characters of a text that may be something said; texts of a fixture that are put in their place


def texts(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Paths of the texts in a JSON value."""
    if isinstance(value, str) and (" " in value or len(value) > LEAST):
        yield path
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from texts(item, (*path, key))


def put(value: Any, path: tuple[Any, ...], text: str) -> Any:
    if not path:
        return text
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = put(value[path[0]], path[1:], text)
    return copy


def variants(content: bytes, text: str) -> Iterator[bytes]:
    """The transcript with our text in the place of each of its own."""
    try:
        whole = [json.loads(content)]
    except ValueError:
        whole = []
    lines = content.decode().split("\n")
    for path in texts(whole[0]) if whole else ():
        yield json.dumps(put(whole[0], path, text)).encode()
    for at, line in enumerate(lines if not whole else ()):
        try:
            row = json.loads(line)
        except ValueError:
            yield "\n".join([*lines[:at], *([text] if line.strip() else [line]), *lines[at + 1:]]).encode()
            continue
        for path in texts(row):
            yield "\n".join([*lines[:at], json.dumps(put(row, path, text)), *lines[at + 1:]]).encode()


def known(agent: str, content: bytes) -> tuple[str, bool]:
    """What a capture would keep as records, and whether our text came in as words of user or agent."""
    one = reader(agent)
    stream, extraction, said_so = Stream(one.start(), {}), Extraction(), False
    for batch, _ in stream.batches(read_rows([content], one.ROW_START, last=True)):
        events: SafeEvents = stream.number(scan_events(batch)[0])
        extraction.add(events)
        said_so |= any(isinstance(e, Prompt | Reply) and "zqecho" in e.text for e in events)
    return "\n".join(f"{r.text} {dict(r.details)}" for r in extraction.records() if r.kind != "command"), said_so


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_what_we_said_is_no_evidence(sample: Path) -> None:
    """A briefing, what a hook and a tool say, a line on a topic, a warning: as anything in a transcript of this agent it gives no record."""
    agent, content = sample.parent.name, sample.read_bytes()
    for name, text in FORMS.items():
        found = list(variants(content, text))
        for variant in found[:: max(1, len(found) // MOST)]:
            assert "zqecho" not in known(agent, variant)[0], (name, variant)


def test_the_same_words_without_our_mark_are_evidence() -> None:
    """So the law above can fail: a transcript in which the agent says them gives the record."""
    sample = GOLDEN / "codex" / "bare.jsonl"

    assert any("zqecho" in known("codex", v)[0] and known("codex", v)[1] for v in variants(sample.read_bytes(), SAID))
