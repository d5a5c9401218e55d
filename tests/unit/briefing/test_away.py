"""What is said after a long break, in a few lines."""

from passdown.briefing.away import Away, lines


def test_a_short_break_is_not_worth_a_word() -> None:
    """Days or many commits make a break long."""
    assert lines(Away(days=2, span="2 days", commits=5)) == []
    assert lines(Away(days=1, span="36 h", commits=60)) == ["36 h since the last session, 60 commits came since."]


def test_everything_that_moved() -> None:
    """A line each; long lists are cut, and say so."""
    away = Away(40, "6 weeks", 12, (("src/api", 9), ("docs", 3)), (("a.py", '~ by 1a2b3c4 "Rework"'), ("b.py", "✗")), ("topic/x",), ("topic/y",), ("topic/z",),
                tuple(f"+p{n} 1" for n in range(8)), ('"User 7" (expired on 2026-10-01)',), ("`pytest`, which passed 6 weeks ago",), ("HANDOFF.md", "a.py"))

    assert lines(away) == [
        "6 weeks since the last session, 12 commits came since, most in src/api (9), docs (3).",
        'Its files that are others now: a.py ~ by 1a2b3c4 "Rework", b.py ✗.',
        "Branches since: topic/x merged, topic/y deleted, topic/z worked on.",
        "Dependencies changed: +p0 1, +p1 1, +p2 1, +p3 1, +p4 1, +p5 1 and 2 more.",
        'Not valid any more: "User 7" (expired on 2026-10-01).',
        "To be checked first: `pytest`, which passed 6 weeks ago.",
        "Order of reading: HANDOFF.md, a.py."]
