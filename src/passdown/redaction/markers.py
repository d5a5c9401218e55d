"""What stands in the place of a secret: its kind and, where a key was given, four digits by which the same secret is known again.

The digits are the beginning of a BLAKE2b of the secret under a key of the user's own: without the key they say nothing of it, and sixteen bits
would fit one text in 65,536. Whoever starts the program gives the digest (`use_digest`); markers without digits, and of other keys, stay valid.
"""

import re
from collections.abc import Callable, Iterator

from passdown.redaction.personal import KINDS

Digest = Callable[[bytes], str]
DIGEST_KEY_BYTES = 32
_START = b"[REDACTED:"
_MARKER = r"\[REDACTED:([a-z][a-z0-9-]{2,40})(?::[0-9a-f]{4})?\]"
_digest: list[Digest] = []


def use_digest(digest: Digest | None) -> None:
    """From now on markers carry what `digest` gives for a secret: four hexadecimal digits, or "" for none. None: no digits."""
    _digest[:] = [digest] if digest else []


def keyed_digest(key: bytes) -> Digest:
    """The digest of secrets under a key."""
    from hashlib import blake2b  # 2 ms, which only texts with secrets pay

    return lambda secret: blake2b(secret, digest_size=2, key=key).hexdigest()


def marker(code: str, secret: bytes) -> bytes:
    """`[REDACTED:<code>]`, or `[REDACTED:<code>:<four digits>]`."""
    digits = _digest[0](secret) if _digest else ""
    return f"[REDACTED:{code}:{digits}]".encode() if digits else f"[REDACTED:{code}]".encode()


def markers(data: bytes) -> Iterator[tuple[int, int]]:
    """Where markers stand. Only known kinds make one."""
    if _START in data:
        from passdown.redaction.table import CODES

        for match in re.finditer(_MARKER.encode(), data):
            if (code := match[1].decode()) in CODES or code in KINDS:
                yield match.span()


__all__ = ["DIGEST_KEY_BYTES", "Digest", "keyed_digest", "marker", "markers", "use_digest"]
