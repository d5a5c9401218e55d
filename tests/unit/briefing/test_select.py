"""What a line of the briefing says, and what it leaves out."""

from passdown.briefing.select import candidates
from passdown.briefing.situation import Situation
from passdown.model.record import Record
from passdown.model.session import FileFact, Session, TodoFact

NOW = "2026-03-03T09:00:00Z"


def lines(*sessions: Session) -> list[str]:
    found = sorted(candidates(Situation(now=NOW, project="shop", sessions=sessions)), key=lambda c: -c.worth)
    return [c.text for c in found]


def session(number: int, **facts: object) -> Session:
    """The higher its number, the older."""
    return Session(id=f"s{number}", agent="codex", ended=f"2026-03-0{3 - number}T08:00:00Z", tool_calls=5, **facts)  # type: ignore[arg-type]


def test_earlier_sessions_are_told_in_order() -> None:
    """The newest first, whatever their ids."""
    sessions = session(0, goal="now"), session(1, goal="Rewrite the mailer of yesterday"), session(2, goal="Draw the invoice before that")
    told = [line for line in lines(*sessions) if line.startswith("Before")]

    assert ["yesterday" in told[0], "before that" in told[1]] == [True, True]


def test_a_file_edited_often_is_told_in_few_words() -> None:
    """`edited 25 h ago, in 2 of the last 2 sessions`, without saying edited twice."""
    file = FileFact("src/a.py", edits=1, last="2026-03-02T08:00:00Z")

    assert "src/a.py edited 25 h ago, in 2 of the last 2 sessions" in lines(session(0, files=(file,)), session(1, files=(file,)))


def test_what_was_left_open_comes_next_where_nobody_noted_it() -> None:
    """The announced step and the question stand there and not among the last words too; a list or a task takes their place."""
    words = "The queue drains twice now. Next I’m adding the retry for refunds."
    left, listed = session(0, last_words=words), session(0, last_words=words, todos=(TodoFact("Write the docs", "pending"),))
    asked = session(0, last_words="The queue drains twice now. Should refunds be retried too?")

    assert 'Said at the end: "Next I’m adding the retry for refunds."' in lines(left)
    assert sum("adding the retry" in line for line in lines(left)) == 1
    assert 'Asked at the end, not answered: "Should refunds be retried too?"' in lines(asked)
    assert not any(line.startswith("Said at the end") for line in lines(listed))
    task = Record("0" * 16, "task", "Write the docs", created=NOW, updated=NOW)
    told = candidates(Situation(now=NOW, project="shop", sessions=(left,), records=(task,)))
    assert not any(c.text.startswith("Said at the end") for c in told)


def test_last_words_that_say_nothing_are_left_out() -> None:
    """`Done.`, an offer, an announcement; what says something stays."""
    assert not any("words of the last session" in line for said in ("Done.", "Let me check that.", "All tests pass. Anything else?")
                   for line in lines(session(0, last_words=said)))
    assert any("words of the last session" in line for line in lines(session(0, last_words="The queue drains twice now.")))


def test_quoted_paths_are_told_as_they_are_here() -> None:
    """Those of the project relative to its root, wherever the session ran; a key stays what it was."""
    last = session(0, last_words="I wrote /home/ann/shop/src/queue.py and /home/ann/notes/a.md for it.", cwd="/home/ann/shop")
    told = candidates(Situation(now=NOW, project="shop", sessions=(last,), roots=("/srv/shop", "/home/ann/shop")))

    assert any("I wrote src/queue.py and ~/notes/a.md for it." in c.text for c in told)
    assert not any("/home/ann" in c.text + c.short + c.middle for c in told)
