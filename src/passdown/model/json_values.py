"""JSON values with their texts changed, however deep they lie."""

from collections.abc import Callable


def changed(value: object, change: Callable[[str], str]) -> object:
    """The value with `change` of each of its texts, keys too; tuples become lists."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {change(key): changed(one, change) for key, one in value.items()}
    return [changed(one, change) for one in value] if isinstance(value, list | tuple) else value


__all__ = ["changed"]
