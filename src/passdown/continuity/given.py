"""What a session was given of earlier ones at its start: our briefing, or a document made for handing over."""

import re
from collections.abc import Iterator

import msgspec

from passdown.continuity.course import Course
from passdown.extract.briefed import briefings
from passdown.model.event import Compaction, ToolCall, ToolResult

MARK = re.compile(r"\bpd:(?!none)[0-9a-z]{8}\b")  # `briefing.render.MARK` and the digits behind it
OPENING = 10  # calls within which a document is read "at the start"
DOCUMENT = re.compile(
    r"(?:^|/)(?:CLAUDE(?:\.local)?\.md|AGENTS\.md|GEMINI\.md|SESSION_(?:CONTEXT|MEMORY)[\w-]*\.md|CONTINUITY[\w-]*\.md|[\w-]*hand-?off[\w-]*\.md|START_HERE\.md"
    r"|conversation_summary\.md|MEMORY\.md)$|(?:^|/)(?:memory-bank|handoffs|\.claude/sessions|\.passdown/(?:handoffs|memory)|\.planning)/", re.IGNORECASE)

INSTRUCTIONS = re.compile(r"(?:^|/)(?:CLAUDE(?:\.local)?|AGENTS|GEMINI)\.md$", re.IGNORECASE)  # to work on them is work like any other


class Given(msgspec.Struct, frozen=True):
    """kind: `briefing` of ours, `document` that was read, or `summary` of the conversation that the session goes on from. where: its mark or path."""

    n: int
    kind: str
    text: str
    where: str = ""


def given(course: Course) -> list[Given]:
    """What was given before the first edit, in order, each text once."""
    found = sorted((*_briefings(course), *_documents(course), *_summary(course)), key=lambda g: g.n)
    return list({g.text: g for g in reversed([g for g in found if g.n < course.first_edit])}.values())[::-1]


def delivered_briefings(course: Course) -> list[Given]:
    """Briefings of ours anywhere in a session, each text once."""
    return list({g.text: g for g in _briefings(course)}.values())


def _briefings(course: Course) -> Iterator[Given]:
    """By hook, pasted, or as what our own command printed."""
    texts = [(s.n, s.text) for s in course.handed] + [(e.n, e.output) for e in course.main if isinstance(e, ToolResult)]
    for n, text in texts:
        for one in briefings(text):
            if mark := MARK.search(one):
                yield Given(n, "briefing", one, mark[0])


def _documents(course: Course) -> Iterator[Given]:
    opening = {call.n for call in course.calls[:OPENING] if isinstance(call, ToolCall)}
    for touch in course.reads:
        if touch.n in opening and DOCUMENT.search(touch.path) and not _read_to_be_edited(touch.path, course):
            yield Given(touch.n, "document", touch.output, touch.path)


def _read_to_be_edited(path: str, course: Course) -> bool:
    """Whether the document was what the session worked on: its first edit is of it, or it is one of instructions and was edited at all."""
    edited = [edit.path for edit in course.edits]
    return path in (edited if INSTRUCTIONS.search(path) else edited[:1])


def _summary(course: Course) -> Iterator[Given]:
    """A session that opens with a compaction's summary goes on from an earlier conversation."""
    first = next((e for e in course.main if isinstance(e, Compaction | ToolCall)), None)
    if isinstance(first, Compaction) and first.text:
        yield Given(first.n, "summary", first.text)


__all__ = ["Given", "delivered_briefings", "given"]
