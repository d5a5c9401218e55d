"""Inputs out of seeds: bytes, lines, JSON values and pieces of the grammar put elsewhere, doubled, left out, grown."""

import json
import random
from collections.abc import Callable, Sequence
from typing import Any

LARGEST = 200_000  # bytes of an input
GROWN = (2, 10, 100, 2_000)  # how often a piece is said
ODD = (  # what a parser may not expect: ends of ranges, other alphabets, half characters, controls, what other grammars mean
    b"\x00", b"\xff\xfe", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r", b"\r\n", b"\x0b", b"\x1b[2J", b"\x1b]52;c;QQ==\x07", b"\xc2\x85", b"\xe2\x80\xa8",
    b"\xe2\x80\xae",
    "\u200b".encode(), "\U000e0041".encode(), "İ".encode(), "ﬁ".encode(), b"%s%n", b"{0}", b"../../etc/passwd", b"-1", b"9" * 25, b"1e999", b"NaN",
    b"2026-13-45T99:99:99Z", b"0001-01-01T00:00:00Z", b"'", b'"', b"`", b"```", b"<!--", b"-->", b"${x}", b"$(x)", b"\\", b"\\u0000", b"\\ud800")
VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 2**63, 2**70, -(2**63) - 1, 1e308, 0.1, "", " ", "\x00", "\ud800", "x" * 5_000, "\n" * 500, "../..", "/", "2026-01-01T00:00:00Z",
    "9999-12-31T23:59:59.999999999Z", "0000-00-00", [], {}, [None], [[[[]]]], {"": {"": {}}}, ["text"], {"type": "text"})


def mutated(rng: random.Random, seeds: Sequence[bytes], tokens: Sequence[bytes], largest: int = LARGEST) -> bytes:
    """One input: a seed, or two joined, with one to six changes."""
    data = rng.choice(seeds)
    for _ in range(rng.choice((1, 1, 2, 3, 6))):
        data = rng.choice(CHANGES)(rng, data, seeds, tokens)[:largest]
    return data


def _span(rng: random.Random, data: bytes, most: int = 400) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + rng.randrange(1, most))


def _cut(rng: random.Random, data: bytes, *_: object) -> bytes:
    start, end = _span(rng, data)
    return data[:start] + data[end:]


def _end(rng: random.Random, data: bytes, *_: object) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _flip(rng: random.Random, data: bytes, *_: object) -> bytes:
    at = rng.randrange(len(data) + 1)
    return data[:at] + bytes([rng.randrange(256)]) + data[at + 1:]


def _odd(rng: random.Random, data: bytes, _: object, tokens: Sequence[bytes]) -> bytes:
    start, end = _span(rng, data, 12)
    return data[:start] + rng.choice([*ODD, *tokens]) * rng.choice((1, 1, 1, 3)) + data[rng.choice((start, end)):]


def _grown(rng: random.Random, data: bytes, _: object, tokens: Sequence[bytes]) -> bytes:
    """A piece said many times: what is not linear in its length shows here."""
    start, end = _span(rng, data, rng.choice((3, 20, 200)))
    piece = rng.choice((data[start:end], rng.choice([*ODD, *tokens])))
    return data[:start] + (piece * rng.choice(GROWN))[:LARGEST] + data[end:]


def _elsewhere(rng: random.Random, data: bytes, seeds: Sequence[bytes], _: object) -> bytes:
    """A piece of some seed."""
    other = rng.choice(seeds)
    start, end = _span(rng, other)
    at = rng.randrange(len(data) + 1)
    return data[:at] + other[start:end] + data[at:]


def _lines(rng: random.Random, data: bytes, *_: object) -> bytes:
    """Lines in another order, one of them doubled or left out."""
    lines = data.split(b"\n")
    at, to = rng.randrange(len(lines)), rng.randrange(len(lines))
    way = rng.randrange(4)
    if way == 0:
        lines[at], lines[to] = lines[to], lines[at]
    elif way == 1:
        lines[at:at] = [lines[to]] * rng.choice(GROWN)
    elif way == 2:
        del lines[at:to]
    else:
        lines[at] = rng.choice((b" ", b"\t", b"  ", b"> ", b"- ", b"#")) * rng.choice((1, 3, 50)) + lines[at]
    return b"\n".join(lines)


def _json(rng: random.Random, data: bytes, seeds: Sequence[bytes], tokens: Sequence[bytes]) -> bytes:
    """A value of the document, or of one of its lines, is another, is gone, doubled or wrapped."""
    lines = [data] if rng.random() < 0.3 else data.split(b"\n")
    at = rng.randrange(len(lines))
    try:
        value = json.loads(lines[at])
    except (ValueError, RecursionError):
        return _odd(rng, data, seeds, tokens)
    lines[at] = json.dumps(_other(rng, value), ensure_ascii=rng.random() < 0.5).encode("utf-8", "surrogatepass")
    return b"\n".join(lines)


def _other(rng: random.Random, value: Any) -> Any:
    if isinstance(value, dict) and value and rng.random() < 0.85:
        key = rng.choice(list(value))
        return _member(rng, value, key)
    if isinstance(value, list) and value and rng.random() < 0.85:
        at = rng.randrange(len(value))
        return [*value[:at], _other(rng, value[at]), *value[at + rng.choice((0, 1)):]]
    return rng.choice((rng.choice(VALUES), [value] * rng.choice(GROWN[:3]), {"x": value}, _deep(rng)))


def _member(rng: random.Random, value: dict[str, Any], key: str) -> dict[str, Any]:
    way = rng.random()
    if way < 0.7:
        return {**value, key: _other(rng, value[key])}
    if way < 0.85:
        return {k: v for k, v in value.items() if k != key}
    return {**value, key: value[rng.choice(list(value))]}


def _deep(rng: random.Random) -> Any:
    value: Any = []
    for _ in range(rng.choice((3, 100, 400))):
        value = [value] if rng.random() < 0.5 else {"content": value}
    return value


Change = Callable[[random.Random, bytes, Sequence[bytes], Sequence[bytes]], bytes]
CHANGES: Sequence[Change] = (_cut, _end, _flip, _odd, _odd, _grown, _elsewhere, _lines, _lines, _json, _json, _json)

__all__ = ["LARGEST", "mutated"]
