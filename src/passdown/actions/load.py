"""`load`: what of the project's own documents a task needs."""

from collections.abc import Iterable
from functools import lru_cache

from msgspec.structs import replace

from passdown.actions.documents import ProjectFiles, known
from passdown.briefing.tokens import estimate
from passdown.loading.places import MOST, context_places, may_say_when, memory_places
from passdown.loading.reading import Loaded, Reading
from passdown.loading.roles import Documents
from passdown.loading.sources import UnreadableError
from passdown.model.finding import Finding
from passdown.project import Project

BUDGET = 8_000  # tokens of what is loaded when none is asked for


def load(project: Project, task: str, budget: int = BUDGET, tracked: Iterable[str] | None = None) -> Loaded:
    """What the task loads of the memory documents and of the session context, within `budget` tokens; an empty value where the project has neither.

    Works without a store. tracked: paths in git's index, when the caller has them.
    """
    folders = [f for f in project.config.documents if isinstance(f, str)]
    paths = known(project, tracked, folders=folders)
    memories, more = memory_places(paths, folders)
    others = context_places(paths)
    sources = ProjectFiles(project.root)
    memories = [path for path in memories if says_when(sources, path)]
    if not memories and not Documents(others):
        return Loaded(budget=budget)
    from passdown.loading import assembled  # its patterns take longer to compile than it takes to see that there are no documents

    done = assembled.loaded(memories, others, sources, task, lru_cache(maxsize=4_096)(estimate), budget)
    return bounded(done, more) if more else done


def reading(project: Project, task: str, tracked: Iterable[str] | None = None) -> Reading:
    """Which documents the task needs, in order, with what they have settled; an empty `Reading` where the project has none."""
    return load(project, task, BUDGET, tracked).reading


def says_when(sources: ProjectFiles, path: str) -> bool:
    """Whether a document may be one that says when it is loaded; one that cannot be read may."""
    try:
        return may_say_when(sources.text(path))
    except UnreadableError:
        return True


def bounded(done: Loaded, more: int) -> Loaded:
    """What was loaded, with the finding that some documents were not looked at."""
    finding = Finding("documents-bounded", "warning", "", f"{more} more documents were not looked at, only the {MOST} nearest to the root")
    return replace(done, reading=replace(done.reading, findings=(*done.reading.findings, finding)))


__all__ = ["BUDGET", "load", "reading"]
