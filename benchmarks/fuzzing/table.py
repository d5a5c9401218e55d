"""The targets by name: of those that stand for several of a kind (readers, styles) `module-name`."""

from collections.abc import Mapping
from importlib import import_module
from typing import cast

from benchmarks.fuzzing.base import Target

MODULES = ("reader", "store", "style", "grammar", "record", "config", "plan", "hook", "spool", "mcp", "index", "journal", "backup", "redaction", "shell",
    "template",
           "code", "load", "lint", "jsonc")


def names() -> list[str]:
    return [name for module in MODULES for name in _targets(module)]


def target(name: str) -> Target:
    """Raises KeyError for a name that there is not."""
    return next(_targets(module)[name] for module in MODULES if name == module or name.startswith(f"{module}-"))


def _targets(module: str) -> Mapping[str, Target]:
    return cast(Mapping[str, Target], import_module(f"benchmarks.fuzzing.targets.{module}").TARGETS)


__all__ = ["names", "target"]
