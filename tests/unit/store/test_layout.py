"""Every path that passdown owns."""

from pathlib import Path

import pytest

from passdown.model.record import KINDS
from passdown.store.layout import Layout, file_stem, slug

LAYOUT = Layout(Path("/r/.git/passdown"), Path("/r/.passdown"))
ID = "01m3250v00yn62s6"


def test_a_record_has_one_place_in_each_part() -> None:
    """Private file, published copy and inbox."""
    assert LAYOUT.record("test-data", ID) == Path(f"/r/.git/passdown/records/test-data/{ID}.md")
    assert LAYOUT.copy("decision", ID) == Path(f"/r/.passdown/records/decision/{ID}.md")
    assert LAYOUT.waiting(ID) == Path(f"/r/.passdown/inbox/{ID}.md")
    assert len(list(LAYOUT.record_folders())) == len(list(LAYOUT.copy_folders())) == len(KINDS)


def test_nothing_is_shared_without_a_shared_part() -> None:
    """A private layout has no path in the work tree."""
    private = Layout(Path("/r/.git/passdown"))

    assert (private.copy("decision", ID), private.waiting(ID), private.inbox, private.shared_session("", "", "s"), private.git_ignore) == (None,) * 5
    assert list(private.copy_folders()) == []


@pytest.mark.parametrize("record_id", ["../../../etc/passwd", "", "01M3250V00YN62S6", ID + "0", "a/b"])
def test_only_an_id_becomes_a_path(record_id: str) -> None:
    """What is no id of ours raises before any path is made of it."""
    with pytest.raises(ValueError, match="id"):
        LAYOUT.record("decision", record_id)
    with pytest.raises(ValueError, match="kind"):
        LAYOUT.record("../decision", ID)


ODD = ["../../x", "/etc/passwd", "", ".", "..", ".hidden", "a/b", "a\\b", "a\0b", "con", "COM1.x", "x" * 300, "ü", "a..b", "a b", "~a"]


@pytest.mark.parametrize("session", ODD)
def test_an_odd_session_id_stays_below_its_folder(session: str) -> None:
    """Ids that come from a transcript cannot lead elsewhere; each gets a name of its own."""
    for path in (LAYOUT.events(session), LAYOUT.derived(session), LAYOUT.session("2026-11-20T10:00:00Z", "Title", session)):
        assert path.parent.parent == LAYOUT.private
        assert "~" in path.name
        assert len(path.name) < 150
    assert LAYOUT.events(session) != LAYOUT.events(session + "x")


def test_a_usual_session_id_is_kept() -> None:
    """The file can be found by looking at the folder."""
    session = "0197aaaa-bbbb-7ccc-8ddd-eeeeffff0000"

    assert LAYOUT.events(session).name == f"{session}.jsonl.gz"
    assert LAYOUT.session("2026-11-20T10:00:00Z", "Fix the Queue!", session).name == f"2026-11-20-fix-the-queue-{session}.md"
    assert LAYOUT.session("", "…", session).name == f"undated-{session}.md"
    assert file_stem("agent-1.part_2") == "agent-1.part_2"


def test_slugs_are_short_and_plain() -> None:
    """Letters and digits, dashes between, at most forty characters."""
    assert slug("Über: die Queue / v2 " + "x" * 99) == "uber-die-queue-v2-" + "x" * 22


@pytest.mark.parametrize("path", [LAYOUT.record("task", ID), Path(f"/r/.passdown/records/task/{ID}.md")])
def test_names_in_the_journal_are_reversible(path: Path) -> None:
    """A name stands for the same path wherever the project lies."""
    assert LAYOUT.path_of(LAYOUT.name_of(path)) == path
    assert Layout(Path("/p"), Path("/s")).path_of(LAYOUT.name_of(path)) in {Path(f"/p/records/task/{ID}.md"), Path(f"/s/records/task/{ID}.md")}


@pytest.mark.parametrize("name", ["private:../x", "shared:/etc/passwd", "other:x", "", "private:a/../../x"])
def test_a_foreign_name_is_no_path(name: str) -> None:
    """A journal that was tampered with leads nowhere."""
    assert LAYOUT.path_of(name) is None


def test_a_store_below_the_work_tree_is_private_first() -> None:
    """Outside git the private store lies in `.passdown/local`."""
    layout = Layout(Path("/r/.passdown/local"), Path("/r/.passdown"))

    assert layout.name_of(layout.record("task", ID)) == f"private:records/task/{ID}.md"
