"""Private keys and tokens that many issuers use: PEM and its kin, JWT, age, one-time passwords."""

from passdown.redaction.base import IS, QUOTE, Rule, token
from passdown.redaction.checks import random_value

PEM = r"[A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----"
BREAK = r"""(?:\\+[nrt]|[\s"'+>|,\\])"""  # between the lines of a key, also where it is quoted in code or JSON

RULES = (
    Rule("jwt", r"(eyJ[\w-]{10,}\.eyJ[\w-]{10,}(?:\.[\w-]*)?)", "eyJ{a24}.eyJ{a40}.{a43}"),
    Rule("jwe", r"(eyJ[\w-]{16,}\.[\w-]*\.[\w-]{16,24}\.[\w-]{16,}\.[\w-]{20,24})", "eyJ{w60}.{w300}.{w16}.{w120}.{w22}"),
    Rule(
        "private-key",
        rf"(-----BEGIN {PEM}(?:[^-\x00]|-[^-\x00])*[A-Za-z0-9+/=]{{16,}}(?:[^-\x00]|-[^-\x00])*-----END [A-Z0-9 ]*-----)",
        "-----BEGIN RSA PRIVATE KEY-----\n{b64}\n{b64}\n{b30}==\n-----END RSA PRIVATE KEY-----",
    ),
    Rule("private-key", rf"(-----BEGIN {PEM}(?:{BREAK}*[A-Za-z0-9+/=]{{16,}})+)", "-----BEGIN PRIVATE KEY-----\n{b64}\n{b64}\n{b40}"),
    Rule(
        "private-key",
        rf"((?:[A-Za-z0-9+/=]{{16,}}(?:\\[nr]|[\s\"',])+)+(?:[A-Za-z0-9+/=]+(?:\\[nr]|[\s\"',])+)?-----END {PEM})",
        "{a30}\n{b64}\n{b30}==\n-----END PRIVATE KEY-----",
        gate=rf"-----END {PEM}",
    ),
    Rule("ssh2-private-key", r"(---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----[^\x00-]*[A-Za-z0-9+/=]{16,}[^\x00-]*---- END SSH2 ENCRYPTED PRIVATE KEY ----)",
         "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----\nComment: \"k\"\n{b70}\n{b70}\n---- END SSH2 ENCRYPTED PRIVATE KEY ----"),
    Rule("putty-private-key", rf"Private-Lines: \d+{BREAK}+((?:[A-Za-z0-9+/=]{{16,}}{BREAK}+)*[A-Za-z0-9+/=]{{16,}})",
         "PuTTY-User-Key-File-3: ssh-rsa\nPrivate-Lines: 2\n{b64}\n{b64}\n"),
    Rule("openvpn-key", rf"(-----BEGIN OpenVPN Static key V1-----(?:{BREAK}*[a-f0-9]{{16,}})+)", "-----BEGIN OpenVPN Static key V1-----\n{h32}\n{h32}\n"),
    Rule("age-key", r"(AGE-SECRET-KEY-1[A-Z0-9]{20,}|AGE-PLUGIN-[A-Z0-9]+-1[A-Z0-9]{20,})", "AGE-SECRET-KEY-1{u58}"),
    Rule("minisign-key", r"(RWRTY0Iy[A-Za-z0-9+/]{60,}={0,2})", "RWRTY0Iy{b200}"),
    Rule("jwk", rf"{QUOTE}[dk]{QUOTE}[ ]*:[ ]*{QUOTE}([\w-]{{32,}}){QUOTE}", '{"kty": "EC", "d": "{w43}"}', random_value),
    Rule("otp-secret", r"otpauth://[^\s\x00]*?[?&]secret=([A-Za-z2-7]{12,})", "otpauth://totp/dev?secret={u32}&issuer=shop"),
    token("django-secret", r"django-insecure-[^\s\"'`\\\x00]{30,}", "django-insecure-{w50}"),
    token("laravel-key", r"base64:[A-Za-z0-9+/]{43}=", "base64:{b43}="),
    Rule("password-hash", r"(\$(?:6|5|y|7|apr1|1)\$[./A-Za-z0-9=,$]*\$[./A-Za-z0-9]{22,})", "$6${a16}${a86}"),
    Rule("cookie-signature", rf"(?i:connect\.sid)(?:{QUOTE})?(?:{IS})?(s(?:%3A|:)[\w-]{{16,}}\.[\w%+/=-]{{20,}})", "connect.sid=s%3A{w32}.{a43}"),
)
