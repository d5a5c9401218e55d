"""What remains of an attempt."""

from pathlib import Path
from random import Random
from string import ascii_letters, digits

import pytest

from passdown.production.remains import OUTPUT_CHARS, clear, put_away

TOKEN = "gh" + "p_" + "".join(Random(3).choices(ascii_letters + digits, k=36))


def test_what_was_printed_is_kept_without_its_secrets(tmp_path: Path) -> None:
    """In the file, too."""
    (tmp_path / "output").write_text(f"token {TOKEN}\n")

    assert TOKEN not in put_away(tmp_path)
    assert TOKEN not in (tmp_path / "output").read_text()


def test_of_a_long_output_beginning_and_end_are_kept(tmp_path: Path) -> None:
    """And how much is not."""
    (tmp_path / "output").write_bytes(b"first\n" + b"x" * 3 * OUTPUT_CHARS + b"\nlast")
    said = put_away(tmp_path)

    assert said.startswith("first\n")
    assert said.endswith("\nlast")
    assert f"… {2 * OUTPUT_CHARS + 11} characters are left out here …" in said


def test_only_what_was_printed_remains(tmp_path: Path) -> None:
    """However deep the rest lies; clearing once more changes nothing."""
    for name in ("output", "pid", "exit", "briefing.md", "gate/output", "gate/exit"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(name)
    clear(tmp_path)
    clear(tmp_path)

    assert {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*")} == {"output"}


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    """It goes, what it leads to stays."""
    (tmp_path / "a").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/kept").write_text("x")
    (tmp_path / "a/link").symlink_to(tmp_path / "elsewhere")
    clear(tmp_path / "a")

    assert (tmp_path / "elsewhere/kept").exists()
    assert list((tmp_path / "a").iterdir()) == []


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
