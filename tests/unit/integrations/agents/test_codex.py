"""What stands in Codex's files."""

import pytest

from passdown.integrations.agents import codex


def test_the_definitions_never_change() -> None:
    """Codex ties its user's trust to the hash of a definition: a change here makes every user trust the hooks again, so it is made on purpose or not at all."""
    def one(timeout: int, **more: str) -> dict[str, object]:
        return {**more, "hooks": [{"type": "command", "command": "C", "timeout": timeout}]}

    assert codex.hooks("C", None) == {
        "SessionStart": one(10, matcher="startup|resume|clear|compact"), "UserPromptSubmit": one(5),
        "PreToolUse": one(5, matcher="Bash|apply_patch"), "Stop": one(10), "SubagentStop": one(10),
        "PreCompact": one(10), "PostCompact": one(10), "SessionEnd": one(1)}


@pytest.mark.parametrize(("hooks", "config", "codes"), [
    ("", "", []), ('{"hooks": {}}', 'model = "x"\n', []), ('{"description": "d", "hooks": {}}', "[hooks.state]\n", []),
    ("", "[features]\nhooks = false\n", ["hooks-disabled"]), ("", "[features]\ncodex_hooks = false\n", ["hooks-disabled"]),
    ("", "[features]\nhooks = true\n", []), ("", '[[hooks.Stop]]\n[[hooks.Stop.hooks]]\ntype = "command"\n', ["hooks-in-two-places"]),
    ("", "not toml", ["config-unreadable"]), ('{"$schema": "x", "hooks": {}}', "", ["hooks-refused"]), ('{"hooks": {},}', "", ["hooks-refused"]),
    ('\ufeff{"hooks": {}}', "", ["hooks-refused"]), ('{"hooks": {}} // x', "", ["hooks-refused"]), ("{broken", "", [])])
def test_what_keeps_hooks_from_running_is_told(hooks: str, config: str, codes: list[str]) -> None:
    """Switched off, refused for an unknown key, not strict JSON, or beside others in config.toml."""
    assert [f.code for f in codex.hindrances(hooks, config)] == codes


def test_codex_keeps_its_transcripts() -> None:
    """There is no day on which it deletes one."""
    assert codex.retention_days([""]) is None
