"""Who speaks in a message: not all that stands in the user's place is said by the user, and an agent's message may be a summary."""

import re

from passdown.extract.base import Speaker
from passdown.model.event import Prompt, Reply

DOCUMENT_CHARS = 2_500  # a longer prompt is a text that the user put in: a plan, a log, a review

_SUMMARY = re.compile(
    r"\s*(?:<analysis>|<summary>|(?:analysis|summary):\s*\n|this session is being continued from)"
    r"|.{0,400}\bprimary request and intent\b", re.IGNORECASE | re.DOTALL)
_DOCUMENT = re.compile(r"\s*(?:implement the following plan|#{1,3} \S|<\w|this session is being continued)", re.IGNORECASE)


def speaker(event: Prompt | Reply) -> Speaker:
    """Some agents write the summary of a compaction as a reply like any other."""
    if isinstance(event, Reply):
        return "summary" if _SUMMARY.match(event.text) else "agent"
    return "document" if len(event.text) > DOCUMENT_CHARS or _DOCUMENT.match(event.text) else "user"


__all__ = ["speaker"]
