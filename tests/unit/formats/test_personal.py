"""What is personal, and what is a pasted file."""

import pytest

from passdown.formats.personal import masked, without_files


@pytest.mark.parametrize(("text", "left"), [
    ("mail jane.doe@corp.io now", "mail [e-mail] now"), ("call +49 170 1234567", "call [phone]"),
    ("git@github.com:org/repo.git", "git@github.com:org/repo.git"), ("test@example.com", "test@example.com"),
    ("npm i pkg@1.2.3 @types/node@18.0.0", "npm i pkg@1.2.3 @types/node@18.0.0"),
    ("2 + 1234567890", "2 + 1234567890"), ("1+1 2026-11-20 10:00:00+00:00", "1+1 2026-11-20 10:00:00+00:00"), ("noreply@github.com", "noreply@github.com")])
def test_addresses_and_numbers_of_people_are_masked(text: str, left: str) -> None:
    """Remotes, versions, times and made-up addresses stay."""
    assert masked(text) == left


def test_a_short_block_stays_and_a_long_one_is_cut() -> None:
    """Twelve lines are an example, more are a file."""
    short = "```py\n" + "x\n" * 12 + "```"
    assert without_files(short) == short
    assert without_files("```py\n" + "x\n" * 40 + "```").count("\n") == 6
