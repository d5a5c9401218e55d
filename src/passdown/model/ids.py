"""Identifiers: sortable ones for records said on purpose, stable ones for derived records, and content hashes."""

import os
import re

try:
    from _sha2 import sha256 as _own  # of CPython itself: OpenSSL, which hashlib loads, takes 2 ms, and is five times as fast then
except ImportError:
    try:
        from _sha256 import sha256 as _own  # the same before 3.12
    except ImportError:
        from hashlib import sha256 as _own

from passdown.model.count import count

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32 in lower case: no i, l, o, u
TIME_CHARS = 10  # 50 bits: milliseconds since 1970 until the year 37000
RANDOM_CHARS = 6  # 30 bits; a clash within one millisecond is caught by the exclusive create in the store
ID = re.compile(rf"(?:[{ALPHABET}]{{16}}|x[{ALPHABET}]{{15}})")
LITTLE = 4_096  # bytes
HASH_PREFIX = "sha256:"  # names the algorithm, so that a change of canonical form can be told from a change of content


def _base32(number: int, length: int) -> str:
    return "".join([ALPHABET[number >> shift & 31] for shift in range(5 * (length - 1), -1, -5)])


def new_id(milliseconds: int) -> str:
    """A 16-character id that sorts by time: 10 characters of `milliseconds` since 1970, 6 random ones."""
    return _base32(milliseconds, TIME_CHARS) + _base32(int.from_bytes(os.urandom(4), "big") >> 2, RANDOM_CHARS)


def derived_id(*parts: str) -> str:
    """The id of an extracted record: `x` and 15 characters that depend on `parts` alone, so that a rebuild keeps it."""
    digest = _sha256("\x00".join(parts).encode("utf-8", "surrogatepass"))
    return "x" + _base32(int.from_bytes(digest[:10], "big"), 15)


def content_hash(content: bytes | str) -> str:
    """`sha256:` and the first 32 hexadecimal digits (128 bits) of the digest; text is hashed as UTF-8."""
    data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return HASH_PREFIX + _sha256(data).hex()[:32]


def _sha256(data: bytes) -> bytes:
    if len(data) <= LITTLE:
        return bytes(_own(data).digest())
    import hashlib

    return hashlib.sha256(data).digest()


def event_address(text: str) -> tuple[str, int] | None:
    """Session and number of `SESSION:EVENT`; None for any other words."""
    session, _, digits = text.partition(":")
    event = count(digits)
    return None if event is None else (session, event)


__all__ = ["ID", "content_hash", "derived_id", "event_address", "new_id"]
