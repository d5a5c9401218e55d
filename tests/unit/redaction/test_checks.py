"""What tells a secret from what only stands in its place."""

import pytest

from passdown.redaction.checks import literal, random_looking, varied
from passdown.redaction.scan import scan


@pytest.mark.parametrize("value", [
    "tqzvoeumrpkdxaliwhgbnfsy", "k3J9xQ2mVb7LpZ4t", "9f86d081884c7d659a2feaa0", "kkbbeinjr9pjskbu5qfaetajg4ervm9p", "QmZrTyUaWbXcVdNeMf", "aB3+/dE5gH7jK9==",
])  # fmt: skip
def test_random_values_look_random(value: str) -> None:
    """Mixed letters and digits without words pass."""
    assert random_looking(value)


@pytest.mark.parametrize("value", [
    "access_token_2", "getUserApiKeyForUrl", "authentication-required", "2024-01-15", "123456789012", "AuthTokenProvider", "MAX_TOKENS",
    "XMLHttpRequestHandler", "internationalizationhelper", "straightforwardlyspoken",
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


WORDS = "correct" + "horse" + "battery"  # a password of words, which no rule can tell by its looks
SHORT = "hun" + "ter"


@pytest.mark.parametrize("text", [
    f"password={WORDS}", f"spring.datasource.password={WORDS}", f"db_passwd={'-'.join(('correct', 'horse', 'battery'))}",
    f"mysql -uroot -p{WORDS} shop", f"mysqldump -h db -p'{SHORT}1' shop", f"sshpass -p {WORDS} ssh host", f"redis-cli -h db -a {WORDS} ping",
    f"PGPASSWORD={SHORT} psql -h db", f"export MYSQL_PWD='{SHORT}'", f"curl -u dev:{SHORT} https://h", f"curl -su dev-1:{SHORT} https://h",
    f'curl -X POST -u "dev:{SHORT}" https://h', f"tool login --password {SHORT}", f"tool login --db-password={WORDS}", f'tool --passphrase "{SHORT}s"',
    f"host=db user=shop password={SHORT}s dbname=shop", f"Server=db;User Id=shop;Password={SHORT}s;", f"https://h/login?user=a&password={SHORT}s",
    f"mount -o username=dev,password={SHORT}s //h/x"])
def test_passwords_of_words_are_found_where_they_are_used(text: str) -> None:
    """On command lines, in environments, connection strings and addresses, where the context says that it is one."""
    found = scan(text)
    assert found.findings, text
    assert SHORT not in found.text
    assert WORDS not in found.text


@pytest.mark.parametrize("text", [
    "password=user_password", "password=newPassword", "connect(host=host, user=user, password=password)", "password=authentication", "mysql -p shop",
    "mysql -u root -p", "mysql -p3306", "docker run mysql -p3306:3306", "use the --password option", "with --password or without", "tool --password $PW",
    "tool --password <pw>", "tool --passphrase file://path/to/it", "tool --password --verbose",
    "tool --password \"$(cat pw)\"", "PGPASSWORD=$PW psql", "PGPASSWORD=postgres psql", "curl -u $U:$P https://h", "curl https://h:443/x",
    "curl -u user:password https://h", "https://h/?user=a&password=${pw}", "host=db user=shop password=user_password", "token-per-second-rate=high"])
def test_references_words_and_ports_are_no_passwords(text: str) -> None:
    """Variables, names in code, prose about an option, ports and the passwords of documentation."""
    assert scan(text).findings == ()
