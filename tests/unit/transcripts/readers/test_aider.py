"""Aider: what is the user's, what is aider's, what is the model's."""

import msgspec
import pytest

from passdown.model.event import Event, Injected, Mark, Notice, Prompt, Reply, ToolCall, ToolResult
from passdown.transcripts.readers import aider
from passdown.transcripts.rows import TooLong, read_rows

BEGIN = "\n# aider chat started at 2026-03-05 10:00:00\n\n"


def read(text: str) -> list[Event]:
    reading, out = aider.start(), list[Event]()
    for n, _, row in read_rows([(BEGIN + text).encode()], aider.ROW_START):
        assert not isinstance(row, TooLong)
        found = reading.row(n, row)
        out += found if not isinstance(found, str) else []
    assert all(e.at == "2026-03-05T10:00:00Z" for e in out)
    out = [msgspec.structs.replace(e, at="") for e in out]
    return [e for e in out if not isinstance(e, Mark) and not (isinstance(e, Notice) and e.kind == "started")]


def test_a_heading_of_the_model_is_no_prompt() -> None:
    """A line of the user's ends with two spaces; a heading in Markdown does not."""
    answer = "#### How\n\n> a quote\n\nLike this."
    assert read(f"#### Fix it  \n\n{answer}\n") == [Prompt(row=2, text="Fix it"), Reply(row=3, text=answer)]


def test_an_edit_counts_when_aider_says_that_it_was_applied() -> None:
    """With the commit that followed it, not with the one that saved the user's own changes before."""
    block = "a.py\n```python\n<<<<<<< SEARCH\nx\n=======\ny\n>>>>>>> REPLACE\n```\n"
    assert [type(e) for e in read(block + "\n> Skipping edits to a.py  \n")] == [Reply]
    found = read(block + "\n> Commit 1111111 own  \n> Applied edit to a.py  \n> Commit 2222222 fix  \n")
    call, result = found[1:]
    assert isinstance(call, ToolCall)
    assert [(p.path, p.removed, p.added) for p in call.patches] == [("a.py", "x\n", "y\n")]
    assert isinstance(result, ToolResult)
    assert (result.ok, result.commit) == (True, "2222222")


@pytest.mark.parametrize(("line", "event"), [
    ("#### /undo  ", Injected(row=2, text="/undo", source="command")), ("#### /ask why?  ", Prompt(row=2, text="why?")),
    ("#### Add file to the chat? (Y)es/(N)o [Yes]: y  ", None)])
def test_commands_and_answers_are_no_prompts(line: str, event: Event | None) -> None:
    """Except those with which the user speaks to the model."""
    assert read(line + "\n") == ([event] if event else [])


def test_the_whole_file_is_one_session_and_each_run_is_told() -> None:
    """Its name is the beginning of the first run; model, version and place are told when they change."""
    text = BEGIN + "> Aider v0.86.1  \n> Main model: pro with diff edit format  \n> Git working dir: /shop  \n" + BEGIN.replace("-05 ", "-06 ")
    reading = aider.start()
    marks = [e for n, _, row in read_rows([text.encode()], aider.ROW_START) if isinstance(row, bytes) and not isinstance(f := reading.row(n, row), str)
             for e in f if isinstance(e, Mark)]
    assert [(m.session, m.model, m.version, m.cwd) for m in marks] == [("aider-2026-03-05T10-00-00", "", "", ""), ("", "pro", "0.86.1", "/shop")]


def test_blocks_that_do_not_end_are_no_edits() -> None:
    """However many begin, they are passed once."""
    text = "a.py\n<<<<<<< SEARCH\nx\n" * 20_000
    assert list(aider.blocks(text)) == []
    assert aider.without_thoughts("<think>" * 20_000) == ("<think>" * 20_000, [])


def test_a_file_is_named_above_its_block_or_above_the_fence() -> None:
    """Both forms are those of aider's edit formats; several blocks may follow one name."""
    body = "<<<<<<< SEARCH\nx\n=======\n>>>>>>> REPLACE\n"
    found = list(aider.blocks(f"words\n\na.py\n```\n{body}```\n\n```\n**b.py**\n{body}{body}```"))
    assert found == [("a.py", "x\n", ""), ("b.py", "x\n", ""), ("b.py", "x\n", "")]
