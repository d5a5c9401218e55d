"""What the summary of a compaction does not mention of its own session: said first when the session goes on behind it."""

from collections.abc import Iterable, Iterator, Sequence

from passdown.briefing.topics import content, line
from passdown.briefing.words import shorten
from passdown.model.record import Record
from passdown.model.session import CheckFact, FileFact, Session

HEADING = "NOT IN THE SUMMARY of this session's compaction, as it was kept:"
# What costs most when it is forgotten comes first. A task or milestone of the session stands in every summary, or in the briefing below.
KINDS = ("preference", "approach", "decision", "blocker", "question", "knowledge", "issue", "lesson", "test-data", "risk")
MOST_RECORDS, MOST_TODOS, MOST_ASKS, MOST_FILES = 8, 4, 2, 8
MOST_CHARS = 1_800  # of all lines, so that the briefing keeps most of its room
MENTIONED = 0.6  # share of a thing's content words that stand close together in the summary: then it is in there
WINDOW = 3  # lines that count as close together
WISH_CHARS = 600
LEAST_WORDS = 3  # an ask with fewer content words ("go on", "fix it") says nothing by itself


class Summary:
    """A summary, to be asked what it mentions."""

    def __init__(self, text: str) -> None:
        self._text = text.lower()
        lines = [content(row) for row in text.split("\n") if row.strip()]
        self._windows = [frozenset().union(*lines[at:at + WINDOW]) for at in range(len(lines))]

    def says(self, text: str) -> bool:
        words = content(text)
        return any(len(words & window) >= MENTIONED * len(words) for window in self._windows)

    def names(self, path: str) -> bool:
        """The path, or the file by its name alone."""
        return path.rpartition("/")[2].lower() in self._text


def lost(summary: str, session: Session, records: Iterable[Record]) -> list[str]:
    """Lines of what the session held and its summary does not mention, what weighs most first; at most `MOST_CHARS` characters.

    records: active ones of this session, the newest first.
    """
    asked = Summary(summary)
    known = _records(asked, records)
    found = [*known, *_todos(asked, session), *_checks(asked, session.checks), *_asks(asked, session, Summary("\n\n".join(known))), *_files(asked, session)]
    room, out = MOST_CHARS, []
    for text in found:
        if len(text) < room:
            out.append(text)
            room -= len(text) + 1
    return out


def _records(summary: Summary, records: Iterable[Record]) -> list[str]:
    ranked = sorted((r for r in records if r.kind in KINDS), key=lambda r: KINDS.index(r.kind))
    return [f"- {line(r)}" for r in ranked if not summary.says(r.text)][:MOST_RECORDS]


def _todos(summary: Summary, session: Session) -> list[str]:
    return [f"- Open on the session's list: {shorten(t.text, 200)}" for t in session.todos
            if t.status != "completed" and not summary.says(t.text)][:MOST_TODOS]


def _checks(summary: Summary, checks: Sequence[CheckFact]) -> Iterator[str]:
    """What failed when it ran last."""
    for check in checks:
        if not check.ok and not summary.says(check.command):
            yield f"- `{shorten(check.command, 90)}` failed when it ran last" + (f': "{shorten(check.line, 120)}"' if check.line else "")
            return


def _asks(summary: Summary, session: Session, known: Summary) -> list[str]:
    """The latest prompts of some substance, the first one too, but for those that a line before holds. A plan or log that was put in is no wish."""
    asks = [a for a in reversed((session.goal, *session.asks)) if len(a) <= WISH_CHARS and len(content(a)) >= LEAST_WORDS]
    asks = [a for a in asks if not (summary.says(a) or known.says(shorten(a, 120)))]
    return [f'- The user said: "{shorten(a, 200)}"' for a in asks[:MOST_ASKS]]


def _files(summary: Summary, session: Session) -> Iterator[str]:
    changed = [f for f in session.files if (f.edits or f.created) and not f.deleted and not summary.names(f.path)]
    if changed:
        more = f" and {len(changed) - MOST_FILES} more" if len(changed) > MOST_FILES else ""
        yield "- Changed in this session: " + ", ".join(_file(f, session) for f in changed[:MOST_FILES]) + more


def _file(fact: FileFact, session: Session) -> str:
    done = "created" if fact.created else f"{fact.edits} edit{'' if fact.edits == 1 else 's'}"
    return f"{fact.path} ({done}{', uncommitted' if fact.path in session.uncommitted else ''})"


__all__ = ["HEADING", "lost"]
