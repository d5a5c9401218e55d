"""What holds for every reader, on our own small transcripts and on the real ones.

`PASSDOWN_REGENERATE=1 pytest tests/contract/test_readers.py` writes the expected events again; read the difference before you keep it.
"""

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from passdown.errors import PassdownError
from passdown.model.event import Event
from passdown.transcripts.base import SKIPPED, Reading, UnreadableRowError
from passdown.transcripts.detect import HEAD_BYTES, detect
from passdown.transcripts.rows import TooLong, read_rows
from passdown.transcripts.table import AGENTS, reader

GOLDEN = Path(__file__).parent.parent / "golden" / "transcripts"
SAMPLES = sorted(p for p in GOLDEN.glob("*/*") if not p.name.endswith(".events.json"))
STATE_BYTES = 128 * 1024
REGENERATE = bool(os.environ.get("PASSDOWN_REGENERATE"))
REAL = os.environ.get("PASSDOWN_TEST_DATA", "")


def outcome(reading: Reading, number: int, line: bytes | TooLong) -> list[Event] | str:
    """Events, or the word under which a row without events is counted."""
    if isinstance(line, TooLong):
        return "too-long"
    if not line.strip(b" \t\r\n\0"):
        return "blank"
    try:
        found = reading.row(number, line)
    except UnreadableRowError:
        return "unreadable"
    return found if isinstance(found, str) else list(found)


def outcomes(agent: str, content: bytes) -> Iterator[list[Event] | str]:
    reading = reader(agent).start()
    for number, _, line in read_rows([content], reader(agent).ROW_START, last=True):
        yield outcome(reading, number, line)


def events_of(agent: str, content: bytes) -> list[Event]:
    return [e for found in outcomes(agent, content) if not isinstance(found, str) for e in found]


def account(agent: str, content: bytes) -> Counter[str]:
    return Counter("evented" if not isinstance(found, str) else found for found in outcomes(agent, content))


def real_files() -> list[Path]:
    if not REAL:
        pytest.skip("PASSDOWN_TEST_DATA is not set: no real transcripts here")
    data = Path(REAL)
    return sorted([*data.glob("projects/*/sessions/*.jsonl"), *data.glob("transcripts/*/*/*.md"),
                   *(p for ending in ("jsonl", "json", "traj") for p in data.glob(f"transcripts/fixtures/*/*.{ending}"))])


