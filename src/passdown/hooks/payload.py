"""The JSON object that a host writes to a hook's standard input. Every field may be missing."""

import os

BOM = b"\xef\xbb\xbf"
# Of a larger payload only both ends are kept: it is one long text, a prompt with a pasted log or the summary of a compaction, that is cut in its middle.
HEAD_BYTES, TAIL_BYTES = 1 << 20, 1 << 18


def read(handle: int) -> dict[str, object]:
    """The payload; an empty one when it is malformed or no object."""
    head, tail, cut = bytearray(), bytearray(), False
    while part := os.read(handle, 1 << 16):
        room = HEAD_BYTES - len(head)
        head += part[:room]
        tail += part[room:]
        if len(tail) > 2 * TAIL_BYTES:
            del tail[:-TAIL_BYTES]
            cut = True
    if cut:  # at a blank: no character and no escape has one within
        head, tail = head[:head.rfind(b" ") + 1], tail[tail.find(b" ") + 1:]
    return parse((head + tail).removeprefix(BOM).decode("utf-8", "replace"))


def parse(data: str) -> dict[str, object]:
    """A JSON object; an empty one when `data` is none."""
    try:
        found = _scanned(data.strip())
    except (ValueError, StopIteration, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _scanned(data: str) -> object:
    """`json.loads`, by its C part alone where there is one: the module around it costs as much as a whole bare Python (8 ms)."""
    try:
        from _json import make_scanner
    except ImportError:
        import json

        return json.loads(data)
    value, end = make_scanner(_Rules())(data, 0)  # type: ignore[arg-type]  # it takes any object with these attributes
    if end != len(data):
        raise ValueError("something follows the value")
    return value


class _Rules:
    """What `json.JSONDecoder` tells its scanner."""

    strict, object_hook, object_pairs_hook = False, None, None
    parse_float, parse_int, parse_constant = float, int, float
    memo: dict[str, str] = {}


def quoted(text: str) -> str:
    """`text` as a JSON string in ASCII, which no console's encoding can break."""
    try:
        from _json import encode_basestring_ascii as encode
    except ImportError:
        from json.encoder import encode_basestring_ascii as encode
    return str(encode(text))


def text(given: dict[str, object], key: str) -> str:
    """A field; "" when it is missing, null or no text."""
    value = given.get(key)
    return value if isinstance(value, str) else ""


__all__ = ["parse", "quoted", "read", "text"]
