"""`pause`: hooks neither capture nor say anything for a while."""

from passdown import files
from passdown.hooks import pause as flag
from passdown.project import Project
from passdown.redaction.scan import redact


def pause(project: Project, seconds: int) -> str:
    """Until so many seconds from now, 0 for until it is taken back; ISO time of its end, "" when it has none. Raises `NotInitialised`, `WriteFailed`."""
    until = int(project.clock.time().timestamp()) + seconds if seconds else 0
    files.write(project.require().layout.private / flag.NAME, redact(f"{until}\n"))
    return flag.iso(until) if until else ""


def unpause(project: Project) -> bool:
    """Whether it was paused."""
    return files.remove(project.require().layout.private / flag.NAME)


def paused(project: Project) -> bool:
    return flag.paused(str(project.layout.private), project.clock.time().timestamp())


__all__ = ["pause", "paused", "unpause"]
