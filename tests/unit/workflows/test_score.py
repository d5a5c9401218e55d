"""What a gate prints."""

import pytest

from passdown.errors import BadGate
from passdown.workflows.score import least, read


@pytest.mark.parametrize(("text", "value"), [
    ("8.5", 8.5), ("9", 9), ("0.85", 8.5), ("1.0", 10), ("1", 1), ("0", 0), ("checked 12 files\nquality 7", 7), ("score: 7.", 7), ("8/10: 8", 8),
    ('{"score": 0.9, "findings": 3}', 9), ('{"score": 8}', 8), ('log 99\n{"score": 8}', 8), ("10", 10)])
def test_a_score_is_on_a_scale_of_ten(text: str, value: float) -> None:
    """Written as a part of one, or of ten; the last number, or JSON."""
    assert read(text).value == pytest.approx(value)


@pytest.mark.parametrize("text", ["", "fine", "11", "-1", "NaN", '{"score": true}', '{"score": "9"}', '{"score": null}', "v2beta", "1e3", "9" * 400])
def test_what_is_no_score_is_an_error(text: str) -> None:
    """Never a pass, never a fail."""
    with pytest.raises(BadGate):
        read(text)


def test_a_minimum_up_to_one_is_a_part_of_one() -> None:
    """As in the score."""
    assert (least(0.8), least(8), least(0), least(1)) == (8, 8, 0, 10)
