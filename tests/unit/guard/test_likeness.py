"""What a settled matter is about, as a point in a space of groups of words."""

from collections import Counter
from importlib.resources import files

import pytest

from passdown.guard.likeness import COMMONEST, FEW, groups, place, rendered
from passdown.guard.settled import entries
from passdown.model.record import Record


def test_words_of_one_line_point_the_same_way() -> None:
    """Words that share nothing do not."""
    one, other, apart = place({"wrist": 1.0}), place({"watcho": 1.0}), place({"ledger": 1.0})
    assert sum(far * other.get(group, 0.0) for group, far in one.items()) > 0.5
    assert one.keys().isdisjoint(apart)


def test_a_place_is_at_a_distance_of_one() -> None:
    """Whatever the weights are; of no words there is none."""
    assert sum(far * far for far in place({"wrist": 0.3, "ledger": 0.9}).values()) == pytest.approx(1)
    assert place({}) == {}


def test_a_word_by_itself_is_a_group() -> None:
    """A word that the lexicon does not know points to what has it."""
    assert place({"frobnicate": 1.0}) == {"=frobnicate": 1.0}


def test_groups_in_which_every_entry_stands_are_left_out() -> None:
    """They tell nothing; what only some have stays."""
    many = max(FEW, int(100 * COMMONEST)) + 1
    words, rows, about = rendered(entries(Record(f"d-{n}", "decision", f"No kafka in part{n}") for n in range(many)))
    assert not any(word.startswith("kafka\t") for word in words)
    assert any(word.startswith("part7\t") for word in words)
    assert (len(about), all(rows)) == (many, True)


def test_each_line_is_of_its_own_and_has_words() -> None:
    """The file that is shipped is sound."""
    lines = [line for line in files("passdown.guard").joinpath("fields.txt").read_text("utf-8").splitlines() if not line.startswith("#")]
    assert [name for name, count in Counter(line.partition(":")[0] for line in lines).items() if count > 1] == []
    assert [line for line in lines if len(line.partition(":")[2].split()) < 3] == []
    assert all(0 <= told <= 1 for own in groups().values() for told in own.values())
