"""Which session continues which, and all that is known of one such pair."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from passdown.continuity.course import Course
from passdown.continuity.given import Given, given
from passdown.continuity.things import Things, known_to
from passdown.model.record import Record
from passdown.model.session import LEAST_CALLS, Session

KNOWING = 20  # earlier sessions that count as knowing something
CLOSED = ("superseded", "resolved", "expired", "archived")


class Pair:
    """One session and the next that continues it.

    before, after: the two. earlier: sessions that had ended when `after` began, newest first. records: of those sessions, or noted before `after` began.
    course: of `after`. as_if: a briefing that was not delivered but stands for one (see `--replay`), None where only what was delivered counts.
    """

    def __init__(
            self, before: Session, after: Session, earlier: Sequence[Session], records: Sequence[Record], course: Course, as_if: str | None = None) -> None:
        self.before, self.after, self.earlier, self.course = before, after, tuple(earlier)[:KNOWING], course
        self.records = tuple(r for r in records if known_then(r, after))
        self.as_if = as_if

    @cached_property
    def given(self) -> list[Given]:
        """What counts as handed over."""
        return [Given(0, "briefing", self.as_if, "as if")] if self.as_if is not None else given(self.course)

    @property
    def told(self) -> str:
        """All of it in one text, "" when nothing was given."""
        return "\n".join(g.text for g in self.given)

    @property
    def delivery(self) -> str:
        """`briefing`, `document`, `summary` or `none`: the first of these that was given."""
        kinds = {g.kind for g in self.given}
        return next((kind for kind in ("briefing", "document", "summary") if kind in kinds), "none")

    @cached_property
    def known(self) -> Things:
        """What earlier sessions touched, ran and spoke of."""
        return known_to(self.earlier)

    def in_force(self, *kinds: str) -> list[Record]:
        """Records of these kinds that were active when `after` began."""
        return [r for r in self.records if r.kind in kinds and active_then(r, self.after)]


def pairs(sessions: Iterable[Session]) -> list[tuple[Session, Session]]:
    """(earlier, later) for each session that has one before it, by start: the last of the same piece of work that had ended, else the last of the project.

    Sub-agents' transcripts, and sessions in which nothing was done, are passed over.
    """
    done = sorted((s for s in sessions if not s.subagent and (s.tool_calls >= LEAST_CALLS or s.files_changed)), key=lambda s: s.started)
    found = []
    for at, after in enumerate(done):
        ended = sorted((s for s in done[:at] if s.ended <= after.started), key=lambda s: s.ended, reverse=True)
        parent = next((s for s in done[:at] if after.parent and s.id == after.parent), None)
        thread = next((s for s in ended if after.thread and s.thread == after.thread), None)
        before = parent or thread or next(iter(ended), None)
        if before:
            found.append((before, after))
    return found


def known_then(record: Record, after: Session) -> bool:
    return record.session != after.id and record.created < after.started


def active_then(record: Record, after: Session) -> bool:
    """Whether it held when the session began: what was closed later still did."""
    return record.status == "active" or (record.status in CLOSED and record.updated > after.started and record.detail("review") != "rejected")


__all__ = ["KNOWING", "Pair", "active_then", "known_then", "pairs"]
