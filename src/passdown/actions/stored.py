"""Sessions in stores: databases and folders in which agents keep them."""

import re
from collections.abc import Collection, Mapping
from pathlib import Path

from passdown import gitrepo
from passdown.agentstores import entire
from passdown.agentstores import table as agentstores
from passdown.errors import NotATranscript, PassdownError
from passdown.extract.paths import Roots
from passdown.project import Project


def sessions_here(path: Path, project: Project, roots: Roots, known: Collection[Path] = ()) -> dict[Path, int] | None:
    """Sessions of a store that ran in the project, or were captured before, each with its last change in nanoseconds; None when `path` is no store.

    A store that cannot be read now is given itself: its capture says why, and the next one tries again.
    """
    try:
        held = agentstores.inside(path)
    except PassdownError:
        return {path: path.stat().st_mtime_ns}
    if held is None:
        return None
    return {source: one.mtime_ns for source, one in held if source in known or ran_in(one.cwd, project, roots)}


def sources(path: Path, project: Project, roots: Roots, *, named: bool) -> list[Path]:
    """What is captured for `path`: itself, or all sessions of a store that ran in the project.

    named: by the user: then the only session of a store is captured wherever it ran, and it is an error when there is none of this project; a hook may
    point at a store before its session is in it. Raises what stores raise, and `NotATranscript`.
    """
    held = agentstores.inside(path)
    if held is None:
        return [path]
    here = [source for source, one in held if (named and len(held) == 1) or ran_in(one.cwd, project, roots)]
    if not here and named:
        raise NotATranscript(path=path, reason=f"none of the {len(held)} sessions in it ran in this project; `{path}#ID` names one")
    return here


def checkpoints(project: Project, captured: Mapping[str, Path]) -> dict[Path, int]:
    """Sessions that Entire keeps on a branch of the repository, without those that were captured from elsewhere. captured: source by session."""
    found: dict[Path, int] = {}
    for branch in entire.branches(project.place) if project.place else ():
        try:
            held = agentstores.inside(branch) or []
        except PassdownError:
            held = []
        found |= {source: one.mtime_ns for source, one in held if captured.get(one.id, source) == source}
    return found


def ran_in(cwd: str, project: Project, roots: Roots) -> bool:
    """Whether a directory lies in the project, under the name that the agent gave it or its real one."""
    return bool(cwd) and (roots.holds(cwd) or (Path(cwd).is_dir() and roots.holds(str(Path(cwd).resolve())))) and not elsewhere(cwd, project)


def elsewhere(cwd: str, project: Project) -> bool:
    """Whether a directory that is there belongs to another repository, such as one that lies in this project's work tree."""
    place = gitrepo.locate(Path(cwd)) if project.place and Path(cwd).is_dir() else None
    return place is not None and project.place is not None and place.common_dir.resolve() != project.place.common_dir.resolve()


def told_once(found: Mapping[Path, int], known: Collection[Path]) -> dict[Path, int]:
    """Without the transcript of a session that a store has too, where results and times are with it; what was captured before stays."""
    by_id: dict[str, list[Path]] = {}
    for path in found:
        by_id.setdefault(agentstores.split(path)[1] or path.stem, []).append(path)
    dropped = {path for paths in by_id.values() if len(paths) > 1 and any(agentstores.split(p)[1] for p in paths)
               for path in paths if path != preferred(paths, known)}
    return {path: time for path, time in found.items() if path not in dropped}


def preferred(paths: list[Path], known: Collection[Path]) -> Path:
    """What was captured before, else the store's, else the file; a checkpoint of Entire has what the agent's own transcript has, and less of it."""
    return min(paths, key=lambda p: (p not in known, agentstores.split(p)[0].parts[-3:] == agentstores.CHECKPOINTS, not agentstores.split(p)[1]))


def slugged(path: Path, roots: Roots) -> bool:
    """Whether the transcript lies in the folder that Cursor names after the project's directory: `/home/me/my.app` is `home-me-my-app`."""
    folder = next((above.parent.name for above in path.parents if above.name == "agent-transcripts"), "")
    return bool(folder) and slug(folder) in map(slug, (roots.project, *roots.others))


def slug(place: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", place).strip("-").lower()


__all__ = ["elsewhere", "ran_in", "sessions_here", "slugged", "sources", "told_once"]
