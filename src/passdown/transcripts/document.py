"""Transcripts that are one JSON document: its rows, and the keys at its top even where only its beginning is there."""

import re
from collections.abc import Iterator

import msgspec

from passdown.model.json_values import BROKEN_JSON
from passdown.transcripts.base import Cut

TOKEN = re.compile(rb'"((?:[^"\\]|\\.)*+)(?:"(\s*+:)?)?|[{}\[\]]', re.DOTALL)  # a string that is not closed takes the rest: one pass, whatever comes
TOP = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
LIST = msgspec.json.Decoder(list[msgspec.Raw]).decode


def cut_at(*lists: str) -> Cut:
    """A cut of an object: row 0 is the object with the lengths of these lists in their place, then each element is a row, in the order of `lists`.

    What is no object is one row; a value that is no list stays in row 0.
    """

    def cut(document: bytes) -> Iterator[bytes]:
        try:
            top = TOP(document)
        except BROKEN_JSON:
            yield document
            return
        elements = [_elements(top, key) for key in lists]
        yield msgspec.json.encode(top)
        for found in elements:
            yield from map(bytes, found)

    return cut


def _elements(top: dict[str, msgspec.Raw], key: str) -> list[msgspec.Raw]:
    """Takes the list out of `top`; its length takes its place."""
    try:
        found = LIST(top[key])
    except (KeyError, *BROKEN_JSON):
        return []
    top[key] = msgspec.Raw(str(len(found)).encode())
    return found


def top_keys(head: bytes) -> frozenset[str]:
    """Keys at the top of the JSON object that begins in `head`, as far as `head` reaches; none when it does not begin an object."""
    found: set[str] = set()
    depth = 0
    for token in TOKEN.finditer(head):
        mark = token[0]
        if mark in (b"{", b"["):
            depth += 1
        elif mark in (b"}", b"]"):
            depth -= 1
        elif depth == 1 and token[2]:
            found.add(token[1].decode("utf-8", "replace"))
    return frozenset(found) if head.lstrip()[:1] == b"{" else frozenset()


__all__ = ["cut_at", "top_keys"]
