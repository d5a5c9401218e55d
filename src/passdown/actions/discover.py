"""Which transcripts on this machine belong to the project: found by their content, not by their name."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from passdown import gitrepo
from passdown.actions.transcript import opened
from passdown.extract.paths import Roots
from passdown.project import Project
from passdown.store.state import State
from passdown.transcripts.table import AGENTS, reader

HEAD_BYTES = 256 * 1024
CWD = re.compile(rb'"cwd"\s*:\s*"((?:[^"\\]|\\.)*)"')


def transcripts(project: Project, roots: Roots) -> list[Path]:
    """Transcripts whose sessions ran in the project, oldest first. What was captured before is known by its path."""
    with State(project.layout.state) as state:
        known = {Path(c.path) for c in state.cursors()}
    found = {path for path in candidates(project) if path in known or ran_here(path, project, roots)}
    return sorted(found, key=lambda p: (p.stat().st_mtime_ns, str(p)))


def candidates(project: Project, agents: Iterable[str] = AGENTS) -> Iterator[Path]:
    """Files at the places where agents keep their transcripts; project-relative places are looked up below the root."""
    for name in agents:
        for pattern in reader(name).LOCATIONS:
            base, below = project.place_of(pattern)
            yield from (p for p in base.glob(below) if p.is_file())


def ran_here(path: Path, project: Project, roots: Roots) -> bool:
    """Whether the first working directory that the transcript names lies in the project.

    A transcript inside the project always does, unless the whole home lies in it (a repository of dot files), where all transcripts are.
    """
    if path.is_relative_to(project.root) and not Path.home().is_relative_to(project.root):
        return True
    cwd = first_cwd(path)
    return bool(cwd) and roots.holds(cwd) and not elsewhere(cwd, project)


def elsewhere(cwd: str, project: Project) -> bool:
    """Whether a directory that is there belongs to another repository, such as one that lies in this project's work tree."""
    place = gitrepo.locate(Path(cwd)) if project.place and Path(cwd).is_dir() else None
    return place is not None and project.place is not None and place.common_dir.resolve() != project.place.common_dir.resolve()


def first_cwd(path: Path) -> str:
    """The first working directory that a transcript names; "" when it names none or cannot be read."""
    try:
        with opened(path) as stream:
            match = CWD.search(stream.read(HEAD_BYTES))
    except OSError:
        return ""
    return match[1].replace(b"\\\\", b"\\").decode("utf-8", "replace") if match else ""


__all__ = ["candidates", "first_cwd", "ran_here", "transcripts"]
