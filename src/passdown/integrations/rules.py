"""Rules files for hosts whose hooks cannot speak, or not in time: the briefing as it was at the last capture, in a file that the host puts into each context.

A project gets one when the host's hooks have fired in it; git is told not to see it, since it may hold what was not shared. Sources:
cursor.com/docs/rules (`.mdc`, front matter `alwaysApply`), docs.windsurf.com memories and rules (`trigger: always_on`, 6,000 characters at most), seen 2026-11.
"""

from collections.abc import Mapping

import msgspec

from passdown.hooks import host

MARK = "passdown keeps this file up to date"  # by which it is known as ours


class Rules(msgspec.Struct, frozen=True):
    """head: front matter. most: characters that the host takes."""

    path: str
    head: str
    most: int = host.MAX_CHARS


RULES: Mapping[str, Rules] = {
    "cursor": Rules(host.of("cursor").RULES, "---\ndescription: Where earlier sessions on this project stopped\nalwaysApply: true\n---\n"),
    "windsurf": Rules(host.of("windsurf").RULES, "---\ntrigger: always_on\n---\n", 6_000),
}


def text(one: Rules, briefing: str) -> str:
    """The file. briefing: fenced, with its mark."""
    return f"{above(one)}{briefing}"


def above(one: Rules) -> str:
    """What stands before the briefing."""
    return f"{one.head}<!-- {MARK}; it is not in git. What is changed here is lost. -->\n\n"


def is_ours(text: str) -> bool:
    return MARK in text[:400]


__all__ = ["RULES", "Rules", "above", "is_ours", "text"]
