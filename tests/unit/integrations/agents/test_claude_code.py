"""What stands in Claude Code's settings."""

import pytest

from passdown.integrations.agents import claude_code


def test_events_that_a_version_does_not_know_are_left_out() -> None:
    """An old version would skip the whole settings file for one unknown event."""
    assert set(claude_code.hooks("x", (2, 1, 70))) == set(claude_code.EVENTS) - {"PostCompact"}
    assert set(claude_code.hooks("x", (2, 1, 76))) == set(claude_code.hooks("x", None)) == set(claude_code.EVENTS)


def test_only_starts_and_tool_calls_have_a_matcher() -> None:
    """Every source of a start is answered, and every tool that changes something; the other events are taken whole."""
    assert {e: g["matcher"] for e, g in claude_code.hooks("x", None).items() if "matcher" in g} == {
        "SessionStart": "startup|resume|clear|compact|fork", "PreToolUse": "Edit|Write|MultiEdit|NotebookEdit|Bash"}


@pytest.mark.parametrize(("settings", "days"), [
    (["", ""], 30), (['{"cleanupPeriodDays": 7}'], 7), (['{"cleanupPeriodDays": 7}', "{}", '{"cleanupPeriodDays": 90}'], 90),
    (['{"cleanupPeriodDays": "7"}'], 30), (['{"cleanupPeriodDays": 0}'], 30), (["{broken"], 30), (['{"cleanupPeriodDays": true}'], 30)])
def test_the_retention_is_that_of_the_settings(settings: list[str], days: int) -> None:
    """The last file that says something counts; what is no number of days does not."""
    assert claude_code.retention_days(settings) == days


def test_disabled_hooks_are_told() -> None:
    """`disableAllHooks` makes every installation silent."""
    assert [f.code for f in claude_code.hindrances('{"disableAllHooks": true}', "")] == ["hooks-disabled"]
    assert list(claude_code.hindrances('{"disableAllHooks": false}', "{")) == []
