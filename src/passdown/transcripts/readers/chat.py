"""Pasted or exported chat: Markdown or plain text in which a heading says who speaks (`User:`, `**Assistant:**`, `## You said`, …).

Source: what ChatGPT, Claude and Gemini give when a conversation is copied or exported by common extensions, seen 2026-11; a convention, no schema. A row
is one turn, row 0 what stands before the first. It is recognised where both sides have such headings, the first of them near the beginning, or when the
user says that it is a chat. There are no calls and no times; the session is named by the words of its first two turns,
since files of chats are named alike, and chats begin alike.
"""

import re
from collections.abc import Sequence
from hashlib import blake2s
from typing import Any

from passdown.model.event import Event, Mark, Prompt, Reply
from passdown.transcripts.base import TEXT_CHARS, Evidence, clip

AGENT = "chat"
_USER, _AGENT = rb"User|Human|You|Me", rb"Assistant|AI|ChatGPT|GPT-?[\w.]*|Claude|Gemini|Copilot"  # these need no more than a colon
_USER_HEADED, _AGENT_HEADED = _USER + rb"|Prompt|Question|Q", _AGENT + rb"|Agent|Bot|Cursor|Model|Response|Answer|A"


def _turn(plain: bytes, headed: bytes) -> bytes:
    """The beginning of a turn: a heading, a bold name, or a name with a colon."""
    said = rb"(?: said| wrote| asked)?"
    heading = rb"#{1,6}[ \t]+\W{0,12}(?:" + headed + rb")" + said + rb"(?:[ \t]*\([^)\n]*\))?:?[ \t\r]*$"
    bold = rb"(?:\*\*|__)(?:" + headed + rb")" + said + rb"(?::(?:\*\*|__)|(?:\*\*|__)[ \t]*:|(?:\*\*|__)[ \t\r]*$)"
    return rb"(?:" + heading + rb"|" + bold + rb"|(?:" + plain + rb")" + said + rb":(?=[ \t\r]|$))"


ROW_START = _turn(_USER + rb"|" + _AGENT, _USER_HEADED + rb"|" + _AGENT_HEADED)
EVIDENCE: Evidence = "schema"
LOCATIONS = ()

ASKS = re.compile(rb"^" + _turn(_USER, _USER_HEADED), re.MULTILINE)
ANSWERS = re.compile(rb"^" + _turn(_AGENT, _AGENT_HEADED), re.MULTILINE)
HEADING = re.compile(rb"\A(?:#{1,6}[ \t]+\W{0,12}|\*\*|__)?[\w.-]+(?: said| wrote| asked)?(?:[ \t]*\([^)\n]*\))?:?(?:\*\*|__)?[ \t]*:?[ \t\r]*")
RULES = ("---", "***", "___")  # between two turns
TITLE = re.compile(r"^#[ \t]+(\S.*)$", re.MULTILINE)
NEAR_LINES = 30


def recognises(head: bytes) -> bool:
    """Whether both sides speak, one after the other, and the first heading stands near the beginning."""
    asks, answers = [m.start() for m in ASKS.finditer(head)], [m.start() for m in ANSWERS.finditer(head)]
    if not asks or not answers or head.count(b"\n", 0, min(asks[0], answers[0])) > NEAR_LINES:
        return False
    return asks[0] < answers[0] and len(asks) + len(answers) >= 3


def start(state: dict[str, Any] | None = None) -> "Reading":
    return Reading(state or {})


class Reading:
    """One conversation."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.named: bool = state.get("named", False)
        self.first: str = state.get("first", "")  # what the first turn said, as a hash

    def state(self) -> dict[str, Any]:
        return {"named": self.named, "first": self.first}

    def row(self, number: int, line: bytes) -> Sequence[Event] | str:
        asks = ASKS.match(line)
        if not asks and not ANSWERS.match(line):
            title = TITLE.search(line.decode("utf-8", "replace"))
            return [Mark(row=number, title=clip(title[1].strip(), 300))] if title else "bookkeeping"
        text = without_rule(HEADING.sub(b"", line, count=1).decode("utf-8", "replace").replace("\r\n", "\n").strip())
        if not text:
            return "empty"
        said: Event = Prompt(row=number, text=clip(text, TEXT_CHARS)) if asks else Reply(row=number, text=clip(text, TEXT_CHARS))
        if self.named:
            return [said]
        if not self.first:
            self.first = hashed(text)
            return [said]
        self.named = True
        return [Mark(row=number, session=f"chat-{hashed(self.first + text)}"), said]


def without_rule(text: str) -> str:
    before, _, last = text.rpartition("\n")
    return before.strip() if last.strip() in RULES and before else text


def hashed(text: str) -> str:
    return blake2s(text.encode(errors="replace"), digest_size=8).hexdigest()


__all__ = ["AGENT", "LOCATIONS", "ROW_START", "Reading", "recognises", "start"]
