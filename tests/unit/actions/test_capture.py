"""Capture: incremental, idempotent, and never losing what was kept."""

import json
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest

from passdown.actions import transcript
from passdown.actions.after_hook import after_capture
from passdown.actions.capture import Captured, capture
from passdown.actions.health import health
from passdown.actions.init import init
from passdown.errors import CaptureFailed, NotATranscript, NothingSaid, NotInitialised, UnreadableFile, UnsupportedTranscript
from passdown.model.event import Event, Prompt
from passdown.project import Project, open_project
from passdown.store import events
from passdown.store.state import State
from passdown.transcripts.stream import fingerprint
from passdown.transcripts.table import reader

SAMPLES = Path(__file__).parents[2] / "golden" / "transcripts"
SAMPLE = SAMPLES / "claude-code" / "session.jsonl"
SESSION = "c0ffee00-0000-4000-8000-00000000000a"


@pytest.fixture
def project(repository: Path) -> Project:
    opened = open_project(repository, "2026-11-20T09:12:00Z")
    init(opened)
    return opened


def one(project: Project, path: Path) -> Captured:
    [done] = capture(project, [path])
    assert done.error is None, done.error
    return done


def kept(project: Project, session: str = SESSION) -> list[Event]:
    with State(project.layout.state) as state:
        return list(events.read(project.layout.events(session), state.kept(session).length))


def copy(folder: Path, content: bytes, name: str = "session.jsonl") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def derived(project: Project) -> dict[str, str]:
    layout = project.layout.private
    return {p.relative_to(layout).as_posix(): p.read_text(encoding="utf-8") for d in ("sessions", "derived") for p in (layout / d).glob("*")}


def test_a_second_capture_adds_nothing(project: Project) -> None:
    """Captured again, an unchanged transcript gives no new event and changes no file."""
    one(project, SAMPLE)
    before = derived(project), kept(project)

    assert one(project, SAMPLE).new_events == 0
    assert (derived(project), kept(project)) == before


def test_the_events_are_numbered_in_order(project: Project) -> None:
    """Numbers run from 0 without a gap."""
    one(project, SAMPLE)

    assert [e.n for e in kept(project)] == list(range(len(kept(project))))


GROWING = sorted(p for p in SAMPLES.glob("*/*.jsonl") if reader(p.parent.name).ROW_START is None)


