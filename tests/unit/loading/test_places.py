"""Where documents are looked for."""

import pytest

from passdown.loading.places import MOST, context_places, may_say_when, memory_places


@pytest.mark.parametrize(("path", "is_one"), [
    ("CLAUDE.md", True), ("src/api/CLAUDE.md", True), ("AGENTS.md", True), (".claude/context/x.md", True), ("pkg/memory/y.md", True), ("notes/z.md", False),
    ("node_modules/x/CLAUDE.md", False), (".claude/worktrees/w/CLAUDE.md", False), (".claude/settings.json", False), ("docs/guide.md", False)])
def test_memory_documents_have_names_and_folders(path: str, is_one: bool) -> None:
    """Everything else is never opened."""
    assert (path in memory_places([path])[0]) == is_one


def test_further_folders_are_given() -> None:
    """By the setting `documents`."""
    assert memory_places(["notes/z.md", "notebook/a.md"], ["notes/"]) == (["notes/z.md"], 0)


def test_the_nearest_to_the_root_are_looked_at() -> None:
    """Ten thousand are too many: how many were not looked at is known."""
    found, more = memory_places([f"a/b{n}/CLAUDE.md" for n in range(10_000)] + ["CLAUDE.md"])

    assert found[0] == "CLAUDE.md"
    assert (len(found), more) == (MOST, 10_001 - MOST)


def test_a_plain_document_need_not_be_parsed() -> None:
    """Only one that says something about loading."""
    assert not may_say_when("# Rules\nUse pytest.\n")
    assert may_say_when('<load_if task="x">')


def test_the_session_context_lies_near_the_root() -> None:
    """Not in packages or fixtures."""
    assert context_places(["SESSION_CONTEXT.md", "docs/decisions.md", "docs/phases/phase1.md", "pkg/docs/a/decisions.md"]) == [
        "SESSION_CONTEXT.md", "docs/decisions.md", "docs/phases/phase1.md"]
