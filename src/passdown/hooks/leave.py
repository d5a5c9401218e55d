"""A turn, a sub-agent or a session ended, or a compaction comes: point at the transcript, start a capture, and be gone."""

from passdown.hooks import detached, spool
from passdown.hooks.moment import Moment


def answer(moment: Moment) -> None:
    if (point(moment) or _outdated(moment)) and not detached.busy(moment.store.private):
        detached.start(moment.store.root)


def _outdated(moment: Moment) -> bool:
    """Whether a session begins in a host that takes no answer, and what was rendered for it no longer holds."""
    if moment.event not in ("SessionStart", "UserPromptSubmit"):
        return False
    from passdown.hooks import briefing

    found = briefing.load(moment.store)
    return not found or not found.current(moment.store)


def point(moment: Moment) -> bool:
    """Spool a pointer at what this hook is about. False where the store cannot be written: then a capture could keep nothing either."""
    cwd = moment.text("cwd") or moment.store.root
    return spool.put(moment.store.private, spool.Pointer(moment.transcript, cwd, moment.host, moment.event, moment.session))


__all__ = ["answer", "point"]
