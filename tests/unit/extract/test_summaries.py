"""Summaries of compactions: sections by what their headings say."""

import pytest

from passdown.extract.summaries import candidates, rest, role_of

CLAUDE = """This session is being continued from a previous conversation that ran out of context.

Analysis:
1. **Errors and fixes**:
   - The cache broke; fixed it by clearing the cache on start.

Summary:
1. Primary Request and Intent:
   Make the ledger exact.

2. Key Technical Concepts:
   - **Integer cents**: amounts are kept as integers because floats lose cents

3. Files and Code Sections:
   - `src/ledger.py`
     ```python
     4. Errors and fixes:
     ```

4. Errors and fixes:
   - **Rounding drift**: `total()` drifted by a cent because each line was rounded. Fixed by rounding the sum only.
     - User feedback: "good catch"
   - **Lint formatting**: the linter complained, fixed with its own fixer.
   - **Stale totals (CURRENT)**: the report shows yesterday's totals after an import; not yet fixed.
   - **User rejected the nightly job**: a job that recounts hides the bug, so it was removed again.

5. Problem Solving:
   - It turns out `import_lines` skips the last row when the file has no final newline.

6. All user messages:
   - "Always round half to even."

7. Pending Tasks:
   - Recount the totals after each import in `src/report.py`
   - Run the tests and the linter
   - None of the rest

8. Current Work:
   I was reading `src/report.py`.

9. Optional Next Step:
   Call `recount()` at the end of `import_lines`. The user said: "go on".

If you need specific details from before compaction, read the full transcript at: /srv/t.jsonl
Please continue the conversation from where we left off.
"""


def test_the_sections_of_a_summary() -> None:
    """Errors with their fixes, what is not fixed, what the user refused, what is pending, the next step; once each, word for word."""
    found = [(c.kind, c.text.split(":")[0].strip("*"), c.details.get("outcome", c.details.get("state"))) for c in candidates(CLAUDE)]

    assert found == [
        ("approach", "Rounding drift", "worked"), ("issue", "Stale totals (CURRENT)", None), ("approach", "User rejected the nightly job", "failed"),
        ("task", "Recount the totals after each import in `src/report.py`", "open"), ("task", "Call `recount()` at the end of `import_lines`.", "open")]
    assert next(candidates(CLAUDE)).details["why"] == "each line was rounded. Fixed by rounding the sum only"
    assert all(" ".join(c.text.split()) in " ".join(CLAUDE.split()) for c in candidates(CLAUDE))


def test_the_rest_keeps_its_offsets() -> None:
    """Sections that were read, or only tell over, are blanked; others stay where they were."""
    left = rest(CLAUDE)
    assert len(left) == len(CLAUDE)
    assert left.index("It turns out") == CLAUDE.index("It turns out")
    assert "Rounding drift" not in left
    assert "round half to even" not in left


@pytest.mark.parametrize("text", [
    "<overview>\nThe ledger.\n</overview>\n<next_steps>\n- Recount the totals after each import\n</next_steps>",
    "## Key decisions\n- Keep amounts as integer cents in one table\n\n## Remaining work\n- Recount the totals after each import",
    "**Progress**\nDone so far.\n\n**History:**\n- one\n\n**What remains to be done:**\n1. Recount the totals after each import",
])
def test_other_shapes(text: str) -> None:
    """Tags, hashes and bold lines are headings as well."""
    assert ("task", "Recount the totals after each import") in [(c.kind, c.text) for c in candidates(text)]


def test_prose_is_no_summary() -> None:
    """A reply with one heading is read as prose."""
    assert list(candidates("Pending Tasks:\n- Recount the totals after each import")) == []
    assert rest("Pending Tasks:\n- Recount") == "Pending Tasks:\n- Recount"


@pytest.mark.parametrize(("heading", "role"), [
    ("Errors and Fixes", "errors"), ("Issues encountered and resolutions", "errors"), ("Optional Next Step", "next"), ("next_steps", "tasks"),
    ("What's left", "tasks"), ("TODO", "tasks"), ("Architecture decisions", "decisions"), ("All user messages", "skip"), ("Key Technical Concepts", ""),
])
def test_roles(heading: str, role: str) -> None:
    """A heading is told by its words, whatever its case."""
    assert role_of(heading) == role
