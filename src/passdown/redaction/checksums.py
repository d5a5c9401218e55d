"""Checksums that issuers put into their keys. A form that anything might have counts only when its checksum holds.

GitHub (tokens since 2021-04, `ghp_` and its kin): the last six characters are the CRC-32 of the thirty before them in base 62. npm: the same.
Bitcoin: Base58Check (WIF, BIP 32). Bech32: BIP 173. Stellar: CRC-16/XModem in base 32 (SEP 23). Cards: Luhn (ISO 7812). IBAN: mod 97 (ISO 13616).
"""

import re
from binascii import crc32, crc_hqx

_BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def base62(number: int, width: int) -> str:
    """`number` in base 62, with leading zeros."""
    out = ""
    while number:
        number, digit = divmod(number, 62)
        out = _BASE62[digit] + out
    return out.rjust(width, "0")


def crc_of_body(body: str) -> str:
    """The six characters that end a token of GitHub or npm whose thirty before are `body`."""
    return base62(crc32(body.encode()), 6)


def prefixed_crc(value: str) -> bool:
    """Whether a token of GitHub or npm ends in the checksum of what stands between prefix and checksum."""
    body = value.partition("_")[2]
    return len(body) == 36 and crc_of_body(body[:30]) == body[30:]


def base58(lead: str, value: str) -> bool:  # noqa: ARG001  a check
    """Base58Check: the last four bytes are the double SHA-256 of those before."""
    from hashlib import sha256

    number = 0
    for character in value:
        number = number * 58 + _BASE58.index(character)
    data = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return len(data) > 4 and sha256(sha256(data[:-4]).digest()).digest()[:4] == data[-4:]


def base58_text(data: bytes) -> str:
    """`data` with its checksum in Base58Check."""
    from hashlib import sha256

    number, out = int.from_bytes(data + sha256(sha256(data).digest()).digest()[:4], "big"), ""
    while number:
        number, digit = divmod(number, 58)
        out = _BASE58[digit] + out
    return out


def _polymod(values: list[int]) -> int:
    sum_ = 1
    for value in values:
        top = sum_ >> 25
        sum_ = (sum_ & 0x1FFFFFF) << 5 ^ value
        for bit, generator in enumerate(_GENERATORS):
            sum_ ^= generator if top >> bit & 1 else 0
    return sum_


def _expanded(prefix: str) -> list[int]:
    return [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]


def bech32(lead: str, value: str) -> bool:  # noqa: ARG001  a check
    """BIP 173: prefix, `1`, data with six characters of checksum."""
    prefix, _, data = value.lower().rpartition("1")
    return set(data) <= set(_BECH32) and _polymod(_expanded(prefix) + [_BECH32.index(c) for c in data]) == 1


def bech32_text(prefix: str, data: str) -> str:
    """`data` (characters of Bech32) behind its prefix, with its checksum."""
    sum_ = _polymod(_expanded(prefix) + [_BECH32.index(c) for c in data] + [0] * 6) ^ 1
    return f"{prefix}1{data}" + "".join(_BECH32[sum_ >> 5 * (5 - n) & 31] for n in range(6))


def stellar(lead: str, value: str) -> bool:  # noqa: ARG001  a check
    """SEP 23: version byte of a seed, 32 bytes, their CRC-16 with the lower byte first."""
    from base64 import b32decode

    data = b32decode(value)
    return data[0] == 18 << 3 and crc_hqx(data[:-2], 0).to_bytes(2, "little") == data[-2:]


def stellar_text(seed: bytes) -> str:
    """A seed of 32 bytes as it is written."""
    from base64 import b32encode

    data = bytes([18 << 3]) + seed
    return b32encode(data + crc_hqx(data, 0).to_bytes(2, "little")).decode()


def luhn(digits: str) -> bool:
    """Whether the last digit makes the weighted sum a multiple of ten."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        double = int(digit) * (1 + place % 2)
        total += double - 9 if double > 9 else double
    return total % 10 == 0


def mod97(iban: str) -> bool:
    """Whether an account number, country first, is 1 modulo 97."""
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}", iban):
        return False
    return int("".join(str(int(c, 36)) for c in iban[4:] + iban[:4])) % 97 == 1


__all__ = ["base58", "base58_text", "base62", "bech32", "bech32_text", "crc_of_body", "luhn", "mod97", "prefixed_crc", "stellar", "stellar_text"]
