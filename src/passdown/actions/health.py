"""Whether capture is well: a line for each thing that is wrong, for briefing and doctor alike."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from passdown.hooks import faults, launcher, pause, tails
from passdown.model.finding import Finding
from passdown.project import Project, user_home

RUNNING_S = 900  # a transcript that was written to within so many seconds is of a running session: its tail is captured at the end of the turn
ERRORS_SAID_FOR = timedelta(days=1)


def health(project: Project) -> tuple[str, ...]:
    """What a reader of a briefing has to know of its sources: capture paused, hooks that failed, transcripts that are unread. Empty when all is well."""
    return tuple(f"{sentence(f.message)}: {f.fix}" for f in hook_findings(project) if f.severity != "info")


def sentence(words: str) -> str:
    """With a capital at its beginning, unless that is the name of a file."""
    return f"{words[0].upper()}{words[1:]}" if words.split(maxsplit=1)[0].strip(",:;'").isalpha() else words


def hook_findings(project: Project) -> Iterator[Finding]:
    """The same as findings."""
    private, now = str(project.layout.private), project.clock.time()
    if pause.paused(private, now.timestamp()):
        yield Finding("paused", "warning", private, "capture is paused, nothing of the present sessions is kept", "passdown pause --off")
    yield from launcher_findings()
    recent = [line for line in logged(project) if line[:19] >= (now - ERRORS_SAID_FOR).strftime("%Y-%m-%dT%H:%M:%S")]
    if recent:
        yield Finding("hook-errors", "warning", str(Path(private) / faults.NAME),
                      f"{len(recent)} errors of hooks in the last day, the latest: {summary(recent[-1])}", "passdown doctor")
    failed = [path for path, (_, error) in tails.rows(private).items() if error]
    for path in failed[:3]:
        yield Finding("transcript-unread", "warning", path, f"{Path(path).name} could not be read", f"passdown capture --transcript '{path}'")
    idle = {path: tail for path, tail in tails.missing(private).items() if path not in failed and idle_for(path, now.timestamp()) > RUNNING_S}
    if idle:
        yield Finding("not-captured", "warning", private, f"{sum(idle.values()):,} bytes of {len(idle)} transcripts are not captured yet", "passdown capture")


def launcher_findings() -> Iterator[Finding]:
    """The installed command, where there is one: does it start this passdown, does it start at all?"""
    path = Path(launcher.path(str(user_home())))
    script = launcher.read(path)
    if script is None or script == launcher.text():
        return
    if launcher.cut_off(script):
        yield Finding("launcher-broken", "warning", str(path), "what agents' hooks start was cut off, and so does nothing", "passdown install")
    elif not all(Path(target).is_file() for target in launcher.targets(script)):
        yield Finding("launcher-broken", "warning", str(path), "agents' hooks start an interpreter that is gone, and so do nothing", "passdown install")
    else:
        yield Finding("launcher-other", "info", str(path), "agents' hooks start another installation than this one", "passdown install")


def logged(project: Project) -> list[str]:
    """Lines of the hooks' error logs, the oldest first: of this store, and of what went wrong before a store was known."""
    lines: list[str] = []
    for folder in (user_home(), project.layout.private):
        with suppress(OSError):
            lines += (folder / faults.NAME).read_text(encoding="utf-8", errors="replace").splitlines()
    return sorted(lines)


def summary(line: str) -> str:
    """`Stop of claude-code: ValueError in payload.py:12`."""
    fields = [*line.split("\t"), "", "", "", "", ""]
    return f"{fields[2]} of {fields[1]}: {fields[3]} in {fields[4]}"


def idle_for(path: str, now: float) -> float:
    """Seconds since the file was written to."""
    try:
        return now - Path(path).stat().st_mtime
    except OSError:
        return 0.0


__all__ = ["health", "hook_findings"]
