"""What a handed-on document must not hold besides secrets: personal data, and whole files.

E-mail addresses and telephone numbers in international form are masked, and home directories are written `~`, so that they name nobody; other personal data
(names, addresses) no rule can tell.
"""

import re

EMAIL = re.compile(r"(?<![\w.+/:@-])[\w.+-]+@(?:[\w-]+\.)+[A-Za-z]{2,}\b(?!:)")  # not `git@host:path`
PHONE = re.compile(r"(?<![\w+])\+\d{1,3}[ .()/-]{0,2}\d(?:[ .()/-]{0,2}\d){6,12}(?![\w.])")
NOBODY = re.compile(
    r"(?i)@(?:[\w-]+\.)*(?:example\.(?:com|org|net)|[\w-]+\.(?:test|example|invalid|local)|localhost|users\.noreply\.github\.com)$|^(?:no-?reply|git)@")
HOME = re.compile(
    r"(?:(?<![\w.~])|(?<=\\[nrt]))(?:(?:/var)?/(?:home|Users)/|[A-Za-z]:(?:\\{1,2}|/)Users(?:\\{1,2}|/)|/mnt/[a-z]/Users/)([A-Za-z][\w.-]{0,31})(?![\w-])")
ACCOUNTS = frozenset((  # of nobody: those of containers, of continuous integration, of examples
    "user", "username", "runner", "root", "me", "you", "dev", "app", "node", "ubuntu", "vscode", "shared", "public", "default", "..."))
CODE_LINES = 12  # of a fenced block; a longer one is a file, and a file is read where it lies
SHOWN_LINES = 4
_FENCED = re.compile(r"^([ \t]*)(```+|~~~+)([^\n]*)\n(.*?)^[ \t]*\2[ \t]*$", re.MULTILINE | re.DOTALL)


def personal(text: str) -> list[str]:
    """The personal data in a text, in order."""
    return [m[0] for m in EMAIL.finditer(text) if not NOBODY.search(m[0])] + [m[0] for m in PHONE.finditer(text)]


def masked(text: str) -> str:
    """The text with `[e-mail]` and `[phone]` in place of them, and `~` for a home directory. Addresses of nobody (example.com, no-reply, /home/user) stay."""
    if "@" in text:
        text = EMAIL.sub(lambda m: m[0] if NOBODY.search(m[0]) else "[e-mail]", text)
    if "+" in text:
        text = PHONE.sub("[phone]", text)
    return without_home(text)


def without_home(text: str) -> str:
    """The text with `~` for each home directory but those of nobody."""
    return HOME.sub(lambda m: m[0] if m[1].lower() in ACCOUNTS else "~", text) if "home/" in text or "Users" in text else text


def without_files(text: str) -> str:
    """The text with long fenced blocks cut to their first lines."""
    return _FENCED.sub(_cut, text) if "```" in text or "~~~" in text else text


def _cut(block: re.Match[str]) -> str:
    lines = block[4].split("\n")[:-1]
    if len(lines) <= CODE_LINES:
        return block[0]
    shown = "\n".join([*lines[:SHOWN_LINES], f"{block[1]}… {len(lines) - SHOWN_LINES} more lines: read the file"])
    return f"{block[1]}{block[2]}{block[3]}\n{shown}\n{block[1]}{block[2]}"


__all__ = ["masked", "personal", "without_files", "without_home"]
