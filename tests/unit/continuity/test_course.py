"""What a session did, read off its events."""

import pytest

from passdown.continuity.course import Course
from passdown.model.event import Event, Patch, Prompt, Reply, ToolCall, ToolResult, Usage


def edited(n: int, path: str, removed: str = "", added: str = "x") -> ToolCall:
    return ToolCall(n=n, row=n, call=str(n), tool="Edit", action="edit", paths=(path,), patches=(Patch(path, "edit", removed, added),))


def ran(n: int, command: str) -> ToolCall:
    return ToolCall(n=n, row=n, call=str(n), tool="Bash", action="shell", command=command)


def test_an_edit_that_failed_and_one_outside_the_project_do_not_count() -> None:
    """Nor do the agent's own plans."""
    course = Course((edited(1, "a.py"), ToolResult(n=2, call="1", ok=False), edited(3, "/etc/hosts"), edited(4, ".claude/plans/p.md"), edited(5, "b.py")))

    assert [e.path for e in course.edits] == ["b.py"]
    assert course.first_edit == 5


@pytest.mark.parametrize("after", [
    (edited(2, "a.py", "new", "old"),), (ran(2, "git checkout -- a.py"),), (ran(2, "git restore ."),), (ran(2, "git reset --hard"),),
    (ran(2, "rm src/a.py a.py"),)])
def test_an_edit_is_productive_unless_it_is_taken_back(after: tuple[Event, ...]) -> None:
    """By its inverse, by git, or with the file."""
    course = Course((edited(1, "a.py", "old", "new"), *after, edited(9, "b.py")))

    assert [e.path for e in (course.productive,) if e] == ["b.py"]


@pytest.mark.parametrize("command", ["git restore --staged .", "git checkout main", "git checkout -- other.py", "echo git reset --hard"])
def test_other_commands_take_nothing_back(command: str) -> None:
    """What lies in the index, on another branch or in another file is not this edit."""
    course = Course((edited(1, "a.py"), ran(2, command)))

    assert [e.n for e in (course.productive,) if e] == [1]


def test_time_leaves_pauses_out_and_begins_with_the_first_prompt() -> None:
    """Twenty seconds, a night, ten seconds: half a minute."""
    stamps = ("2026-11-19T09:00:00Z", "2026-11-19T10:00:00Z", "2026-11-19T10:00:20Z", "2026-11-20T08:00:00Z", "2026-11-20T08:00:10Z")
    course = Course((Reply(n=0, at=stamps[0], text="."), Prompt(n=1, at=stamps[1], text="go"), *(Reply(n=n, at=stamps[n], text=".") for n in (2, 3, 4))))

    assert course.active_s(4) == 30
    assert Course((Prompt(n=0, text="go"),)).active_s(0) is None


def test_tokens_are_those_new_to_the_model_up_to_the_answer_with_the_edit() -> None:
    """An answer told twice counts once; what was read from the cache, and later answers, do not."""
    course = Course((Usage(n=0, message="m", input=5), Usage(n=1, message="m", input=10, output=2, cache_read=900, cache_write=3), edited(2, "a.py"),
                     Usage(n=3, row=2, message="m2", output=7), Usage(n=4, row=4, message="m3", output=50)))

    assert course.tokens(2) == 22
    assert Course((edited(1, "a.py"),)).tokens(1) is None
