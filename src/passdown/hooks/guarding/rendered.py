"""Where the guard's table of a work tree lies, and whether there is anything in it: what a hook looks at before it imports the rest."""

import os

from passdown.hooks import briefing, payload
from passdown.hooks.place import Store

FORMAT = "passdown-guard/2"
MAX_BYTES = 8 << 20


def path(private: str, key: str) -> str:
    return os.path.join(private, briefing.FOLDER, f"guard-{key}.txt")


def checksum(rest: bytes) -> int:
    """Of what stands behind the first line: `sum` there."""
    from zlib import crc32

    return crc32(rest)


def text(store: Store) -> str:
    """The whole table of this work tree.

    "" when there is none, nothing in it, when it is not as it was written, or was written before the last change of records: it may hold what no longer holds.
    """
    try:
        with open(path(store.private, store.key), "rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError:
        return ""
    head, _, rest = data.partition(b"\n")
    facts = payload.parse(head.decode("utf-8", "replace"))
    if facts.get("format") != FORMAT or facts.get("records") != briefing.records_stamp(store.private) or not facts.get("keys") or facts.get("mode") == "off":
        return ""
    return data.decode("utf-8", "replace") if facts.get("sum") == checksum(rest) else ""


__all__ = ["FORMAT", "checksum", "path", "text"]
