"""What a session was for, in its user's words: not the name of a slash command, nor the text of a plan that a host handed over."""

import re

from passdown.formats.parts.wording import quote
from passdown.model.plan import is_plan
from passdown.model.session import Session

_COMMAND = re.compile(r"\s*[/$][\w:-]+\s*")  # `/clear`, `/review`: how it was started, not what for


def subject(session: Session, limit: int) -> str:
    """In a few words: its title, else what was asked for; "" when nothing is known."""
    told = [words for words in (session.title, wish(session), *session.asks) if words.strip()]
    return quote(next((words for words in told if not _COMMAND.fullmatch(words)), next(iter(told), "")), limit)


def wish(session: Session) -> str:
    """What was asked for first; of a plan that was to be carried out, its title."""
    return f"Implement the plan: {session.title}" if session.title and is_plan(session.goal) else session.goal


__all__ = ["subject", "wish"]
