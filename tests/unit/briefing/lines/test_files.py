"""What is said of files."""

import pytest

from passdown.briefing.candidates import Candidate
from passdown.briefing.heat.files import files
from passdown.briefing.lines.files import FOLDERS, NAMED, UNTOUCHED, candidates, telling
from passdown.briefing.situation import Situation, Standing
from passdown.model.session import FileFact, Session

NOW = "2026-03-03T09:00:00Z"
AT = "2026-03-02T09:00:00Z"


def said(*facts: FileFact, named: tuple[str, ...] = (), standing: dict[str, Standing] | None = None, heat: dict[str, float] | None = None) -> list[Candidate]:
    situation = Situation(now=NOW, project="shop", sessions=(Session("s0", "codex", ended=AT, files=facts),), named=named, standing=standing or {})
    return sorted(candidates(situation, files(situation.sessions), heat or {}), key=lambda c: -c.worth)


def test_a_name_of_code_is_told_with_one_file() -> None:
    """The hottest names first; what a file shares with one before it is not said again."""
    facts = [FileFact(f"{name}.py", edits=9, last=AT, names=("RetryQueue", "drainNow", f"{name}Only", "maxWait")) for name in ("queue", "worker")]
    told = said(*facts, heat={"drainNow": 3.0, "RetryQueue": 2.0, "maxWait": 1.0})

    assert told[0].text.endswith("the work there was about `drainNow`, `RetryQueue` and `maxWait`")
    assert told[1].text.endswith("the work there was about `workerOnly`")


def test_few_names_are_told_in_all_and_none_that_any_project_has() -> None:
    """Of many files those of the first; what belongs to the web platform tells nothing of this project."""
    facts = [FileFact(f"{n}.tsx", edits=9 - n, last=AT, names=("className", "viewBox", "console.log", *(f"name{n}Of{m}" for m in range(3)))) for n in range(4)]
    told = [c.text for c in said(*facts)]

    assert sum(text.count("`") // 2 for text in told) == NAMED
    assert not any(name in text for text in told for name in ("className", "viewBox", "console.log"))


def test_a_path_that_the_task_names_comes_first() -> None:
    """With what was done to it, or saying that nobody touched it."""
    told = said(FileFact("src/queue.py", edits=9, last=AT), FileFact("src/app.py", edits=1, last=AT), named=("docs/new.md", "src/app.py"),
                standing={"docs/new.md": Standing("✔")})

    assert (told[0].text, told[0].group) == ("docs/new.md ✔", UNTOUCHED)
    assert told[1].text == "src/app.py edited 24 h ago"
    assert sum("app.py" in c.text for c in told) == 1


def test_folders_are_few_and_none_comes_twice() -> None:
    """Whatever was done to their files."""
    hot = [FileFact(f"hot{n}.py", edits=50, last=AT) for n in range(3)]
    rest = [FileFact(f"d{n}/f{n}_{m}.py", reads=1, created=m == 1, last=AT) for n in range(12) for m in range(3)]
    groups = {c.group for c in said(*hot, *rest) if c.of and c.worth > 0}

    assert len(groups) == len({group.split(" (")[0] for group in groups}) == FOLDERS


@pytest.mark.parametrize(("reason", "tells"), [
    ("A restart of the provider replays webhook deliveries of three days.", True), ("Let me rename all of them now in the module.", False),
    ("Now update the worker so that it delivers once.", False), ("Should the worker deliver the event twice?", False),
    ("Here is what the worker has to deliver now:", False), ("The other half of this lives in mailer.py today.", False)])
def test_a_reason_says_more_than_that_an_edit_comes(reason: str, tells: bool) -> None:
    """Announcements, questions, and sentences about other files are none."""
    assert telling(reason, "src/worker.py") is tells