def real_transcripts(*agents: str) -> Iterator[tuple[Path, str, bytes]]:
    for path in real_files():
        content = path.read_bytes()
        try:
            agent = detect(content[:HEAD_BYTES])
        except PassdownError:
            continue
        if agent in agents:
            yield path, agent, content


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_the_content_names_the_agent(sample: Path) -> None:
    """The folder of a sample is the agent that its content is recognised as."""
    assert detect(sample.read_bytes()[:HEAD_BYTES]) == sample.parent.name


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_a_sample_gives_the_events_that_are_written_beside_it(sample: Path) -> None:
    """A sample's events, and the reasons of rows without events, are those of its `.events.json`."""
    found = [o if isinstance(o, str) else json.loads(msgspec.json.encode(o)) for o in outcomes(sample.parent.name, sample.read_bytes())]
    expected = sample.with_name(sample.name + ".events.json")
    if REGENERATE:
        expected.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    assert found == json.loads(expected.read_text(encoding="utf-8"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_reading_on_from_a_saved_state_gives_the_same_events(sample: Path) -> None:
    """Saved as JSON and resumed at any row boundary, a reading gives what one reading of the whole gives."""
    agent, content = sample.parent.name, sample.read_bytes()
    rows = list(read_rows([content], reader(agent).ROW_START, last=True))
    whole = list(outcomes(agent, content))
    for split in range(1, len(rows)):
        reading = reader(agent).start()
        before = [outcome(reading, number, line) for number, _, line in rows[:split]]
        reading = reader(agent).start(json.loads(json.dumps(reading.state())))
        assert before + [outcome(reading, number, line) for number, _, line in rows[split:]] == whole, f"split before row {split}"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_a_row_cut_off_at_any_byte_raises_nothing(sample: Path) -> None:
    """Every prefix of every row, read after the rows before it, gives events or a named reason or is unreadable."""
    agent, content = sample.parent.name, sample.read_bytes()
    reading = reader(agent).start()
    for number, _, line in read_rows([content], reader(agent).ROW_START, last=True):
        assert isinstance(line, bytes)
        state = json.dumps(reading.state())
        for cut in range(len(line)):
            found = outcome(reader(agent).start(json.loads(state)), number, line[:cut])
            assert not isinstance(found, str) or found in SKIPPED or found == "unreadable"
        outcome(reading, number, line)


def with_other_values(value: Any, depth: int = 4) -> Iterator[Any]:
    """The value with each of its parts, down to a depth, in turn of another type."""
    yield from (None, 5, "x", [], {}, [None, 3], True)
    for key, part in value.items() if isinstance(value, dict) and depth else ():
        yield from ({**value, key: other} for other in with_other_values(part, depth - 1))
    for i, part in enumerate(value) if isinstance(value, list) and depth else ():
        yield from ([*value[:i], other, *value[i + 1:]] for other in with_other_values(part, depth - 1))


@pytest.mark.parametrize("sample", [p for p in SAMPLES if p.suffix != ".md"], ids=lambda p: f"{p.parent.name}/{p.name}")
def test_a_field_of_another_type_raises_nothing(sample: Path) -> None:
    """Every row with each of its fields in turn of another type gives events that are what they say, a named reason, or is unreadable."""
    agent, content = sample.parent.name, sample.read_bytes()
    for number, _, line in read_rows([content], reader(agent).ROW_START, last=True):
        try:
            row = msgspec.json.decode(line) if isinstance(line, bytes) else None
        except msgspec.DecodeError:
            continue
        for other in with_other_values(row):
            found = outcome(reader(agent).start(), number, msgspec.json.encode(other))
            assert not isinstance(found, str) or found in SKIPPED or found == "unreadable"
            if not isinstance(found, str):
                assert msgspec.convert(msgspec.to_builtins(found), list[Event]) == found


@pytest.mark.parametrize("sample", [p for p in SAMPLES if reader(p.parent.name).ROW_START is not None], ids=lambda p: f"{p.parent.name}/{p.name}")
def test_a_document_cut_off_at_any_byte_raises_nothing(sample: Path) -> None:
    """Every beginning of a transcript that is rewritten as a whole gives rows that are events, a named reason or unreadable."""
    agent, content = sample.parent.name, sample.read_bytes()
    for cut in range(0, len(content), 37):
        for found in outcomes(agent, content[:cut]):
            assert not isinstance(found, str) or found in SKIPPED or found == "unreadable"


@pytest.mark.parametrize("sample", [p for p in SAMPLES if reader(p.parent.name).ROW_START is None], ids=lambda p: f"{p.parent.name}/{p.name}")
def test_rows_before_a_cut_read_as_in_the_whole_file(sample: Path) -> None:
    """A transcript that is still growing gives, up to its last whole line, the events that it gives when it is complete."""
    agent, content = sample.parent.name, sample.read_bytes()
    whole = list(outcomes(agent, content))
    for cut in range(0, len(content), 61):
        complete = content[: content.rfind(b"\n", 0, cut) + 1]
        found = list(outcomes(agent, complete))
        assert found == whole[: len(found)]


def conserved(counts: Counter[str], rows: int, where: str) -> None:
    assert sum(counts.values()) == rows, where
    assert set(counts) - {"evented", "unreadable"} <= set(SKIPPED), f"{where}: {counts}"


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_every_row_of_a_sample_is_accounted_for(sample: Path) -> None:
    """Rows = rows with events + rows skipped for a named reason + unreadable rows; an event knows the row it came from."""
    agent, content = sample.parent.name, sample.read_bytes()
    rows = list(read_rows([content], reader(agent).ROW_START, last=True))
    conserved(account(agent, content), len(rows), sample.name)
    for number, found in enumerate(outcomes(agent, content)):
        assert isinstance(found, str) or (found and all(e.row == number for e in found))


def test_every_row_of_real_transcripts_is_accounted_for() -> None:
    """The same law over every real session; at most 0.5 % of an agent's rows are of an unknown type, and none unreadable."""
    totals: dict[str, Counter[str]] = {}
    for path, agent, content in real_transcripts(*AGENTS):
        counts = account(agent, content)
        conserved(counts, sum(1 for _ in read_rows([content], reader(agent).ROW_START, last=True)), path.name)
        totals.setdefault(agent, Counter()).update(counts)
    for agent, counts in totals.items():
        assert counts["unknown-type"] <= 0.005 * counts.total(), f"{agent}: {counts}"


NATIVE = ("gemini-cli-json", "swe-agent", "aider", "claude-code-json")


def test_real_transcripts_of_agents_read_later_are_clean() -> None:
    """Of these formats no row is of an unknown type or unreadable, and each transcript says something."""
    found = Counter[str]()
    for path, agent, content in real_transcripts(*NATIVE):
        counts = account(agent, content)
        assert counts["evented"], path.name
        assert counts["unknown-type"] + counts["unreadable"] == 0, f"{path.name}: {counts}"
        found[agent] += 1
    assert set(found) == set(NATIVE)


def test_the_state_of_real_transcripts_stays_small() -> None:
    """What a capture has to keep between two runs does not grow with the transcript."""
    for path, agent, content in list(real_transcripts("codex"))[:6] + list(real_transcripts("specstory"))[::12]:
        reading = reader(agent).start()
        for number, _, line in read_rows([content], reader(agent).ROW_START, last=True):
            outcome(reading, number, line)
        assert len(json.dumps(reading.state())) < STATE_BYTES, path.name


def test_reading_real_transcripts_on_gives_the_same_events() -> None:
    """Stopped and resumed at ten places, real sessions give the events of one reading."""
    for path, agent, content in list(real_transcripts("codex"))[:6] + list(real_transcripts("specstory"))[::12]:
        rows = list(read_rows([content], reader(agent).ROW_START, last=True))
        reading, found = reader(agent).start(), list[Any]()
        for i, (number, _, line) in enumerate(rows):
            if i % (len(rows) // 10 + 1) == 0:
                reading = reader(agent).start(json.loads(json.dumps(reading.state())))
            found.append(outcome(reading, number, line))
        assert found == list(outcomes(agent, content)), path.name


@pytest.mark.parametrize("agent", AGENTS)
def test_a_reader_has_what_the_contract_asks_for(agent: str) -> None:
    """Every reader of the table names itself, says where transcripts lie, and recognises nothing in an empty or foreign head."""
    module = reader(agent)
    assert agent.removesuffix("-json") == module.AGENT
    assert module.EVIDENCE in ("sample", "schema")
    assert all(not glob.startswith("/") for glob in module.LOCATIONS)
    assert not module.recognises(b"")
    assert not module.recognises(b"\x00\xff\xfe binary \x01")
    assert not module.recognises(b"# Some document\n\nwith text\n")
    assert module.start().state() == module.start(json.loads(json.dumps(module.start().state()))).state()
