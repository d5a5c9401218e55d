"""The text of a briefing: groups, documents, breaks, what is echoed, and that room is used."""

from passdown.briefing.away import Away
from passdown.briefing.render import brief
from passdown.briefing.situation import Situation, Standing
from passdown.briefing.tokens import estimate
from passdown.loading.reading import Document, Reading, Settled
from passdown.model.briefing import Request
from passdown.model.record import Record
from passdown.model.session import CommandFact, FileFact, Session

NOW = "2026-03-03T09:00:00Z"
FILES = tuple(FileFact(f"src/jobs/part{n}.py", reads=1 + (n < 3) * 40, last=f"2026-03-02T08:{n:02}:00Z") for n in range(30))
LAST = Session(id="s0", agent="codex", ended="2026-03-02T09:00:00Z", tool_calls=9, goal="Make the retry queue safe", last_words="Done. The queue is safe.",
               files=FILES, commands=(CommandFact("pytest tests/jobs -q", runs=3, ok=True),))


def situation(**more: object) -> Situation:
    return Situation(now=NOW, project="shop", sessions=(LAST,), **more)  # type: ignore[arg-type]


def said(budget: int = 1_000, task: str = "", **more: object) -> str:
    return brief(situation(**more), Request(budget, task, NOW))[0]


def test_files_that_only_may_come_back_stand_by_folder() -> None:
    """One line a folder and mark; those that are hot have lines of their own."""
    text = said(400, standing={f.path: Standing("✔") for f in FILES})

    lines = [line for line in text.split("\n") if line.startswith("- src/jobs")]
    assert any(line.startswith("- src/jobs/part0.py ✔") for line in lines)
    assert [line.count(".py") > 5 for line in lines if line.startswith("- src/jobs ✔: ")] == [True]


def test_the_room_is_used() -> None:
    """Within the budget, and nearly all of it, when there is enough to say."""
    tokens = estimate(said(300))

    assert 255 <= tokens <= 300


def test_documents_are_told_in_their_order_and_what_they_settled_as_a_fact() -> None:
    """Paths that agents read by themselves are left out."""
    documents = (Document("SESSION_CONTEXT.md", "where we are"), Document("CLAUDE.md", "base"), Document("docs/architecture.md", "how it is built"))
    reading = Reading(documents=documents,
                      settled=(Settled("deferral", "Put off: No Docker before phase 4", "docs/decisions.md", 12, 12, "phase 4"),))
    text = said(reading=reading)

    assert "READ\n1. SESSION_CONTEXT.md: where we are\n2. docs/architecture.md: how it is built" in text
    assert '- "Put off: No Docker before phase 4" [docs/decisions.md:12]' in text


def test_a_long_break_is_told() -> None:
    """How long, and what moved."""
    assert "AFTER THE BREAK\n- 3 weeks since the last session, 41 commits came since, most in src/jobs (12)." in said(
        away=Away(days=21, span="3 weeks", commits=41, areas=(("src/jobs", 12),)))


def test_what_the_agent_has_read_is_dropped_with_its_reason() -> None:
    """A preference that stands in CLAUDE.md is not said again."""
    record = Record(id="01jd000000000001", kind="preference", text="Use pnpm, never npm, for installing packages", trust="user", created=NOW)
    text, kept, dropped = brief(situation(records=(record,), given=("Use pnpm and never npm for installing packages.",)), Request(1_000, "", NOW))

    assert "pnpm" not in text
    assert record.id not in {s.key for s in kept}
    assert [d.reason for d in dropped if d.key == record.id] == ["the agent has it from its instructions or the prompt"]


def test_everything_said_has_a_reason() -> None:
    """For `--explain`: in the order of the text, each with why it is there."""
    _, kept, _ = brief(situation(), Request(1_000, "", NOW))

    assert kept
    assert all(s.reason and s.worth > 0 for s in kept)
