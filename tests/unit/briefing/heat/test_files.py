"""Which files the next session is likely to need."""

from passdown.briefing.heat.files import files
from passdown.briefing.heat.recency import Bearing
from passdown.model.session import FileFact, Session, TodoFact


def session(number: int, *facts: FileFact, **more: object) -> Session:
    """The higher its number, the older."""
    return Session(id=f"s{number}", agent="codex", ended=f"2026-03-{20 - number:02}T08:00:00Z", files=facts, **more)  # type: ignore[arg-type]


def paths(*sessions: Session, bearing: Bearing | None = None) -> list[str]:
    return [f.path for f in files(sessions, bearing or Bearing())]


def test_an_edit_counts_more_than_a_look_and_the_last_session_more_than_one_before() -> None:
    """Recency times what was done."""
    assert paths(session(0, FileFact("read.py", reads=1), FileFact("edited.py", edits=1)), session(1, FileFact("older.py", edits=1))) == [
        "edited.py", "older.py", "read.py"]


def test_what_was_deleted_or_lies_outside_or_is_read_anyway_is_none() -> None:
    """A briefing names what can be opened and is not known already."""
    facts = (FileFact("gone.py", edits=2, deleted=True), FileFact("/etc/hosts", reads=3), FileFact("../sibling/a.py", edits=1), FileFact("CLAUDE.md", reads=1))

    assert paths(session(0, *facts, FileFact("kept.py", reads=1))) == ["kept.py"]


def test_sessions_of_another_branch_count_little() -> None:
    """What an experiment on its own branch touched is not at hand on this one; what happened on the trunk is."""
    experiment, trunk = session(0, FileFact("try.py", edits=5), branch="experiment"), session(1, FileFact("app.py", edits=1), branch="main")

    assert paths(experiment, trunk)[0] == "try.py"
    assert paths(experiment, trunk, bearing=Bearing("fix-login"))[0] == "app.py"
    assert paths(experiment, trunk, bearing=Bearing("experiment"))[0] == "try.py"


def test_what_the_task_is_about_comes_back() -> None:
    """A session of long ago that answers the task counts as if it were recent."""
    history = [session(n, FileFact(f"f{n}.py", edits=2)) for n in range(12)]

    assert paths(*history).index("f9.py") > paths(*history, bearing=Bearing("", {"s9": 1.0})).index("f9.py")


def test_files_of_a_plan_that_was_not_carried_through_are_next() -> None:
    """They come before what it has changed already; when its list is done, they do not."""
    done = FileFact("src/store.py", edits=3)
    before = session(1, FileFact("src/upload_queue.py", reads=1), FileFact("src/other.py", edits=1))
    goal = "Implement the following plan:\n# Retries\n1. `src/store.py`\n2. the upload_queue module"

    assert paths(session(0, done, goal=goal), before)[0] == "src/upload_queue.py"
    assert paths(session(0, done, goal=goal, todos=(TodoFact("Retries", "completed"),)), before)[:2] == ["src/store.py", "src/other.py"]


def test_the_hot_ones_are_few_and_the_rest_follows_by_what_lasts() -> None:
    """Behind what is hot, a file that work came back to five times stands before one that was read once, and more lately."""
    hot = tuple(FileFact(f"hot{n}.py", edits=9) for n in range(3))
    history = [session(0, *hot), session(1), session(2), session(3), session(4, FileFact("once.py", reads=1)),
               *(session(n, FileFact("often.py", reads=1)) for n in range(5, 10))]
    found = files(history)

    assert [f.hot for f in found] == [True] * 3 + [False] * 2
    assert [f.path for f in found[3:]] == ["often.py", "once.py"]
