"""What a hook was told: which host fired which event, in which store."""

import os
import time

from passdown.hooks import payload
from passdown.hooks.place import Store

LONGEST_S = 0.95  # of a hook as a whole; hosts give 1 s at the end of a session (Codex 0.169), and a user waits at its start
MOST_S = 3_600.0


class Moment:
    """host: whom to answer. event: our name of it. given: the payload in our names of fields (`hooks.hosts`). begun: monotonic time at which the
    process began. called: the host for which the hook was installed; another one may run it.
    """

    def __init__(self, host: str, event: str, given: dict[str, object], store: Store, begun: float, called: str = "") -> None:
        self.host, self.event, self.given, self.store, self.begun, self.called = host, event, given, store, begun, called or host

    @property
    def now(self) -> float:
        """Seconds since 1970. Raises `ValueError` when PASSDOWN_NOW is no time."""
        return clock()

    def text(self, key: str) -> str:
        """A field of the payload; "" when it is missing, null or no text."""
        return payload.text(self.given, key)

    @property
    def session(self) -> str:
        return self.text("session_id")

    @property
    def transcript(self) -> str:
        """Of the agent that the event is about: a sub-agent's own where there is one."""
        path = self.text("agent_transcript_path") or self.text("transcript_path")
        return path if os.path.isabs(path) else ""


def clock() -> float:
    """Now, or the time that PASSDOWN_NOW fixes (ISO)."""
    fixed = os.environ.get("PASSDOWN_NOW", "")
    if not fixed:
        return time.time()
    from datetime import UTC, datetime

    at = datetime.fromisoformat(fixed)
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()


def longest() -> float:
    """Seconds that a hook may take: PASSDOWN_HOOK_SECONDS where the machine is slow and the host waits."""
    try:
        given = float(os.environ["PASSDOWN_HOOK_SECONDS"])
    except (KeyError, ValueError):
        return LONGEST_S
    return given if 0 < given <= MOST_S else LONGEST_S


def iso(seconds: float) -> str:
    """`YYYY-MM-DDTHH:MM:SSZ`."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


__all__ = ["Moment", "clock", "iso", "longest"]
