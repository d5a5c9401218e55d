"""The text that an edit adds, a clause a line: code, comments, imports and dependencies, and lines that switch something off or assert that it is not so."""

import re

from passdown.hooks.guarding.clause import Clause
from passdown.hooks.guarding.words import stemmed

LONGEST_LINE = 1_000  # characters of a line that are looked at: a longer one was written by a program
DOCSTRING = '"""'
DOCUMENTS = (".md", ".rst", ".txt", ".adoc", ".mdx")
SETTINGS = (".yml", ".yaml", ".toml", ".ini", ".cfg", ".json")  # of tests: what is done there is done to the project
MANIFESTS = (
    "package.json", "requirements", "pyproject.toml", "go.mod", "cargo.toml", "gemfile", "composer.json", "mix.exs", "pubspec.yaml", "podfile", "build.gradle",
    "build.gradle.kts", "cmakelists.txt", "pom.xml", "setup.py", "setup.cfg", "environment.yml", "package.swift", "libs.versions.toml")
_COMMENT = re.compile(r"^\s*(?:#(?!include|define|if|\[)|//|/?\*|--\s|<!--|;|\"\"\"|''')")
_TRAILING = re.compile(r"\s(?:#|//|--)\s.*$")
_IMPORT = re.compile(
    r"^\s*(?:import|from|use|using|require|include|#include|extern crate|const \w+ = require|alias|@import|gem|implementation|api|mod)\b|require\("
    r"|^\s*[\"'][@\w/.-]+[\"']\s*:\s*[\"'][\^~]?\d|^\s*(?:[\w.]+\s+)?\"[\w-]+\.[\w.-]+(?:/[\w.~-]+)+\"\s*$")
_OFF = re.compile(r"^[\s-]*[\"']?[\w.$/@-]+[\"']?\s*(?:=>|[:=\s])\s*[\"']?(?:false|off|none|no|disabled|never|0)[\"']?\s*[,;)}\]]*\s*$", re.IGNORECASE)
_CALL = re.compile(r"(?<![\w.])([A-Za-z]\w+)\(")
_ASSERTS = re.compile(
    r"\bassert\w*\b[^\n]*\bnot\b|\bnot_to\b|\.not\.|\brefute\b|\bassertNot\w+|\bassert(?:IsNone|False|_not\w*)\b|!=|\bnot in\b|\bto_not\b|\bforbid|\bdeny\b"
    r"|\bban(?:ned)?\b|no-restricted", re.IGNORECASE)


def clauses(text: str, path: str, most: int) -> list[Clause]:
    """A clause a line, the first `most` that are not empty."""
    lines = [line[:LONGEST_LINE] for line in text.splitlines() if line.strip()][:most]
    if "document" in marks(path):
        return [_written(line) for line in lines]
    within = _quoted(lines)
    return [_coded(line, comment=at in within, manifest=_is_manifest(path)) for at, line in enumerate(lines)]


def _quoted(lines: list[str]) -> set[int]:
    """Places of the lines within a docstring."""
    found, inside = set[int](), False
    for at, line in enumerate(lines):
        ends = line.count(DOCSTRING) % 2 == 1
        if inside or (ends and line.lstrip().startswith(DOCSTRING)):
            found.add(at)
        inside ^= ends
    return found


def marks(path: str) -> frozenset[str]:
    """`document`, `test`: what the file is."""
    low = path.lower()
    found = {"document"} if low.endswith(DOCUMENTS) and not _is_manifest(path) else set()
    return frozenset(found | ({"test"} if ("test" in low or "spec" in low) and not low.endswith(SETTINGS) else set()))


def _is_manifest(path: str) -> bool:
    return path.lower().rsplit("/", 1)[-1].startswith(MANIFESTS)


def _written(line: str) -> Clause:
    clause = Clause(line)
    clause.flags |= {"document"}
    return clause


def _coded(line: str, *, comment: bool, manifest: bool) -> Clause:
    comment, off = comment or bool(_COMMENT.match(line)), bool(_ASSERTS.search(line) or _OFF.search(line))
    brings = bool(_IMPORT.search(line)) or (manifest and not comment)
    flags = (("comment" if comment else "code", True), ("imports", brings), ("denies", off))
    clause = Clause(line if comment else _TRAILING.sub("", line), frozenset(flag for flag, is_so in flags if is_so), directed=False)
    if not comment:
        clause.called = frozenset(stemmed(name.lower()) for name in _CALL.findall(line))
    if off:
        clause.turn()
    if manifest and not comment:
        clause.imply("dependency", "new", "add")
    return clause


__all__ = ["clauses", "marks"]
