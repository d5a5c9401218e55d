"""The session file: readable above, complete below."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from passdown.errors import InvalidRecord
from passdown.formats.session_file import parse, render, shared_view
from passdown.model.session import (
    CheckFact,
    CommandFact,
    CommitFact,
    ErrorFact,
    FileFact,
    Reading,
    Session,
    SubagentFact,
    TodoFact,
    UsageFact,
)

SESSION = Session(
    id="s-1", agent="claude-code", started="2026-01-02T10:00:00Z", ended="2026-01-02T11:00:00Z", title="Outbox: a queue", cwd="/home/ann/shop", branch="feat",
    branches=("main", "feat"), head="abc1234", wall_s=3_600, active_s=1_500, prompts=3, tool_calls=12, events=40,
    goal="Make the queue safe.\n\n## Facts\n\n```json\n{}",
    asks=("Also test it.",), plan="# Plan", last_words="Done. Next: delete the poller.",
    files=(FileFact("src/queue.py", 2, 3, last="2026-01-02T10:30:00Z", why="It runs twice."), FileFact("/home/ann/notes.md", 1), FileFact("old.py", 0, 0,
        deleted=True)),
    commands=(CommandFact("pytest -q", 4, 1, True, 0, "2026-01-02T10:40:00Z", "test", "24 passed in 1s"), CommandFact("ls `pwd`")),
    checks=(CheckFact("pytest", "pytest -q", False, 23, 1, -1, "1 failed, 23 passed", "2026-01-02T10:41:00Z"),),
    commits=(CommitFact("1a2b3c4", "Add outbox", "2026-01-02T10:50:00Z", "feat"),), todos=(TodoFact("write docs", "pending"), TodoFact("tests", "completed")),
    errors=(ErrorFact("npm test", "Error: no table", "2026-01-02T10:10:00Z", 7, "edited db.py"), ErrorFact("make", "Error 1", "", 9)),
    summaries=("so far",), subagents=(SubagentFact("a1", "Look", "Found it", 3),), usage=(UsageFact("m", 1, 2, 3, 4, 0.25), UsageFact("n", 5)),
    reading=Reading(50, 40, {"progress": 10}, 0))

TEXT = st.text(max_size=40) | st.sampled_from(["", "a\nb", "---", "\n## Facts\n\n```json\n", "```", '"', "é\u2028", "\ud800", "no", "1e3", "a\r\nb"])
NUMBER = st.integers(0, 10**9)
MAYBE = st.none() | st.booleans()
SESSIONS = st.builds(
    Session, id=st.text("abc-123:", min_size=1), agent=TEXT, started=TEXT, title=TEXT, branch=TEXT, cwd=TEXT, goal=TEXT, last_words=TEXT, plan=TEXT,
    wall_s=NUMBER,
    prompts=NUMBER, branches=st.lists(TEXT, max_size=3).map(tuple), asks=st.lists(TEXT, max_size=3).map(tuple), summaries=st.lists(TEXT, max_size=2).map(tuple),
    files=st.lists(st.builds(FileFact, path=TEXT, reads=NUMBER, edits=NUMBER, created=st.booleans(), last=TEXT, why=TEXT), max_size=3).map(tuple),
    commands=st.lists(st.builds(CommandFact, command=TEXT, runs=NUMBER, ok=MAYBE, exit_code=st.none() | NUMBER, said=TEXT), max_size=3).map(tuple),
    checks=st.lists(st.builds(CheckFact, tool=TEXT, command=TEXT, ok=st.booleans(), failed=st.integers(-1, 9)), max_size=2).map(tuple),
    commits=st.lists(st.builds(CommitFact, sha=TEXT, subject=TEXT), max_size=2).map(tuple),
    todos=st.lists(st.builds(TodoFact, text=TEXT, status=TEXT), max_size=2).map(tuple),
    errors=st.lists(st.builds(ErrorFact, what=TEXT, message=TEXT, event=NUMBER), max_size=2).map(tuple),
    subagents=st.lists(st.builds(SubagentFact, id=TEXT, task=TEXT, calls=NUMBER), max_size=2).map(tuple),
    usage=st.lists(st.builds(UsageFact, model=TEXT, input=NUMBER, cost=st.none() | st.floats(0, 1e6)), max_size=2).map(tuple),
    reading=st.builds(Reading, rows=NUMBER, skipped=st.dictionaries(TEXT, NUMBER, max_size=2)))


@settings(max_examples=150, deadline=None)
@given(SESSIONS)
def test_parse_takes_back_what_render_wrote(session: Session) -> None:
    """Whatever is in a session, even text that looks like our own format."""
    assert parse(render(session)) == session
    assert render(parse(render(session))) == render(session)
    assert parse(render(session, shared=True)) == shared_view(session)


def test_the_sections_read_well() -> None:
    """What a person wants to know stands above the facts."""
    text = render(SESSION)

    for line in (
        "# Outbox: a queue", "> Make the queue safe.", "- Also test it.", "- `src/queue.py` changed, 3 edits: It runs twice.", "- `old.py` deleted",
        "- `pytest -q` → ok, 4 runs, 1 failed: 24 passed in 1s", "- ✗ pytest: 1 failed, 23 passed (`pytest -q`)", "- `1a2b3c4` Add outbox", "- [ ] write docs",
        "- [x] tests", "- `npm test`: Error: no table → edited db.py", "- `make`: Error 1 (open)", "> Done. Next: delete the poller.",
        "- 25 min of work in 1 h 0 min", "- 15 tokens (m, n), $0.25 at list price for the models with a known price",
    ):
        assert f"\n{line}\n" in text, line


def test_what_is_private_is_not_shared() -> None:
    """Tokens, cost, durations, times of day, directories and files of the machine stay at home."""
    text = render(SESSION, shared=True)

    for private in ("tokens", "$", "cost", "wall_s", "active_s", "10:", "11:00", "/home/ann", "rows"):
        assert private not in text, private
    assert "2026-01-02" in text
    assert parse(text).files == tuple(replace(f, last=f.last[:10]) for f in SESSION.files if f.path != "/home/ann/notes.md")


def test_a_file_of_a_later_version_is_read() -> None:
    """Unknown keys are passed over, and CRLF does no harm."""
    text = render(SESSION).replace('"prompts": 3', '"mood": "good",\n"prompts": 3').replace('{"path": "src/queue.py"', '{"colour": 1, "path": "src/queue.py"')

    assert parse(text) == SESSION
    assert parse(text.replace("\n", "\r\n")) == SESSION


@pytest.mark.parametrize("text", [
    "", "no front matter", "---\nid: a\n---\n", "---\nagent: x\n---\n\n# x\n\n## Facts\n\n```json\n{}\n```\n",
    "---\nid: a\n---\n\n## Facts\n\n```json\n{broken\n```\n",
    '---\nid: a\n---\n\n## Facts\n\n```json\n[]\n```\n', '---\nid: a\n---\n\n## Facts\n\n```json\n{"files": [{"reads": 1}]}\n```\n',
    '---\nid: a\n---\n\n## Facts\n\n```json\n{"files": [3]}\n```\n', '---\nid: a\n---\n\n## Facts\n\n```json\n{"prompts": "x"}\n```\n'])
def test_what_is_no_session_file_is_refused(text: str) -> None:
    """With a named error, whatever is wrong."""
    with pytest.raises(InvalidRecord):
        parse(text, "x.md")


def test_cut_at_any_length_it_is_refused_or_whole() -> None:
    """A torn file never gives other facts."""
    text = render(SESSION)
    for length in range(len(text)):
        try:
            assert parse(text[:length]) == SESSION
        except InvalidRecord:
            continue


def test_reading_is_fast() -> None:
    """A typical file is read in under a millisecond: a briefing reads many."""
    text = render(replace(SESSION, files=tuple(FileFact(f"src/{i}.py", 1, i, why="x" * 80) for i in range(60)), commands=SESSION.commands * 20))
    parse(text)
    begun = time.process_time()
    for _ in range(20):
        parse(text)
    assert (time.process_time() - begun) / 20 < 0.005
