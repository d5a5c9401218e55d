"""What hooks have pointed at is captured, and the briefing for the next session rendered. One process at a time does it, whoever started it."""

import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from passdown import files
from passdown.actions.cache import list_transcripts, render_cache, render_lost, render_topics
from passdown.actions.capture import Captured, capture, roots_of
from passdown.actions.discover import first_cwd
from passdown.actions.guard import render_guard
from passdown.actions.rebuild import rebuild
from passdown.actions.refresh import refresh
from passdown.agentstores import table as agentstores
from passdown.errors import Locked, NothingSaid, PassdownError
from passdown.hooks import briefing, compacted, detached, faults, fired, spool, tails, told
from passdown.integrations.rules import RULES
from passdown.project import Project, open_project
from passdown.store.records import RecordStore

PATIENCE_S = 86_400  # for a transcript that is not there yet: hosts fire a start before they write the first line, or never write one
MOST_ROUNDS = 20
SWEPT_AFTER_S = 3_600
TOLD_S = 30 * 86_400  # a session may be resumed weeks later, with all that it was told


def drain(project: Project) -> list[Captured]:
    """Capture until nothing is left to do. Returns at once when another process is at it: that one looks again after it has let go.

    Errors go to the log of hooks: nobody sees this process's output. Raises `NotInitialised`.
    """
    private = project.require().layout.private
    done: list[Captured] = []
    try:
        for _ in range(MOST_ROUNDS):
            with files.lock(private / detached.LOCK, timeout_s=0.0):
                captured, kept = one_round(project)
            done += captured
            if {p.name for p in spool.waiting(str(private))} <= kept:
                break
    except Locked:
        pass
    except Exception as error:
        faults.log(error, str(private), "", "capture")
        raise
    return done


def one_round(project: Project) -> tuple[list[Captured], set[str]]:
    """What was done, and the names of the pointers that stay because their transcript is not there yet."""
    private = str(project.layout.private)
    pointers = spool.waiting(private)
    homes: dict[Path, tuple[Project, list[Path]]] = {project.root: (project, [])}
    for path, cwd in wanted(private, pointers).items():
        home = home_of(project, path, cwd)
        if home:
            homes.setdefault(home.root, (home, []))[1].append(path)
    done = [captured for home, paths in homes.values() for captured in captured_in(home, paths)]
    rebuild(project)
    refresh(project)
    kept = {p.name for p in pointers if p.transcript and not agentstores.split(Path(p.transcript))[0].exists() and time.time() - p.time < PATIENCE_S}
    for pointer in pointers:
        if pointer.name not in kept:
            spool.drop(private, pointer)
    after_capture(project, done, [home for home, _ in homes.values()])
    sweep(project.layout.private)
    return done, kept


def after_capture(project: Project, done: Sequence[Captured], homes: Sequence[Project] = ()) -> None:
    """Move what waits in the inbox; leave for hooks what they read: how far transcripts were captured, and the briefing of each work tree."""
    try:
        adopt_inbox(project)
        for captured in done:
            if captured.facts and captured.facts.summaries:  # before the transcript is called captured: a start that sees that looks for it
                render_lost(project, captured.facts)
        list_transcripts(project, [(c.path, told_of(c)) for c in done if c.error or not c.session])
        for home in homes or (project,):
            render_cache(home)
        for home in homes or (project,):  # last: a session's start waits for the briefing alone
            rules(home)
            render_topics(home)
            render_guard(home)
    except PassdownError as error:
        faults.log(error, str(project.layout.private), "", "render")


def told_of(captured: Captured) -> str:
    """The code of the error that a briefing tells; "" also for a transcript that says nothing yet."""
    return "" if captured.error is None or isinstance(captured.error, NothingSaid) else captured.error.code


def rules(project: Project) -> None:
    """Rules files, where a host that needs one was at work: only then what that takes is imported."""
    fired_there = files.read(project.layout.hooks_fired) or b""
    if any(f'"{name}"'.encode() in fired_there for name in RULES):
        from passdown.actions.rules_files import render_rules

        render_rules(project)


def wanted(private: str, pointers: Sequence[spool.Pointer]) -> dict[Path, str]:
    """Transcripts with something new, and the directory where the hook was that told of it, "" when none was."""
    pointed = {p.transcript: p.cwd for p in pointers if p.transcript}
    return {Path(path): pointed.get(path, "") for path in (*pointed, *tails.missing(private)) if agentstores.split(Path(path))[0].is_file()}


def home_of(project: Project, path: Path, cwd: str) -> Project | None:
    """The work tree in which the session ran; None when it ran in another project, whatever directory it was in when the hook fired."""
    roots = roots_of(project, ())
    began = roots.mapped(first_cwd(path)) or cwd
    if not began or roots.holds(began):
        return project
    other = open_project(began, optional=True)
    if other.layout.private.resolve() == project.layout.private.resolve():
        return other
    return None if Path(began).is_dir() else project  # a directory of another machine or container: the hook knows better


def captured_in(project: Project, paths: Sequence[Path]) -> Iterator[Captured]:
    """Capture, with errors into the log."""
    for captured in capture(project, paths):
        if captured.error:
            faults.log(captured.error, str(project.layout.private), captured.agent, "capture")
        yield captured


def adopt_inbox(project: Project) -> None:
    """Records that waited because the private store could not be written, as in a sandbox, go there."""
    if project.layout.inbox and project.layout.inbox.is_dir():
        list(RecordStore(project.layout).adopt_inbox())


def sweep(private: Path) -> None:
    """Take away what hooks noted for a moment, a while ago."""
    before = time.time() - SWEPT_AFTER_S
    for pattern, age in ((f"{fired.SEEN}/*", 0), (f"{tails.LATE}/*", PATIENCE_S), (f"{compacted.FOLDER}/*", PATIENCE_S),
                         (f"{briefing.FOLDER}/lost-*", TOLD_S), (f"{told.FOLDER}/*", TOLD_S), (f"{spool.FOLDER}/.*.tmp", 0), ("hooks/.*.tmp", 0)):
        for path in private.glob(pattern):
            with suppress(FileNotFoundError):  # a hook has just used it up
                if path.stat().st_mtime < before - age:
                    files.remove(path, durable=False)


__all__ = ["after_capture", "drain"]
