"""What manifests declare a project to depend on, and how that differs between two states."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

MANIFESTS = ("package.json", "pyproject.toml", "requirements.txt", "Cargo.toml", "go.mod", "Gemfile", "composer.json")
_REQUIREMENT = re.compile(r"\s*([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*([^;#\n]*)")
_GO = re.compile(r"^[^\S\n]*(?:require[^\S\n]+)?([\w.-]+(?:/[\w.~-]+)+)\s+(v[\w.+-]+)", re.MULTILINE)
_GEM = re.compile(r"""^[^\S\n]*gem\s+["']([\w-]+)["'](?:\s*,\s*["']([^"']+)["'])?""", re.MULTILINE)


def declared(manifest: str, text: str) -> dict[str, str]:
    """Version by name, "" where none is given. A manifest that does not parse declares nothing."""
    try:
        return dict(_READERS[manifest.rpartition("/")[2]](text))
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
        return {}


def differences(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """`name 1.2 → 1.3`, `+name 1.0`, `−name`, by name."""
    found = []
    for name in sorted(before.keys() | now.keys()):
        old, new = before.get(name), now.get(name)
        if old is None:
            found.append(f"+{name} {new}".rstrip())
        elif new is None:
            found.append(f"−{name}")
        elif old != new:
            found.append(f"{name} {old or 'any'} → {new or 'any'}")
    return found


def _package(text: str) -> Iterator[tuple[str, str]]:
    tables = json.loads(text)
    for table in ("dependencies", "devDependencies", "peerDependencies", "require", "require-dev"):
        yield from ((name, str(spec)) for name, spec in (tables.get(table) or {}).items())


def _tables(text: str) -> dict[str, Any]:
    import tomllib  # 1 ms, which nobody else needs

    return tomllib.loads(text)


def _python(text: str) -> Iterator[tuple[str, str]]:
    tables = _tables(text)
    project: Mapping[str, Any] = tables.get("project", {})
    for lines in (project.get("dependencies", []), *project.get("optional-dependencies", {}).values()):
        yield from _requirements("\n".join(lines))
    for name, spec in tables.get("tool", {}).get("poetry", {}).get("dependencies", {}).items():
        yield name, _version(spec)


def _cargo(text: str) -> Iterator[tuple[str, str]]:
    tables = _tables(text)
    for table in ("dependencies", "dev-dependencies", "build-dependencies"):
        yield from ((name, _version(spec)) for name, spec in tables.get(table, {}).items())


def _version(spec: Any) -> str:
    return spec if isinstance(spec, str) else str(spec.get("version", "")) if isinstance(spec, dict) else ""


def _requirements(text: str) -> Iterator[tuple[str, str]]:
    for row in text.split("\n"):
        match = _REQUIREMENT.match(row) if not row.lstrip().startswith(("#", "-")) else None
        if match:
            yield match[1].lower(), match[2].strip().removeprefix("==")


def _go(text: str) -> Iterator[tuple[str, str]]:
    return ((m[1], m[2]) for m in _GO.finditer(text))


def _gems(text: str) -> Iterator[tuple[str, str]]:
    return ((m[1], m[2] or "") for m in _GEM.finditer(text))


_READERS = {"package.json": _package, "composer.json": _package, "pyproject.toml": _python, "requirements.txt": _requirements, "Cargo.toml": _cargo,
            "go.mod": _go, "Gemfile": _gems}

__all__ = ["MANIFESTS", "declared", "differences"]
