"""The table: every format is found wherever it stands, by RE2 and by the standard library."""

import re
from random import Random

import pytest

from passdown.redaction.base import Rule
from passdown.redaction.fakes import fake
from passdown.redaction.loosening import loosened
from passdown.redaction.scan import hits, scan
from passdown.redaction.table import CODES, FORMATS, RULES

CONTEXTS = (
    "{}", "use {} for now", 'curl -H "{}"', "first\\n{}\\nlast", "[{}]: see above", "é{}…", "`{}`,", "({}).", "a\n{}\nb",
    "{{\\\"x\\\": \\\"{}\\\"}}", "\x00{}\x00", "<td>{}</td>",
)
IDS = [f"{number}-{rule.code}" for number, rule in enumerate(RULES)]


KIN = {  # one form, two issuers: the first in the table names it
    "elevenlabs-key": "checkout-key", "signature": "authorization", "paystack-key": "stripe-key", "square-access-token": "facebook-token",
}


def own_hits(text: str) -> list[tuple[str, str]]:
    """Code and secret of each hit in the text by itself."""
    return [(hit.code, hit.secret.decode()) for hit in hits(text.encode())]


@pytest.mark.parametrize("number", range(len(FORMATS)), ids=[f"{n}-{one.code}" for n, one in enumerate(FORMATS)])
def test_every_format_is_replaced_in_every_context(number: int) -> None:
    """A fake secret of the format is gone from every surrounding, and a marker names a kind."""
    one = FORMATS[number]
    for seed, context in enumerate(CONTEXTS):
        text = fake(one, Random(f"{one.code}-{seed}"))
        found = own_hits(text)
        result = scan(context.format(text))
        assert found, text
        assert {code for code, _ in found} & {one.code, KIN.get(one.code)}
        assert not any(secret in result.text for _, secret in found), context
        assert "[REDACTED:" in result.text


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_patterns_keep_their_contract(rule: Rule) -> None:
    """A pattern has one group, no anchor that a joined text would hide, and a loosened form that still matches."""
    assert re.compile(rule.pattern.encode()).groups == 1
    assert not re.search(r"(?<!\\)\$|(?<![\[\\])\^", re.sub(r"\[\^?(?:\\.|[^\]\\])*\]", "", rule.pattern))
    text = fake(rule, Random(rule.code)).encode()
    assert re.search(loosened(rule.pattern).encode(), text)
    assert re.search(loosened(rule.gate).encode(), text)


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_no_pattern_crosses_a_nul(rule: Rule) -> None:
    """A secret that is broken by a NUL anywhere is either not matched or matched on one side of it only."""
    text = fake(rule, Random(rule.code))
    for place in range(0, len(text), max(1, len(text) // 24)):
        broken = (text[:place] + "\0" + text[place:]).encode()
        assert all(b"\0" not in match[0] for match in re.finditer(rule.pattern.encode(), broken))


def test_codes_are_well_formed() -> None:
    """Codes are lower case with dashes, and there are at least 250 kinds."""
    assert all(re.fullmatch(r"[a-z][a-z0-9-]{2,40}", code) for code in CODES)
    assert len(CODES) >= 250
