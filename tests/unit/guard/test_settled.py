"""Records that settle something, as entries."""

from passdown.guard.settled import entries, settles
from passdown.model.anchor import Anchor
from passdown.model.record import Record


def test_only_what_is_in_force_settles() -> None:
    """Decisions, preferences and failed approaches do; superseded, expired and other kinds do not."""
    assert settles(Record("a", "decision", "x"))
    assert settles(Record("a", "preference", "x"))
    assert settles(Record("a", "approach", "x", details={"outcome": "failed"}))
    assert not settles(Record("a", "approach", "x", details={"outcome": "worked"}))
    assert not settles(Record("a", "decision", "x", status="superseded"))
    assert not settles(Record("a", "knowledge", "x"))


def test_an_entry_has_what_was_turned_down_chosen_and_what_stands_against_it() -> None:
    """Phrases, concepts and files, each in its place."""
    [entry] = entries([Record("a", "decision", "SQLite for the outbox", details={"alternative": ("Redis: a server",)}, anchors=(Anchor("src/store.py"),))])
    assert [of[0] for phrase in entry.out for of, _ in phrase] == ["redis"]
    assert "redis" in entry.known
    assert "sqlite" in entry.kept
    assert "postgres" in entry.rivals
    assert entry.paths == ("src/store.py",)


def test_a_deferral_knows_what_it_waits_for() -> None:
    """As terms: a prompt that names them says that its time has come."""
    [entry] = entries([Record("a", "decision", "Offline mode waits", details={"until": "phase 4"})])
    assert (entry.kind, [term for term, _ in entry.until]) == ("deferred", ["phas", "4"])


def test_a_concept_that_is_chosen_too_is_not_turned_down() -> None:
    """`ECS with Fargate, not ECS on EC2` says nothing against ECS."""
    [entry] = entries([Record("a", "decision", "Containers run on ECS with Fargate", details={"alternative": ("ECS on EC2: hosts to patch",)})])
    assert "ecs" not in entry.known
