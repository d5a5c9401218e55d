"""A repository in which `init` was never run: silence, unless the user's own settings ask for a store wherever an agent works."""

import os

from passdown.hooks import detached
from passdown.hooks.place import in_git, line, user_home

SETTING = "auto_init"


def begin(directory: str) -> None:
    """Start `passdown init --private` there, apart from this process, if `auto_init = true` stands in the user's configuration."""
    if wanted(user_home()) and in_git(os.path.abspath(directory)):
        detached.start(directory, "init", "--private", "--yes")


def wanted(home: str) -> bool:
    """Whether the line is there; the file is TOML, but `tomllib` would cost more than all the rest of a hook."""
    rows = (row.partition("#")[0].partition("=") for row in line(os.path.join(home, "config.toml")).splitlines())
    return any(key.strip() == SETTING and value.strip() == "true" for key, _, value in rows)


__all__ = ["begin", "wanted"]
