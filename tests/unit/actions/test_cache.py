"""What is rendered for hooks says what `resume` says, with slots for what may change."""

from pathlib import Path

import pytest

from passdown.actions.after_hook import drain
from passdown.actions.cache import list_transcripts, render_cache, render_topics, slotted, stamped
from passdown.actions.capture import capture
from passdown.actions.change import forget_record
from passdown.actions.init import init
from passdown.actions.note import note
from passdown.actions.resume import resume
from passdown.briefing.situation import Standing
from passdown.hooks import briefing, place, spool, tails, topics
from passdown.model.anchor import Anchor
from passdown.model.briefing import Request
from passdown.project import Project, open_project

CLAUDE = Path(__file__).parents[2] / "golden" / "transcripts" / "claude-code" / "session.jsonl"
NOW = "2026-03-02T18:00:00Z"


@pytest.fixture
def project(repository: Path) -> Project:
    (repository / "src").mkdir()
    (repository / "src" / "login.py").write_text("def login(): ...\n")
    found = open_project(repository, NOW)
    init(found)
    (repository / ".passdown" / "config.toml").write_text(f'cwd_maps = ["/home/dev/shop={repository}"]\n')
    return open_project(repository, NOW)


def loaded(project: Project) -> tuple[briefing.Briefing, place.Store]:
    store = place.find(str(project.root))
    assert store
    found = briefing.load(store)
    assert found
    return found, store


def test_filled_at_once_it_is_what_resume_says(project: Project) -> None:
    """Line by line, but for the mark and for lines that other budgets shorten."""
    capture(project, [CLAUDE])
    note(project, "decision", "Sessions live in a cookie", {"why": "no server state"}, ["src/login.py:1"])
    render_cache(project)
    found, store = loaded(project)
    lines = found.filled(str(project.root), project.clock.time().timestamp()).splitlines()
    said = resume(project, Request()).text.splitlines()

    assert [line for line in lines if "pd:" not in line] == [line for line in said if "pd:" not in line]
    assert "src/login.py:1 ✔" in "\n".join(lines)
    assert found.current(store)


def test_a_note_makes_it_outdated_and_forgetting_takes_it_away(project: Project) -> None:
    """What was forgotten must not be said once more."""
    kept = note(project, "decision", "Sessions live in a cookie", {}).record
    path = render_cache(project)
    found, store = loaded(project)
    note(project, "decision", "Another one", {})

    assert not found.current(store)
    forget_record(project, kept.id)
    assert not path.exists()


@pytest.mark.parametrize(("anchor", "mark"), [
    (Anchor("src/login.py"), "~"), (Anchor("src/login.py", 1, 1), "~ (file changed)"),
    (Anchor("src/login.py", symbol="login", signature="0123456789ab"), "~ (file changed)")])
def test_a_hook_that_sees_another_file_says_so_of_a_part(project: Project, anchor: Anchor, mark: str) -> None:
    """It cannot tell whether the lines or the symbol changed with it."""
    place_ = stamped(project.root, anchor)
    (project.root / "src" / "login.py").write_text("def login(): ...\n\n\ndef other(): ...\n")

    assert briefing.filled("\x02P0✔\x03", [place_], str(project.root), 0) == mark


def test_marks_of_places_whose_names_end_alike_are_told_apart() -> None:
    """`a.py` in `src/a.py` is not the place `a.py`."""
    text, found = slotted("[src/a.py ✔] [a.py ✗] [b.py ✔]", {"a.py": Standing("✗"), "src/a.py": Standing("✔"), "c.py": Standing("✔")},
                          [Anchor("a.py"), Anchor("src/a.py"), Anchor("c.py"), Anchor("a.py")])

    assert text == "[src/a.py \x02P0✔\x03] [a.py \x02P1✗\x03] [b.py ✔]"
    assert [a.path for a in found] == ["src/a.py", "a.py"]


