"""Which transcripts on this machine belong to the project: found by their content, not by their name."""

import re
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from urllib.parse import unquote, urlsplit

import msgspec

from passdown.actions.stored import checkpoints, elsewhere, sessions_here, slugged, told_once
from passdown.actions.transcript import opened
from passdown.agentstores.table import store_of
from passdown.errors import PassdownError
from passdown.extract.paths import Roots
from passdown.model.json_values import BROKEN_JSON
from passdown.project import Project
from passdown.store.state import State
from passdown.transcripts.table import AGENTS, reader

HEAD_BYTES = 256 * 1024
BESIDE = (".project_root", "workspace.json")  # where Gemini CLI and VS Code write the folder in which the sessions beside it ran
BESIDE_BYTES = 16 * 1024
PLACE = re.compile(rb'"(?:path|file_path|filePath|absolute_path)"\s*:\s*"((?:/|[A-Za-z]:)(?:[^"\\]|\\.)*)"')
CWD = re.compile(rb'"cwd"\s*:\s*"((?:[^"\\]|\\.)*)"')


def transcripts(project: Project, roots: Roots) -> list[Path]:
    """Transcripts whose sessions ran in the project, oldest first. What was captured before is known by its path."""
    with State(project.layout.state) as state:
        cursors = state.cursors()
    known = {Path(c.path) for c in cursors}
    found: dict[Path, int] = {}
    for path in candidates(project):
        stored = sessions_here(path, project, roots, known)
        if stored is not None:
            found |= stored
        elif path in known or ran_here(path, project, roots):
            found[path] = path.stat().st_mtime_ns
    found |= checkpoints(project, {c.session: Path(c.path) for c in cursors})
    once = told_once(found, known)
    return sorted(once, key=lambda path: (once[path], str(path)))


def candidates(project: Project, agents: Iterable[str] = AGENTS) -> Iterator[Path]:
    """Files at the places where agents keep their transcripts; project-relative places are looked up below the root."""
    for name in agents:
        for pattern in reader(name).LOCATIONS:
            base, below = project.place_of(pattern)
            yield from (p for p in base.glob(below) if p.is_file())


def ran_here(path: Path, project: Project, roots: Roots) -> bool:
    """Whether the first working directory that the transcript names lies in the project, or the folder that its agent names for it.

    Where no one names any, the first file that it names by its whole path tells. A transcript inside the project always does, unless the whole home
    lies in it (a repository of dot files), where all transcripts are.
    """
    stored = sessions_here(path, project, roots)
    if stored is not None:
        return bool(stored)
    if path.is_relative_to(project.root) and not Path.home().is_relative_to(project.root):
        return True
    cwd = first_cwd(path) or named_beside(path)
    if cwd:
        return roots.holds(cwd) and not elsewhere(cwd, project)
    if hashed(path, roots) or slugged(path, roots):
        return True
    place = first_match(path, PLACE)
    return bool(place) and roots.holds(place) and not elsewhere(str(Path(place).parent), project)


def named_beside(path: Path) -> str:
    """The folder that the agent names in a file above the transcript; "" when there is none or it cannot be read."""
    for name in (folder / name for folder in path.parents[1:3] for name in BESIDE):
        try:
            with name.open("rb") as stream:
                return folder_in(stream.read(BESIDE_BYTES).decode("utf-8", "replace").strip())
        except OSError:
            continue
    return ""


def folder_in(text: str) -> str:
    """A folder given as such, or as the address in VS Code's `{"folder": …}`; of a workspace file the folder in which it lies."""
    if not text.startswith("{"):
        return text
    try:
        named = msgspec.json.decode(text, type=dict[str, object])
    except BROKEN_JSON:
        return ""
    folder, workspace = (unquote(urlsplit(str(named.get(key, ""))).path) for key in ("folder", "workspace"))
    found = folder or (str(Path(workspace).parent) if workspace else "")
    return re.sub(r"^/([A-Za-z]:)", r"\1", found)


def hashed(path: Path, roots: Roots) -> bool:
    """Whether the transcript lies where older versions of Gemini CLI keep those of the project: in a folder named by the hash of its path."""
    return path.parents[1].name in {sha256(root.encode()).hexdigest() for root in (roots.project, *roots.others)}


def first_cwd(path: Path) -> str:
    """The first working directory that a transcript names; "" when it names none or cannot be read, and for a store, which holds sessions of many projects."""
    return first_match(path, CWD) if store_of(path) is None else ""


def first_match(path: Path, pattern: re.Pattern[bytes]) -> str:
    """The first place that `pattern` finds at the beginning of a transcript."""
    try:
        with opened(path) as stream:
            match = pattern.search(stream.read(HEAD_BYTES))
    except (OSError, PassdownError):
        return ""
    return match[1].replace(b"\\\\", b"\\").decode("utf-8", "replace") if match else ""


__all__ = ["candidates", "first_cwd", "ran_here", "transcripts"]
