"""Who fired, and what it takes."""

import json

import pytest

from passdown.hooks import host


@pytest.mark.parametrize(("given", "product"), [
    ({"cursor_version": "3.2", "transcript_path": "/h/.claude/projects/x/1.jsonl"}, "cursor"),
    ({"hookEventName": "SessionStart", "sessionId": "1"}, "vscode"),
    ({"agent_action_name": "x"}, "windsurf"), ({"hookName": "x", "taskId": "1"}, "cline"), ({"transcript_path": "/h/.qwen/projects/x/1.jsonl"}, "qwen"),
    ({"transcript_path": "C:\\Users\\u\\.codex\\sessions\\2026\\11\\20\\rollout-1.jsonl"}, "codex"),
    ({"transcript_path": "/h/.claude/projects/x/1.jsonl"}, "claude-code"),
    ({"transcript_path": "/elsewhere/1.jsonl"}, ""), ({"transcript_path": None}, ""), ({}, "")])
def test_a_product_is_known_by_its_payload(given: dict[str, object], product: str) -> None:
    """Nothing is concluded where nothing shows."""
    assert host.detect(given) == product


def test_names_of_hosts() -> None:
    """As the installed command gives them."""
    assert [host.named(word) for word in ("claude-code", "claude", "codex", "gemini", "")] == ["claude-code", "claude-code", "codex", "", ""]


@pytest.mark.parametrize("event", sorted(host.EVENTS))
def test_an_envelope_has_the_two_allowed_keys(event: str) -> None:
    """At most 9,000 characters of text; none for events that take no answer."""
    out = host.envelope(event, "é" * 20_000)

    if event not in host.ANSWERED:
        assert out == ""
        return
    assert json.loads(out) == {"hookSpecificOutput": {"hookEventName": event, "additionalContext": "é" * 9_000}}
