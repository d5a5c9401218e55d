"""The small files that hooks leave: pointers, debts, firings, the pause, errors, the launcher."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from passdown.hooks import disk, faults, launcher, pause, spool, tails


def test_pointers_come_back_in_order(tmp_path: Path) -> None:
    """The oldest first, each with its time; they go one by one."""
    for number in range(3):
        assert spool.put(str(tmp_path), spool.Pointer(f"/t/{number}.jsonl", "/w", "codex", "Stop", "s"))
    found = spool.waiting(str(tmp_path))
    spool.drop(str(tmp_path), found[0])

    assert [p.transcript for p in found] == ["/t/0.jsonl", "/t/1.jsonl", "/t/2.jsonl"]
    assert (found[0].cwd, found[0].host, found[0].event, found[0].session) == ("/w", "codex", "Stop", "s")
    assert found[0].time > 1.7e9
    assert len(spool.waiting(str(tmp_path))) == 2


def test_pointers_are_bounded_and_checked(tmp_path: Path) -> None:
    """None without a transcript, none with a line break in it, no more than enough; one that does not read has no transcript."""
    assert not spool.put(str(tmp_path), spool.Pointer("", "/w", "codex", "Stop", "s"))
    assert not spool.put(str(tmp_path), spool.Pointer("/t/a\tb", "/w", "codex", "Stop", "s"))
    folder = tmp_path / spool.FOLDER
    folder.mkdir()
    for number in range(spool.MOST + 1):
        (folder / f"{number}-1").write_bytes(b"\xff")

    assert not spool.put(str(tmp_path), spool.Pointer("/t/a", "/w", "codex", "Stop", "s"))
    assert {p.host for p in spool.waiting(str(tmp_path))} == {""}


def test_tails_are_measured(tmp_path: Path) -> None:
    """Grown, shortened, unknown and gone transcripts."""
    for name, size in (("grown", 30), ("short", 5), ("whole", 10), ("new", 7)):
        (tmp_path / name).write_bytes(b"x" * size)
    (tmp_path / "cache").mkdir()
    (tmp_path / tails.KNOWN).write_text("".join(f"10\t\t{tmp_path / name}\n" for name in ("grown", "short", "whole", "gone")) + "broken\nx\ty\n")

    assert tails.missing(str(tmp_path), str(tmp_path / "new")) == {str(tmp_path / n): size for n, size in (("grown", 20), ("short", 5), ("new", 7))}


def test_a_debt_is_paid_once(tmp_path: Path) -> None:
    """Of two hooks that ask at once, one is to say it."""
    assert tails.owed(str(tmp_path), "s") is None
    assert tails.owe(str(tmp_path), "s", ["/t/a"])
    owed = tails.owed(str(tmp_path), "s")
    assert owed
    assert owed.paths == ["/t/a"]
    assert [tails.pay(str(tmp_path), "s"), tails.pay(str(tmp_path), "s")] == [True, False]


@pytest.mark.parametrize(("words", "now", "held"), [("0", 5, True), ("10", 5, True), ("10", 15, False), ("", 5, False), ("forever", 5, True)])
def test_a_pause_ends(tmp_path: Path, words: str, now: float, held: bool) -> None:
    """At its time, or never; an unreadable one is kept, since silence is what was asked for."""
    (tmp_path / "hooks").mkdir()
    (tmp_path / pause.NAME).write_text(words)

    assert pause.paused(str(tmp_path), now) is held
    assert not pause.paused(str(tmp_path / "elsewhere"), now)


@pytest.mark.parametrize("name", ["../../x", "a" * 300, "", "c:\\x", "a/b", "ünïcode", "."])
def test_names_of_files_are_harmless(name: str) -> None:
    """No path, no device, bounded, and different for different ids."""
    safe = disk.safe(name)

    assert len(safe) <= 90
    assert safe.replace("~", "").replace("-", "").replace("_", "").isalnum()
    assert disk.safe(name) != disk.safe(name + "!")


def test_the_error_log_is_bounded(tmp_path: Path) -> None:
    """It begins anew when it is full, and has no word of the error's message."""
    for _ in range(3):
        try:
            raise ValueError("the words of a user")
        except ValueError as error:
            faults.log(error, str(tmp_path), "codex", "Stop")
    log = tmp_path / faults.NAME
    first = log.read_text().splitlines()
    log.write_text("x" * (faults.MAX_BYTES + 1))
    faults.log(ValueError(), str(tmp_path), "codex", "Stop")

    assert len(first) == 3
    assert "ValueError\ttest_files.py" in first[0]
    assert "words" not in first[0]
    assert len(log.read_text().splitlines()) == 1


def test_the_launcher_holds_any_path(tmp_path: Path) -> None:
    """Blanks, quotes, dollars and percent signs in the interpreter's path."""
    odd = tmp_path / "a b'c$d\"%e"
    odd.mkdir()
    (odd / "python").symlink_to(sys.executable)
    script = tmp_path / "launcher"
    script.write_text(launcher.text(str(odd / "python"), windows=False))
    script.chmod(0o755)
    done = subprocess.run([str(script), "hook", "claude-code"], input=b"{}", capture_output=True, check=True, env={"HOME": os.environ["HOME"]})

    assert done.stdout == b""
    assert launcher.path("/h", windows=False) == os.path.join("/h", "bin", "passdown-hook")
    assert launcher.path("/h", windows=True).endswith("passdown-hook.cmd")
    assert '"C:\\a b%%\\python.exe" -I -S ' in launcher.text("C:\\a b%\\python.exe", windows=True)
    assert launcher.text("/usr/bin/python3", windows=False) == launcher.text("/usr/bin/python3", windows=False)
