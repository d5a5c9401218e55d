"""A hook's clock."""

import pytest

from passdown.hooks.moment import LONGEST_S, longest


@pytest.mark.parametrize(("given", "seconds"), [("5", 5.0), ("0.2", 0.2), ("", LONGEST_S), ("soon", LONGEST_S), ("-1", LONGEST_S), ("0", LONGEST_S),
                                                ("nan", LONGEST_S), ("inf", LONGEST_S), ("1e9", LONGEST_S)])
def test_a_hook_may_take_as_long_as_it_is_given(monkeypatch: pytest.MonkeyPatch, given: str, seconds: float) -> None:
    """What is no time that a host could wait leaves it at what all hosts wait."""
    monkeypatch.setenv("PASSDOWN_HOOK_SECONDS", given)

    assert longest() == seconds
