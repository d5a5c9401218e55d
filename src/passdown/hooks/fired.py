"""When each hook last fired, and whether it fires twice: the same hook can be installed in two places, and hosts run each other's."""

import os

from passdown.hooks import disk, payload
from passdown.hooks.moment import Moment, iso
from passdown.hooks.place import line

LAST = os.path.join("hooks", "last.json")  # {host: {event: ISO time}}
SEEN = os.path.join("hooks", "seen")
# Seconds within which the same event of the same session and turn is one. At a start it is short: hosts also fire a start that they then drop (Claude
# Code issues 30825, 78455: 0.3 to 2 s before the real one), and the real one must be answered. Where it comes through the hooks of another host, as in
# an editor that runs its own and Claude Code's, it is never a new one.
TWICE_S, TWICE_AT_START_S = 5.0, 0.25


def note(moment: Moment) -> None:
    """Write down that this hook fired. Of two that fire at once one may be lost: the next brings it back."""
    path = os.path.join(moment.store.private, LAST)
    last = payload.parse(line(path))
    events = last.get(moment.host)
    last[moment.host] = {**(events if isinstance(events, dict) else {}), moment.event: iso(moment.now)}
    disk.replace(path, _json(last) + "\n")


def _json(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{payload.quoted(str(k))}: {_json(v)}" for k, v in value.items()) + "}"
    return payload.quoted(str(value))


def first(moment: Moment) -> bool:
    """Whether this is not the echo of the same event. Where that cannot be written down it is not."""
    path, now = os.path.join(moment.store.private, SEEN, key(moment)), moment.now
    try:
        if not disk.make(path, moment.called):
            age = abs(now - os.stat(path).st_mtime)  # of a file server's clock, which may be ahead of ours, too
            same = line(path) in ("", moment.called)
            if age < (TWICE_AT_START_S if moment.event == "SessionStart" and same else TWICE_S):
                return False
        os.utime(path, (now, now))
    except OSError:
        pass
    return True


def key(moment: Moment) -> str:
    """Session, event, turn. Where the payload has no id of a turn the transcript's length stands for it: it grows with every turn."""
    turn = (moment.text("tool_use_id") or moment.text("prompt_id") or moment.text("turn_id") or moment.text("agent_id") or moment.text("source")
            or _sum(moment.text("prompt")))
    try:
        size = os.stat(moment.transcript).st_size if moment.transcript else 0
    except OSError:
        size = 0
    return disk.safe(f"{moment.session}_{moment.event}_{turn}_{size}")


def _sum(prompt: str) -> str:
    """Tells prompts apart where a host gives them no id. Their words are not kept."""
    if not prompt:
        return ""
    from zlib import crc32

    return f"{crc32(prompt.encode('utf-8', 'surrogatepass')):08x}"


__all__ = ["LAST", "SEEN", "first", "key", "note"]
