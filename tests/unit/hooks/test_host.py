"""Who fired, and what it takes."""

import json

import pytest

from passdown.hooks import host


@pytest.mark.parametrize(("given", "product"), [
    ({"cursor_version": "3.2", "transcript_path": "/h/.claude/projects/x/1.jsonl"}, "cursor"),
    ({"hookEventName": "SessionStart", "sessionId": "1"}, "vscode-copilot"), ({"sessionId": "1", "cwd": "/x"}, "copilot-cli"),
    ({"transcript_path": "/h/.gemini/tmp/x/chats/session-1.jsonl"}, "gemini-cli"),
    ({"agent_action_name": "x"}, "windsurf"), ({"hookName": "x", "taskId": "1"}, "cline"), ({"transcript_path": "/h/.qwen/projects/x/1.jsonl"}, "qwen-code"),
    ({"transcript_path": "C:\\Users\\u\\.codex\\sessions\\2026\\11\\20\\rollout-1.jsonl"}, "codex"),
    ({"transcript_path": "/h/.claude/projects/x/1.jsonl"}, "claude-code"),
    ({"transcript_path": "/elsewhere/1.jsonl"}, ""), ({"transcript_path": None}, ""), ({}, "")])
def test_a_product_is_known_by_its_payload(given: dict[str, object], product: str) -> None:
    """Nothing is concluded where nothing shows."""
    assert host.detect(given) == product


def test_names_of_hosts() -> None:
    """As the installed command gives them."""
    assert [host.named(word) for word in ("claude-code", "claude", "codex", "gemini-cli")] == ["claude-code", "claude-code", "codex", "gemini-cli"]
    assert [host.named(word) for word in ("emacs", "")] == ["", ""]


@pytest.mark.parametrize(("called", "given", "name"), [
    ("claude-code", {}, "claude-code"), ("claude-code", {"cursor_version": "3"}, "cursor"), ("codex", {"cursor_version": "3"}, ""),
    ("claude-code", {"transcript_path": "/h/.codex/sessions/rollout-1.jsonl"}, ""), ("cursor", {"transcript_path": "/elsewhere"}, "cursor")])
def test_whom_to_answer(called: str, given: dict[str, object], name: str) -> None:
    """The host that was named, or one that is known to run its hooks."""
    assert host.who(called, given) == name


@pytest.mark.parametrize("name", sorted(host.MODULES))
def test_an_envelope_is_one_object_in_ascii(name: str) -> None:
    """With the text in it as it is, and nothing else in its line."""
    one = host.of(name)
    for event in one.ANSWERED:
        out = one.envelope(event, 'é "quoted"\n')
        assert out.isascii()
        assert out.endswith("}\n")
        assert out.count("\n") == 1
        assert 'é "quoted"\n' in str(json.loads(out)).replace("\\n", "\n")
        assert event in host.EVENTS
