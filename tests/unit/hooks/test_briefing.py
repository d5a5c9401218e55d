"""A rendered text is filled in with what time and files have become."""

from pathlib import Path

import pytest

from passdown.hooks.briefing import CLOSE, OPEN, Briefing, checksum
from passdown.hooks.place import Store
from passdown.hooks.said import fenced, notes


def slot(words: str) -> str:
    return f"{OPEN}{words}{CLOSE}"


def stamped(path: Path, of_lines: int = 0) -> list[object]:
    at = path.stat()
    return [path.name, at.st_size, at.st_mtime_ns, checksum(str(path)), of_lines]


@pytest.mark.parametrize(("text", "filled"), [
    (f"{slot('1000')} ago", "60 min ago"), (slot("clock"), "Thursday 01:16"), ("no slot", "no slot"), ("", ""), (slot("P7✔"), "✔"), (slot("Px✔"), "✔"),
    (slot(""), ""), (f"a{OPEN}b", "ab"), (f"a{CLOSE}b", f"a{CLOSE}b"), (slot("9" * 30), "0 s"), (slot("9" * 5_000), "0 s"),
    (slot(f"P{'9' * 5_000}✔"), "✔")])
def test_slots_are_filled(tmp_path: Path, text: str, filled: str) -> None:
    """Times, the clock; what is no slot of ours does no harm."""
    assert Briefing({}, text).filled(str(tmp_path), 1_000 + 3_600.0) == filled


def test_marks_follow_the_files(tmp_path: Path) -> None:
    """As it was, touched, changed, gone; of a place of some lines only that its file changed is known."""
    for name in ("same", "touched", "changed", "lines", "gone", "grown"):
        (tmp_path / name).write_text(f"text of {name}\n")
    places = [stamped(tmp_path / name, int(name == "lines")) for name in ("same", "touched", "changed", "lines", "gone", "grown")]
    import os

    os.utime(tmp_path / "touched", (1, 1))
    for name in ("changed", "lines"):
        (tmp_path / name).write_text(f"TEXT of {name}\n")
        os.utime(tmp_path / name, (1, 1))
    (tmp_path / "grown").write_text("much longer text than it was\n")
    (tmp_path / "gone").unlink()
    text = " ".join(slot(f"P{n}✔") for n in range(len(places)))

    assert Briefing({"places": places}, text).filled(str(tmp_path), 0.0) == "✔ ✔ ~ ~ (file changed) ✗ ~"


def test_a_quotation_cannot_end_its_fence_or_break_its_cap(tmp_path: Path) -> None:
    """The fence is longer than any run of back quotes, and lines go from the end when there are too many."""
    long = Briefing({"id": "pd:1"}, "````\n" + "a line of words\n" * 2_000)
    text = fenced(long, Store(str(tmp_path), "", ""), 0.0, ["Something is missing."])

    assert len(text) <= 9_000
    assert text.splitlines()[1:4] == ["! Something is missing.", "`````text", "````"]
    assert text.endswith("a line of words\n`````\n")


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    """How much, of which transcripts, and what becomes of it."""
    store = Store(str(tmp_path), "", "")
    said = notes(None, store, {"/a/one.jsonl": 3_400_000, "/a/two.jsonl": 10}, comes=True)

    assert said[0] == "Not in this text: 3.4 MB of transcript not captured yet (one.jsonl, two.jsonl): it is being read now and comes with the next prompt."
    assert "cannot be written" in notes(None, store, {"/a/one.jsonl": 10}, comes=False)[0]
