"""`capture`: what is new in transcripts becomes kept events, session facts and derived records."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from passdown import gitrepo
from passdown.actions.stored import sources
from passdown.actions.transcript import Captured, capture_one
from passdown.agentstores.base import spellings
from passdown.errors import PassdownError
from passdown.extract.paths import Roots
from passdown.project import Project
from passdown.store.state import State

Progress = Callable[[int, int, Path], None]


def capture(project: Project, transcripts: Sequence[Path], maps: Sequence[tuple[str, str]] = (), progress: Progress | None = None,
            told: str = "", *, named: bool = False) -> list[Captured]:
    """Capture each transcript; one that cannot be read is reported in its `Captured` and the rest still processed. Raises `NotInitialised`.

    told: what the user says that wrote them, see `transcripts.detect`. named: the user named them, see `actions.stored.sources`.
    """
    return list(captures(project, transcripts, maps, progress, told, named))


def captures(project: Project, transcripts: Sequence[Path], maps: Sequence[tuple[str, str]], progress: Progress | None, told: str,
             named: bool) -> Iterator[Captured]:
    project.require()
    roots = roots_of(project, maps)
    with State(project.layout.state) as state:
        for number, path in enumerate(transcripts):
            if progress:
                progress(number, len(transcripts), path)
            try:
                held = sources(path, project, roots, named=named)
                for source in held:
                    yield capture_one(project, source, roots, state, told)
                if not held:
                    yield Captured(str(path))
            except PassdownError as error:
                yield Captured(str(path), error=error)


def roots_of(project: Project, maps: Sequence[tuple[str, str]]) -> Roots:
    """Where the project lies: its root under both spellings, its other work trees, and the maps of the command line and of the settings."""
    resolved = str(project.root.resolve())
    others = map(str, gitrepo.work_trees(project.place)) if project.place else ()
    configured = (pair.partition("=") for pair in project.config.cwd_maps)
    places = (resolved, *others, *spellings(str(project.root)), *spellings(resolved))
    return Roots(str(project.root), tuple(dict.fromkeys(places)), (*maps, *((old, new) for old, _, new in configured if new)))


__all__ = ["Captured", "Progress", "capture", "roots_of"]
