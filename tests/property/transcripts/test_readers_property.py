"""Readers hold on whatever bytes and values they are given."""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passdown.errors import NotATranscript, UnsupportedTranscript
from passdown.transcripts import codex_rows, rows
from passdown.transcripts.base import SKIPPED, UnreadableRowError
from passdown.transcripts.commands import commands_in_script, files_printed
from passdown.transcripts.detect import detect
from passdown.transcripts.readers import codex, copilot_cli, specstory
from passdown.transcripts.rows import read_rows

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 9) | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "type", "content", "output", "path"]), inner, max_size=3),
    max_leaves=6,
)
PAYLOADS = st.dictionaries(st.sampled_from(list(codex_rows.Payload.__struct_fields__)), VALUES, max_size=6)
DATA_KEYS = [
    "content",
    "arguments",
    "toolName",
    "result",
    "success",
    "error",
    "shellExecution",
    "modelMetrics",
    "context",
    "attachments",
    "upToEventId",
    "summary",
]
WORDS = st.lists(
    st.sampled_from(
        [
            "_**User (2026-03-02 09:00:00Z)**_",
            "_**Agent (m)**_",
            "\n",
            "\n\n",
            "```",
            "```text\n",
            "```diff\n",
            "`ls`",
            "<think>",
            "</think>",
            "- [X] a",
            "**Result:**",
            '<tool-use data-tool-type="shell" data-tool-name="Bash"><details>\n',
            "<summary>Tool use: **Bash**</summary>\n",
            "</details></tool-use>",
            "Tool use: **Read** `a`",
            "Exit code 1",
            "**Update: `a`**",
            "File created successfully at: a",
            "words",
            "---",
            "Output:",
        ]
    ),
    max_size=24,
).map("".join)


def fine(reading: Any, line: bytes) -> bool:
    try:
        found = reading.row(0, line)
    except UnreadableRowError:
        return True
    return found in SKIPPED if isinstance(found, str) else len(found) > 0 and json.dumps(reading.state()) != ""


@settings(max_examples=300, deadline=None)
@given(
    kind=st.sampled_from(["response_item", "event_msg", "session_meta", "turn_context", "compacted"]),
    name=st.sampled_from([*codex.HANDLERS, *codex_rows.QUIET, *codex_rows.TOLD]),
    payload=PAYLOADS,
)
def test_codex_takes_any_payload(kind: str, name: str, payload: dict[str, Any]) -> None:
    """A payload whose fields have other shapes than expected gives events, a named reason, or is unreadable."""
    assert fine(codex.start(), json.dumps({"timestamp": "t", "type": kind, "payload": {**payload, "type": name}}).encode())


@settings(max_examples=300, deadline=None)
@given(kind=st.sampled_from([*copilot_cli.HANDLERS, *copilot_cli.TOLD]), data=st.dictionaries(st.sampled_from(DATA_KEYS), VALUES, max_size=5))
def test_copilot_takes_any_data(kind: str, data: dict[str, Any]) -> None:
    """The same for Copilot CLI."""
    assert fine(copilot_cli.start(), json.dumps({"type": kind, "data": data, "id": "x"}).encode())


@settings(max_examples=300, deadline=None)
@given(text=WORDS)
def test_specstory_takes_any_document(text: str) -> None:
    """Pieces of the format in any order are read without an error, row by row."""
    reading = specstory.start()
    assert all(fine(reading, line) for _, _, line in read_rows([text.encode()], specstory.ROW_START) if isinstance(line, bytes))


@settings(max_examples=200, deadline=None)
@given(
    content=st.lists(st.sampled_from([b"\n", b"\0", b"ab", b"\xef\xbb\xbf", b"> ", b"x" * 9, b"\r"]), max_size=30).map(b"".join),
    size=st.integers(1, 9),
    marked=st.booleans(),
)
def test_rows_do_not_depend_on_the_chunks(content: bytes, size: int, marked: bool) -> None:
    """Any bytes in any pieces give the same rows, numbers and offsets; offsets grow and end within the content."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "MAX_ROW_BYTES", 12)
        start = rb"> " if marked else None
        whole = list(read_rows([content], start))
        assert list(read_rows((content[i : i + size] for i in range(0, len(content), size)), start)) == whole
    ends = [end for _, end, _ in whole]
    assert ends == sorted(ends)
    assert all(0 <= end <= len(content) for end in ends)


@settings(max_examples=200, deadline=None)
@given(head=st.binary(max_size=60) | st.builds(lambda v: json.dumps(v).encode(), VALUES))
def test_any_file_is_named_or_refused(head: bytes) -> None:
    """Nothing else than the two refusals is raised."""
    try:
        detect(head)
    except (NotATranscript, UnsupportedTranscript):
        return


@settings(max_examples=200, deadline=None)
@given(command=st.text(alphabet="cat sed-n'\"\\|;&<>()$\nEOF.py{}", max_size=40))
def test_any_command_line_is_read(command: str) -> None:
    """Broken quotes, here-documents and escapes raise nothing."""
    assert isinstance(files_printed("cat " + command), tuple)
    assert isinstance(commands_in_script("cmd:" + command), str)
