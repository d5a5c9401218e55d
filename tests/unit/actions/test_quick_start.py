"""Does a command of the quick start resolve?"""

import json
from pathlib import Path

import pytest

from passdown.actions.quick_start import look_up, resolved


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "main.py").write_text("")
    (tmp_path / "Makefile").write_text("test:\n\ttrue\n")
    (tmp_path / "package.json").write_text(json.dumps({"scripts": {"dev": "vite"}}))
    for program in ("npm", "tool"):
        place = tmp_path / ".venv" / "bin" / program
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text("")
    return tmp_path


@pytest.mark.parametrize("command", [
    "git --version", "PORT=8000 git status", "cd app && python3 main.py", "npm run dev", "npm install", "tool --serve", "./app/main.py", "echo hi | cat",
    "(cd app && git status)"])
def test_what_is_there_resolves(root: Path, command: str) -> None:
    """Programs on PATH and in the project's own environment, scripts, files, directories."""
    assert look_up(root, command).ok, look_up(root, command).why


@pytest.mark.parametrize(("command", "says"), [
    ("no-such-program x", "no-such-program"), ("cd nowhere && git status", "nowhere"), ("npm run build", "build"), ("python3 gone.py", "gone.py"),
    ("./gone.sh", "gone.sh"), ("source .env/bin/activate", ".env/bin/activate"), ("git status && no-such-program", "no-such-program")])
def test_what_is_missing_is_named(root: Path, command: str, says: str) -> None:
    """The verdict says what the command needs and does not find."""
    found = look_up(root, command)

    assert found.ok is False
    assert says in found.why


def test_running_stops_at_the_first_failure(root: Path) -> None:
    """What comes after a command that failed would fail for another reason."""
    done = resolved(root, [("Set up", "false"), ("Verify", "touch ran.txt")], run=True)

    assert [(d.ok, d.ran) for d in done] == [(False, True), (True, False)]
    assert not (root / "ran.txt").exists()
