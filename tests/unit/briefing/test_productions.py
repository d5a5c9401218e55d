"""What a briefing says of productions that its task is about."""

from passdown.briefing.lines.productions import MOST, candidates
from passdown.briefing.situation import Situation
from passdown.workflows.registry import Row

NOW = "2026-11-20T10:00:00Z"


def row(item: str) -> Row:
    return Row("podcast", item, "production", "asking", 6.5, 3.2, "2026-11-20T07:00:00Z", 1, 3, "a person must approve it")


def test_a_production_is_told_with_what_it_waits_for() -> None:
    """Item, plan, phase, quality, cost, and how long ago it changed."""
    (found,) = candidates(Situation(NOW, "shop", productions=(row("ep-5"),)))

    assert found.section == "WHERE WE ARE"
    assert found.text == "Production ep-5 (podcast): production 2 of 3, ASKING (quality 6.5/10, $3.20): a person must approve it, 3 h ago"


def test_of_many_the_first_are_told_and_the_others_counted() -> None:
    """A batch of two hundred does not fill a briefing."""
    found = list(candidates(Situation(NOW, "shop", productions=tuple(row(f"ep-{n}") for n in range(30)))))

    assert len(found) == MOST
    assert found[-1].text.endswith(f"and {30 - MOST} more")
