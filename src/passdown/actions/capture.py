"""`capture`: what is new in transcripts becomes kept events, session facts and derived records."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from passdown import gitrepo
from passdown.actions.stored import sources
from passdown.actions.transcript import Captured, capture_one
from passdown.agentstores.base import spellings
from passdown.errors import CaptureFailed, NothingSaid, PassdownError, UsageError
from passdown.extract.paths import Roots
from passdown.project import Project, user_home
from passdown.store.state import State
from passdown.transcripts.table import AGENTS

Progress = Callable[[int, int, Path], None]


def capture(project: Project, transcripts: Sequence[Path], maps: Sequence[tuple[str, str]] = (), progress: Progress | None = None,
            told: str = "", *, named: bool = False) -> list[Captured]:
    """Capture each transcript; one that cannot be read is reported in its `Captured` and the rest still processed.

    Raises `NotInitialised`, and `UsageError` for a `told` that is no agent.

    told: what the user says that wrote them, see `transcripts.detect`. named: the user named them, see `actions.stored.sources`.
    """
    return list(captures(project, transcripts, maps, progress, told, named))


def captures(project: Project, transcripts: Sequence[Path], maps: Sequence[tuple[str, str]], progress: Progress | None, told: str,
             named: bool) -> Iterator[Captured]:
    project.require()
    if told and told not in AGENTS:
        raise UsageError(f"there is no agent `{told}`", "Agents: " + ", ".join(AGENTS))
    roots = roots_of(project, maps)
    with State(project.layout.state) as state:
        for number, path in enumerate(transcripts):
            if progress:
                progress(number, len(transcripts), path)
            try:
                held = sources(path, project, roots, named=named)
                for source in held:
                    captured = capture_one(project, source, roots, state, told)
                    archived(project, captured)
                    yield captured
                if not held:
                    yield Captured(str(path))
            except NothingSaid as error:
                yield Captured(str(path), error=error if named else None)  # what a hook points at may be about to be written
            except PassdownError as error:
                yield Captured(str(path), error=error)
            except Exception as error:  # noqa: BLE001  a fault of ours in one transcript must not stop the capture of all others
                yield Captured(str(path), error=CaptureFailed(path=path, reason=fault(error)))


def fault(error: Exception) -> str:
    """`RecursionError in rows.py:12`: where it happened, never what was in the transcript."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    place = f" in {Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__}{place}"


def archived(project: Project, captured: Captured) -> None:
    """The transcript itself, for those who asked for it; what was captured is safe already, so nothing that fails here fails the capture."""
    if not captured.session or project.config.archive != "transcripts":
        return
    from passdown.store.transcript_archive import Archive

    with suppress(PassdownError, OSError):
        Archive(user_home() / "archive").keep(Path(captured.path), captured.session, project.clock.iso(), project.config.archive_mb << 20)


def roots_of(project: Project, maps: Sequence[tuple[str, str]]) -> Roots:
    """Where the project lies: its root under both spellings, its other work trees, and the maps of the command line and of the settings."""
    resolved = str(project.root.resolve())
    others = map(str, gitrepo.work_trees(project.place)) if project.place else ()
    configured = (pair.partition("=") for pair in project.config.cwd_maps)
    places = (resolved, *others, *spellings(str(project.root)), *spellings(resolved))
    return Roots(str(project.root), tuple(dict.fromkeys(places)), (*maps, *((old, new) for old, _, new in configured if new)))


__all__ = ["Captured", "Progress", "capture", "roots_of"]
