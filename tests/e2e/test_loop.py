"""The loop as a user runs it: real processes, a real repository, our own sample sessions."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).parents[1] / "golden" / "transcripts"
CLAUDE = SAMPLES / "claude-code" / "session.jsonl"
Passdown = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def store(passdown: Passdown) -> Passdown:
    passdown("init", "--yes")
    return passdown


def data(done: "subprocess.CompletedProcess[str]") -> Any:
    return json.loads(done.stdout)


def note(store: Passdown, *words: str) -> str:
    return str(data(store("note", *words, "--json"))["record"]["id"])


def test_init_is_idempotent_and_says_what_lies_where(passdown: Passdown, repository: Path) -> None:
    """A second `init` changes no file."""
    assert "Started" in passdown("init").stdout
    before = {p: p.read_bytes() for p in (repository / ".passdown").rglob("*")}

    assert "Already there" in passdown("init", "--yes").stdout
    assert {p: p.read_bytes() for p in (repository / ".passdown").rglob("*")} == before


def test_a_private_store_leaves_the_work_tree_alone(passdown: Passdown, repository: Path) -> None:
    """With --private git sees nothing, also after notes and a capture."""
    passdown("init", "--private")
    passdown("note", "decision", "Keep it private")
    passdown("capture", "--transcript", str(CLAUDE))

    assert not (repository / ".passdown").exists()
    assert subprocess.run(["git", "status", "--porcelain"], cwd=repository, capture_output=True, check=True).stdout == b""


def test_capture_then_resume_tells_where_things_stand(store: Passdown, repository: Path) -> None:
    """The briefing names the last words, the files worked on and the branch."""
    store("capture", "--agent", "claude-code", "--transcript", str(CLAUDE), "--cwd-map", f"/home/dev/shop={repository}")
    briefing = store("resume", "--now", "2026-03-03T09:00:00Z").stdout

    assert "All right, logout stays." in briefing
    assert "src/login.py" in briefing
    assert "main @" in briefing


@pytest.mark.parametrize("budget", [60, 120, 250, 500, 1_000, 2_000])
def test_a_briefing_keeps_its_budget(store: Passdown, budget: int) -> None:
    """By our estimate and by characters / 4."""
    store("capture", "--transcript", str(CLAUDE))
    for number in range(12):
        store("note", "decision", f"Decision number {number}: use approach {number} " + "because it is better " * 20)
    briefing = data(store("resume", "--budget", str(budget), "--json"))

    assert briefing["tokens"] <= budget
    assert len(briefing["text"]) / 4 <= budget


def test_a_note_is_listed_shown_found_and_briefed(store: Passdown, repository: Path) -> None:
    """One record through every verb that looks."""
    (repository / "src").mkdir()
    (repository / "src" / "outbox.py").write_text("class Outbox: ...\n")
    found = note(store, "decision", "SQLite outbox, not Redis", "--why", "no server to run", "--alternative", "Redis", "--file", "src/outbox.py:1")

    assert found in store("list").stdout
    assert "no server to run" in store("show", found[:12]).stdout
    assert data(store("search", "why not redis?", "--json"))[0]["id"] == found
    assert [r["id"] for r in data(store("why", "src/outbox.py:1", "--json"))["records"]] == [found]
    assert "src/outbox.py:1 ✔" in store("resume").stdout


def test_a_changed_place_is_told_with_its_commit(store: Passdown, repository: Path) -> None:
    """✔ becomes ~ with the commit that changed it, and ✗ when it is gone."""
    (repository / "a.py").write_text("one\n")
    note(store, "decision", "Rely on a", "--file", "a.py")
    (repository / "a.py").write_text("two\n")
    for words in (["add", "-A"], ["commit", "-qm", "Change a"]):
        subprocess.run(["git", *words], cwd=repository, check=True)
    changed = store("resume").stdout
    (repository / "a.py").unlink()

    assert 'a.py ~ changed' in changed
    assert '"Change a"' in changed
    assert "a.py ✗" in store("resume").stdout


def test_what_was_never_seen_is_not_called_gone(store: Passdown) -> None:
    """A place that was not there when it was noted has no mark."""
    note(store, "decision", "Put it into the new file", "--file", "not/yet.py")

    assert "[not/yet.py]" in store("resume").stdout


def test_records_change_and_every_change_can_be_undone(store: Passdown) -> None:
    """Edit, supersede, resolve and archive, each taken back in turn."""
    first = note(store, "task", "Delete the poller")
    store("edit", first, "--set", "priority=high")
    second = data(store("supersede", first, "Delete the poller and its tests", "--json"))["record"]
    store("resolve", second["id"], "--how", "done in 3f9ac21")
    records = {r["id"]: r for r in data(store("list", "--all", "--json"))}

    assert records[first]["status"] == "superseded"
    assert records[second["id"]]["status"] == "resolved"
    assert records[second["id"]]["priority"] == "high"

    for _ in range(4):
        store("undo")

    assert data(store("list", "--all", "--json")) == []
    assert "no operation" in store("undo", code=34).stderr


def test_a_shared_record_is_a_file_in_the_work_tree(store: Passdown, repository: Path) -> None:
    """`share` publishes canonical Markdown; a hand edit of it is taken into the store."""
    found = note(store, "decision", "Use tabs")
    store("share", found)
    copy = repository / ".passdown" / "records" / "decision" / f"{found}.md"
    copy.write_text(copy.read_text().replace("Use tabs", "Use spaces"))

    assert "Use spaces" in store("show", found).stdout


def test_an_extracted_record_becomes_ones_own_when_edited(store: Passdown, repository: Path) -> None:
    """Editing promotes it: capturing again does not bring the old words back."""
    session = repository.parent / "s.jsonl"
    rows = [{"type": "user", "uuid": "u", "sessionId": "s", "timestamp": "2026-03-02T10:00:00Z", "cwd": str(repository),
             "message": {"role": "user", "content": "Please always write the test first when you touch the parser."}}]
    session.write_text("".join(json.dumps(r) + "\n" for r in rows))
    store("capture", "--transcript", str(session))
    [found] = data(store("list", "--kind", "preference", "--json"))
    store("edit", found["id"], "--text", "Tests first, always.")
    session.write_text(session.read_text() + json.dumps(rows[0] | {"uuid": "v", "message": {"role": "user", "content": "go on"}}) + "\n")
    store("capture", "--transcript", str(session))

    assert [r["text"] for r in data(store("list", "--kind", "preference", "--json"))] == ["Tests first, always."]


def test_forget_leaves_no_trace(store: Passdown, repository: Path) -> None:
    """A forgotten record is in no file of the store, compressed or not, and in no answer."""
    import gzip

    found = note(store, "decision", "The zanzibarplan is secret")
    store("share", found)
    store("search", "zanzibarplan")
    store("forget", found, "--yes")
    left = []
    for path in [*(repository / ".git" / "passdown").rglob("*"), *(repository / ".passdown").rglob("*")]:
        if path.is_file():
            content = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
            left += [path] if b"zanzibarplan" in content.lower() else []

    assert left == []
    assert data(store("search", "zanzibarplan", "--all", "--json")) == []


def test_forget_asks_where_it_can_and_refuses_where_it_cannot(store: Passdown) -> None:
    """Without a terminal and without --yes nothing is removed."""
    found = note(store, "decision", "Stay")
    store("forget", found, code=2)

    assert found in store("list").stdout


def test_sessions_and_stats_count(store: Passdown) -> None:
    """The numbers that scripts look for."""
    store("capture", "--transcript", str(CLAUDE))
    [session] = data(store("sessions", "--json"))
    sums = data(store("stats", "--json"))

    assert session["session_id"] == "c0ffee00-0000-4000-8000-00000000000a"
    assert (session["prompts"], session["tool_calls"], session["unknown_rows"]) == (6, 8, 1)
    assert (sums["sessions"], sums["prompts"]) == (1, 6)


def test_doctor_names_what_is_wrong(store: Passdown, repository: Path) -> None:
    """A healthy store exits 0; a damaged record is named, left as it is, and exits 1."""
    found = note(store, "decision", "Fine")
    store("doctor")
    path = repository / ".git" / "passdown" / "records" / "decision" / f"{found}.md"
    path.write_text("no front matter")
    done = store("doctor", code=1)

    assert str(path) in done.stdout
    assert path.read_text() == "no front matter"


@pytest.mark.parametrize(("words", "code"), [
    (["nonsense"], 2), (["note", "idea", "x"], 2), (["note", "decision", " "], 2), (["note", "decision", "x", "--severity", "critical"], 2),
    (["show", "zzzz"], 30), (["capture", "--transcript", "nowhere.jsonl"], 22), (["resume", "--budget", "3"], 2), (["list", "-C", "nowhere"], 2)])
def test_mistakes_have_the_exit_code_of_their_class(store: Passdown, words: list[str], code: int) -> None:
    """Each says on standard error what to do next, and nothing on standard output."""
    done = store(*words, code=code)

    assert done.stderr.strip()
    assert not done.stdout


def test_errors_are_json_when_asked(store: Passdown) -> None:
    """Scripts match the class, not the prose."""
    assert data(store("show", "zzzz", "--json", code=30))["error"]["code"] == "NoSuchRecord"


@pytest.mark.parametrize("verb", ["capture", "note", "resume", "search", "list", "sessions", "doctor"])
def test_without_init_every_verb_says_so(passdown: Passdown, verb: str) -> None:
    """Nothing is created in a repository in which `init` was not run."""
    words = {"note": ["decision", "x"], "search": ["x"]}.get(verb, [])

    assert "passdown init" in passdown(verb, *words, code=10).stderr


def test_the_demonstration_runs_the_whole_loop(passdown: Passdown) -> None:
    """It ends with what to type next, and leaves nothing behind."""
    done = passdown("demo")

    assert "test_drain_twice" in done.stdout
    assert "Redis" in done.stdout
    assert "passdown init" in done.stderr


def test_completion_scripts_know_every_verb(passdown: Passdown) -> None:
    """bash, zsh and fish."""
    for shell in ("bash", "zsh", "fish"):
        assert "supersede" in passdown("completion", shell).stdout


def test_a_closed_pipe_is_no_error(store: Passdown, repository: Path) -> None:
    """`passdown list | head` ends quietly."""
    import sys

    for number in range(3):
        note(store, "decision", f"number {number}")
    done = subprocess.run(f"{sys.executable} -m passdown list | head -1", shell=True, cwd=repository, capture_output=True, text=True, check=True)

    assert "Traceback" not in done.stderr


def test_a_shared_session_has_nothing_private(store: Passdown, repository: Path) -> None:
    """What was done is published; tokens, cost and times of day are not."""
    store("capture", "--transcript", str(CLAUDE))
    store("share", "--session", "c0ffee00")
    [path] = (repository / ".passdown" / "sessions").glob("*.md")
    text = path.read_text()

    assert "src/login.py" in text
    assert '"usage"' not in text
    assert "T10:" not in text.split("---")[1]


def test_a_forgotten_session_is_not_shared_any_more(store: Passdown, repository: Path) -> None:
    """Its shared facts go with what is private, and nothing lists it."""
    store("capture", "--transcript", str(CLAUDE))
    store("share", "--session", "c0ffee00")
    store("forget", "--session", "c0ffee00", "--yes")

    assert list(repository.glob(".passdown/sessions/*.md")) == []
    assert json.loads(store("sessions", "--json").stdout) == []


def test_forgetting_a_record_leaves_its_session_known(store: Passdown, repository: Path) -> None:
    """Which agent it was, and how its transcript was read, do not come from events, and stay."""
    said = {"role": "user", "content": "Decision: let's use SQLite instead of Redis because there is no server to run."}
    row = {"type": "user", "uuid": "u", "sessionId": "said", "cwd": str(repository), "timestamp": "2026-03-02T10:00:00Z", "message": said}
    transcript = repository.parent / "said.jsonl"
    transcript.write_text(json.dumps(row) + "\n")
    store("capture", "--transcript", str(transcript))
    [before] = json.loads(store("sessions", "--json").stdout)
    extracted = json.loads(store("list", "--extracted", "--json").stdout)
    store("forget", extracted[0]["id"], "--yes")
    [after] = json.loads(store("sessions", "--json").stdout)

    assert (after["agent"], after["reading"]) == (before["agent"], before["reading"])
    assert before["agent"] == "claude-code"


def test_a_briefing_says_what_does_not_hold_any_more(store: Passdown, repository: Path) -> None:
    """What `verify` finds stands in the line: a day that is over, a command that is not there."""
    store("note", "knowledge", "User 17 has the broken order", "--expires", "2026-01-02")
    text = store("resume", "--now", "2026-03-01T00:00:00Z").stdout

    line = next(line for line in text.split("\n") if "broken order" in line)
    assert "expired" in line or "2026-01-02" in line
