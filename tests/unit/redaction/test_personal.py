"""Personal data by kind: what is replaced where the user's policy names the kind, and what only looks like it."""

from collections.abc import Iterator

import pytest

from passdown.config import PRIVACY
from passdown.redaction.personal import KINDS, use_policy
from passdown.redaction.scan import redact

SOMEBODY = {
    "email": ("ann.lee@corp.io", "mail <ann+x@mail.corp.co.uk>", "ann@corp.io,bob@corp.io"),
    "phone": ("+49 170 1234567", "call +1 (415) 555-2671", "+442071838750"),
    "home-user": ("/home/ann/x", "/Users/ann.lee/Library", "/mnt/c/Users/ann/x", "/var/home/ann", "read\\n/home/ann/x",
                  "C:\\Users\\ann\\x", '"C:\\\\Users\\\\ann"'),
    "card-number": ("4012 8888 8888 1881", "6011-0009-9013-9424", "378282246310005", "30569309025904"),
    "iban": ("DE89 3704 0044 0532 0130 00", "GB29NWBK60161331926819", "FR1420041010050500013M02606"),
    "national-id": ("SSN: 219-09-9990", "social security number 219099990", "tax id = 219-09-9990"),
}
NOBODY = {
    "email": ("dev@example.org", "git@github.com:a/b.git", "noreply@corp.io", "12+ann@users.noreply.github.com", "@decorator", "a@b"),
    "phone": ("+1", "+12 -3 lines", "2026-11-21", "1.2.3.4"),
    "home-user": ("/home/runner/x", "/home/user", "/Users/Shared/x", "src/home/page"),
    "card-number": ("5500 0055 5555 5558", "1111 1111 1111 1111", "20261121130000", "4b825dc642cb6eb9"),
    "iban": ("DE89 3704 0044 0532 0130 01", "AB12 CDEF GHIJ", "UTF8"),
    "national-id": ("219-09-9990", "SSN: 111-11-1111", "ssn of the user"),
}


@pytest.fixture(autouse=True)
def _as_it_starts() -> Iterator[None]:
    use_policy(None)
    yield
    use_policy(None)


def test_the_settings_know_every_kind() -> None:
    """What can be named in the settings is what can be replaced."""
    assert set(PRIVACY) == set(KINDS) == set(SOMEBODY) == set(NOBODY)


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in SOMEBODY.items() for text in texts])
def test_what_belongs_to_somebody_is_replaced(kind: str, text: str) -> None:
    """Where its kind is named; it stays where another one is, or none; once replaced it stays replaced."""
    assert redact(text) == text
    use_policy(lambda: (kind,))
    cleaned = redact(f"x {text} y")
    assert f"[REDACTED:{kind}" in cleaned
    assert redact(cleaned) == cleaned
    use_policy(lambda: tuple(other for other in KINDS if other != kind))
    assert f"[REDACTED:{kind}" not in redact(f"x {text} y")


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in NOBODY.items() for text in texts])
def test_what_belongs_to_nobody_stays(kind: str, text: str) -> None:
    """Examples, wrong checksums, numbers without the word that says what they are."""
    use_policy(lambda: (kind,))
    assert redact(f"x {text} y") == f"x {text} y"
