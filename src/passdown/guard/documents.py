"""What a project's own documents settled: its decisions, what it put off, and what is not to be done, as records that have no file of their own."""

import re
from collections.abc import Iterator

from passdown.loading import decisions, deferrals
from passdown.loading.decisions import Entry, plain
from passdown.loading.markdown import Markdown
from passdown.loading.reading import item_id
from passdown.model.anchor import Anchor
from passdown.model.record import Detail, Record

_LABEL = re.compile(
    r"^\W*(?:\*\*|__)?(?P<label>alternatives?(?: considered)?|rejected(?: alternatives)?|options considered|considered|rationale|reasons?|why|because"
    r"|decision|chosen|choice)\b"
    r"[^:\n]{0,20}?:\s*(?:\*\*|__)?\s*(?P<said>.*)$", re.IGNORECASE)
_ITEM = re.compile(r"^\s{0,6}(?:[-*+]|\d{1,2}[.)])\s+(?P<said>.+)$")
_WHY = re.compile(r"rationale|reason|why|because", re.IGNORECASE)
_CHOSEN = re.compile(r"decision|chosen|choice", re.IGNORECASE)
MOST = 100  # of one document
MAX_CHARS = 400


def settled(page: Markdown, path: str, phase: int, *, decided: bool) -> Iterator[Record]:
    """Decisions in force where the document is one of decisions, deferrals whose phase has not come, and things not to do.

    phase: the present one, -1 when it is not known.
    """
    for entry in [e for e in decisions.entries(page) if not e.gone][:MOST] if decided else ():
        yield _decision(entry, path)
    for line, said in list(deferrals.deferrals(page))[:MOST]:
        due = deferrals.until(said)
        if due < 0 or due > phase:
            yield _record(path, line, said, said, {"until": f"phase {due}" if due >= 0 else "later"})
    for line, said in list(deferrals.avoided(page))[:MOST]:
        yield _record(path, line, said, said if re.match(r"(?i)(?:do not|don'?t|never|no|avoid)\b", said) else f"Never: {said}", {})


def _decision(entry: Entry, path: str) -> Record:
    labels = _labels(entry.body.split("\n")[:80])
    chosen = "; ".join(said for label, said in labels if _CHOSEN.search(label))
    why = "; ".join(said for label, said in labels if _WHY.search(label))
    other = tuple(said for label, said in labels if not _CHOSEN.search(label) and not _WHY.search(label))
    details: dict[str, Detail] = {"why": why, "alternative": other}
    title = plain(entry.title)
    return _record(path, entry.first, title, title if not chosen or title in chosen else f"{title}: {chosen}", {k: v for k, v in details.items() if v})


def _labels(lines: list[str]) -> list[tuple[str, str]]:
    """Each label with what stands behind it, or one by one with the list below it."""
    found, open_label = list[tuple[str, str]](), ""
    for line in lines[1:]:
        match, item = _LABEL.match(line[:600]), _ITEM.match(line[:600])
        if match:
            open_label = match["label"] if not match["said"].strip() else ""
            found += [(match["label"], plain(match["said"])[:MAX_CHARS])] if match["said"].strip() else []
        elif item and open_label:
            found.append((open_label, plain(item["said"])[:MAX_CHARS]))
        elif line.strip() and not item:
            open_label = ""
    return found


def _record(path: str, line: int, words: str, text: str, details: dict[str, Detail]) -> Record:
    """words: those that it is known by, so that an edit above it does not make it another one."""
    return Record(item_id(words), "decision", text[:MAX_CHARS], details=details, anchors=(Anchor(path, line, line),))


__all__ = ["settled"]
