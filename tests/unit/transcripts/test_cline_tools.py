"""What Cline and Roo Code show of an edit."""

import time

import pytest

from passdown.transcripts.cline_tools import shown_tool

ROO = "<<<<<<< SEARCH\n:start_line:3\n:end_line:4\n-------\na\nb\n=======\nc\n>>>>>>> REPLACE\n"
CLINE = "------- SEARCH\n-----\n-----\nold\n=======\n\n+++++++ REPLACE\n"
RULES = "<<< SEARCH\na\n-----\n=====\nb\n======\nc\n>>> REPLACE"


def edits(diff: str) -> list[tuple[str, str]]:
    call = shown_tool({"tool": "appliedDiff", "path": "a.py", "diff": diff}, call="1", at="", row=1)
    return [(patch.removed, patch.added) for patch in call.patches]


@pytest.mark.parametrize(("diff", "expected"), [
    (ROO, [("a\nb", "c")]), (CLINE, [("-----\nold", "")]), (ROO + CLINE, [("a\nb", "c"), ("-----\nold", "")]), (RULES, [("a\n-----", "b\n======\nc")]),
    ("x\n" + ROO + "y\n", [("a\nb", "c")]), ("<<<<<<< SEARCH\nagain\n" + ROO, [("again\n<<<<<<< SEARCH\n:start_line:3\n:end_line:4\n-------\na\nb", "c")])])
def test_blocks_are_old_and_new_text(diff: str, expected: list[tuple[str, str]]) -> None:
    """Below SEARCH may stand where the text is, and a rule; a row of equals signs in the new text is text."""
    assert edits(diff) == expected


def test_a_block_without_an_end_is_none() -> None:
    """The diff is then told as it is."""
    assert edits("<<<<<<< SEARCH\na\n=======\nb\n") == [("", "<<<<<<< SEARCH\na\n=======\nb\n")]


def test_rules_by_the_thousand_take_no_time() -> None:
    """Each of them may end the old text, none of them does so twice."""
    begun = time.process_time()
    edits("<<<<<<< SEARCH\n" + "=======\n" * 20_000)

    assert time.process_time() - begun < 5
