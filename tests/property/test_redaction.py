"""Laws of redaction over arbitrary texts, and the rate of false alarms on real ones."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from passdown.redaction.fakes import fake
from passdown.redaction.scan import redact, scan, suspicious
from passdown.redaction.table import FORMATS

PIECES = [
    "password", "DB_PASSWORD", "token", "secret", "api_key", "=", ": ", '"', "'", "\\", "\\n", "\n", " ", "Bearer ", "Authorization: ",
    "://u:", "@h", "-----BEGIN PRIVATE KEY-----",
    "-----END PRIVATE KEY-----", "[REDACTED:jwt]", "[REDACTED:", "]", "eyJ", ".", "Cookie: sid=", "curl -u a:", "é", "…", "\ud800", "\0",
    "a1B2c3D4e5F6g7H8", "hunter", "<", "</", ">",
]
FAKES = st.builds(lambda rule, seed: fake(rule, Random(seed)), st.sampled_from(FORMATS), st.integers(0, 10_000))
TEXTS = st.lists(st.one_of(st.sampled_from(PIECES), FAKES, st.text(max_size=12)), max_size=14).map("".join)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_redaction_is_idempotent(text: str) -> None:
    """What was scanned once holds nothing that a second scan would find."""
    once = scan(text)
    again = scan(once.text)
    assert again.text == once.text
    assert again.findings == ()


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_only_secrets_go(text: str) -> None:
    """A text without findings is unchanged; one with findings holds as many new markers, or swallowed older replacements."""
    result = scan(text)
    assert (result.text == text) == (not result.findings)
    assert all(f"[REDACTED:{finding.code}]" in result.text or len(result.findings) > 1 for finding in result.findings)


@given(st.lists(TEXTS, max_size=5))
@settings(max_examples=200, deadline=None)
def test_a_joined_text_hides_nothing(texts: list[str]) -> None:
    """If one of the texts has findings, the texts joined by NUL are suspicious."""
    if any(scan(text).findings for text in texts):
        assert suspicious("\0".join(texts))


@given(st.text(alphabet=st.characters(exclude_categories=[])))
@settings(max_examples=200, deadline=None)
def test_any_string_is_accepted(text: str) -> None:
    """No string raises, lone surrogates included."""
    redact(text)


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


@pytest.mark.skipif("PASSDOWN_TEST_DATA" not in os.environ, reason="PASSDOWN_TEST_DATA is not set: real transcripts are not here")
def test_real_transcripts_are_left_alone() -> None:
    """On real sessions, whose secrets were removed before, at most one replacement a megabyte is made."""
    files = sorted(Path(os.environ["PASSDOWN_TEST_DATA"]).glob("projects/*/sessions/*.jsonl"))[::12]
    size = count = 0
    for file in files:
        for line in file.read_text(encoding="utf-8", errors="replace").split("\n"):
            if line.startswith("{"):
                text = "\0".join(strings(json.loads(line)))
                size += len(text)
                count += len(scan(text).findings)
    assert count <= max(1, size / 1_000_000)
