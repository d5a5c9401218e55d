"""Markdown as loading needs it: lines with their offsets, which of them are fenced, sections, and the part that an anchor names."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property

import msgspec

_FENCE = re.compile(r"[ \t]{0,12}(?:>[ \t]?){0,4}(`{3,8}|~{3,8})")
_HEADING = re.compile(r" ?(#{1,6})[ \t]+(.*?)[ \t]*$")  # one that is indented further is a line of a list item
_ID = re.compile(r"<[a-zA-Z][\w-]*[^>\n]{0,80}\b(?:id|name)\s*=\s*[\"']?([\w.-]{1,80})")
_OPENING = re.compile(r"<([a-zA-Z][\w-]*)")
_OWN_ID = re.compile(r"\{#([\w.-]{1,80})\}")
_DECORATION = re.compile(r"\*\*|__|`|\{#[^}]*\}|#+\s*$")


class Section(msgspec.Struct, frozen=True):
    """A heading and what stands below it, deeper headings too. first, last: 1-based lines, both inclusive."""

    level: int
    title: str
    first: int
    last: int


class Markdown:
    """One document's text. Lines are parted at LF alone, so that numbers are those of an editor and of git."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines: list[str] = text.split("\n")

    @cached_property
    def starts(self) -> list[int]:
        """Offset of each line."""
        out, at = [], 0
        for line in self.lines:
            out.append(at)
            at += len(line) + 1
        return out

    def line_of(self, offset: int) -> int:
        """The 1-based line that holds an offset."""
        return bisect_right(self.starts, offset)

    @cached_property
    def fenced(self) -> list[bool]:
        """For each line whether it belongs to a fenced block. A fence that nothing closes is none: one stray line must not hide the rest."""
        return _fenced(self.lines) if "```" in self.text or "~~~" in self.text else [False] * len(self.lines)

    @cached_property
    def sections(self) -> list[Section]:
        """All sections in order; each ends before the next heading of its own level or above."""
        found = list(_headings(self.lines, self.fenced))
        out, open_ = [0] * len(found), list[int]()
        for n, (number, level, _) in enumerate(found):
            while open_ and found[open_[-1]][1] >= level:
                out[open_.pop()] = number - 1
            open_.append(n)
        for n in open_:
            out[n] = len(self.lines)
        return [Section(level, title, number, last) for (number, level, title), last in zip(found, out, strict=True)]

    @cached_property
    def heads(self) -> list[int]:
        """Offsets of first and second headings, at which a text may be cut."""
        return [self.starts[s.first - 1] for s in self.sections if s.level <= 2]

    def part(self, first: int, last: int) -> str:
        """Lines first to last, 1-based and inclusive."""
        return "\n".join(self.lines[first - 1: last])

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Offsets of lines first to last with their line ends, 1-based and inclusive."""
        return self.starts[first - 1], self.starts[last - 1] + len(self.lines[last - 1]) + 1

    def anchored(self, anchor: str) -> Section | None:
        """What `#anchor` names: an element with that id, else the heading with that slug, else the first whose slug begins with it."""
        wanted = slug(anchor)
        return self._element(anchor) or next(
            (s for fits in (str.__eq__, _begins) for s in self.sections if fits(slug(s.title), wanted)), None) if wanted else None

    def _element(self, anchor: str) -> Section | None:
        """The section around `<section id="…">`, up to its closing tag or else to the end of the heading's section that holds it."""
        for number, line in enumerate(self.lines, 1):
            if "<" in line and not self.fenced[number - 1] and any(m[1] == anchor for m in _ID.finditer(line)):
                return Section(0, anchor, number, self._closing(line, number))
            own = _OWN_ID.search(line) if "{#" in line else None
            if own and own[1] == anchor:
                return next((s for s in self.sections if s.first == number), None)
        return None

    def _closing(self, line: str, number: int) -> int:
        tag = _OPENING.search(line)
        closing = f"</{tag[1]}>" if tag else ""
        if closing not in line and tag and tag[1].lower() not in ("a", "span"):
            for at in range(number, len(self.lines)):
                if closing in self.lines[at]:
                    return at + 1
        following = next((s for s in self.sections if number < s.first <= number + 2), None)  # an anchor above its heading
        around = [s for s in self.sections if s.first <= number <= s.last]
        return following.last if following else around[-1].last if around else len(self.lines)


def _begins(heading: str, wanted: str) -> bool:
    return heading.startswith(wanted + "-")


def slug(title: str) -> str:
    """A heading's words in lower case with `-` between, as code forges name it, without what decorates it."""
    return "-".join(re.findall(r"[^\W_]+", _DECORATION.sub("", title).lower()))


def _headings(lines: Sequence[str], fenced: Sequence[bool]) -> Iterator[tuple[int, int, str]]:
    """Line, level and title of each heading outside fenced blocks."""
    for number, line in enumerate(lines, 1):
        if "#" in line and not fenced[number - 1]:
            match = _HEADING.match(line[:400])
            if match:
                yield number, len(match[1]), _DECORATION.sub("", match[2]).strip()


def _fenced(lines: Sequence[str]) -> list[bool]:
    out = [False] * len(lines)
    hopeless: set[str] = set()  # fences that nothing closes from here to the end, so that hostile texts cost no more than others
    at = 0
    while at < len(lines):
        opening = _FENCE.match(lines[at][:60]) if "```" in lines[at] or "~~~" in lines[at] else None
        end = _close(lines, at, opening[1]) if opening and opening[1] not in hopeless else 0
        if opening and not end:
            hopeless.add(opening[1])
        if end:
            out[at: end + 1] = [True] * (end + 1 - at)
        at = (end or at) + 1
    return out


def _close(lines: Sequence[str], at: int, fence: str) -> int:
    """The line that closes the fence opened at a line, 0 for none."""
    for number in range(at + 1, len(lines)):
        line = lines[number]
        if fence in line and not line.strip(" \t>\r").strip(fence[0]):
            return number
    return 0


__all__ = ["Markdown", "Section", "slug"]
