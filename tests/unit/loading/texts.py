"""Documents in memory, as loading takes them."""

from fnmatch import fnmatchcase
from posixpath import dirname

from passdown.loading.sources import UnreadableError


class Texts:
    """`Sources` of a mapping from path to text."""

    def __init__(self, texts: dict[str, str]) -> None:
        self.texts = texts

    def text(self, path: str) -> str:
        if path not in self.texts:
            raise UnreadableError("it is not there")
        return self.texts[path]

    def holds(self, path: str) -> bool:
        return path in self.texts

    def matching(self, pattern: str) -> tuple[str, ...]:
        if pattern.endswith("/"):
            return tuple(sorted(p for p in self.texts if fnmatchcase(dirname(p) + "/", pattern) and p.count("/") == pattern.count("/")))
        return tuple(sorted(p for p in self.texts if fnmatchcase(p, pattern) and p.count("/") == pattern.count("/")))
