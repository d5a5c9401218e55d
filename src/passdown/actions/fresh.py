"""What agents wrote since the last capture, captured before somebody asks what is known."""

import time

from passdown.actions.pause import paused
from passdown.hooks import detached
from passdown.project import Project

WAIT_S = 3.0  # who asks waits so long at most; the capture goes on without them
POLL_S = 0.01


def caught_up(project: Project, wait_s: float = WAIT_S) -> bool:
    """Start a capture in a process of its own and wait for it; whether it has ended. Where capture is paused nothing is started."""
    if not project.initialised or paused(project):
        return True
    process = detached.start(str(project.root), "capture")
    until = time.monotonic() + wait_s
    while process and not detached.ended(process):
        if time.monotonic() >= until:
            return False
        time.sleep(POLL_S)
    return True


__all__ = ["WAIT_S", "caught_up"]
