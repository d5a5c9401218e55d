"""Markdown prose cut into sentences with their offsets: what a person wrote, without code, tables, quotations and pasted output."""

import re
from collections.abc import Iterator

import msgspec

from passdown.model.sentences import mask, spans

LEAD_CHARS = 100  # a longer paragraph that ends in a colon is no heading of the list below it

_LINE = re.compile(
    r"^(?P<indent>[ \t]*)(?:(?P<fence>```|~~~)|(?P<skip>[|<>⏺⎿└├│]|\d+→|\(\d+\) *[✅💡⚠❓]|(?:[-*] )?[✅✔☑❌❓💡] |[+-]<|\[?\d\d/\d\d/\d\d|\[Image"
    r"|\S+\.\w+:\d+:\d+:|[-*+] \[[xX]\] |\$ |% |@@|diff --git|\+\+\+|---|===)|(?P<hash>\#{1,6} +)"
    r"|(?P<item>(?:[-*+•–] |\d{1,3}[.)] )\s*(?:\[ \] )?)|(?P<text>\S))", re.MULTILINE)
_BOLD_LINE = re.compile(r"(?:\*\*|__)[^*]+(?:\*\*|__):?")


class Block(msgspec.Struct, frozen=True):
    """A paragraph or list item: `text[start:end]` of the message. heading: the heading or lead-in line that it stands below, "" for none."""

    start: int
    end: int
    heading: str = ""
    item: bool = False


class Sentence(msgspec.Struct, frozen=True):
    """One sentence. `text` is verbatim except that line breaks and runs of blanks are one blank.

    mask: `text` in lower case, character for character, with emphasis blanked and what is code or a quotation filled
        with `_`: what is only cited must not look like something said. A clause found in it has the same place in `text`.
    start, end: offsets in the message, end exclusive. follows: the rest of the block's sentences, in order.
    """

    text: str
    mask: str
    start: int
    end: int
    heading: str = ""
    item: bool = False
    first: bool = True
    follows: tuple["Sentence", ...] = ()

    @property
    def next(self) -> "Sentence | None":
        return self.follows[0] if self.follows else None


class _Blocks:
    """The walk over a message's lines; what is open (a paragraph, a fence, a heading) is its state."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.heading = ""
        self.fence = ""
        self.start = self.end = -1
        self.item = self.after_gap = False

    def walk(self) -> Iterator[Block]:
        expected = 0
        for line in _LINE.finditer(self.text):
            self.after_gap = line.start() > expected
            end = self.text.find("\n", line.end())
            expected = (len(self.text) if end < 0 else end) + 1
            yield from self.line(line, line.lastgroup or "text", expected - 1)
        yield from self.close()

    def line(self, line: re.Match[str], sort: str, end: int) -> Iterator[Block]:
        if self.fence or sort == "fence":
            yield from self.close()
            self.toggle(line)
        elif sort == "text" and not self.after_gap and self.start >= 0:
            self.end = end
        else:
            yield from self.close()
            self.open(line, sort, end)

    def toggle(self, line: re.Match[str]) -> None:
        if not self.fence:
            self.fence = line["fence"]
        elif line["fence"] == self.fence:
            self.fence = ""

    def open(self, line: re.Match[str], sort: str, end: int) -> None:
        if sort == "hash":
            self.heading = self.text[line.end():end].strip(" #*:")
        elif sort == "item":
            self.start, self.end, self.item = line.end(), end, True
        elif sort == "text" and not (self.after_gap and len(line["indent"]) >= 4 and not self.item):
            self.start, self.end, self.item = line.end() - 1, end, False

    def close(self) -> Iterator[Block]:
        """The open paragraph, unless it turns out to be a heading: a line in bold, or a short lead-in that ends in a colon."""
        if self.start < 0:
            return
        start, end, self.start = self.start, self.end, -1
        body = self.text[start:end].rstrip()
        if (body.endswith((":", ":**")) and len(body) <= LEAD_CHARS and "\n" not in body) or _BOLD_LINE.fullmatch(body):
            self.heading = body.strip(" *_:")
        else:
            yield Block(start, start + len(body), self.heading, self.item)


def blocks(text: str) -> Iterator[Block]:
    """Paragraphs and list items in order; fenced and indented code, tables, quotations, markup, diffs, rules and ticked boxes are left out."""
    return _Blocks(text).walk()


def sentences(text: str, block: Block) -> list[Sentence]:
    """The sentences of one block, in order."""
    raw = text[block.start:block.end]
    plain = mask(raw)
    out: list[Sentence] = []
    for start, end in reversed(spans(raw, plain)):
        said, low = raw[start:end], plain[start:end]
        if "\n" in said or "  " in said or "\t" in said:
            said = " ".join(said.split())
            low = mask(said)
        follows = (out[-1], *out[-1].follows[:1]) if out else ()
        out.append(Sentence(said, low, block.start + start, block.start + end, block.heading, block.item, start == 0, follows))
    out.reverse()
    return out


__all__ = ["Block", "Sentence", "blocks", "mask", "sentences"]
