"""Advice in the words of tools."""

import pytest

from passdown.actions.fixes import OF_RECORDS
from passdown.mcp.hints import for_tools


@pytest.mark.parametrize("code", OF_RECORDS)
def test_what_mends_a_record_names_a_tool(code: str) -> None:
    """No command is left that a caller of tools could not run, and the record's id is."""
    told = for_tools(OF_RECORDS[code].format(id="03k2m9x7p1abcdef", files="--file src/a.py:3 --file 'b c.py'"))

    assert "passdown " not in told
    assert "--file" not in told
    assert "03k2m9x7p1abcdef" in told


def test_a_command_that_notes_is_a_whole_call() -> None:
    """With its kind, text, details and files, as the tool takes them."""
    told = for_tools('passdown note task "WHAT COMES NEXT" --state "in progress" --file src/a.py:3 --user')

    assert told == '`record` {"kind": "task", "text": "WHAT COMES NEXT", "details": {"state": "in progress"}, "files": ["src/a.py:3"], "by_user": true}'


@pytest.mark.parametrize("words", ["Run `passdown init` there first.", "Nothing of ours is in here", "`passdown resumed` is no verb"])
def test_what_has_no_tool_stays(words: str) -> None:
    """Commands that only the user can run, and words that are none."""
    assert for_tools(words) == words
