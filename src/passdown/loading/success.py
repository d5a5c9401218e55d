"""Whether a hand-over succeeded, by what the next session did: system E's success criteria, in the simplest form that can be seen in its events.

Source: "Success Criteria" of the session handoff workflow (system E, seen 2026-11).
"""

import re
from collections.abc import Sequence
from posixpath import normpath

import msgspec

from passdown.loading.decisions import entries, rejected
from passdown.loading.markdown import Markdown
from passdown.loading.phases import current, named
from passdown.loading.words import content, task_of
from passdown.model.event import Event, Injected, Prompt, Reply, ToolCall

LEAST_SHARED = 3  # words of the state that a reply must take up to state it
_AGAIN = re.compile(
    r"\b(?:as i (?:said|told|mentioned)|i (?:already|just) (?:said|told|explained)|we (?:already )?(?:decided|agreed|settled)|like i said|again[,:]|no[,.] we"
    r"|read (?:the )?(?:session_)?context|how often|once more)\b", re.IGNORECASE)
_ASIDE = re.compile(r"\b(?:not|instead of|rather than|rejected|turned down|decided against|no longer|unlike)\b", re.IGNORECASE)


class Criterion(msgspec.Struct, frozen=True):
    """name: `read`, `stated`, `architecture` or `no-re-explaining`. ok: None where it cannot be known. why: what was seen, event numbers included."""

    name: str
    ok: bool | None
    why: str


def criteria(events: Sequence[Event], path: str, context: str, decisions: str = "") -> tuple[Criterion, ...]:
    """How the session whose events these are took up a context. path: of the context document; context, decisions: the texts as they were when it began.

    The main thread counts, up to the first edit for what comes "before responding"; a session that changed nothing and was asked nothing cannot be judged.
    """
    main = [e for e in events if not e.lane]
    edits = [e.n for e in main if isinstance(e, ToolCall) and e.action in ("edit", "write", "delete")]
    before = [e for e in main if not edits or e.n < edits[0]]
    return _read(before, path), _stated(before, context), _architecture(before, decisions), _not_explained_again(main)


def _read(before: Sequence[Event], path: str) -> Criterion:
    """Read before the first answer, or given by a hook."""
    for event in before:
        if isinstance(event, ToolCall) and any(_same(one, path) for one in (*event.paths, *event.command.split())):
            return Criterion("read", True, f"event {event.n} reads {path}")
        if isinstance(event, Injected) and path in event.text:
            return Criterion("read", True, f"event {event.n} gives what {path} says")
    return Criterion("read", False if before else None, f"nothing before the first edit reads {path}")


def _same(one: str, path: str) -> bool:
    return normpath(one.strip("\"'`")).endswith(normpath(path))


def _stated(before: Sequence[Event], context: str) -> Criterion:
    """A reply before the first edit takes up the state; one that names another phase as the present one states it wrongly."""
    page = Markdown(context)
    section = next((s for s in page.sections if re.search(r"where we are|current state|status", s.title, re.IGNORECASE)), None)
    state, phase = frozenset(content(page.part(section.first, section.last))) if section else frozenset(), current(page)
    replies = [e for e in before if isinstance(e, Reply)]
    for reply in replies:
        said = named(reply.text)
        if phase >= 0 and said >= 0:
            return Criterion("stated", said == phase, f"event {reply.n} says phase {said}, the context phase {phase}")
        if len(state & frozenset(content(reply.text))) >= LEAST_SHARED:
            return Criterion("stated", True, f"event {reply.n} takes up what the context says of the state")
    return Criterion("stated", False if replies and state else None, "no reply before the first edit takes up the state")


def _architecture(before: Sequence[Event], decisions: str) -> Criterion:
    """No reply before the first edit proposes what a decision in force turned down."""
    page = Markdown(decisions)
    settled = [entry for entry in entries(page) if not entry.gone] if decisions.strip() else []
    replies = [e for e in before if isinstance(e, Reply)]
    for reply in replies:
        for sentence in re.split(r"(?<=[.!?\n])\s+", reply.text):
            task = task_of(sentence)
            found = None if _ASIDE.search(sentence) else next((e for e in settled if rejected(e, task) and frozenset(content(e.title)) & task.content), None)
            if found:
                return Criterion("architecture", False, f"event {reply.n} comes back to what was turned down: {found.title}")
    return Criterion("architecture", True if settled and replies else None, f"{len(settled)} decisions in force, none of them questioned")


def _not_explained_again(main: Sequence[Event]) -> Criterion:
    """No prompt behind the first one has to repeat what was known."""
    prompts = [e for e in main if isinstance(e, Prompt)]
    again = next((p for p in prompts[1:] if _AGAIN.search(p.text)), None)
    if again:
        return Criterion("no-re-explaining", False, f"event {again.n}: the user had to say again what was known")
    return Criterion("no-re-explaining", True if prompts else None, f"{len(prompts)} prompts, none of which repeats what was known")


__all__ = ["Criterion", "criteria"]
