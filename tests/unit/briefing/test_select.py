"""What a line of the briefing says, and what it leaves out."""

from passdown.briefing.select import candidates
from passdown.briefing.situation import Situation
from passdown.model.session import FileFact, Session

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
