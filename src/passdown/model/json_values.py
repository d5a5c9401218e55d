"""JSON that others wrote: what reading it may raise, and its values with their texts changed, however deep they lie."""

from collections.abc import Callable

import msgspec

BROKEN_JSON = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)  # no JSON or of another shape, no UTF-8, nested too deep


def changed(value: object, change: Callable[[str], str]) -> object:
    """The value with `change` of each of its texts, keys too; tuples become lists."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {change(key): changed(one, change) for key, one in value.items()}
    return [changed(one, change) for one in value] if isinstance(value, list | tuple) else value


__all__ = ["BROKEN_JSON", "changed"]
