"""What of a document says nothing."""

import pytest

from passdown.formats.unsaid import empty, says_nothing, unfilled


@pytest.mark.parametrize("line", [
    "- [ACCOMPLISHMENT_1]", "1. [HIGH_PRIORITY_TASK] - [URGENCY_REASON]", "- **Active Task:** [CURRENT_TASK]", "- **Progress:** [COMPLETION_PERCENTAGE]%",
    "- [ ] [IN_PROGRESS_TASK] (Progress: [DETAILS])", "- [FUNCTION/CLASS_1] - [FILE:LINE] - [PURPOSE]", "[KEY_CONTEXT_INFO]"])
def test_lines_of_a_template_are_unfilled(line: str) -> None:
    """Whatever list mark, label and dashes stand around the placeholder."""
    assert unfilled(line)
    assert says_nothing(line)


@pytest.mark.parametrize("line", [
    "- [WIP] port the importer", "- [x] done", "- see [README](README.md)", "- [high] fix it", "- [API] the key is lost", "- `[A]`, then B"])
def test_words_in_brackets_are_no_placeholder(line: str) -> None:
    """What has words of its own says something."""
    assert not unfilled(line)
    assert not says_nothing(line)


@pytest.mark.parametrize("line", [
    "- None", "None.", "- N/A", "*None yet*", "- None (all through)", "**None** (so far).", "- Blockers: None", "**Open Questions:** None.",
    "- **Git Status:** CLEAN", "---\n**Handoff Quality Score:** 8/10", "<!-- a comment -->"])
def test_nothing_comments_and_measurements_are_no_records(line: str) -> None:
    """They hold nothing that outlasts the document."""
    assert says_nothing(line)


@pytest.mark.parametrize("line", ["- None of the clients retries", "- None (a) of them", "- The flag that turns it off: none", "- Owner: None of us"])
def test_none_among_other_words_is_kept(line: str) -> None:
    """A sentence that has the word says something."""
    assert not says_nothing(line)


@pytest.mark.parametrize("line", ["none" + " " * 200_000 + "x", "none" + "*" * 200_000 + "x", "a" + " b" * 200_000, "none (" * 100_000, "a" + "*" * 200_000])
def test_long_hostile_lines_are_read_to_their_end(line: str) -> None:
    """Nothing in them makes the patterns try again and again."""
    assert not says_nothing(line)


def test_a_value_may_be_empty() -> None:
    """`UNKNOWN` is a value of the document, not of a record."""
    assert empty("UNKNOWN")
    assert empty("[REASONING]")
    assert not empty("unknown clients fail")
