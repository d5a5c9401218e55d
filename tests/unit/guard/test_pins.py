"""Values that a decision pins."""

import pytest

from passdown.guard.pins import pins


@pytest.mark.parametrize(("text", "found"), [
    ("minSdk stays at 26.", (("minsdk", "26"),)), ("MSRV stays 1.74, distros need it", (("msrv", "1.74"),)), ("nothing to see", ()),
])
def test_a_name_with_its_value_is_pinned(text: str, found: tuple[tuple[str, str], ...]) -> None:
    """By the verbs that say that it stays so."""
    assert pins(text) == found
