"""What tells a secret from what only stands in its place."""

import pytest

from passdown.redaction.checks import literal, random_looking, varied


@pytest.mark.parametrize("value", [
    "k3J9xQ2mVb7LpZ4t", "9f86d081884c7d659a2feaa0", "kkbbeinjr9pjskbu5qfaetajg4ervm9p", "QmZrTyUaWbXcVdNeMf", "aB3+/dE5gH7jK9==",
])  # fmt: skip
def test_random_values_look_random(value: str) -> None:
    """Mixed letters and digits without words pass."""
    assert random_looking(value)


@pytest.mark.parametrize("value", [
    "access_token_2", "getUserApiKeyForUrl", "authentication-required", "2024-01-15", "123456789012", "AuthTokenProvider", "MAX_TOKENS",
    "XMLHttpRequestHandler",
])  # fmt: skip
def test_words_do_not_look_random(value: str) -> None:
    """Identifiers, words, dates and numbers do not pass."""
    assert not random_looking(value)


@pytest.mark.parametrize("value", [
    "$API_KEY", "${X:-y}", "<token-1a2b>", "{{ secret }}", "%(password)s", "changeme", "test-token-123456", "xxxxxxxxxxxx",
    "process.env.KEY1", "https://h/p1",
])  # fmt: skip
def test_references_and_placeholders_are_no_literals(value: str) -> None:
    """What stands for a secret that is kept elsewhere, or for none, is no literal."""
    assert not literal(value)


def test_a_maker_s_own_example_is_no_secret() -> None:
    """Rows of few characters and keys that end in EXAMPLE are documentation."""
    assert not varied("", "AKIA" + "IOSFODNN7EXAMPLE")
    assert not varied("", "gh" + "p_" + "x" * 36)
    assert varied("", "gh" + "p_" + "a1B2c3D4" * 5)
