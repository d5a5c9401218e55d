"""What agents keep in mind of the project by themselves, outside of it."""

import re
from collections.abc import Iterator
from pathlib import Path

from passdown.project import Project

PLACES = (".claude/projects/{slug}/memory/*.md",)  # Claude Code's auto memory, version 2.1, seen 2026-11; below home
MOST = 50  # files of a place
NOT_IN_SLUG = re.compile(r"[^A-Za-z0-9]")


def own_memory(project: Project) -> Iterator[tuple[str, Path]]:
    """(`~/…`, file) of the memory that agents keep of this project; the whole path where the agent's directory lies elsewhere."""
    slug = NOT_IN_SLUG.sub("-", str(project.root))
    for pattern in PLACES:
        base, below = project.place_of(pattern.format(slug=slug))
        for path in sorted(base.glob(below))[:MOST]:
            yield (f"~/{path.relative_to(base).as_posix()}" if base == Path.home() else str(path)), path


__all__ = ["own_memory"]
