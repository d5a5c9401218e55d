"""What a session was for."""

import pytest

from passdown.formats.parts.asked import subject, wish
from passdown.model.session import Session


@pytest.mark.parametrize(("title", "goal", "asks", "wanted"), [
    ("Drain the queue", "drain it", (), "Drain the queue"), ("/clear", "/clear", ("Add a retry",), "Add a retry"), ("", "Drain it twice", (), "Drain it twice"),
    ("/review", "/review", (), "/review"), ("", "", (), "")])
def test_the_name_of_a_slash_command_is_no_subject(title: str, goal: str, asks: tuple[str, ...], wanted: str) -> None:
    """Unless nothing else was said."""
    assert subject(Session("s", "codex", title=title, goal=goal, asks=asks), 80) == wanted


def test_a_plan_that_was_handed_over_is_told_by_its_title() -> None:
    """Its text is long, and stands in the session."""
    assert wish(Session("s", "codex", title="Two queues", goal="Implement the following plan: # Two queues\n\n## Context")) == "Implement the plan: Two queues"
    assert wish(Session("s", "codex", title="Two queues", goal="Split the queue")) == "Split the queue"
