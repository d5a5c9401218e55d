"""Work that was taken back: what a session planned and decided does not come next any more when its changes were thrown away."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from passdown.model.command_line import simple
from passdown.model.record import Record
from passdown.model.session import CommandFact, Session

PROPOSALS = frozenset(("task", "decision", "approach", "milestone"))  # what is proposed or claimed of the work; what was learnt on the way stays true
AGAIN = re.compile(r'^(?:Revert "Revert "(.+)""|Reapply "(.+)")$')
REVERTING = re.compile(r'^Revert "(.+)"$')
SAID_CHARS = 200
TAKING = ("revert", "undo", "roll", "back", "throw", "scrap", "discard")
SAID = (
    r"(?i)^\W*(?:(?:ok(?:ay)?|no|nope|please|just|let'?s|can you|could you|i want (?:you )?to|we should)\b[\s,.!:-]*)*"
    r"(?:revert|undo|roll ?back|back out|throw away|scrap|discard)\b\s+"
    r"(?:it all|it|everything|(?:all )?(?:of )?(?:this|that|these|those|your|the|it)(?: last| whole)?(?: changes?| work| edits?| commits?)?|all)"
    r"\s*(?:[.,;!]|$|and\b|to\b|completely\b|please\b)")
EVERYTHING = frozenset((".", ":/", "*"))


class Reverted(msgspec.Struct, frozen=True):
    """sessions: ids of those whose work was taken back as a whole. paths: (session, path) of single files."""

    sessions: frozenset[str] = frozenset()
    paths: frozenset[tuple[str, str]] = frozenset()

    def takes(self, record: Record) -> bool:
        """Whether what an extracted record proposes went with the work."""
        if record.kind not in PROPOSALS or not record.extractor or record.detail("outcome") == "failed":
            return False
        places = {(record.session, a.path) for a in record.anchors}
        return record.session in self.sessions or (bool(places) and places <= self.paths)


def reverted(sessions: Sequence[Session], subjects: Sequence[str] = ()) -> Reverted:
    """What commits, commands and the user took back. sessions: newest first. subjects: of the commits since the last one."""
    undone = taken_back(sessions, subjects)
    whole = {s.id for s in sessions if s.commits and all((s.id, c.subject) in undone for c in s.commits)}
    whole |= {s.id for s in sessions if not s.commits and any(at > last_edit(s) for at, path in resets(s.commands) if path in EVERYTHING)}
    whole |= {s.id for s in sessions if s.asks and said(s.asks[-1])}
    single = {(s.id, f.path) for s in sessions for f in s.files for at, path in resets(s.commands) if f.last and at > f.last and path == f.path}
    return Reverted(frozenset(whole), frozenset(single))


def taken_back(sessions: Sequence[Session], subjects: Sequence[str]) -> frozenset[tuple[str, str]]:
    """(session, subject) of the commits that a later one reverted and none put back. Of equal subjects the latest commit is meant."""
    made: dict[str, list[str]] = {}
    undone: list[tuple[str, str]] = []
    for session, subject in [*((s.id, c.subject) for s in reversed(sessions) for c in s.commits), *(("", one) for one in reversed(subjects))]:
        if found := AGAIN.match(subject):
            back = found[1] or found[2]
            undone = [one for one in undone if one[1] != back]
        elif found := REVERTING.match(subject):
            if made.get(found[1]):
                undone.append((made[found[1]].pop(), found[1]))
        else:
            made.setdefault(subject, []).append(session)
    return frozenset(undone)


def said(ask: str) -> bool:
    """Whether the user wants the work taken back. The pattern takes longer to compile than most prompts take to rule it out."""
    low = ask[:SAID_CHARS].lower()
    return any(word in low for word in TAKING) and re.match(SAID, ask) is not None


def last_edit(session: Session) -> str:
    """UTC ISO; later than any time when nothing was edited: then there was nothing to take back."""
    return max((f.last for f in session.files if f.edits or f.created), default="9")


def resets(commands: Sequence[CommandFact]) -> Iterator[tuple[str, str]]:
    """(when, path or one of `EVERYTHING`) of changes that git was told to throw away."""
    for fact in commands:
        if fact.ok is not False and ("reset" in fact.command or "checkout" in fact.command or "restore" in fact.command):
            yield from ((fact.last, path) for words in simple(fact.command) if words[:1] == ["git"] for path in thrown_away(words[1:]))


def thrown_away(words: Sequence[str]) -> Sequence[str]:
    plain = [word for word in words[1:] if not word.startswith("-")]
    if words[:1] == ["reset"] and "--hard" in words:
        return ["."] if not plain or plain == ["HEAD"] else []
    if words[:1] == ["restore"] and "--staged" not in words:
        return plain
    return words[words.index("--") + 1:] if words[:1] == ["checkout"] and "--" in words else [p for p in plain if words[:1] == ["checkout"] and p == "."]


__all__ = ["Reverted", "reverted"]