def test_a_transcript_that_cannot_be_read_is_remembered_until_it_changes(project: Project, tmp_path: Path) -> None:
    """It is tried once, said to be unread, and not waited for at every start."""
    broken = tmp_path / "broken.jsonl"
    broken.write_bytes(b"\0\1\2 no transcript")
    private = str(project.layout.private)
    spool.put(private, spool.Pointer(str(broken), str(project.root), "claude-code", "Stop", "s"))
    drain(project)
    list_transcripts(project)

    assert spool.waiting(private) == []
    assert tails.rows(private)[str(broken)][1] == "NotATranscript"
    assert tails.missing(private) == {}
    assert "could not be read" in resume(project, Request()).text
    broken.write_bytes(b"\0" * 100)
    assert list(tails.missing(private)) == [str(broken)]


def test_a_pointer_waits_for_a_transcript_that_is_not_there_yet(project: Project, tmp_path: Path) -> None:
    """Hosts fire a start before they write the first line."""
    private = str(project.layout.private)
    spool.put(private, spool.Pointer(str(tmp_path / "later.jsonl"), str(project.root), "claude-code", "SessionStart", "s"))
    drain(project)

    assert len(spool.waiting(private)) == 1
    (tmp_path / "later.jsonl").write_bytes(CLAUDE.read_bytes())
    assert [c.new_events > 0 for c in drain(project)] == [True]
    assert spool.waiting(private) == []


def test_a_session_of_another_project_is_not_captured_here(project: Project, tmp_path: Path) -> None:
    """The agent changed into this repository for a while; its session belongs to where it began."""
    other = tmp_path / "other"
    other.mkdir()
    moved = tmp_path / "moved.jsonl"
    moved.write_text(CLAUDE.read_text().replace("/home/dev/shop", str(other)))
    spool.put(str(project.layout.private), spool.Pointer(str(moved), str(project.root), "claude-code", "Stop", "s"))

    assert drain(project) == []
    assert spool.waiting(str(project.layout.private)) == []


def test_a_transcript_whose_first_row_is_half_written_is_captured_under_its_own_name(project: Project, tmp_path: Path) -> None:
    """A hook may meet it at any moment; until something is said nothing is missing either."""
    rows = CLAUDE.read_bytes()
    growing = tmp_path / "growing.jsonl"
    growing.write_bytes(rows[:200])
    private = str(project.layout.private)
    spool.put(private, spool.Pointer(str(growing), str(project.root), "claude-code", "Stop", "s"))
    first = drain(project)
    growing.write_bytes(rows)

    assert [(c.session, c.error) for c in first] == [("", None)]
    assert list(tails.missing(private)) == [str(growing)]
    assert [c.session[:8] for c in drain(project)] == ["c0ffee00"]


def test_a_table_of_the_same_records_is_kept_and_stays_current(project: Project) -> None:
    """Another operation that changes no record it holds costs a first line; a new record a new table."""
    note(project, "decision", "The outbox relay listens with NOTIFY", {})
    store = place.find(str(project.root))
    assert store
    before = render_topics(project).read_bytes()
    note(project, "task", "Paint the relay", {})
    assert topics.load(store) is None
    after = render_topics(project).read_bytes()
    assert topics.load(store)
    assert after.partition(b"\n")[2] == before.partition(b"\n")[2]
    note(project, "decision", "Every relay message carries its schema", {})

    assert b"schema" in render_topics(project).read_bytes()


def test_the_table_has_marks_and_no_secret(project: Project) -> None:
    """Places have the mark of when it was rendered; a row's text is redacted before its place in the table is fixed."""
    secret = "ghp_" + "a1B2" * 9
    note(project, "knowledge", f"The staging relay drops frames above 64 kB, token {secret}", {}, ["src/login.py:1"])
    text = render_topics(project).read_text()
    store = place.find(str(project.root))
    assert store
    table = topics.load(store)
    assert table
    row = topics.opened(table, "why does the staging relay drop frames", "s", set())[0]

    assert secret not in text
    assert briefing.filled(row.text, row.places, str(project.root), 0.0).endswith("[src/login.py:1 ✔]")
