"""What may stand in a text that an agent gets: words of others in a fence of ours or behind words of ours, flagged where they speak to it."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from tests.hostile.attacks import CANARY

from passdown.briefing.quoted import SOURCE
from passdown.briefing.render import CLOSING
from passdown.model.handed import FLAG, inert
from passdown.model.suspect import suspect
from passdown.model.text import printable

ROLES = re.compile(
    r"<\s*/?\s*(?:system|assistant|human|function_calls|invoke|tool_\w+|user-prompt|command-name|local-command|user_instructions|environment_context|extremely)"
    r"|<\||<｜|\[/?(?:INST|SYSTEM_PROMPT|TOOL_CALLS)\]|^[ \t>*_#-]*(?:System|Human|Assistant)[*_]*:|<!--|-->", re.IGNORECASE | re.MULTILINE)
OUR_MARKS = re.compile(r"<!-- pd:[\w.-]+ [0-9a-f]{6} -->|<!-- passdown template [\w.-]+ [0-9a-f]{6} -->")
FENCE = re.compile(r"[ \t]*(?P<marks>`{3,}|~{3,})(?P<info>.*)")
WARNED = ("⚠ `", FLAG)
FORGED = ("## Next Steps", "# System")  # headings that an attack has, and our documents too
LEAST = 10  # characters of an attack's line by which it is known


def problems(text: str, attacks: Sequence[str], opens: Sequence[str] = ("text",), *, echoed: bool = False,
             document: bool = False) -> list[str]:
    """What is wrong with it, each with the line. opens: what may stand behind the marks that open a fence of ours.

    echoed: it answers who said the attack, and need not tell them that it is one. document: in a format in which a paragraph is what somebody said: what
    nobody knows for an order may begin a line.
    """
    bare = OUR_MARKS.sub("", text)
    found = [f"mark of a host: {bare[max(0, m.start() - 30):m.end() + 30]!r}" for m in ROLES.finditer(bare)]
    found += [f"not printable: {line!r}" for line in text.splitlines() if printable(line) != line]
    heads = beginnings(attacks)
    for line, fenced, warned in placed(bare.split("\n"), opens, found):
        if not fenced and line.strip().startswith(heads) and not (document and (line in FORGED or not suspect(line))):
            found.append(f"begins a line: {line!r}")
        if not echoed and CANARY in line.lower() and not warned and not any(one in line for one in WARNED) and suspect(line.removeprefix("passdown · ")):
            found.append(f"not flagged: {line!r}")
    return found


def beginnings(attacks: Sequence[str]) -> tuple[str, ...]:
    """How the lines of the attacks begin, as they would be printed."""
    said = {line.strip()[:30] for text in attacks for line in inert(printable(text)).splitlines()}
    return tuple(one for one in said if len(one) >= LEAST and not SOURCE.startswith(one) and not CLOSING.startswith(one))  # some forge what we write ourselves


def placed(lines: Sequence[str], opens: Sequence[str], found: list[str]) -> Iterator[tuple[str, bool, bool]]:
    """Each line, whether it is in a fence of ours, and whether the two lines above the fence, or its own first, warn."""
    fence, warned = "", False
    for n, line in enumerate(lines):
        match = FENCE.fullmatch(line)
        if not fence and match:
            info = match["info"].strip()
            if info not in opens and not info.startswith("text ⚠"):
                found.append(f"a fence that is not ours: {line!r}")
            fence, warned = match["marks"], FLAG in line or any(FLAG in one for one in lines[max(0, n - 2):n])
        elif match and match["marks"].startswith(fence) and not match["info"].strip():
            fence, warned = "", False
        else:
            yield line, bool(fence), warned
    if fence:
        found.append("a fence is not closed")


def problems_of_json(document: str) -> list[str]:
    """The same of JSON: no mark as it is written, and each record, hit or quotation that speaks to an agent says so."""
    found = [f"mark of a host: {document[max(0, m.start() - 30):m.end() + 30]!r}" for m in ROLES.finditer(document)]
    return found + [f"not flagged: {one!r}" for one in unflagged(json.loads(document))]


def unflagged(value: Any) -> Iterator[str]:
    """The words of objects that ought to say `suspect`, of which neither they nor what they stand in does."""
    if isinstance(value, dict) and value.get("suspect"):
        return
    if isinstance(value, dict):
        for name in ("title", "text", "excerpt"):
            words = value.get(name)
            if isinstance(words, str) and CANARY in words.lower() and suspect(words) and FLAG not in words:
                yield words
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from unflagged(one)


def sentinels(text: str) -> int:
    """How many words of attacks came out: a path through which none comes proves nothing."""
    return text.lower().count(CANARY)


__all__ = ["problems", "problems_of_json", "sentinels", "unflagged"]
