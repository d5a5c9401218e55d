"""What the scanner replaces, what it leaves, and what it says about it."""

import base64
import sys
from collections.abc import Iterator
from random import Random
from string import ascii_letters, digits

import pytest

from passdown.redaction import encoded, finders, search
from passdown.redaction.scan import redact, scan


def letters(count: int, seed: object = 1) -> str:
    return "".join(Random(str(seed)).choices(ascii_letters + digits, k=count))


PLAIN = letters(20, "value")
TOKEN = "gh" + "p_" + letters(36)

SECRET = (
    f"DB_PASSWORD={PLAIN}", f'export API_TOKEN="{PLAIN}"', f"password: {PLAIN}", f"  secret_key: '{PLAIN}'", f'"client_secret": "{PLAIN}"',
    f'{{\\"password\\": \\"{PLAIN}\\"}}', f'{{\\\\\\"apiKey\\\\\\": \\\\\\"{PLAIN}\\\\\\"}}', f'const apiKey = "{PLAIN}";',
    f"config['token'] = '{PLAIN}'",
    f'password: str = "{PLAIN}"', f"PASSWORD := `{PLAIN}`", f"login(password='{PLAIN}', user=u)", f"Server=h;User Id=u;Password={PLAIN};Encrypt=true",
    f"https://example.org/cb?state=1&access_token={PLAIN}&x=1", f"OPENAI_KEY={PLAIN}", f'auth: {{ user: "a", pass: "{PLAIN}" }}',
    f"smtpPass: {PLAIN}", f"password%3D{PLAIN}", f"&quot;password&quot;:&quot;{PLAIN}&quot;", f"\x1b[32m{TOKEN}\x1b[0m",
    f"SMTP_PASS={PLAIN}",
    f"PGPASSWORD={PLAIN} psql -h db", f"x-api-key: {PLAIN}",
    f'password="S3cret-{PLAIN}!"', 'DB_PASSWORD="' + "hunterhunter" + '"', "DB_PASSWORD=" + "Tr0ub4dor&3(x" + " # old",
    f'token = f"{PLAIN}"', f"<password>{PLAIN}</password>",
    f"Authorization: Bearer {PLAIN}", f"-H 'authorization: token {PLAIN}'", f'headers={{"Authorization": "Basic {PLAIN}=="}}',
    f"Bearer {letters(40)}", f"BEARER {letters(40)}",
    f"redis://:{PLAIN}@cache:6379/0", f"mongodb+srv://app:{PLAIN}@c.example.net/db", f"https://{letters(40)}@git.example.org/a.git",
    f"deploy --token {letters(32)} --yes", f"the password is {PLAIN}.", f"The API key is: `{PLAIN}`",
    f"Cookie: theme=dark; sessionid={letters(32)}; a=b",
    f"https:/{letters(40)}@git.example.org/a.git", f"['shoppass'  :  \"{letters(32)}\"",
)  # fmt: skip

