"""Who speaks."""

from passdown.extract.voices import DOCUMENT_CHARS, speaker
from passdown.model.event import Prompt, Reply


def test_a_long_prompt_is_a_document() -> None:
    """What the user put in is not what the user said."""
    assert speaker(Prompt(text="use tabs")) == "user"
    assert speaker(Prompt(text="x" * (DOCUMENT_CHARS + 1))) == "document"
    assert speaker(Prompt(text="# Plan\nuse tabs")) == "document"


def test_a_reply_may_be_a_summary() -> None:
    """Some agents write their compaction's summary as a reply."""
    assert speaker(Reply(text="Done.")) == "agent"
    assert speaker(Reply(text="<summary>\n1. Primary request and intent: …")) == "summary"
