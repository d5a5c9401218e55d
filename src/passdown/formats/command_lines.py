"""Lines that are commands: in fenced blocks, and in list items as code."""

import re
from collections.abc import Iterator, Mapping

from passdown.formats.base import Found
from passdown.formats.marked import Chunk, unmarked
from passdown.formats.outline import FENCE
from passdown.formats.places import PLACE
from passdown.model.ids import ID, derived_id
from passdown.model.record import Detail, Record

SHELL = re.compile(r"^\s*[`~]+\s*(?:$|(?:ba|z|fi)?sh|shell|console|powershell|pwsh|cmd|bat)")  # fenced blocks that hold commands
NOTED = re.compile(r"\s+#\s(?:.*\s)?pd:([0-9a-z]{16})$")
RUN = re.compile(r"`(?P<command>[^`]+)`(?:(?:\s*(?:→|->|=>|—|–|-|:|,|=)\s*|\s+(?=(?:was|is|passe[ds]|fail(?:ed|s)|clean)\b))(?P<outcome>\S.*))?$")
LISTED = re.compile(  # `a`, `b` and `c`; a label before them or none
    r"(?:\*\*)?(?:(?P<label>Commands?)(?:\*\*)?:(?:\*\*)?\s*)?(?P<all>`[^`]+`(?:(?:\s*[,;]\s*(?:and\s+)?|\s+and\s+)`[^`]+`)*)[.;]?$", re.IGNORECASE)
SPAN = re.compile(r"`[^`]+`")
GROUP_OF = {"set up": "set-up", "setup": "set-up", "install": "set-up", "run": "run", "verify": "verify", "test": "verify", "verify working": "verify"}


def fenced(one: Chunk, section: int, given: Mapping[str, Detail], first: int) -> Iterator[Found]:
    """A command a line of a fenced block; the id stands in the comment of those that are records. Measured ones are the project's, not records."""
    purpose = ""
    if not SHELL.search(unmarked(one.text).partition("\n")[0]):
        return
    for n, line in enumerate(one.text.split("\n")):
        comment = re.match(r"#\s*(.+)", line)
        if comment:
            purpose = GROUP_OF.get(comment[1].strip().lower(), purpose)
        noted = NOTED.search(line)
        if not line.strip() or comment or FENCE.match(line) or "<!--" in line or (one.key and not noted):
            continue
        text = NOTED.sub("", line).split("  #")[0].strip()
        id_ = noted[1] if noted and ID.fullmatch(noted[1]) else derived_id("document", str(section), text)
        details: dict[str, Detail] = {**given, **({"purpose": purpose} if purpose else {})}
        yield Found(Record(id_, "command", text, details=details), section, first + n, first + n)


def command(title: str, details: dict[str, Detail]) -> tuple[str, str]:
    """A line among commands: a command when it begins with one as code, behind which stands how it ended; else something to know."""
    found = RUN.match(title)
    if not found or (PLACE.fullmatch(found["command"]) and not found["command"].startswith("./")):
        return title, "knowledge"
    details |= {"outcome": found["outcome"]} if found["outcome"] else {}
    return found["command"], "command"


def listed(words: str, kind: str) -> list[str]:
    """The commands, each as code, of an item that only lists some: among commands, or behind the label `Commands:`; [] for any other item."""
    found = LISTED.match(words)
    return SPAN.findall(found["all"]) if found and (kind == "command" or found["label"]) else []


__all__ = ["NOTED", "command", "fenced", "listed"]
