"""The function, method or class that an edit is about, read off its text without parsing."""

import re

_DEFINED = re.compile(
    r"^\s*(?:(?:export|default|pub(?:\([^)]*\))?|public|private|protected|static|abstract|async|final|override|unsafe|const)\s+)*"
    r"(?:(?:def|fn|func|function\*?|class|struct|enum|trait|interface|module)\s+(?:\([^)]*\)\s*)?(?P<name>[A-Za-z_]\w*)"
    r"|(?:const|let|var)\s+(?P<bound>[A-Za-z_]\w*)\s*(?::[^=]+)?=\s*(?:async\s*)?(?:\([^)]*\)|\w+)\s*(?::[^=]+)?=>)", re.MULTILINE)


def changed_symbol(removed: str, added: str) -> str:
    """The one name that is defined in the excerpt of an edit, "" when none or several are."""
    names = {m["name"] or m["bound"] for text in (removed, added) for m in _DEFINED.finditer(text)}
    return next(iter(names)) if len(names) == 1 else ""


__all__ = ["changed_symbol"]