@pytest.mark.parametrize("sample", GROWING, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_a_growing_transcript_gives_what_the_whole_one_gives(project: Project, tmp_path: Path, sample: Path) -> None:
    """Captured after every few rows, also in the middle of one, the events and all derived files are those of one capture."""
    content = sample.read_bytes()
    grown = copy(tmp_path, b"")
    for cut in [*range(2_000, len(content), 3_001), len(content)]:
        grown.write_bytes(content[:cut])
        capture(project, [grown])
    in_pieces = derived(project)
    shutil.rmtree(project.layout.private)
    init(project)
    grown.write_bytes(content)
    one(project, grown)

    assert in_pieces == derived(project)


def test_a_truncated_transcript_loses_nothing(project: Project, tmp_path: Path) -> None:
    """When the agent cuts its log, what was kept stays, and is not told twice when the log grows again."""
    rows = SAMPLE.read_bytes().splitlines(keepends=True)
    path = copy(tmp_path, SAMPLE.read_bytes())
    one(project, path)
    before = kept(project)
    path.write_bytes(b"".join(rows[:12]))
    one(project, path)
    path.write_bytes(SAMPLE.read_bytes())
    one(project, path)

    assert kept(project) == before


def test_a_rewritten_transcript_adds_only_what_is_new(project: Project, tmp_path: Path) -> None:
    """A changed beginning is read again from the start: kept events are known again, new ones follow behind them."""
    rows = SAMPLE.read_bytes().splitlines(keepends=True)
    path = copy(tmp_path, b"".join(rows[:20]))
    one(project, path)
    before = kept(project)
    path.write_bytes(b"".join([*rows[1:20], *rows[20:]]))
    one(project, path)
    after = kept(project)

    assert after[: len(before)] == before
    assert max(Counter(map(fingerprint, after)).values()) == 1


def test_a_moved_transcript_goes_on_where_it_stopped(project: Project, tmp_path: Path) -> None:
    """The same bytes at another path are the same transcript."""
    rows = SAMPLE.read_bytes().splitlines(keepends=True)
    first = copy(tmp_path, b"".join(rows[:20]))
    one(project, first)
    moved = tmp_path / "elsewhere.jsonl"
    first.rename(moved)
    with moved.open("ab") as stream:
        stream.write(b"".join(rows[20:]))
    one(project, moved)
    in_two = [fingerprint(e) for e in kept(project)]
    shutil.rmtree(project.layout.private)
    init(project)
    one(project, moved)

    assert in_two == [fingerprint(e) for e in kept(project)]


def test_a_torn_append_is_cut_off(project: Project, tmp_path: Path) -> None:
    """Bytes behind the committed length are from a capture that was killed; the next one replaces them."""
    rows = SAMPLE.read_bytes().splitlines(keepends=True)
    path = copy(tmp_path, b"".join(rows[:20]))
    one(project, path)
    with project.layout.events(SESSION).open("ab") as stream:
        stream.write(b"\x1f\x8b torn")
    path.write_bytes(SAMPLE.read_bytes())
    one(project, path)

    assert [e.n for e in kept(project)] == list(range(len(kept(project))))
    assert [e.text for e in kept(project) if isinstance(e, Prompt)][-1] == "it should look like this"


def test_lost_cursors_are_made_again(project: Project) -> None:
    """Without state.db the transcript is read again against the kept events."""
    one(project, SAMPLE)
    before = [fingerprint(e) for e in kept(project)]
    for path in project.layout.private.glob("state.db*"):
        path.unlink()
    one(project, SAMPLE)

    assert [fingerprint(e) for e in kept(project)] == before


def test_damaged_cursors_are_put_aside(project: Project) -> None:
    """A state.db that is no database is renamed, and capture goes on."""
    one(project, SAMPLE)
    project.layout.state.write_bytes(b"no database at all, but longer than a header of one would be" * 20)
    for path in project.layout.private.glob("state.db-*"):
        path.unlink()
    one(project, SAMPLE)

    assert project.layout.state.with_suffix(".damaged").exists()


def test_a_compressed_transcript_is_read(project: Project, tmp_path: Path) -> None:
    """Cold Codex rollouts are `.jsonl.zst`."""
    import sys

    if sys.version_info >= (3, 14):
        from compression import zstd
    else:
        from backports import zstd
    sample = next((SAMPLES / "codex").glob("legacy.jsonl"))
    plain = one(project, copy(tmp_path, sample.read_bytes(), "plain.jsonl"))
    shutil.rmtree(project.layout.private)
    init(project)
    cold = one(project, copy(tmp_path, zstd.compress(sample.read_bytes()), "cold.jsonl.zst"))

    assert (cold.session, cold.new_events) == (plain.session, plain.new_events)


def test_a_damaged_compressed_transcript_is_told(project: Project, tmp_path: Path) -> None:
    """Compressed bytes that do not decompress give an error, not a fault."""
    [done] = capture(project, [copy(tmp_path, b"\x28\xb5\x2f\xfd" + b"damaged" * 100, "cold.jsonl.zst")])

    assert isinstance(done.error, UnreadableFile)


def test_paths_are_those_of_the_project(project: Project) -> None:
    """With a map from where the session ran, files are named relative to the project."""
    [done] = capture(project, [SAMPLE], [("/home/dev/shop", str(project.root))])

    assert done.facts is not None
    assert set(done.facts.files_changed) == {"src/login.py", "src/clock.py"}


def test_anchored_files_are_hashed_as_they_are(project: Project) -> None:
    """A file that is there when its session is captured is remembered by its content."""
    (project.root / "src").mkdir()
    (project.root / "src" / "login.py").write_text("clock.now()\n")
    capture(project, [SAMPLE], [("/home/dev/shop", str(project.root))])
    [session] = [p.read_text(encoding="utf-8") for p in (project.layout.private / "sessions").glob("*")]
    facts = json.loads(session.split("```json\n")[1].split("\n```")[0])

    assert {f["path"]: bool(f.get("seen")) for f in facts["files"]}["src/login.py"]


def test_without_a_store_nothing_is_read(repository: Path) -> None:
    """Capture needs `init`."""
    with pytest.raises(NotInitialised):
        capture(open_project(repository), [SAMPLE])


@pytest.mark.parametrize(("content", "error"), [
    (b"\x00\x01\x02\xff" * 100, NotATranscript), (b"just a text\n" * 50, NotATranscript), ("ÿþ".encode("utf-16"), NotATranscript),
    (b'{"role": "_system_prompt", "content": "hello"}\n', UnsupportedTranscript)])
def test_what_is_no_transcript_is_told_and_the_rest_captured(project: Project, tmp_path: Path, content: bytes, error: type) -> None:
    """Binary, no session, foreign: a named error each, and the next transcript is still read."""
    [bad, good] = capture(project, [copy(tmp_path, content, "bad.jsonl"), SAMPLE])

    assert isinstance(bad.error, error)
    assert good.new_events


def test_a_file_that_cannot_be_read_is_told(project: Project, tmp_path: Path) -> None:
    """Missing files, folders and files without permission each give one error."""
    closed = copy(tmp_path, b"x", "closed.jsonl")
    closed.chmod(0)
    paths = [tmp_path / "missing.jsonl", tmp_path, *([closed] if os.geteuid() else [])]

    assert [type(c.error) for c in capture(project, paths)] == [UnreadableFile] * len(paths)


def test_every_prefix_of_a_transcript_is_captured_or_refused(project: Project, tmp_path: Path) -> None:
    """Cut at any byte, a small transcript gives events or a named error, never a fault."""
    content = (SAMPLES / "claude-code" / "subagent.jsonl").read_bytes()
    for cut in range(len(content)):
        [done] = capture(project, [copy(tmp_path, content[:cut], f"cut-{cut}.jsonl")])

        assert done.error is None or isinstance(done.error, NotATranscript)


def test_two_sessions_that_begin_alike_stay_apart(project: Project, tmp_path: Path) -> None:
    """Files with the same first kilobyte are two sessions when they name two."""
    alike = json.dumps({"type": "summary", "summary": "x" * 200, "leafUuid": "y"}) + "\n"
    for name in ("one", "two"):
        row = {"type": "user", "uuid": name, "sessionId": name, "timestamp": "2026-03-02T10:00:00Z", "message": {"role": "user", "content": f"hello {name}"}}
        one(project, copy(tmp_path, (alike * 8 + json.dumps(row) + "\n").encode(), f"{name}.jsonl"))

    assert [e.text for e in kept(project, "one") if isinstance(e, Prompt)] == ["hello one"]
    assert [e.text for e in kept(project, "two") if isinstance(e, Prompt)] == ["hello two"]


def test_lost_cursors_and_a_shorter_transcript_lose_nothing(project: Project, tmp_path: Path) -> None:
    """What stands in the events file counts where no committed length is known."""
    rows = SAMPLE.read_bytes().splitlines(keepends=True)
    path = copy(tmp_path, b"".join(rows[:20]))
    one(project, path)
    before = kept(project)
    for database in project.layout.private.glob("state.db*"):
        database.unlink()
    path.write_bytes(b"".join(rows[:6]))
    one(project, path)

    assert kept(project)[: len(before)] == before


def test_two_copies_of_one_session_number_their_events_once(project: Project, tmp_path: Path) -> None:
    """A copied transcript folder that grows on both sides gives each event one number."""
    rows = SAMPLE.read_bytes().splitlines(keepends=True)
    paths = [copy(tmp_path, b"".join(rows[:12]), name) for name in ("a.jsonl", "b.jsonl")]
    capture(project, paths)
    for upto in (16, 20, 24):
        for path in paths:
            path.write_bytes(b"".join(rows[:upto]))
            capture(project, [path])

    assert [e.n for e in kept(project)] == list(range(len(kept(project))))


def test_a_forgotten_session_is_never_captured_again(project: Project, tmp_path: Path) -> None:
    """Also when its transcript grows or is written anew."""
    from passdown.actions.change import forget_session
    from passdown.actions.refresh import refresh

    rows = SAMPLE.read_bytes().splitlines(keepends=True)
    path = copy(tmp_path, b"".join(rows[:20]))
    one(project, path)
    refresh(project)
    forget_session(project, SESSION)
    path.write_bytes(SAMPLE.read_bytes())
    capture(project, [path])

    assert not project.layout.events(SESSION).exists()


def says(*requests: dict[str, object]) -> bytes:
    return json.dumps({"sessionId": "v-1", "creationDate": 1772704800000, "requests": list(requests)}).encode()


def test_a_document_that_is_written_anew_gives_what_is_new_in_it(project: Project, tmp_path: Path) -> None:
    """A transcript that is one document is read as a whole each time; what was kept is not kept again, and a cut document takes nothing away."""
    first = {"requestId": "1", "timestamp": 1772704860000, "message": {"text": "Fix it"}, "response": [{"value": "Fixed."}], "result": {"timings": {}}}
    second = {**first, "requestId": "2", "timestamp": 1772704920000, "message": {"text": "And the tests"}}
    path = copy(tmp_path, says(first), "chat.json")
    one(project, path)
    path.write_bytes(says(first, second)[:-40])
    assert one(project, path).new_events == 0
    path.write_bytes(says(first, second))
    assert one(project, path).new_events == 2
    path.write_bytes(says(second))
    assert one(project, path).new_events == 0

    assert [e.text for e in kept(project, "v-1") if isinstance(e, Prompt)] == ["Fix it", "And the tests"]


def test_a_transcript_without_times_has_those_of_its_file(project: Project, tmp_path: Path) -> None:
    """Each capture that finds something new says when the file was written; read again, that is not told twice."""
    step = b'{"type": "user_input", "status": "done", "user_input": {"user_response": "%b"}}\n'
    path = copy(tmp_path, step % b"Fix it", "steps.jsonl")
    os.utime(path, (1772704800, 1772704800))
    session = one(project, path).session
    path.write_bytes(step % b"Fix it" + step % b"And the tests")
    os.utime(path, (1772708400, 1772708400))
    facts = one(project, path).facts
    assert facts
    assert (facts.started, facts.ended) == ("2026-03-05T10:00:00Z", "2026-03-05T11:00:00Z")
    before = kept(project, session)
    path.write_bytes(b"\n" + step % b"Fix it" + step % b"And the tests")
    assert one(project, path).new_events == 0

    assert kept(project, session) == before


def test_a_chat_is_captured_when_the_user_says_that_it_is_one(project: Project, tmp_path: Path) -> None:
    """Once it was, its next capture needs no word of the user."""
    path = copy(tmp_path, b"User:\nWhere is the total rounded?\n", "chat.txt")
    assert isinstance(capture(project, [path])[0].error, NotATranscript)
    first = capture(project, [path], told="chat")[0]
    path.write_bytes(path.read_bytes() + b"Assistant:\nAt the end.\n")
    grown = one(project, path)
    assert (grown.session, grown.new_events > 0) == (first.session, True)
    assert [e.text for e in kept(project, grown.session) if isinstance(e, Prompt)] == ["Where is the total rounded?"]


def test_an_empty_file_that_a_hook_points_at_is_no_error(project: Project, tmp_path: Path) -> None:
    """Hosts make the file before they write its first line; the briefing of that day has nothing of it."""
    path = copy(tmp_path, b"", "t1.jsonl")
    done = capture(project, [path])
    after_capture(project, done)

    assert done == [Captured(str(path))]
    assert isinstance(capture(project, [path], named=True)[0].error, NothingSaid)
    assert health(project) == ()


def test_a_fault_of_ours_in_one_transcript_stops_no_other(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is named with its place in the code, without the transcript's words."""
    broken = copy(tmp_path, SAMPLE.read_bytes().replace(SESSION.encode(), b"c0ffee00-0000-4000-8000-00000000000b"), "broken.jsonl")
    usual = transcript.feed
    monkeypatch.setattr(transcript, "feed", lambda work: usual(work) if work.path == SAMPLE else {}["words"])
    bad, good = capture(project, [broken, SAMPLE])

    assert isinstance(bad.error, CaptureFailed)
    assert "KeyError in test_capture.py:" in str(bad.error)
    assert "words" not in str(bad.error)
    assert good.new_events


@pytest.mark.parametrize(("name", "half"), [
    ("aider/history.md", b"#### Fix the rounding of the to"), ("specstory/tagged.md", b"_**User (2026-03-09 10:00:00Z)**_\n\nFix the rounding of the to")])
def test_half_a_line_of_a_document_waits_for_its_end(project: Project, tmp_path: Path, name: str, half: bytes) -> None:
    """What is being written is kept once, when it is whole, and nothing of its half."""
    path = copy(tmp_path, (SAMPLES / name).read_bytes() + b"\n" + half, "half.md")
    session = one(project, path).session
    path.write_bytes(path.read_bytes() + b"tal  \n")
    one(project, path)

    assert [e.text for e in kept(project, session) if "Fix the rounding of the to" in getattr(e, "text", "")] == ["Fix the rounding of the total"]
