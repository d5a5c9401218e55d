"""A prompt: says nothing, but for a session that was told at its start that something was missing. That it gets, once."""

from passdown.hooks import briefing, detached, said, tails
from passdown.hooks.moment import Moment


def answer(moment: Moment) -> str:
    store = moment.store
    owed = tails.owed(store.private, moment.session)
    if owed is None:
        return ""
    found, missing = briefing.load(store), tails.missing(store.private)
    if not found or any(path in missing and path != moment.transcript for path in owed):
        if not detached.busy(store.private):
            detached.start(store.root)
        return ""
    if not tails.pay(store.private, moment.session):
        return ""
    return said.fenced(found, store, moment.now, ["What was missing at the start of this session is captured now; this replaces the earlier text."])


__all__ = ["answer"]
