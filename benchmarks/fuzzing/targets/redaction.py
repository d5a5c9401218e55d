"""Redaction: any text, twice the same; events with any values."""

from benchmarks.fuzzing.base import BrokenLaw, Target

from passdown.redaction.private import without_private
from passdown.redaction.scan import redact, scan

FAKE = ("gh" + "p_" + "A1b2C3d4" * 4 + "E5f6").encode()
TOKENS = (FAKE, b"password=", b"Authorization: Bearer ", b"-----BEGIN RSA PRIVATE KEY-----\n", b"-----END RSA PRIVATE KEY-----", b"postgres://a:b@c/d",
    b"%41%42", b"\\u0041",
          b"[REDACTED:github-token:3f9a]", b"[REDACTED:", b"<private>", b"</private>", b"AKIA", b"eyJ", b"QUJD" * 10, b"=\n", b'" + "', b"\\\n", b"token: ",
              b"curl -u a:b ")


def run(data: bytes) -> None:
    text = data.decode("utf-8", "surrogatepass" if b"\xed" in data else "replace") if b"\xed\xa0\x80" not in data else data.decode("utf-8", "surrogateescape")
    once = scan(text).text
    without_private(text)
    if redact(once) != once:
        raise BrokenLaw("redaction is not idempotent")


SEED = b"export API_KEY=" + FAKE + b"\ncurl -H 'Authorization: Bearer abcdefghijkl1234567890' https://u:p4ss@a.b/\n{\"password\": \"hunter2hunter2\"}\n"
TARGETS = {"redaction": Target(lambda: [SEED, b"plain words of a text\n" * 5], run, TOKENS, (UnicodeDecodeError,))}
