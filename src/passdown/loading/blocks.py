"""`<LOAD_IF task="a|b">…</LOAD_IF>`: a document cut into what is always there and what a task must ask for.

Nothing between the tags and nothing outside of them is lost: the segments and the tags put together are the document. A tag on a line of its own takes its
line with it. Tags in fenced blocks and in code spans are text. A block that is never closed ends at the next heading or tag, so that the rest stays free.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator

import msgspec

from passdown.loading.markdown import Markdown
from passdown.model.finding import Finding

_TAG = re.compile(r"<(/?)LOAD_IF\b((?:[^>\"'\n]|\"[^\"\n]{0,2000}\"|'[^'\n]{0,2000}'){0,400})>", re.IGNORECASE)
_TASK = re.compile(r"\btask\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
ALWAYS = -1
MAX_FINDINGS = 20  # of one document


class Condition(msgspec.Struct, frozen=True):
    """One block. task: the attribute's value, "" when there is none, and then it always loads. first, last: its lines. parent: the block around it."""

    task: str
    first: int
    last: int
    parent: int = ALWAYS


class Segment(msgspec.Struct, frozen=True):
    """A stretch of text: offsets, and the number of the innermost condition that it stands under, or `ALWAYS`."""

    start: int
    end: int
    condition: int = ALWAYS


class Blocks(msgspec.Struct, frozen=True):
    """conditions: outer before inner ones. segments: in order, none empty."""

    conditions: tuple[Condition, ...]
    segments: tuple[Segment, ...]
    findings: tuple[Finding, ...] = ()


class _Tag(msgspec.Struct):
    start: int
    end: int
    line: int
    opens: bool
    task: str = ""
    partner: int = -1  # of an opening tag: the closing one; -1 while there is none


def blocks(page: Markdown, where: str = "") -> Blocks:
    """The blocks of a document; never raises, linear in its length."""
    if "load_if" not in page.text.lower():
        return Blocks((), (Segment(0, len(page.text)),) if page.text else ())
    findings: list[Finding] = []
    tags = list(_tags(page, where, findings))
    closing = _paired(tags, where, findings)
    ends = _ends(page, tags)
    conditions, segments = _swept(page, tags, closing, ends)
    if any(c.parent != ALWAYS for c in conditions):
        inner = next(c for c in conditions if c.parent != ALWAYS)
        findings.append(Finding("load-if-nested", "info", f"{where}:{inner.first}", "a LOAD_IF stands inside another one", "It loads where both match."))
    return Blocks(tuple(conditions), tuple(segments), tuple(findings[:MAX_FINDINGS]))


def _tags(page: Markdown, where: str, findings: list[Finding]) -> Iterator[_Tag]:
    for number, line in enumerate(page.lines, 1):
        if "load_if" not in line.lower():
            continue
        matches = list(_TAG.finditer(line))
        if page.fenced[number - 1]:
            if matches:
                findings.append(Finding("load-if-in-code", "info", f"{where}:{number}", "a LOAD_IF in a fenced block is an example: it is not obeyed"))
            continue
        if not matches and "<load_if" in line.lower():
            findings.append(Finding("load-if-malformed", "warning", f"{where}:{number}", "a LOAD_IF tag is not complete on its line",
                                    'Write `<LOAD_IF task="a|b">` on one line.'))
        ticks, at = 0, 0
        for match in matches:
            ticks, at = ticks + line.count("`", at, match.start()), match.start()
            if ticks % 2 == 0:  # else in a code span
                yield _tag(page, match, number, where, findings)


def _tag(page: Markdown, match: re.Match[str], number: int, where: str, findings: list[Finding]) -> _Tag:
    line, at = page.lines[number - 1], page.starts[number - 1]
    alone = line.strip() == match[0]
    start, end = (at, min(at + len(line) + 1, len(page.text))) if alone else (at + match.start(), at + match.end())
    if match[1]:
        return _Tag(start, end, number, opens=False)
    task = _TASK.search(match[2])
    said = (task[1] or task[2] or task[3] or "").strip() if task else ""
    if not said:
        findings.append(Finding("load-if-without-task", "warning", f"{where}:{number}", "a LOAD_IF names no task: its text always loads",
                                'Write `<LOAD_IF task="a|b">`.'))
    return _Tag(start, end, number, opens=True, task=said)


def _paired(tags: list[_Tag], where: str, findings: list[Finding]) -> dict[int, int]:
    """Closing tag -> its opening one. A closing tag that closes nothing is passed over."""
    open_: list[int] = []
    closing: dict[int, int] = {}
    for n, tag in enumerate(tags):
        if tag.opens:
            open_.append(n)
        elif open_:
            closing[n] = open_.pop()
            tags[closing[n]].partner = n
        else:
            findings.append(Finding("load-if-stray-end", "warning", f"{where}:{tag.line}", "`</LOAD_IF>` closes nothing", "Remove it, or open its block."))
    for n in open_:
        findings.append(Finding("load-if-unclosed", "warning", f"{where}:{tags[n].line}",
                                "a LOAD_IF is never closed: it is taken to end at the next heading or tag", "Close it with `</LOAD_IF>`."))
    return closing


def _ends(page: Markdown, tags: list[_Tag]) -> dict[int, int]:
    """Opening tag that is never closed -> offset at which it is taken to end."""
    headings = [page.starts[s.first - 1] for s in page.sections]
    out = {}
    for n, tag in enumerate(tags):
        if tag.opens and tag.partner < 0:
            at = bisect_left(headings, tag.end)
            heading = headings[at] if at < len(headings) else len(page.text)
            out[n] = min(heading, tags[n + 1].start if n + 1 < len(tags) else len(page.text))
    return out


def _swept(page: Markdown, tags: list[_Tag], closing: dict[int, int], ends: dict[int, int]) -> tuple[list[Condition], list[Segment]]:
    conditions: list[Condition] = []
    segments: list[Segment] = []
    stack, at = [ALWAYS], 0
    for n, tag in enumerate(tags):
        _add(segments, at, tag.start, stack[-1])
        at = tag.end
        if tag.opens:
            last = tags[tag.partner].line if tag.partner >= 0 else page.line_of(max(tag.end, ends[n]) - 1)
            conditions.append(Condition(tag.task, tag.line, last, stack[-1]))
            if tag.partner >= 0:
                stack.append(len(conditions) - 1)
            else:
                _add(segments, at, ends[n], len(conditions) - 1)
                at = ends[n]
        elif n in closing:
            stack.pop()
    _add(segments, at, len(page.text), stack[-1])
    return conditions, segments


def _add(segments: list[Segment], start: int, end: int, condition: int) -> None:
    if end > start:
        segments.append(Segment(start, end, condition))


__all__ = ["ALWAYS", "Blocks", "Condition", "Segment", "blocks"]
