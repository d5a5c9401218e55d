"""Documents that are through go where the style keeps them: byte for byte, and never over another file."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from passdown import files
from passdown.actions.material import modified
from passdown.errors import Conflict, WriteFailed
from passdown.formats.base import Style
from passdown.project import Project


def put_away(project: Project, kind: Style, texts: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Moves what is through; (path, new path) of each, below the project's root. What cannot be moved stays: the next hand-off tries again."""
    if kind.retired is None:
        return ()
    written = {path: modified(project.root / path) for path in texts}
    return tuple(moved(project, kind.retired(texts, written, project.clock.iso()[:10])))


def moved(project: Project, wanted: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for path, target in wanted.items():
        source, free = project.root / path, unused(project.root / target)
        with suppress(Conflict, WriteFailed):
            files.move(source, free, exclusive=True)
            yield path, free.relative_to(project.root).as_posix()


def unused(target: Path) -> Path:
    """The path, with a number where another file has it already."""
    n, path = 2, target
    while path.exists():
        n, path = n + 1, target.with_name(f"{target.stem}-{n}{target.suffix}")
    return path


__all__ = ["put_away"]
