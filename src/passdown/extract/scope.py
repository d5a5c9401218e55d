"""How far a command reaches: whether one that passed speaks for another that failed, and how it is shown to a person."""

import functools
import re

from passdown.extract.commands import core, probes, purpose, signature
from passdown.model.command_line import segments, simple

SHOWN_CHARS = 120
_SELECTING = frozenset(("-run", "-k", "-t", "-g", "-m", "--grep", "--filter", "--testNamePattern", "--test-name-pattern"))
_FILTERS = re.compile(rf"(?:^|\s)(?:{'|'.join(sorted(_SELECTING, reverse=True))})(?:[ =]|$)")
_VALUED = _SELECTING | {"-o", "--output", "-n", "-j", "-p", "-c", "--config", "-timeout", "--timeout"}  # options that take the next word
# Programs of which the first plain word says what they do; of all others it is a place.
_WITH_VERBS = frozenset((
    "npm", "pnpm", "yarn", "bun", "deno", "make", "just", "task", "go", "cargo", "git", "docker", "podman", "gradle", "gradlew", "mvn", "mvnw", "dotnet",
    "mix", "rails", "rake", "swift", "node", "python", "python3", "bash", "sh", "ruff", "biome", "golangci-lint", "poetry", "hatch", "nox", "tox", "bundle",
    "composer", "terraform", "kubectl", "next", "ng", "vite", "xcodebuild", "bazel", "zig", "forge", "mkdocs", "goreleaser", "dvc", "alembic", "flutter",
    "dart", "nx", "turbo"))
_TWO_VERBS = frozenset(("run", "compose", "exec", "x"))
_PRIVATE = re.compile(r"<<|\$\(|(?:^|[\s=\"'])(?:/(?:Users|home|private|tmp|var)/|~/|[A-Za-z]:\\)")
_FOLDER = re.compile(r"\s(?!\./\.\.\.|/)[\w.@-]*/[\w./@-]*?(?<!\.\w\w)(?<!\.\w\w\w)(?<!\.\w)(?:\s|$)")  # a folder, not a script
_VARIABLE = re.compile(r"\$\w|\$\{")


@functools.lru_cache(maxsize=256)
def display(line: str) -> str:
    """The line as a person would type it, on one line without what only shapes the output; "" when it is too long or bound to one machine to be told."""
    kept = [s for part in segments(line) if not probes(part) and (s := signature(part))]
    if len(kept) > 1 and (meant := [s for s in kept if purpose(s) not in ("other", "git")]):
        kept = meant
    shown = " && ".join(dict.fromkeys(kept))
    return "" if not shown or len(shown) > SHOWN_CHARS or _PRIVATE.search(shown) or _VARIABLE.search(shown) or "\n" in shown else shown


def covers(passed: str, failed: str) -> bool:
    """Whether all that `failed` runs was run by `passed` too, both as of `display`: the same, or on the same place or one that holds it."""
    if passed == failed:
        return True
    ran = segments(passed)
    return all(any(_covers(p, f) for p in ran) for f in segments(failed))


def filtered(command: str) -> bool:
    """Whether it runs a selection only, by name or pattern."""
    return bool(_FILTERS.search(command))


def whole(command: str) -> bool:
    """Whether it runs all there is: no filter, and no place but a wild one."""
    return not any(_FILTERS.search(s) or any(_reach(s)[1]) or _FOLDER.search(s) for s in segments(command))


def _covers(passed: str, failed: str) -> bool:
    if passed == failed:
        return True
    if filtered(passed):
        return False
    (head, places), (other, meant) = _reach(passed), _reach(failed)
    if head != other:
        return False
    return not places or "" in places or (bool(meant) and all(any(_holds(wide, place) for wide in places) for place in meant))


def _holds(wide: str, place: str) -> bool:
    return place == wide or place.startswith(wide + "/")


def _reach(segment: str) -> tuple[list[str], list[str]]:
    """(program and verbs, places it works on, "" for all there is): options and what a filter selects are left out."""
    words = next(iter(simple(core(segment))), [])
    plain = [word for before, word in zip(["", *words], words, strict=False) if not word.startswith("-") and before not in _VALUED]
    verbs = 1 if plain[:1] and plain[0].rsplit("/", 1)[-1] not in _WITH_VERBS else 3 if plain[1:2] and plain[1] in _TWO_VERBS else 2
    return plain[:verbs], [word.removesuffix("...").strip("./") for word in plain[verbs:]]


__all__ = ["covers", "display", "filtered", "whole"]
