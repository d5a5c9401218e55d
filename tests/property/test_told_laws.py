"""Laws of the readers whose rows a store tells: whatever a database holds, no row raises, and each is accounted for."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from passdown.model.event import Event
from passdown.transcripts.base import SKIPPED, Reading, UnreadableRowError
from passdown.transcripts.table import reader

KINDS = {
    "opencode": ("session", "message", "part", "todo", "revert"), "cursor-ide": ("session", "bubble", "taken-back"),
    "cursor-cli": ("session", "message", "state", "written"), "cline": ("task", "shown", "sent", "sent-again"), "entire": ("entire", "commit", "raw")}
WORDS = st.sampled_from((
    "type", "text", "tool", "state", "status", "completed", "running", "error", "input", "time", "start", "end", "role", "user", "assistant", "content",
    "data", "say", "ask", "command", "command_output", "api_req_started", "followup", "task_progress", "reasoning", "id", "callID", "thinking",
    "toolFormerData", "name", "rawArgs", "params", "result", "metadata", "exit", "tokens", "cache", "model", "modelID", "modelInfo", "revert", "messageID",
    "format", "codex", "sha", "summary", "compaction", "file", "retry", "step-finish", "subtask", "filePath", "edit", "bash", "todos", "tool-call",
    "tool-result", "toolName", "args"))
LEAF = st.none() | st.booleans() | st.integers(-10**18, 10**18) | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=20) | WORDS
VALUE = st.recursive(LEAF, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=6), max_leaves=20)


def outcome(reading: Reading, number: int, line: bytes) -> list[Event] | str:
    try:
        found = reading.row(number, line)
    except UnreadableRowError:
        return "unreadable"
    return found if isinstance(found, str) else list(found)


@pytest.mark.parametrize("agent", KINDS)
@given(data=st.data())
def test_any_row_gives_events_or_a_named_reason_and_reading_can_go_on(agent: str, data: st.DataObject) -> None:
    """Rows of any shape; after each the state is JSON, and reading on from it gives what reading through gives."""
    rows: list[dict[str, Any]] = data.draw(st.lists(st.dictionaries(st.sampled_from(KINDS[agent]), VALUE, min_size=1, max_size=1), max_size=8))
    through, stopped = reader(agent).start(), reader(agent).start()
    for number, row in enumerate(rows):
        line = json.dumps(row).encode()
        found = outcome(through, number, line)
        assert found == outcome(stopped, number, line)
        assert found in SKIPPED or found == "unreadable" if isinstance(found, str) else found and all(e.row == number for e in found)
        stopped = reader(agent).start(json.loads(json.dumps(stopped.state())))
