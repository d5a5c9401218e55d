"""What the command line says while and after something goes on or goes wrong holds no secret."""

from random import Random
from string import ascii_letters, digits
from types import SimpleNamespace

import pytest

from passdown.cli import main
from passdown.cli.run_lines import printed_in_full

TOKEN = "gh" + "p_" + "".join(Random(3).choices(ascii_letters + digits, k=36))
BEGIN, END = "-----BEGIN " + "PRIVATE KEY-----\n", "-----END " + "PRIVATE KEY-----\n"


@pytest.mark.parametrize("debug", ["", "1"])
def test_a_fault_of_our_own_is_told_without_it(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], debug: str) -> None:
    """Neither the report nor, where it is asked for, the whole trace shows what the error's message holds."""
    def run(*_: object) -> int:
        raise RuntimeError(f"cannot read {TOKEN}")

    monkeypatch.setattr(main, "load", lambda _: SimpleNamespace(HELP="x", add_arguments=lambda _: None, run=run))
    monkeypatch.setenv("PASSDOWN_DEBUG", debug)

    assert main.main(["list"]) == main.UNEXPECTED
    said = capsys.readouterr()
    assert "RuntimeError" in said.err
    assert TOKEN not in said.err + said.out
    assert ("[REDACTED:github-token" in said.err) == bool(debug)


@pytest.mark.parametrize(("text", "shown"), [
    ("one\ntwo", "one\n"), ("one\n", "one\n"), ("", ""), (f"one\n{BEGIN}abc\nde", "one\n"), (f"one\n{BEGIN}abc\n{END}two\nth", f"one\n{BEGIN}abc\n{END}two\n"),
    (f"{BEGIN}abc\n{END}{BEGIN}", f"{BEGIN}abc\n{END}")])
def test_lines_of_a_key_are_shown_when_all_of_it_is_there(text: str, shown: str) -> None:
    """What a phase prints while it runs is told line by line; a key is known by its lines together."""
    assert printed_in_full(text) == shown
