"""The files of one session, and of no other."""

from pathlib import Path

from passdown.store.layout import Layout
from passdown.store.sessions import facts_files, traces


def test_an_id_that_ends_another_one_is_not_taken_for_it(tmp_path: Path) -> None:
    """Session `2` has no part in the file of session `x.agent-2`, whose name ends alike."""
    for name, session in (("2026-03-02-a-2.md", '"2"'), ("2026-03-02-b-x.agent-2.md", "x.agent-2")):
        (tmp_path / "sessions").mkdir(exist_ok=True)
        (tmp_path / "sessions" / name).write_text(f"---\nid: {session}\nagent: codex\n---\n")

    assert [p.name for p in facts_files(tmp_path / "sessions", "2")] == ["2026-03-02-a-2.md"]
    assert "2026-03-02-b-x.agent-2.md" not in {p.name for p in traces(Layout(private=tmp_path), "2")}


def test_a_missing_folder_holds_nothing(tmp_path: Path) -> None:
    """Before the first capture there is no file of any session."""
    assert facts_files(tmp_path / "none", "s") == []
