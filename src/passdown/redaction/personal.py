"""Personal data, replaced like secrets where the user's `privacy` setting names its kind. Without a setting this does nothing.

Addresses and numbers that belong to nobody (example.org, noreply) stay. Cards count with their Luhn digit and an issuer's first digits, accounts with
ISO 13616's remainder, national numbers only beside a word that says so; names and postal addresses no rule can tell.
"""

import functools
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from passdown.redaction.checksums import luhn, mod97
from passdown.redaction.engine import Hit, compiled

_NOBODY = r"(?i)@(?:[\w-]+\.)*(?:example\.(?:com|org|net)|[\w-]+\.(?:test|example|invalid|local)|localhost|users\.noreply\.github\.com)$|^(?:no-?reply|git)@"
_ACCOUNTS = ("user", "username", "runner", "root", "me", "you", "dev", "app", "node", "ubuntu", "vscode", "shared", "public", "all users", "default", "...")


class Kind(NamedTuple):
    """pattern: on bytes, RE2's and `re`'s common part; its one group is what is replaced. holds: what the pattern cannot say."""

    pattern: str
    holds: Callable[[str], bool]


def _somebody(address: str) -> bool:
    return not re.search(_NOBODY, address)


def _card(number: str) -> bool:
    digits = re.sub(r"[ -]", "", number)
    return 13 <= len(digits) <= 19 and len(set(digits)) > 3 and luhn(digits)


def _account(iban: str) -> bool:
    return mod97(iban.replace(" ", ""))


def _long(number: str) -> bool:
    return 8 <= sum(map(str.isdigit, number)) <= 15


KINDS: Mapping[str, Kind] = {
    "email": Kind(r"(?:^|[^\w.+/:@-])([\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,})\b", _somebody),
    "phone": Kind(r"(?:^|[^\w+])(\+\d{1,3}[ .()/-]{0,2}\d(?:[ .()/-]{0,2}\d){6,12})\b", _long),
    "home-user": Kind(
        r"(?:^|[^\w.~]|\\[nrt])(?:(?:/var)?/home/|(?:/mnt/[a-z])?/Users/|[A-Za-z]:(?:\\{1,4})Users(?:\\{1,4}))([A-Za-z][\w.-]{1,31})(?:[/\\]|\b)",
        lambda name: name.lower() not in _ACCOUNTS),
    "card-number": Kind(r"(?:^|[^\w.-])([3-6]\d{3}[ -]?\d{4,6}[ -]?\d{4,5}(?:[ -]?\d{1,4})?)\b", _card),
    "iban": Kind(r"\b([A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,4})?)\b", _account),
    "national-id": Kind(
        r"(?i:ssn|social security(?: (?:number|no\.?))?|tax id)[\"' ]*[:=#]? *[\"']?(\d{3}[- ]?\d{2}[- ]?\d{4})\b", lambda number: len(set(number)) > 3),
}
_policy: list[Callable[[], tuple[str, ...]]] = []


def use_policy(policy: Callable[[], tuple[str, ...]] | None) -> None:
    """From now on the kinds that `policy` gives are replaced; it is asked when the first text comes. None: no kinds."""
    _policy[:] = [functools.cache(policy)] if policy else []


def hits(data: bytes) -> Iterator[Hit]:
    """Personal data of the policy's kinds, in order, without overlap."""
    end = 0
    for hit in sorted(hit for kind in _kinds() for hit in _of(kind, data)):
        if hit.start >= end:
            yield hit
            end = hit.end


def _kinds() -> tuple[str, ...]:
    return _policy[0]() if _policy else ()


def _of(kind: str, data: bytes) -> Iterator[Hit]:
    for match in _compiled(kind).finditer(data):
        if KINDS[kind].holds(match[1].decode("utf-8", "replace")):
            yield Hit(match.start(1), match.end(1), kind, match[1])


@functools.cache
def _compiled(kind: str) -> Any:
    return compiled(KINDS[kind].pattern, groups=True)


__all__ = ["KINDS", "Kind", "hits", "use_policy"]
