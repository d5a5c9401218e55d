"""What a phase printed is kept redacted, whatever is left out of it."""

from pathlib import Path
from random import Random
from string import ascii_letters, digits

import pytest

from passdown.production.attempt import OUTPUT_CHARS, put_away

TOKEN = "gh" + "p_" + "".join(Random(3).choices(ascii_letters + digits, k=36))


@pytest.mark.parametrize("before", [OUTPUT_CHARS // 2 - 45, OUTPUT_CHARS // 2 - 20, OUTPUT_CHARS // 2 - 5, OUTPUT_CHARS // 2 + 5])
def test_a_secret_at_the_cut_is_gone(tmp_path: Path, before: int) -> None:
    """On either side of what is left out no part of it is kept, and the file says how much is gone."""
    filler = "took the next job\n" * (OUTPUT_CHARS // 16)
    (tmp_path / "output").write_text(f"{filler[:before]} {TOKEN} {filler} {TOKEN} {filler[:before]}")

    kept = put_away(tmp_path)

    assert (tmp_path / "output").read_text() == kept
    assert len(kept) < OUTPUT_CHARS + 100
    assert "characters are left out here" in kept
    assert not any(TOKEN[at: at + 6] in kept for at in range(4, len(TOKEN) - 5))


def test_what_was_not_printed_is_nothing(tmp_path: Path) -> None:
    """An attempt that was cut off before it began has no output."""
    assert put_away(tmp_path) == ""
