"""A prompt: mostly nothing is said.

A session that was told at its start that something was missing gets that, once. Else what is known of a topic that the prompt opens, never twice.
"""

from passdown.hooks import briefing, compacted, detached, lost, said, tails, told, topics
from passdown.hooks.moment import Moment

ASKED = ("", "user", "sdk")  # `source` of a prompt that is about the work; others come from the host's own loops


def answer(moment: Moment) -> str:
    if compacted.pay(moment.store.private, moment.session):
        from passdown.hooks import start

        return start.answer(Moment(moment.host, moment.event, {**moment.given, "source": "compact"}, moment.store, moment.begun, moment.called))
    owed = tails.owed(moment.store.private, moment.session)
    return (_overdue(moment, owed) if owed else "") or _settled(moment) or _topic(moment)


def _overdue(moment: Moment, owed: tails.Owed) -> str:
    """The briefing with what was missing at the start of this session; "" while that is still not captured."""
    store = moment.store
    found, missing = briefing.load(store), tails.missing(store.private)
    if not found or any(path in missing and path != moment.transcript for path in owed.paths):
        if not detached.busy(store.private):
            detached.start(store.root)
        return ""
    if not tails.pay(store.private, moment.session):
        return ""
    told.remember(store.private, moment.session, found.included, afresh=True)
    above = ["What was missing at the start of this session is captured now; this replaces the earlier text."]
    return said.fenced(found, store, moment.now, above, first=lost.load(store.private, moment.session, owed.since))


def _settled(moment: Moment) -> str:
    """What was settled before, if this prompt may reopen it."""
    words = moment.text("prompt")
    if not words.strip() or words.lstrip().startswith("/") or moment.text("source") not in ASKED:
        return ""
    from passdown.hooks import guard

    return guard.warned(moment, "prompt", words)[0]


def _topic(moment: Moment) -> str:
    """A few lines, if this prompt opens something that the session was not told and did not say itself."""
    store, session, words = moment.store, moment.session, moment.text("prompt")
    if not session or not words.strip() or words.lstrip().startswith("/") or moment.text("source") not in ASKED:
        return ""
    table = topics.load(store)
    rows = topics.opened(table, words, session, set(told.so_far(store.private, session))) if table else []
    if not table or not rows or not told.remember(store.private, session, [row.id for row in rows]):
        return ""
    return said.topic([briefing.filled(row.text, row.places, store.root, moment.now) for row in rows], table.id)


__all__ = ["answer"]
