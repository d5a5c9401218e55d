"""What of a record is searched, column by column, and how names are taken apart."""

import re

from passdown.model.record import Record

Columns = tuple[str, str, str, str, str]  # title, details, body, identifiers, context

# A word with a change of case inside. It is tried at the start of a run only, and never goes back over it: linear on any text.
_CAMEL = re.compile(r"(?<![A-Za-z0-9])(?:[A-Z]*+[a-z0-9]++[A-Z]|[A-Z]{2,40}[a-z])[A-Za-z0-9]*")
_PART = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|[0-9]+")
_LONGEST = 80  # characters of a word that is still taken for a name and not for a blob


def clean(text: str) -> str:
    """`text` as SQLite takes it: halves of surrogate pairs, which a transcript may hold, become question marks."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def parts(word: str) -> list[str]:
    """`parseHTTPHeader2` → parse, http, header, 2."""
    return [p.lower() for p in _PART.findall(word)]


def identifiers(text: str) -> str:
    """The parts of the camel-case words of `text`; `snake_case`, `--flags` and paths are split by the tokenizer itself."""
    words = dict.fromkeys(_CAMEL.findall(text))
    return " ".join(" ".join(parts(w)) for w in words if len(w) <= _LONGEST)


def record_columns(record: Record) -> Columns:
    title, _, body = record.text.partition("\n")
    details = "\n".join(v if isinstance(v, str) else "\n".join(v) for v in record.details.values())
    places = " ".join(f"{a.path} {a.symbol}" for a in record.anchors)
    names = identifiers(f"{record.text}\n{details}\n{places}")
    return clean(title), clean(details), clean(body), clean(f"{places} {names}"), clean(f"{record.kind} {record.branch}")


__all__ = ["Columns", "clean", "identifiers", "parts", "record_columns"]
