"""The JSON schema of what a tool takes and answers, made of its struct, without what only costs tokens."""

from typing import Any

import msgspec

NOISE = ("title",)


def of(kind: type[msgspec.Struct]) -> dict[str, Any]:
    """An object's schema with everything in it: no references."""
    _, components = msgspec.json.schema_components([kind], ref_template="{name}")
    found: dict[str, Any] = lean(components[kind.__name__])
    return found


def lean(node: Any) -> Any:
    """Without titles, and without defaults that are empty."""
    if not isinstance(node, dict):
        return [lean(n) for n in node] if isinstance(node, list | tuple) else node
    return {k: lean(v) for k, v in node.items() if k not in NOISE and not (k == "default" and v in ("", False, (), {}, []))}


__all__ = ["of"]
