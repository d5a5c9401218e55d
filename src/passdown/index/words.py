"""What of a record is searched, column by column, and how names are taken apart."""

import re
from collections.abc import Iterator
from string import ascii_letters, digits

from passdown.model.record import Record

Columns = tuple[str, str, str, str, str]  # title, details, body, identifiers, context

# Where case changes inside a word. It begins with a capital, which are few: the search runs past all else without trying.
_TURN = re.compile(r"[A-Z](?:(?<=[a-z0-9][A-Z])|[A-Z]{1,39}+[a-z])[A-Za-z0-9]*")
_LETTERS = ascii_letters + digits
_PART = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_LONGEST = 80  # characters of a word that is still taken for a name and not for a blob


def clean(text: str) -> str:
    """`text` as SQLite takes it: halves of surrogate pairs, which a transcript may hold, become question marks."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def parts(word: str) -> list[str]:
    """`parseHTTPHeader2` → parse, http, header, 2."""
    return [part.lower() for part in _PART.findall(word)]


def identifiers(text: str) -> str:
    """The parts of the camel-case words of `text`; `snake_case`, `--flags` and paths are split by the tokenizer itself."""
    return " ".join(parts(" ".join(dict.fromkeys(_camel(text)))))


def _camel(text: str) -> Iterator[str]:
    for turn in _TURN.finditer(text):
        before = text[max(0, turn.start() - _LONGEST) : turn.start()]
        word = before[len(before.rstrip(_LETTERS)) :] + turn[0]
        if len(word) <= _LONGEST:
            yield word


def record_columns(record: Record) -> Columns:
    title, _, body = record.text.partition("\n")
    details = "\n".join([v if isinstance(v, str) else "\n".join(v) for v in record.details.values()])
    places = " ".join([f"{a.path} {a.symbol}" for a in record.anchors])
    names = identifiers(f"{record.text}\n{details}\n{places}")
    return title, details, body, f"{places} {names}", f"{record.kind} {record.branch}"


__all__ = ["Columns", "clean", "identifiers", "parts", "record_columns"]