HARMLESS = (
    "--- PASS: TestParseLargeInput2Lines/10KB_line (0.00s)", "=== PASS: 12345678 passed", "PASS src/a.test1.tsx",
    "the build must pass: `~/.local/bin/x1`", '"nextPageToken": "CAUQ3xZkAA81"',
    "idempotencyToken: 3f2504e0-4f89-11d3-9a0c-0305e82c3301", "_highs_to_scipy_status_message",
    "package/_keywords.py,sha256=2KJGwihf_QeZuNs98MgAQ6uSsX7PfPDO4a2FLDdqYJQ,1140",
    "password = os.environ['DB_PASSWORD']", "password=os.getenv(\"DB_PASSWORD\")", "API_KEY=${API_KEY}", "API_KEY=$API_KEY_PROD1",
    "token: <your-token-here>", "token: string",
    "const token = await getToken(user1)", "password = getpass.getpass()", "DB_PASSWORD=changeme", "password: changeme123-placeholder",
    "SECRET_KEY=your-secret-key",
    "password: string().min(8).max(64)", "max_tokens=4096000000", "total_tokens: 123456789", "inputTokens: usage.input_tokens1",
    "tokenizer = AutoTokenizer2.from_pretrained",
    "secretName: my-service-secret-2", "password_hash = sha256_of_input1", "the token is required", "the password is incorrect, try again",
    "token = match.group1", "newPassword: newPassword1",
    '"forgotPassword": "form.password.forgot"', '"password": "newPasswordField"', "password: ********", "api_key=xxxxxxxxxxxxxxxx",
    "Authorization: Bearer ${TOKEN}", "Authorization: Bearer <token>",
    "Authorization: Bearer $GITHUB_TOKEN", "Bearer authentication", "Basic authentication-scheme", "Authorization header is missing",
    "postgres://user:password@localhost/db",
    "postgres://$USER:$PASS@host/db", "https://user:<password>@host", "http://localhost:8080/a@b", "SORT_KEY=created_at_desc",
    "PRIMARY_KEY=customer_id", "git@github.com:owner/repository.git",
    "PublicKeyToken=31bf3856ad364e35", "sk-learn and task-oriented", "AKIA", "risk-" + "0123456789abcdef" * 2,
    "see the -----BEGIN PRIVATE KEY----- line", "eyJhbGciOiJIUzI1NiJ9",
    "commit 4b825dc642cb6eb9a060e54bf8d69288fbee4904", "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
    "sha512-" + base64.b64encode(bytes(range(64))).decode(), "sha256:" + "0f" * 32,
    "data:image/png;base64," + base64.b64encode(bytes(i * 7 % 251 for i in range(3000))).decode(), "docker run -u 1000:1000 image",
    "keyboard_key: ArrowDown1", "if (password === confirmPassword1) {",
    'expect(screen.getByLabelText("Password"))', "password?: string | undefined", "def check(token: str, secret: bytes) -> bool:",
    "if token == other_token: return 1", "tokens=tokens[:1000000]",
    "session_id=01890f3e-7b1c-7cc3-98c4-dc0c0c07398f", "PASSWORD_FILE=/run/secrets/db1", "token_url: https://example.org/oauth2/token",
    "--max-tokens 20000000", "AWS_ACCESS_KEY_ID=AKIA" + "IOSFODNN7EXAMPLE",
)  # fmt: skip


@pytest.mark.parametrize("text", SECRET)
def test_secrets_of_general_form_are_replaced(text: str) -> None:
    """Assignments, headers, addresses and told passwords lose their secret, in whatever notation."""
    result = scan(text)
    assert result.findings, text
    assert not any(word in result.text for word in (PLAIN, letters(40), letters(32), "hunterhunter", "Tr0ub4dor"))


@pytest.mark.parametrize("text", HARMLESS)
def test_what_only_resembles_a_secret_is_left(text: str) -> None:
    """References, placeholders, code, hashes, ids and images come back as they were."""
    for context in ("{}", "x {} y", "\\n{}\\n"):
        whole = context.replace("{}", text)
        assert redact(whole) == whole


def test_only_the_password_of_an_address_is_replaced() -> None:
    """User, host and path of a URL stay readable."""
    assert redact(f"postgres://svc:{PLAIN}@db.internal:5432/app") == "postgres://svc:[REDACTED:url-password]@db.internal:5432/app"


def test_a_longer_token_goes_whole() -> None:
    """Where one issuer's form is the beginning of another's, the longer one is taken."""
    value = "".join(Random(4).choices("0123456789abcdef", k=48))
    assert redact(f"x sk_{value} y") == "x [REDACTED:elevenlabs-key] y"
    assert redact(f"x sk_{value[:26]} y") == "x [REDACTED:checkout-key] y"


