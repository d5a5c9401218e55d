"""Files by folder: the nearest folder that holds several of them, and how often work came to it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from passdown.model.session import Session

SEVERAL = 3
ROOT = "."


def shelved(paths: Sequence[str]) -> dict[str, tuple[str, str]]:
    """(folder, name below it) of each path. Where files of several folders have one name, the folders stand in the names."""
    below = Counter(folder for path in paths for folder in above(path))
    names = Counter(name_of(path) for path in paths)
    twins = {next(above(path), ROOT) for path in paths if names[name_of(path)] > 1}
    return {path: split(path, folder_of(path, below, twins)) for path in paths}


def folder_of(path: str, below: Counter[str], twins: set[str]) -> str:
    """The nearest folder of several, but none with files whose names others have."""
    folders = [folder for folder in above(path) if folder not in twins]
    return next((folder for folder in folders if below[folder] >= SEVERAL), folders[-1] if folders else ROOT)


def above(path: str) -> Iterator[str]:
    """The folders that a path lies in, the nearest first, without the root."""
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def split(path: str, folder: str) -> tuple[str, str]:
    return folder, path if folder == ROOT else path[len(folder) + 1:]


def name_of(path: str) -> str:
    return path.rsplit("/", 1)[-1].lower()


def visits(sessions: Iterable[Session], folders: Iterable[str]) -> Counter[str]:
    """How many of the sessions changed something below each folder; at the root: a file that lies there."""
    wanted = frozenset(folders)
    return Counter(folder for session in sessions for folder in {f for path in session.files_changed for f in (*above(path), *([] if "/" in path else [ROOT]))}
                   & wanted)


__all__ = ["ROOT", "shelved", "visits"]
