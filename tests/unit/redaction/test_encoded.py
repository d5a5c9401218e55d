"""Secrets in another writing, and the digits of markers."""

import base64
from collections.abc import Iterator
from random import Random
from string import ascii_letters, digits
from urllib.parse import quote

import pytest

from passdown.redaction.markers import keyed_digest, use_digest
from passdown.redaction.personal import KINDS, use_policy
from passdown.redaction.scan import redact, scan

VALUE = "".join(Random("encoded").choices(ascii_letters + digits, k=36))
TOKEN = "gh" + "p_" + VALUE
SLASHED = "".join(Random("slashed").choices(ascii_letters + digits, k=16)) + "/" + "".join(Random("b").choices(ascii_letters + digits, k=23))


@pytest.fixture(autouse=True)
def _as_it_starts() -> Iterator[None]:
    use_digest(None)
    use_policy(None)
    yield
    use_digest(None)
    use_policy(None)


@pytest.mark.parametrize("text", [
    "config " + base64.b64encode(f"the token of staging is {TOKEN}".encode()).decode(),
    base64.urlsafe_b64encode(f"GITHUB_TOKEN={TOKEN}\n?>?>".encode()).decode(),
    base64.b64encode(base64.b64encode(f"the token of staging is {TOKEN}".encode())).decode(),
    "data:\n  x: |\n    " + "\n    ".join(base64.b64encode(f"{'word ' * 20}{TOKEN}{' word' * 9}".encode()).decode()[n: n + 40] for n in range(0, 200, 40)),
    quote("DB_PASSWORD=" + VALUE + "&x", safe=""), "aws_secret_access_key = " + SLASHED.replace("/", "\\/"),
    f"curl https://h \\\n  -H {TOKEN[:24]}\\\n{TOKEN[24:]}", f'"{TOKEN[:20]}" +\n    "{TOKEN[20:]}"', f"{TOKEN[:22]}=\n{TOKEN[22:]}",
    "postgres:\\/\\/svc:" + VALUE + "@db\\u002einternal/x", "DB_PASSWORD\\u003d" + VALUE,
])  # fmt: skip
def test_other_writings_hide_no_secret(text: str) -> None:
    """Base64 in one line, in several and in itself, percent signs, JSON escapes, broken lines: the value is gone, and again nothing is found."""
    result = scan(text)
    assert result.findings
    assert not any(part in result.text for part in (VALUE[:12], VALUE[24:], SLASHED[:10], SLASHED[24:], base64.b64encode(VALUE[:12].encode()).decode()))
    assert redact(result.text) == result.text


def test_a_secret_is_known_again_by_its_digits() -> None:
    """One secret has one marker, whatever stands around it and however it is written; another key gives other digits; old markers stay."""
    use_digest(keyed_digest(b"k" * 32))
    plain, encoded = redact(f"x {TOKEN}"), redact(base64.b64encode(f"the token of staging is {TOKEN}".encode()).decode())
    marker = plain.split(" ")[1]

    assert len(marker) == len("[REDACTED:github-token:0000]")
    assert encoded == marker
    assert redact(f"DB_PASSWORD={marker} and [REDACTED:github-token]") == f"DB_PASSWORD={marker} and [REDACTED:github-token]"
    use_digest(keyed_digest(b"j" * 32))
    assert redact(f"x {TOKEN}").split(" ")[1] != marker


def test_personal_data_stays_without_a_policy_and_goes_by_kind_with_one() -> None:
    """Nothing is replaced until a kind is named; then that kind alone; numbers count only with their checksums."""
    card, account = "5500 0055 5555 5559", "DE89 3704 0044 0532 0130 00"
    text = f"mail ann@corp.test.io or +49 170 1234567, /home/ann/x, card {card}, IBAN {account}, SSN: 219-09-9990"

    assert redact(text) == text
    use_policy(lambda: ("email",))
    assert redact(text) == text.replace("ann@corp.test.io", "[REDACTED:email]")
    use_policy(lambda: tuple(KINDS))
    assert all(f"[REDACTED:{kind}]" in redact(text) for kind in set(KINDS) - {"card-number"})
    assert redact(f"card {card[:-1]}8 IBAN {account[:-1]}1") == f"card {card[:-1]}8 IBAN {account[:-1]}1"
