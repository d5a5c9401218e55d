"""The type `RedactedText` means something only if nobody else makes one."""

from pathlib import Path

import passdown

SOURCE = Path(passdown.__file__).parent
MAKERS = (
    "redaction/scan.py",  # the scanner itself
    "redaction/cuts.py",  # parts of what the scanner gave
    "store/",  # reads back what was scanned before it was written
    "formats/",  # renders records, all of whose texts were scanned when they were made
    "model/text.py",  # defines it
)
PASSERS = (
    "redaction/events.py",  # the scanner itself
    "store/",  # reads back what was scanned before it was kept
    "actions/forget.py",  # kept events with a text taken out
    "actions/transcript.py",  # kept events in batches
    "transcripts/stream.py",  # safe events with their numbers
    "actions/repair.py",  # kept events without a member that does not read
)


def makers(call: str) -> list[str]:
    return [path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py") if call in path.read_text(encoding="utf-8")]


def test_only_the_scanner_makes_redacted_text() -> None:
    """No module outside the list calls `RedactedText(...)` or casts to it."""
    assert [path for path in makers("RedactedText(") if not path.startswith(MAKERS)] == []


def test_only_known_modules_make_safe_events() -> None:
    """`SafeEvents` are made by the scanner, and by those who pass on, in part or renumbered, what it made."""
    assert [path for path in makers("SafeEvents(") if not path.startswith(PASSERS)] == []
