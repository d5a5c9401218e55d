"""What one message holds, each record such that it can be read alone."""

from passdown.extract.base import Candidate, Context, Speaker
from passdown.extract.said import candidates


def _found(text: str, by: Speaker = "agent") -> list[Candidate]:
    return list(candidates(text, Context(by)))


def test_a_record_that_points_back_takes_the_sentence_before_along() -> None:
    """A bare "it" is told with what it stands for, verbatim."""
    [record] = _found("The queue worker forks at import time. It deadlocks when a lock is held, so it must be started first.")
    assert record.text == "The queue worker forks at import time. It deadlocks when a lock is held, so it must be started first."


def test_a_record_that_points_at_nothing_is_none() -> None:
    """Without a sentence before it nobody could tell what it is about."""
    assert _found("It deadlocks when a lock is held, so LOCKS=0 must be set.") == []


def test_an_expletive_points_at_nothing() -> None:
    """"It turns out" and "it was decided" stand alone."""
    assert len(_found("It turns out the parser fails when the file has no newline at its end.")) == 1


def test_an_answer_to_a_numbered_list_is_no_decision() -> None:
    """The list is gone when the record is read."""
    assert _found("for #3 let's use a queue instead of polling", "user") == []


def test_a_long_pair_of_sentences_has_the_first_for_its_title() -> None:
    """The title stays one readable sentence; the second stands on the next line."""
    first = "I kept the importer single-threaded rather than parallel in the whole of the nightly pipeline and in its two side jobs as well."
    [record] = _found(f"{first} The reason is that the sequence table deadlocks as soon as two writers meet in the same minute.")
    assert record.text.split("\n")[0] == first


def test_findings_of_a_review_are_no_records() -> None:
    """They are about code that is about to change."""
    assert _found("(3) ⚠️ The loop never stops when the list is empty, so this must be fixed.") == []


def _texts(text: str, by: Speaker = "agent") -> list[str]:
    return [c.text for c in _found(text, by)]


TRAP = "must be started first, otherwise the import hangs forever without LOCKS=0."


def test_a_part_of_the_code_without_a_name_takes_along_what_names_it() -> None:
    """Nobody who was not there knows which watcher "the callback" belongs to."""
    lead = "`RowWatcher` takes a callback and calls it from its own thread."
    assert _texts(f"{lead} The callback {TRAP}") == [f"{lead} The callback {TRAP}"]
    assert _texts(f"Thanks, that helps a lot today. The callback {TRAP}") == []


def test_a_list_item_takes_the_line_above_the_list_along() -> None:
    """In a line of its own, as it stood."""
    assert _texts(f"Two things about `src/watch.py`:\n\n- It {TRAP}") == [f"Two things about `src/watch.py`\nIt {TRAP}"]


def test_a_paragraph_takes_the_end_of_the_one_before_along() -> None:
    """Where its first word stands for what was named there."""
    lead = "The answer lies in `src/watch.py`, which forks at import."
    assert _texts(f"{lead}\n\nIt {TRAP}") == [f"{lead}\nIt {TRAP}"]


def test_a_pronoun_that_is_explained_in_its_sentence_points_at_nothing() -> None:
    """What stands behind the colon says it all."""
    assert len(_texts("That explains the red build: the parser drops the last row when the file is empty unless LOCKS=0 is set.")) == 1


def test_what_goes_on_with_an_earlier_order_is_none_alone() -> None:
    """"and not x" has lost what it was added to."""
    assert _found("and not helpers.go, use the name store.go instead because the other is vague", "user") == []


def test_what_is_taken_back_at_once_is_none() -> None:
    """The next sentence says that it is wrong, or the same one that it is nothing."""
    trap = f"Careful: `Loader` {TRAP}"
    assert len(_found(trap)) == 1
    assert _found(f"{trap} Actually, that's not the reason.") == []
    assert _found(f"Wait, `Loader` {TRAP}") == []


def test_what_waits_for_the_users_agreement_is_no_decision() -> None:
    """A proposal is none before it was agreed to."""
    chosen = "**Decision:** the cache uses redis rather than memcached, because it survives a restart."
    assert [c.kind for c in _found(chosen)] == ["decision"]
    assert _found(f"{chosen} Does that sound good?") == []


def test_a_fault_and_its_fix_are_one_approach_that_worked() -> None:
    """With the cause for its reason."""
    [record] = _found("**Root cause:** `load_rows` never closes the file when the parser raises.\n\n**Fix:** `load_rows` now reads inside a `with` block.")
    assert (record.kind, record.details["outcome"]) == ("approach", "worked")
    assert record.text.split("\n") == [
        "**Root cause:** `load_rows` never closes the file when the parser raises.", "**Fix:** `load_rows` now reads inside a `with` block."]
    assert record.details["why"] == "**Root cause:** `load_rows` never closes the file when the parser raises."


def test_a_fault_is_known_as_one_and_whether_it_is_mended_next() -> None:
    """So that an edit can close it."""
    fault = "The root cause is that `load_rows` never closes the file when the parser raises."
    [open_, soon] = [_found(f"{fault} {after}")[0] for after in ("The suite takes long.", "Let me fix it.")]
    assert (open_.kind, open_.fault, open_.soon) == ("knowledge", True, False)
    assert (soon.kind, soon.fault, soon.soon) == ("knowledge", True, True)


def test_a_problem_that_is_left_is_an_issue() -> None:
    """And no knowledge of how things are."""
    [record] = _found("Root cause: `load_rows` leaks a handle when the parser raises, not yet fixed.")
    assert record.kind == "issue"


def test_an_order_for_the_next_step_is_no_decision() -> None:
    """"for now" is over when the next session begins."""
    assert _found("let's skip the windows build for now and focus on linux instead", "user") == []


def test_the_next_move_is_no_part_of_what_was_decided() -> None:
    """It says what is done next, not why."""
    [record] = _found("We decided on redis for the cache rather than memcached. Let me look at the tests instead of guessing.")
    assert record.text == "We decided on redis for the cache rather than memcached."