def test_a_key_goes_whole_and_what_follows_it_stays() -> None:
    """A complete private key is replaced from its first to its last line, nothing behind it."""
    body = "\n".join(letters(64, n) for n in range(8))
    key = "-----BEGIN RSA " + f"PRIVATE KEY-----\n{body}\n-----END RSA " + "PRIVATE KEY-----"
    assert redact(f"a\n{key}\nand then I deployed it") == "a\n[REDACTED:private-key]\nand then I deployed it"


def test_both_halves_of_a_cut_key_are_replaced() -> None:
    """A private key whose middle was left out leaks neither its head nor its tail."""
    lines = [letters(64, n) for n in range(8)]
    head = "-----BEGIN " + "PRIVATE KEY-----\n" + "\n".join(lines[:4])
    text = head + "\n[… 900 characters left out …]\n" + "\n".join(lines[4:]) + "\n-----END " + "PRIVATE KEY-----"
    assert not any(line in redact(text) for line in lines)
    assert not any(line in redact(text.replace("\n", "\\n")) for line in lines)


def test_a_finding_names_place_and_rule_but_not_the_secret() -> None:
    """Each replacement gives one finding with the rule's code, the line and the caller's `where`."""
    result = scan(f"one\ntwo {TOKEN}\nDB_PASSWORD={PLAIN}", where="session 7")
    assert [(f.code, f.severity, f.where) for f in result.findings] == [("github-token", "error", "session 7"), ("assignment", "error", "session 7")]
    assert "line 2" in result.findings[0].message
    assert TOKEN not in repr(result)
    assert PLAIN not in repr(result)


def test_a_clean_text_is_returned_as_it_is() -> None:
    """A text without secrets is the same object, without findings."""
    text = "nothing to hide here " * 3
    assert scan(text).text is text
    assert scan(text).findings == ()


@pytest.mark.parametrize("text", [
    "", "\0", "\ud800 lone \udfff", "\ud83d\ude00", "é" * 1000, "\\" * 5000, "=" * 5000, "pass" * 5000, "://" * 5000,
    "-----BEGIN PRIVATE KEY-----" * 500,
])  # fmt: skip
def test_no_text_is_too_odd(text: str) -> None:
    """Lone surrogates, NULs and hostile repetitions come back unchanged, and soon."""
    assert redact(text) == text


def test_a_hostile_text_ends_soon() -> None:
    """Matches within matches are dismissed only so often; then all are replaced, a secret among them too."""
    text = "password=" * 8000 + TOKEN
    assert TOKEN not in redact(text)
    assert redact(redact(text)) == redact(text)


def test_a_secret_beside_odd_characters_is_found() -> None:
    """Lone surrogates and non-ASCII text around a secret are kept and do not hide it."""
    assert redact(f"\ud800é{TOKEN}é\udfff") == "\ud800é[REDACTED:github-token]é\udfff"


def test_markers_are_left_alone() -> None:
    """A marker in the place of a value is neither replaced nor made longer."""
    for text in ("DB_PASSWORD=[REDACTED:assignment]", "Bearer [REDACTED:bearer]", "postgres://u:[REDACTED:url-password]@h/x", "token='[REDACTED:jwt]'"):
        assert redact(text) == text


def test_an_unknown_marker_does_not_hide_a_secret() -> None:
    """Only our own codes make a marker."""
    assert TOKEN not in redact(f"[REDACTED:{TOKEN}]")


@pytest.fixture
def without_re2(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    caches = (finders._gate, finders._finder, search._gates, encoded._compiled)
    monkeypatch.setitem(sys.modules, "re2", None)
    for cache in caches:
        cache.cache_clear()
    yield
    for cache in caches:
        cache.cache_clear()


@pytest.mark.usefixtures("without_re2")
def test_the_standard_library_gives_the_same_results() -> None:
    """Where google-re2 is missing, the same texts lose the same secrets."""
    assert all(scan(text).findings for text in SECRET)
    assert all(redact(text) == text for text in HARMLESS)
    assert redact(f"x {TOKEN}") == "x [REDACTED:github-token]"
