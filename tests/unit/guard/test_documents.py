"""What a project's own documents settled."""

from passdown.guard.documents import settled
from passdown.loading.markdown import Markdown

DECISIONS = """# Decisions

## Decision 1: Polars for data frames
**Decision:** polars everywhere
**Rationale:** ten times faster
**Alternatives considered:**
- pandas: slow
- dask: a cluster

## Decision 2: Flask
Status: superseded by 3
"""


def test_decisions_in_force_become_records_with_their_reason_and_alternatives() -> None:
    """What was superseded is left out; the place is the anchor."""
    [found] = settled(Markdown(DECISIONS), "docs/decisions.md", -1, decided=True)
    assert [a.place for a in found.anchors] == ["docs/decisions.md:3"]
    assert found.details == {"why": "ten times faster", "alternative": ("pandas: slow", "dask: a cluster")}


def test_a_deferral_holds_until_its_phase() -> None:
    """In phase 4 what waited for it is settled no more."""
    page = Markdown("# Session context\n\n- MLOps is deferred until phase 4.\n")
    assert [r.detail("until") for r in settled(page, "SESSION_CONTEXT.md", 1, decided=False)] == ["phase 4"]
    assert list(settled(page, "SESSION_CONTEXT.md", 4, decided=False)) == []


def test_what_is_not_to_be_done_is_settled() -> None:
    """Items below "What NOT to do" are rules."""
    page = Markdown("# Session context\n\n## What NOT to do\n\n- Call the model from a view\n")
    assert [r.text for r in settled(page, "SESSION_CONTEXT.md", -1, decided=False)] == ["Never: Call the model from a view"]


def test_an_entry_is_known_by_its_words() -> None:
    """Lines above it, another number and other reasons leave it what it is; another decision is another one."""
    [first] = settled(Markdown(DECISIONS), "docs/decisions.md", -1, decided=True)
    above = DECISIONS.replace("# Decisions", "# Decisions\n\nNumbered in the order of time.")
    moved = above.replace("Decision 1", "Decision 7").replace("ten times", "twice as")
    [second] = settled(Markdown(moved), "docs/choices.md", -1, decided=True)
    [other] = settled(Markdown(DECISIONS.replace("Polars for", "DuckDB for")), "docs/decisions.md", -1, decided=True)

    assert first.anchors != second.anchors
    assert first.id == second.id != other.id
