"""The text of a briefing: groups, documents, breaks, what is echoed, and that room is used."""

from msgspec.structs import replace

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
    """One line a folder, whatever the marks, with how many are left out; hot ones stand together where a line of their own would say no more."""
    text = said(600, standing={f.path: Standing("~" if n == 15 else "✔") for n, f in enumerate(FILES)})

    lines = [line for line in text.split("\n") if line.startswith("- src/jobs")]
    assert "- read in the last session: src/jobs/part2.py ✔, src/jobs/part1.py ✔" in text
    assert [(line.count(".py"), line.endswith("more"), "part15.py ~" in line) for line in lines if line.startswith("- src/jobs (read 25 h ago): ")] == [
        (8, True, True)]


def test_the_room_is_used() -> None:
    """Within the budget, and nearly all of it, when there is enough to say."""
    facts = tuple(replace(f, why=f"Part {n} of the queue keeps deliveries apart that one worker must not mix.") for n, f in enumerate(FILES))
    last = replace(LAST, files=facts)
    tokens = estimate(brief(Situation(now=NOW, project="shop", sessions=(last,)), Request(300, "", NOW))[0])

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


def test_marks_are_explained_as_far_as_they_are_used() -> None:
    """With little room what is as it was has no mark, and what changed is explained."""
    standing = {f.path: Standing("~" if n == 0 else "✔") for n, f in enumerate(FILES)}
    small, large = said(250, standing=standing), said(1_000, standing=standing)

    assert ("✔" in small, "· ~ changed since\n" in small) == (False, True)
    assert "· ✔ as it was, ~ changed since ·" in large
    assert "~" not in said(250)


def test_a_fact_stands_once() -> None:
    """What the last words say is not a line of its own; why it is not is told to who asks."""
    fact = "The provider replays an event for three days, so its id is the only safe key."
    record = Record(id="01jd000000000003", kind="knowledge", text=fact, created=NOW)
    last = replace(LAST, last_words=f"The handler is in. {fact}")
    text, kept, dropped = brief(Situation(now=NOW, project="shop", sessions=(last,), records=(record,)), Request(1_000, "", NOW))

    assert text.count("replays an event") == 1
    assert [d.reason for d in dropped if d.key == record.id] == ["another line says it"]
    assert record.id not in {s.key for s in kept}
