"""A marked block of lines in a text file that is not ours: TOML, Markdown. What stands outside the marks keeps every byte.

The block has the file's line ends and goes to its end, behind one more line end: so that the last line need not have one.
"""

import re

import msgspec

from passdown.integrations.splices import RefusedError


class Marks(msgspec.Struct, frozen=True):
    """The lines around a block."""

    begin: str
    end: str

    @property
    def pattern(self) -> re.Pattern[str]:
        """The block with what was put before it."""
        return re.compile(rf"(?P<gap>\r?\n)?{re.escape(self.begin)}\r?\n.*?{re.escape(self.end)}(?:\r?\n|\Z)", re.DOTALL)


HASH = Marks("# passdown: begin (written by `passdown install`, removed by `passdown uninstall`)", "# passdown: end")
MARKDOWN = Marks("<!-- passdown:begin -->", "<!-- passdown:end -->")


def install(text: str, marks: Marks, block: str) -> str:
    """The text with the block in it, in its old place if it has one. block: lines, each with its end."""
    newline = "\r\n" if "\r\n" in text else "\n"
    ours = f"{marks.begin}\n{block}{marks.end}\n".replace("\n", newline)
    found = list(marks.pattern.finditer(text))
    if len(found) > 1 or text.count(marks.begin) != len(found):
        raise RefusedError("the lines that mark passdown's block are damaged, or there twice")
    if found:
        return text[: found[0].start()] + (found[0]["gap"] or "") + ours + text[found[0].end():]
    return text + (newline if text.strip("\ufeff") else "") + ours


def uninstall(text: str, marks: Marks, before: str = "") -> str:  # noqa: ARG001  the marks tell all
    """The text without the block and the line end before it, unless that is needed by what somebody wrote behind it."""
    found = marks.pattern.search(text)
    if found is None:
        return text
    front, behind = text[: found.start()], text[found.end():]
    return front + ((found["gap"] or "") if behind and not front.endswith("\n") else "") + behind


def installed(text: str, marks: Marks) -> bool:
    return bool(marks.pattern.search(text))


__all__ = ["HASH", "MARKDOWN", "Marks", "install", "installed", "uninstall"]
