"""Files that are ours as a whole, signed in their first comment: one that somebody has edited since is known, one that is not ours is left alone."""

import re

from passdown.integrations.skills import Whose
from passdown.model.ids import content_hash

WORDS = "Written by passdown"
COMMENTS = {"sh": ("# ", ""), "toml": ("# ", ""), "js": ("// ", ""), "md": ("<!-- ", " -->")}
SIGNED = re.compile(rf"^(?:# |// |<!-- ){WORDS} (sha256:[0-9a-f]{{32}})(?: -->)?\n", re.MULTILINE)


def signed(text: str, kind: str) -> str:
    """The text with its signature: in the first line, or behind a shebang or front matter. kind: one of `COMMENTS`."""
    before, after = COMMENTS[kind]
    at = text.index("\n") + 1 if text.startswith("#!") else text.index("\n---\n") + 5 if text.startswith("---\n") else 0
    return f"{text[:at]}{before}{WORDS} {content_hash(text)}{after}\n{text[at:]}"


def signed_by_us(text: str) -> bool:
    """Whether it is ours, edited or not."""
    return bool(SIGNED.search(text.replace("\r\n", "\n")))


def whose(text: str) -> Whose:
    """Whether a file is as we wrote it, ours and edited since, or not ours at all. Line ends of another system are no edit."""
    text = text.replace("\r\n", "\n")
    match = SIGNED.search(text)
    if not match:
        return "foreign"
    return "ours" if content_hash(text[: match.start()] + text[match.end():]) == match[1] else "edited"


__all__ = ["signed", "signed_by_us", "whose"]
