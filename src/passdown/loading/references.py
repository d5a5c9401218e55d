"""References in a document: `@path`, `@path#anchor`, `@dir_*/`, and where they may point.

Relative to the document's own folder, then to the project's root; with a leading `/` to the root alone. Never out of the project.
"""

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath

import msgspec

from passdown.loading.markdown import Markdown

_REFERENCE = re.compile(r"(?<![\w@./\\-])@(?P<path>[~/]?[\w.*?/\\()\[\]+-]{1,300})(?:#(?P<anchor>[\w.-]{1,80}))?")
_FILE = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}$")
_LEAD = re.compile(r"[\s\-*+>→•\d.)]*(?:(?:see|load|import|include|read)\b)?[\s:]*`?$", re.IGNORECASE)
TEXT = (".md", ".mdc", ".markdown", ".txt", ".yaml", ".yml", ".json", ".toml")  # what a reference to a folder takes from it


class Reference(msgspec.Struct, frozen=True):
    """path: as written, without `@`. line: where it stands. certain: it can be nothing but a path, so that it is a fault if it leads nowhere.

    alone: nothing else stands on its line, so that it is an import. context: the words of its line.
    """

    path: str
    anchor: str
    line: int
    certain: bool
    alone: bool
    fenced: bool
    context: str


def references(page: Markdown, first: int = 1, last: int = 0) -> Iterator[Reference]:
    """References on the lines first to last (0: to the end), in order. E-mail addresses, decorators and names of people are none."""
    if "@" not in page.text:
        return
    for number in range(first, (last or len(page.lines)) + 1):
        line = page.lines[number - 1]
        if "@" in line:
            yield from _on(line[:4_000], number, page.fenced[number - 1])


def _on(line: str, number: int, fenced: bool) -> Iterator[Reference]:
    for match in _REFERENCE.finditer(line):
        path = match["path"].replace("\\", "/").rstrip(").]," if not match["anchor"] else "")
        if "/" not in path and not _FILE.search(path):
            continue
        certain = path.endswith("/") or bool(_FILE.search(path)) or bool(match["anchor"])
        alone = bool(_LEAD.fullmatch(line[: match.start()])) and not line[match.end():].strip(" `.,;\r")
        yield Reference(path, match["anchor"] or "", number, certain, alone, fenced, line[: match.start()] + line[match.end():])


def places(path: str, document: str) -> tuple[str, ...]:
    """Where a reference of a document may point, the likelier first: paths relative to the root. Empty when it leads out of the project."""
    if path.startswith("~") or re.match(r"[A-Za-z]:", path):
        return ()
    tried = [path.lstrip("/")] if path.startswith("/") else [join(dirname(document), path), path]
    return tuple(dict.fromkeys(p + ("/" if path.endswith("/") else "") for p in map(normpath, tried) if not p.startswith(("..", "/")) and p != "."))


def is_pattern(path: str) -> bool:
    """Whether it names more than one file: a folder, or a name with `*`, `?` in it."""
    return path.endswith("/") or "*" in path or "?" in path


__all__ = ["TEXT", "Reference", "is_pattern", "places", "references"]
