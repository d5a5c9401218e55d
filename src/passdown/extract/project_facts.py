"""What a project is made of and how it is set up, run and tested: read off its manifests, README and file list, nothing is run."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from passdown.extract.commands import purpose

# Files of the project's root whose text `read` can use; the presence of other files is seen in the file list.
MANIFESTS = (
    "package.json", "pyproject.toml", "Cargo.toml", "go.mod", "composer.json", "deno.json", "Makefile", "makefile", "justfile", "Justfile", "README.md",
    "readme.md", "README.rst", "CONTRIBUTING.md", "requirements.txt", "setup.py", "Gemfile", "pom.xml", "build.gradle", "build.gradle.kts")
ORDER = ("set-up", "run", "build", "test", "lint")
PER_PURPOSE = 5
DIRECTORIES = 12

LANGUAGES = {
    "py": "Python", "ts": "TypeScript", "tsx": "TypeScript", "js": "JavaScript", "jsx": "JavaScript", "mjs": "JavaScript", "rs": "Rust", "go": "Go",
    "java": "Java", "kt": "Kotlin", "rb": "Ruby", "php": "PHP", "cs": "C#", "swift": "Swift", "c": "C", "h": "C", "cc": "C++", "cpp": "C++", "hpp": "C++",
    "ex": "Elixir", "exs": "Elixir", "scala": "Scala", "dart": "Dart", "vue": "Vue", "svelte": "Svelte", "sh": "Shell", "lua": "Lua", "zig": "Zig",
    "hs": "Haskell", "clj": "Clojure", "sql": "SQL", "tf": "Terraform"}
FRAMEWORKS = {
    "react": "React", "next": "Next.js", "vue": "Vue", "nuxt": "Nuxt", "svelte": "Svelte", "@angular/core": "Angular", "express": "Express",
    "fastify": "Fastify", "hono": "Hono", "@nestjs/core": "NestJS", "vite": "Vite", "tailwindcss": "Tailwind CSS", "electron": "Electron", "prisma": "Prisma",
    "jest": "Jest", "vitest": "Vitest", "@playwright/test": "Playwright", "fastapi": "FastAPI", "django": "Django", "flask": "Flask",
    "sqlalchemy": "SQLAlchemy", "pydantic": "Pydantic", "pytest": "pytest", "click": "Click", "typer": "Typer", "celery": "Celery", "torch": "PyTorch",
    "numpy": "NumPy", "pandas": "pandas", "tokio": "Tokio", "axum": "axum", "actix-web": "Actix", "clap": "clap", "serde": "serde"}
VENDORED = frozenset(("node_modules", "vendor", "dist", "build", "target", "__pycache__", "venv", "coverage", "out", "third_party"))
LOCKS = (("bun.lock", "bun"), ("bun.lockb", "bun"), ("pnpm-lock.yaml", "pnpm"), ("yarn.lock", "yarn"), ("package-lock.json", "npm"))
ENTRY = re.compile(
    r"(?:src/)?(?:main|index|app|server|cli|manage)\.(?:py|ts|tsx|js|mjs|go|rs|rb|php|java|swift)|src/lib\.rs|cmd/[\w-]+/main\.go|src/bin/[\w-]+\.rs|"
    r"(?:src/)?\w+/__main__\.py")
TARGET = re.compile(r"^([A-Za-z][\w.-]*)[^\S\n]*:(?![=:])", re.MULTILINE)
RECIPE = re.compile(r"^([a-z][\w-]*)(?:[^\S\n]+[^:\n]*)?:(?!=)", re.MULTILINE)
FENCED = re.compile(r"^```([\w-]*)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
SHELLS = frozenset(("", "bash", "sh", "shell", "console", "zsh", "terminal", "powershell"))
RUN_NAMES = frozenset(("run", "dev", "serve", "start", "watch", "preview"))


class ProjectCommand(msgspec.Struct, frozen=True):
    """purpose: `set-up`, `run`, `build`, `test` or `lint`. source: the file that says so."""

    command: str
    purpose: str
    source: str


class Directory(msgspec.Struct, frozen=True):
    """files: how many lie in it, at any depth."""

    path: str
    files: int


class ProjectFacts(msgspec.Struct, frozen=True):
    """stack: languages by number of files, then what manifests name. directories: most files first. commands: in the order of `ORDER`."""

    name: str = ""
    about: str = ""
    stack: tuple[str, ...] = ()
    entry_points: tuple[str, ...] = ()
    directories: tuple[Directory, ...] = ()
    commands: tuple[ProjectCommand, ...] = ()


def read(manifests: Mapping[str, str], files: Sequence[str]) -> ProjectFacts:
    """The facts. manifests: text of those of `MANIFESTS` that there are, by name. files: paths relative to the root, forward slashes.

    A manifest that does not parse says nothing.
    """
    package, python, cargo = _json(manifests.get("package.json")), _toml(manifests.get("pyproject.toml")), _toml(manifests.get("Cargo.toml"))
    own = [f for f in files if not VENDORED.intersection(f.split("/")[:-1])]
    project = _table(python, "project") or _table(python, "tool", "poetry")
    crate = _table(cargo, "package")
    dependencies = [*_names(package, "dependencies"), *_names(package, "devDependencies"), *_python_dependencies(python), *_names(cargo, "dependencies")]
    commands = [
        *_package_commands(package, files), *_python_commands(manifests, python, files), *_cargo_commands(manifests), *_go_commands(manifests),
        *_targets(manifests), *_readme_commands(manifests)]
    return ProjectFacts(
        name=_first(package.get("name"), project.get("name"), crate.get("name"), _module(manifests.get("go.mod", ""))),
        about=_first(package.get("description"), project.get("description"), crate.get("description")),
        stack=(*_languages(own), *_versions(package, project, crate, manifests), *dict.fromkeys(FRAMEWORKS[d] for d in dependencies if d in FRAMEWORKS)),
        entry_points=tuple(dict.fromkeys((*_declared(package, project), *(f for f in own if ENTRY.fullmatch(f)))))[:10],
        directories=_directories(own), commands=tuple(_chosen(commands)))


def _json(text: str | None) -> dict[str, Any]:
    try:
        value = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _toml(text: str | None) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text or "")
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def _table(value: Mapping[str, Any], *keys: str) -> dict[str, Any]:
    """The table at a path of keys, {} when there is none."""
    found: Any = value
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else {}


def _names(value: Mapping[str, Any], key: str) -> list[str]:
    return list(_table(value, key))


def _python_dependencies(python: Mapping[str, Any]) -> list[str]:
    project = _table(python, "project")
    listed = [project.get("dependencies"), *_table(project, "optional-dependencies").values(), *_table(python, "dependency-groups").values()]
    said = [d for group in listed if isinstance(group, list) for d in group if isinstance(d, str)]
    return [re.split(r"[^\w.-]", d, maxsplit=1)[0].lower() for d in said] + [d.lower() for d in _names(_table(python, "tool", "poetry"), "dependencies")]


def _first(*values: Any) -> str:
    return next((v for v in values if isinstance(v, str) and v), "")


def _module(text: str) -> str:
    found = re.search(r"^module\s+(\S+)", text, re.MULTILINE)
    return found[1] if found else ""


def _languages(files: Sequence[str]) -> Iterator[str]:
    """Languages of at least a twentieth of the source files, most files first."""
    counts = Counter(LANGUAGES[e] for f in files if (e := f.rsplit(".", 1)[-1].lower()) in LANGUAGES)
    total = sum(counts.values())
    return (f"{name} ({n} files)" for name, n in counts.most_common(5) if n * 20 >= total)


def _versions(package: Mapping[str, Any], project: Mapping[str, Any], crate: Mapping[str, Any], manifests: Mapping[str, str]) -> Iterator[str]:
    go = re.search(r"^go\s+(\S+)", manifests.get("go.mod", ""), re.MULTILINE)
    for name, version in (("Node", _table(package, "engines").get("node")), ("Python", project.get("requires-python")),
                          ("Rust edition", crate.get("edition")), ("Go", go[1] if go else None)):
        if isinstance(version, str):
            yield f"{name} {version}"


def _declared(package: Mapping[str, Any], project: Mapping[str, Any]) -> Iterator[str]:
    """Entry points that a manifest names: `name → where`."""
    bins = package.get("bin")
    if isinstance(bins, dict):
        yield from (f"{name} → {where}" for name, where in bins.items() if isinstance(where, str))
    for where in (package.get("main"), bins):
        if isinstance(where, str):
            yield where.removeprefix("./")
    yield from (f"{name} → {where}" for name, where in _table(project, "scripts").items() if isinstance(where, str))


def _directories(files: Sequence[str]) -> tuple[Directory, ...]:
    """Directories by number of files; one that holds more than half of all is shown by what it holds as well."""
    counts = Counter(f.split("/", 1)[0] for f in files if "/" in f and not f.startswith("."))
    while open_up := [d for d, n in counts.items() if n * 2 > len(files) and not any(other.startswith(d + "/") for other in counts)]:
        depth = open_up[0].count("/") + 2
        below = Counter("/".join(f.split("/")[:depth]) for f in files if f.startswith(open_up[0] + "/") and f.count("/") >= depth)
        if not below:
            break
        counts.update(below)
    return tuple(Directory(path, n) for path, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:DIRECTORIES])


def _package_commands(package: Mapping[str, Any], files: Sequence[str]) -> Iterator[ProjectCommand]:
    if not package:
        return
    present = set(files)
    said = str(package.get("packageManager", "")).split("@", 1)[0]
    manager = said or next((name for lock, name in LOCKS if lock in present), "npm")
    yield ProjectCommand(f"{manager} install", "set-up", "package.json")
    for name in _names(package, "scripts"):
        command = f"{manager} test" if name == "test" and manager != "bun" else f"{manager} run {name}"
        known = purpose(command)
        if known in ("test", "build", "lint") or (known == "run" and name.split(":", 1)[0] in RUN_NAMES):
            yield ProjectCommand(command, known, "package.json")


def _python_commands(manifests: Mapping[str, str], python: Mapping[str, Any], files: Sequence[str]) -> Iterator[ProjectCommand]:
    present, text = set(files), manifests.get("pyproject.toml", "")
    if "requirements.txt" in present and "pyproject.toml" not in manifests:
        yield ProjectCommand("pip install -r requirements.txt", "set-up", "requirements.txt")
    if not python:
        return
    runner = "uv run " if "uv.lock" in present else "poetry run " if "poetry.lock" in present else ""
    yield ProjectCommand({"uv run ": "uv sync", "poetry run ": "poetry install"}.get(runner, "pip install -e ."), "set-up", "pyproject.toml")
    for tool, command, known in (("pytest", "pytest", "test"), ("ruff", "ruff check", "lint"), ("mypy", "mypy", "lint"), ("tox", "tox", "test")):
        if re.search(rf"\[tool\.{tool}\b|[\"']{tool}\b", text):
            yield ProjectCommand(runner + command, known, "pyproject.toml")


def _cargo_commands(manifests: Mapping[str, str]) -> Iterator[ProjectCommand]:
    if "Cargo.toml" in manifests:
        yield from (ProjectCommand(f"cargo {verb}", known, "Cargo.toml") for verb, known in (("build", "build"), ("test", "test"), ("clippy", "lint")))


def _go_commands(manifests: Mapping[str, str]) -> Iterator[ProjectCommand]:
    if "go.mod" in manifests:
        yield from (ProjectCommand(f"go {verb} ./...", known, "go.mod") for verb, known in (("build", "build"), ("test", "test"), ("vet", "lint")))


def _targets(manifests: Mapping[str, str]) -> Iterator[ProjectCommand]:
    for name, program, pattern in (("Makefile", "make", TARGET), ("makefile", "make", TARGET), ("justfile", "just", RECIPE), ("Justfile", "just", RECIPE)):
        for target in dict.fromkeys(pattern.findall(manifests.get(name, ""))):
            known = purpose(f"{program} {target}")
            if known in ("test", "build", "lint", "set-up") or target in RUN_NAMES:
                yield ProjectCommand(f"{program} {target}", known, name)


def _readme_commands(manifests: Mapping[str, str]) -> Iterator[ProjectCommand]:
    """Command lines in fenced blocks of shells, as far as it is known what they are for."""
    for name in ("README.md", "readme.md", "CONTRIBUTING.md"):
        blocks = FENCED.findall(manifests.get(name, ""))
        for block in (text for language, text in blocks if language in SHELLS):
            for line in block.split("\n"):
                command = line.strip().removeprefix("$ ").split("  #")[0].strip()
                if command and not command.startswith("#") and len(command) <= 160 and (known := purpose(command)) in ORDER:
                    yield ProjectCommand(command, known, name)


def _chosen(commands: Iterable[ProjectCommand]) -> Iterator[ProjectCommand]:
    """Each command once, at most `PER_PURPOSE` of each purpose, by purpose and then as found."""
    once = {c.command: c for c in reversed(list(commands))}
    found = list(reversed(once.values()))
    for name in ORDER:
        yield from [c for c in found if c.purpose == name][:PER_PURPOSE]


__all__ = ["MANIFESTS", "Directory", "ProjectCommand", "ProjectFacts", "read"]
