"""The table: every format is found wherever it stands, by RE2 and by the standard library."""

import re
from random import Random

import pytest

from passdown.redaction.fakes import fake
from passdown.redaction.rules import CODES, RULES, Rule
from passdown.redaction.scan import loosened, scan

CONTEXTS = (
    "{}", "use {} for now", 'curl -H "{}"', "first\\n{}\\nlast", "[{}]: see above", "é{}…", "`{}`,", "({}).", "a\n{}\nb",
    "{{\\\"x\\\": \\\"{}\\\"}}", "\x00{}\x00", "<td>{}</td>",
)
IDS = [f"{number}-{rule.code}" for number, rule in enumerate(RULES)]


def secret_in(rule: Rule, text: str) -> str:
    found = re.search(rule.pattern.encode(), text.encode())
    assert found
    return found[1].decode()


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_every_format_is_replaced_in_every_context(rule: Rule) -> None:
    """A fake secret of the rule is gone from every surrounding, and the marker names the rule."""
    for seed, context in enumerate(CONTEXTS):
        text = fake(rule, Random(f"{rule.code}-{seed}"))
        result = scan(context.format(text))
        assert secret_in(rule, text) not in result.text
        assert f"[REDACTED:{rule.code}]" in result.text, context
        assert rule.code in {finding.code for finding in result.findings}


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_patterns_keep_their_contract(rule: Rule) -> None:
    """A pattern has one group, no anchor that a joined text would hide, and a loosened form that still matches."""
    assert re.compile(rule.pattern.encode()).groups == 1
    assert not re.search(r"(?<!\\)\$|(?<![\[\\])\^", re.sub(r"\[\^?(?:\\.|[^\]\\])*\]", "", rule.pattern))
    text = fake(rule, Random(rule.code)).encode()
    assert re.search(loosened(rule.gate or rule.pattern).encode(), text)


@pytest.mark.parametrize("rule", RULES, ids=IDS)
def test_no_pattern_crosses_a_nul(rule: Rule) -> None:
    """A secret that is broken by a NUL anywhere is either not matched or matched on one side of it only."""
    text = fake(rule, Random(rule.code))
    for place in range(0, len(text), max(1, len(text) // 24)):
        broken = (text[:place] + "\0" + text[place:]).encode()
        assert all(b"\0" not in match[0] for match in re.finditer(rule.pattern.encode(), broken))


def test_codes_are_well_formed() -> None:
    """Codes are lower case with dashes, and there are at least forty formats."""
    assert all(re.fullmatch(r"[a-z][a-z0-9-]{2,30}", code) for code in CODES)
    assert len(CODES) >= 40
