"""Documents that others wrote in this style, read and judged."""

import re
from collections import Counter
from pathlib import Path

import pytest

from passdown.formats import checklist
from passdown.formats.base import GitState, Material
from passdown.formats.sectioned import number, parse, update
from passdown.formats.styles.session_memory import LAYOUT

FOREIGN = """# Memory

### 3. Completed Work (~50 lines, table format)
| Feature | Files Modified | Key Details |
|---------|----------------|-------------|
| Retry queue | `src/retry.py` | Drains twice |

### 4. In-Progress/Blocked
- **Blocked:** no key for the sandbox
- drain() is half done

### 5. Pending Work
1. [high] Delete the poller

### 6. Critical Knowledge
\U0001f534 CRITICAL - Id Mismatch
The id is PADDED.
File: backend/storage.py:57-78

{middle}
**Gotcha**: bodies are read once

### 7. Test Data
- session 17 has audio [As of 2026-11-01]

### 8. Quick Start
```bash
# Verify working
curl http://localhost:8000/health
```

### 11. Resume Instructions
3. CONTINUE FROM:
   - Task: continue
"""


@pytest.fixture
def document() -> str:
    return FOREIGN.format(middle="ðŸŸ¡ IMPORTANT - Slow clock\n")


def test_a_foreign_document_becomes_records_by_section(document: str) -> None:
    """Kinds follow sections and labels; severity, places and dates are read, also where the marks were mis-decoded."""
    found = {f.record.title: f.record for f in parse(LAYOUT, document)}

    assert [(r.kind, t) for t, r in found.items()] == [
        ("task", "Retry queue"), ("blocker", "no key for the sandbox"), ("task", "drain() is half done"), ("task", "Delete the poller"),
        ("knowledge", "Id Mismatch"), ("knowledge", "Slow clock"), ("knowledge", "bodies are read once"), ("test-data", "session 17 has audio"),
        ("command", "curl http://localhost:8000/health")]
    assert found["Id Mismatch"].detail("severity") == "critical"
    assert found["Slow clock"].detail("severity") == "important"
    assert [a.place for a in found["Id Mismatch"].anchors] == ["backend/storage.py:57-78"]
    assert found["Delete the poller"].detail("priority") == "high"
    assert found["session 17 has audio"].detail("as-of") == "2026-11-01"


def test_lines_of_what_was_found_are_those_of_the_document(document: str) -> None:
    """`first` and `last` point at the text."""
    lines = document.split("\n")

    for one in parse(LAYOUT, document):
        assert one.record.title.split(" - ")[0] in "\n".join(lines[one.first - 1: one.last])


def test_the_checklist_judges_any_document(document: str) -> None:
    """Each point that this document fails is failed, with a reason that names it."""
    sections = checklist.bodies(document, number(LAYOUT))
    facts = checklist.Facts(("backend/storage.py",), (checklist.Resolved("curl http://localhost:8000/health", True, "resolves"),))
    verdicts = [(c.ok, c.why) for c in checklist.verify(sections, Material("2026-11-20T09:00:00Z", root="/project"), facts)]

    assert checklist.paths(sections) == ["src/retry.py", "backend/storage.py"]
    assert [ok for ok, _ in verdicts] == [True, False, False, True, None, False, False]
    assert "section 1 does not say" in verdicts[1][1]
    assert "no key for the sandbox" in verdicts[2][1]
    assert "bodies are read once" in verdicts[5][1]
    assert "a file that is there" in verdicts[6][1]


def test_line_ends_and_byte_order_mark_stay() -> None:
    """A document with CRLF keeps it, in our lines too."""
    before = "\ufeff# M\r\n\r\n## 13. Lessons Learned\r\n\r\n- mine\r\n"
    text = update(LAYOUT, before, Material("2026-11-20T09:00:00Z", root="/project")).text

    assert text.startswith("\ufeff# M\r\n\r\n## 1. Project Overview")
    assert text.count("\n") == text.count("\r\n")
    assert "\r\n- mine\r\n" in text


def test_real_documents_of_any_style_are_updated_without_loss(data: Path) -> None:
    """Every line of every document is still there, the second update changes nothing, and reading raises nothing."""
    material = Material("2026-11-20T09:00:00Z", root="/project", git=GitState("main"))
    for path in sorted((data / "documents").rglob("*.md"))[::7]:
        text = path.read_bytes().decode("utf-8", "replace")
        parse(LAYOUT, text)
        once = update(LAYOUT, text, material).text

        assert update(LAYOUT, once, material).text == once, path
        assert not Counter(filter(str.strip, text.splitlines())) - Counter(re.sub(r" \[UPDATED: .*", "", once).splitlines() + once.splitlines()), path
