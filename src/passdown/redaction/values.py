"""Redaction of JSON values: states of readers and folds, which are written beside the events that they were made from."""

from collections.abc import Iterator
from typing import Any

from passdown.redaction.private import has_private, without_private
from passdown.redaction.scan import redact, suspicious


def redact_values(value: Any) -> Any:
    """The value without secrets and private spans in any of its strings, keys too; the same object when there are none."""
    said = "\0".join(_texts(value))
    return _clean(value) if suspicious(said) or has_private(said) else value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return redact(without_private(value))
    if isinstance(value, dict):
        return {redact(key): _clean(item) for key, item in value.items()}
    return [_clean(item) for item in value] if isinstance(value, list) else value


__all__ = ["redact_values"]
