"""The one place where prose is cut into sentences: dots in code, quotations and abbreviations end none."""

import re

SHORT_LINE = 60  # a line at least this long that ends in no stop is taken to be hard-wrapped: the next one goes on with its sentence

_CODE = re.compile(r"``[^`]+``|`[^`\n]*`")
_QUOTE = re.compile(r"\"[^\"\n]{2,300}\"|“[^”\n]{2,300}”|«[^»\n]{2,300}»")
_STOP = re.compile(r"(?<![.!?…])[.!?…]++[\"'”’)\]_]*+(?=\s)|[。！？]")  # a run is tried once: a million dots are no sentence
_NEXT = re.compile(r"\s*+(\S?)")
_NO_STOP = re.compile(r"(?:\b(?:e\.g|i\.e|vs|etc|approx|resp|incl|cf|no|dr|mr|ms|st|fig)|^\d{1,2})\.$", re.IGNORECASE)
_PLAIN = {"*": " ", "’": "'", "‘": "'", "\n": " ", "\t": " ", "—": "-", "–": "-", "\u00a0": " "}
_ODD = re.compile(r"[*’‘\n\t—–\u00a0]")
FENCE = re.compile(r"^[ \t]*(?:```|~~~).*?(?:^[ \t]*(?:```|~~~)[ \t]*$|\Z)", re.MULTILINE | re.DOTALL)
_MARK = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)]|#{1,6}|>)\s+")


def mask(text: str) -> str:
    """`text` in lower case with citations filled by `_` and emphasis blanked, of the same length."""
    low = text.lower()
    if len(low) != len(text):  # a few letters grow in lower case, such as İ
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    if "`" in low:
        low = _CODE.sub(_fill, low)
    if '"' in low or "“" in low or "«" in low:
        low = _QUOTE.sub(_fill, low)
    return _ODD.sub(lambda m: _PLAIN[m[0]], low)


def _fill(match: re.Match[str]) -> str:
    return "_" * len(match[0])


def spans(raw: str, plain: str) -> list[tuple[int, int]]:
    """Where the sentences of one paragraph begin and end in `raw`, in order, white space around them left out. `plain`: its `mask`."""
    cuts = [m.end() for m in _STOP.finditer(plain) if _ends(raw, m)]
    if "\n" in raw:
        cuts = sorted({*cuts, *_line_ends(raw)})
    found = []
    for start, end in zip([0, *cuts], [*cuts, len(raw)], strict=True):
        said = raw[start:end]
        if said.strip():
            lead = len(said) - len(said.lstrip())
            found.append((start + lead, start + len(said.rstrip())))
    return found


def sentences(text: str) -> list[str]:
    """The sentences and list items of Markdown prose, in order, verbatim but for list marks; code blocks and table rows are left out."""
    out: list[str] = []
    for line in (FENCE.sub("", text) if "```" in text or "~~~" in text else text).split("\n"):
        said = _MARK.sub("", line).strip()
        if said and not said.startswith("|"):
            out += [said[start:end] for start, end in spans(said, mask(said))]
    return out


def _ends(raw: str, stop: re.Match[str]) -> bool:
    """Whether a stop ends a sentence: abbreviations don't, nor do dots in the middle of a thought."""
    if stop[0].startswith(("..", "…")):
        return not following(raw, stop.end()).islower()
    return not _NO_STOP.search(raw[max(0, stop.start() - 8):stop.start() + 1])


def following(raw: str, at: int) -> str:
    """The first character behind white space, "" at the end; nothing is copied for it."""
    found = _NEXT.match(raw, at)
    return found[1] if found else ""


def _line_ends(raw: str) -> list[int]:
    """Line breaks that end a sentence although nothing else says so: people put one thought on a line."""
    ends, at = [], 0
    for line in raw.split("\n")[:-1]:
        at += len(line) + 1
        if len(line) < SHORT_LINE:
            ends.append(at - 1)
    return ends


__all__ = ["FENCE", "mask", "sentences", "spans"]
