"""A session starts: what is not captured yet is captured first if that takes less than a second, then the briefing is given.

Nothing here is used up: a host that fires twice, or for a session that never comes to be, takes nothing from the next one.
"""

import os
import time

from passdown.hooks import briefing, detached, host, lost, said, tails, told
from passdown.hooks.leave import point
from passdown.hooks.moment import Moment, longest
from passdown.hooks.place import line

REST_S = 0.1  # of a hook's time, for the answer itself
POLL_S = 0.005
NEW_SESSION = ("startup", "clear")  # its own transcript has nothing to tell yet


def answer(moment: Moment) -> str:
    store = moment.store
    writable = point(moment) or os.access(store.private, os.W_OK)
    own = "" if moment.text("source") in NEW_SESSION else moment.transcript
    missing = tails.missing(store.private, own)
    found = briefing.load(store)
    if writable and (missing or not found or not found.current(store)):
        missing = _caught_up(moment, own, missing)
        found = briefing.load(store)
    if writable and (missing or not found):
        tails.owe(store.private, moment.session, list(missing))
    source = moment.text("source")
    if found:
        told.remember(store.private, moment.session, found.included, afresh=source in told.AFRESH)
    if found and not missing and _stands_in_rules(moment, found.id):
        return ""
    first = lost.load(store.private, moment.session) if source == "compact" and own not in missing else ""
    return said.fenced(found, store, moment.now, said.notes(found, store, missing, comes=writable), after=source, first=first)


def _stands_in_rules(moment: Moment, mark: str) -> bool:
    """Whether the host puts this very briefing into the context by a file of rules."""
    rules = host.of(moment.host).RULES
    return bool(rules) and mark in line(os.path.join(moment.store.root, rules))


def _caught_up(moment: Moment, own: str, missing: dict[str, int]) -> dict[str, int]:
    """Capture what is missing in a process of its own, and wait for it as long as a start may take; what is still missing then."""
    store = moment.store
    busy = detached.busy(store.private)
    process = 0 if busy else detached.start(store.root)
    if not (busy or process) or sum(missing.values()) > tails.MAX_WAIT_BYTES:
        return missing
    stamp = _stamp(moment)
    while time.monotonic() < moment.begun + longest() - REST_S:
        done = not process or detached.ended(process)
        if done and detached.busy(store.private):
            process, done = 0, False  # another capture was there first, and does the work
        if done or _stamp(moment) != stamp:
            stamp = _stamp(moment)
            missing = tails.missing(store.private, own)
            found = briefing.load(store)
            if (done and process) or (not missing and found and found.current(store)):
                break
            process = process or (detached.start(store.root) if done else 0)  # the other one was past what we wait for
        time.sleep(POLL_S)
    return missing


def _stamp(moment: Moment) -> tuple[int, int]:
    try:
        at = os.stat(briefing.path(moment.store.private, moment.store.key))
    except OSError:
        return (0, 0)
    return (at.st_ino, at.st_mtime_ns)


__all__ = ["answer"]
