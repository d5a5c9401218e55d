"""Where something is done, beside the places of a settled matter."""

import os
from collections.abc import Iterable

from passdown.hooks.guarding.entry import Entry
from passdown.hooks.guarding.probe import Probe

BESIDE = 0.5  # an edit of a file in the same folder


def figures(entry: Entry, probe: Probe) -> dict[str, float]:
    """`path`: whether it is one of its files; `forbidden`: a place that is not to be edited; `inside`, `outside`: of a place that it is reserved to."""
    found = {"path": nearness(entry.paths, probe.path)}
    if any(below(path, entry.forbidden) for path in ((probe.path,) if probe.path else probe.written)):
        found["forbidden"] = 1.0
    if entry.reserved and probe.path:
        found["inside" if below(probe.path, entry.reserved) else "outside"] = 1.0
    return found


def nearness(paths: list[str], path: str) -> float:
    """1 for one of its files, `BESIDE` for one beside them."""
    if not path or not paths:
        return 0.0
    if any(f"/{path}".endswith(f"/{own}") for own in paths):
        return 1.0
    folder = os.path.dirname(path)
    return BESIDE if folder and any(_same(folder, os.path.dirname(own)) for own in paths) else 0.0


def _same(folder: str, own: str) -> bool:
    return folder == own or (own != "" and folder.endswith(f"/{own}"))


def below(path: str, places: Iterable[str]) -> bool:
    """Whether a path is one of these files, or in one of these folders, wherever they are."""
    return any(_at(path, place.strip("/")) for place in places)


def _at(path: str, place: str) -> bool:
    """Whether a path is a file, in a folder, or of the form that a place names: `*.pb.go`, `src/gen`, `api/**/*.pb.go`."""
    if "*" not in place:
        return f"/{path}".endswith(f"/{place}") or f"/{place}/" in f"/{path}"
    folder, _, form = place.rpartition("/")
    begin, _, end = form.partition("*")
    name = path.rpartition("/")[2]
    return name.startswith(begin) and name.endswith(end.replace("*", "")) and (not folder.strip("*/") or f"/{folder.strip('*/')}/" in f"/{path}")


__all__ = ["below", "figures", "nearness"]
