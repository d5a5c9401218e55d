"""What earns points, what loses them, and what cannot."""

import random

import pytest

from passdown.lint.base import Reading, World, read
from passdown.lint.score import ASPECTS, Assessment, assess
from passdown.model.finding import Finding

TODAY = World("2026-11-20")
GOOD = """# Handoff: retry queue

## Current state
The retry queue drains twice after a restart. `RetryQueue.drain` in src/queue/retry.py takes a lease now; tests/test_retry.py::test_drain_twice still fails.

## Next steps
1. Make `RetryQueue.drain` idempotent in src/queue/retry.py:88, then delete the poller in src/poll.
2. Rotate WEBHOOK_SECRET in staging, once the retry queue holds.

## Key decisions
- SQLite outbox instead of Redis for the retry queue, because one process needs no server; Redis Streams and Celery were rejected. See src/queue/outbox.py.

## Dead ends
- Redis Streams for the queue: XAUTOCLAIM lost acknowledgements when a worker restarted, so the outbox replaced it.

## Verification
- `uv run pytest tests/queue -q`: 23 passed, 1 failed (test_drain_twice).

## Gotchas
- Webhook events are replayed for three days: `event.id` is the only safe key in src/webhook/store.py, and the outbox must keep it.
"""
HEADINGS = tuple(line for line in GOOD.split("\n") if line.startswith("#"))
LOREM = "Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor incididunt ut labore et dolore magna aliqua."
PLATITUDE = "The team worked hard to improve the overall quality and everything is now in a much better place than it was before."


def reading(text: str) -> Reading:
    return read("HANDOFF.md", text, None)


def score(text: str, *findings: Finding) -> float:
    return assess(reading(text), findings, TODAY).score


def of(text: str) -> Assessment:
    return assess(reading(text), (), TODAY)


@pytest.mark.parametrize("filling", [LOREM, PLATITUDE])
def test_filling_under_perfect_headings_earns_next_to_nothing(filling: str) -> None:
    """At most 2 of 10, however much there is of it."""
    assert score("\n\n".join(f"{heading}\n\n{filling}\n\n- {filling}" for heading in HEADINGS)) <= 2
    assert score("\n\n".join(f"{heading}\n\n" + f"- {filling}\n" * 50 for heading in HEADINGS)) <= 2


@pytest.mark.parametrize("heading", HEADINGS[1:])
def test_every_section_counts(heading: str) -> None:
    """Without any one of them the document is worth less."""
    start = GOOD.index(heading)
    following = GOOD.find("\n## ", start)

    assert score(GOOD[:start] + (GOOD[following + 1:] if following > 0 else "")) < score(GOOD)


def test_saying_it_twice_costs() -> None:
    """The whole text twice, and a paragraph twice."""
    assert score(GOOD + "\n" + GOOD) < score(GOOD)
    assert score(GOOD + "\n- " + GOOD.split("- ")[1]) < score(GOOD)


def test_paragraphs_from_elsewhere_cost() -> None:
    """A paragraph about other things does not belong, and takes points, however particular it is."""
    strange = "The glacier survey in Patagonia mapped crevasses with lidar; moraine samples went to the isotope laboratory for argon dating."

    assert score(GOOD.replace("## Dead ends", f"{strange}\n\n## Dead ends")) < score(GOOD)


def test_findings_take_their_share_by_severity() -> None:
    """An error takes more than a warning, and a warning more than a hint; the tenth of a kind takes less than the first."""
    found = [score(GOOD, Finding("x", severity, "HANDOFF.md", "wrong")) for severity in ("info", "warning", "error")]
    many = score(GOOD, *[Finding("x", "error", "HANDOFF.md", "wrong")] * 10)

    assert score(GOOD) > found[0] > found[1] > found[2] > many
    assert found[2] - many < 9 * (score(GOOD) - found[2])


def test_the_explanation_adds_up() -> None:
    """Points and losses, line by line, are the score."""
    told = assess(reading(GOOD + "\n" + LOREM), (Finding("vague", "warning", "HANDOFF.md:3", "says nothing"),), TODAY)

    assert sum(points for points, _ in told.explained) == pytest.approx(told.score, abs=0.05)
    assert [why.split(":")[0] for _, why in told.explained[: len(ASPECTS)]] == [a.name for a in ASPECTS]
    assert any(why.startswith("vague") for _, why in told.explained)


def test_time_to_recover_grows_with_what_is_missing() -> None:
    """Who has no next steps must find them out first."""
    assert of(GOOD.split("## Next")[0]).recovery > of(GOOD).recovery


def test_confidence_is_high_only_where_it_could_be_held_against_the_project() -> None:
    """The best document that nobody could check is MEDIUM; an empty one is LOW."""
    items = "\n".join(f"- RetryQueue.step_{n} in src/queue/step_{n}.py follows RetryQueue.step_{n + 1} in src/queue/step_{n + 1}.py" for n in range(20))
    long = "\n\n".join(f"{heading}\n{items.replace('step', f'step{n}')}" for n, heading in enumerate(HEADINGS))

    assert assess(reading(long), (), TODAY).confidence == "MEDIUM"
    assert assess(reading(long), (), World("2026-11-20", exists=lambda _: True)).confidence == "HIGH"
    assert of("# Handoff\n").confidence == "LOW"


def test_any_text_has_a_score() -> None:
    """Nothing, no heading, binary rubbish."""
    for text in ("", "\n\n", "x", "\0\ufffd" * 100, "|||\n|---|\n"):
        assert 0 <= score(text) <= 10


def test_random_words_with_real_paths_earn_next_to_nothing() -> None:
    """The names are the document's own, the words are of one vocabulary, the headings are perfect: at most 2 of 10."""
    pick = random.Random(5)
    words = ("glacier", "velvet", "marble", "walnut", "harbor", "thimble", "lantern", "copper", "meadow", "saddle", "ribbon", "anchor")
    entries = [f"- {' '.join(pick.choices(words, k=5))} `src/queue/retry.py` {' '.join(pick.choices(words, k=6))} `src/webhook/store.py`" for _ in range(60)]

    assert score("\n\n".join(f"{heading}\n\n" + "\n".join(pick.sample(entries, 8)) for heading in HEADINGS)) <= 2


def test_shuffled_words_cost() -> None:
    """The same words, each line in another order: most of what it was worth is gone, and the explanation says where it begins."""
    pick = random.Random(5)
    lines = (line if line.startswith("#") or not line else " ".join(pick.sample(words, len(words))) for line in GOOD.split("\n") for words in [line.split()])
    found = of("\n".join(lines))

    assert found.score < score(GOOD) / 2
    assert any("stand in no order" in why for _, why in found.explained)
