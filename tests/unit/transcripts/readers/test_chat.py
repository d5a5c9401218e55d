"""Pasted and exported chats."""

import pytest

from passdown.model.event import Mark, Prompt, Reply
from passdown.transcripts.readers import chat
from passdown.transcripts.rows import read_rows


def turns(text: str) -> list[tuple[str, str]]:
    out = []
    for n, _, row in read_rows([text.encode()], chat.ROW_START):
        assert isinstance(row, bytes)
        found = chat.start().row(n, row)
        out += [("user" if isinstance(e, Prompt) else "agent", e.text) for e in found if isinstance(e, Prompt | Reply)]
    return out


@pytest.mark.parametrize(("user", "agent"), [
    ("User:", "Assistant:"), ("**User:**", "**Assistant:**"), ("**You**", "**ChatGPT**"), ("## User", "## Assistant"),
    ("You said:", "ChatGPT said:"),
    ("### Prompt:", "### Response:"), ("Human:", "Claude:"), ("#### 👤 User", "#### 🤖 Assistant"),
    ("__User__:", "__Gemini__:"), ("## User (10:00)", "## Copilot (10:01)")])
def test_turns_are_known_by_the_headings_that_chats_have(user: str, agent: str) -> None:
    """Whatever marks the names; a rule between turns is no part of them."""
    text = f"{user}\nwhy?\n\n---\n\n{agent}\nbecause\n\n{user}\nah\n"
    assert chat.recognises(text.encode())
    assert turns(text) == [("user", "why?"), ("agent", "because"), ("user", "ah")]


def test_text_may_follow_on_the_line_of_the_name() -> None:
    """As in logs that people paste."""
    assert turns("User: why?\nAssistant: because\nit is so\n") == [("user", "why?"), ("agent", "because\nit is so")]


def test_a_chat_is_named_by_its_first_two_turns() -> None:
    """It keeps its name as it grows, and a chat that begins with the same question and goes on differently has another."""
    def name(*texts: bytes) -> list[str]:
        reading = chat.start()
        found = [e for n, text in enumerate(texts) for e in reading.row(n, text) if isinstance(e, Mark)]
        return [mark.session for mark in found]

    short = name(b"User: why?\n\n---", b"Assistant: because")
    assert short == name(b"**User:** why?", b"**Assistant:** because", b"**User:** ah") != name(b"User: why?", b"Assistant: nobody knows")
    assert len(short) == 1


@pytest.mark.parametrize("text", [
    "# Roles\n\nUser: a person\n", "## User\n\ntext\n\n## Setup\n", "Assistant: x\nUser: y\n", "word\n" * 50 + "User: a\nAssistant: b\nUser: c\n",
    "The user: he said\nan assistant: she said\n"])
def test_a_document_about_users_is_no_chat(text: str) -> None:
    """Both sides have to speak, the user first, from the beginning."""
    assert not chat.recognises(text.encode())
