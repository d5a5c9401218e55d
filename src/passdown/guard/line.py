"""What is said of a settled matter, in a line: when, by whom, what was chosen and what was not, and why."""

from passdown.briefing.topics import DETAIL_CHARS, PLACES, TITLE_CHARS
from passdown.briefing.words import plain, shorten
from passdown.model.record import Record

DETAILS = (("why", "Why: "), ("alternative", "Not: "), ("instead", "Instead: "), ("lesson", "Lesson: "), ("until", "Until: "))
BY = {"user": "by the user", "noted": "noted", "extracted": "said in a session"}


def line(record: Record) -> str:
    """`Decided on 2026-11-02, by the user: SQLite. Why: … Not: … (Dabc…) [store.py]`; what was extracted stands between quotation marks.

    What a document settled has no id that could be shown: its place says where it stands.
    """
    words = shorten(plain(record.text) or record.text, TITLE_CHARS)
    said = [f'"{words}"' if record.trust == "extracted" else words]
    said += [name + shorten(value, DETAIL_CHARS) for key, name in DETAILS if (value := record.detail(key)) and value.lower() not in record.text.lower()]
    date = f" on {record.created[:10]}" if record.created else ""
    places = ", ".join(a.place for a in record.anchors[:PLACES])
    by = BY[record.trust] if record.created else "in a document"
    behind = (f" ({record.id})" if record.created else "") + (f" [{places}]" if places else "")
    return f"{lead(record)}{date}, {by}: {'. '.join(part.rstrip('.') for part in said)}.{behind}"


def lead(record: Record) -> str:
    if record.kind == "approach":
        return "Tried and failed"
    if record.detail("until"):
        return "Put off"
    return "The user asked" if record.kind == "preference" else "Decided"


__all__ = ["line"]
