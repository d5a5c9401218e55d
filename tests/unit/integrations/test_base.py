"""How our own entries are known again."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from passdown.hooks import launcher
from passdown.integrations.base import LAUNCHER, command, is_ours, shared_command


def test_the_launcher_has_one_name() -> None:
    """What marks our entries is the name of the file that is installed."""
    assert launcher.MARKER == LAUNCHER


@pytest.mark.parametrize("folder", ["/home/dev/.passdown/bin", "/home/a b/.pass down/bin", 'C:/Users/Dev "x"/bin', "/home/$HOME/`x`/a\\b", "/home/é/bin"])
@pytest.mark.parametrize("end", ["", ".cmd"])
def test_what_we_install_is_ours(folder: str, end: str) -> None:
    """Whatever stands in the path of a home."""
    assert is_ours({"type": "command", "command": command(f"{folder}/{LAUNCHER}{end}", "claude-code"), "timeout": 10})


@pytest.mark.parametrize("words", [
    shared_command("codex"), f"/home/dev/.passdown/bin/{LAUNCHER} hook codex", f"C:\\Users\\dev\\.passdown\\bin\\{LAUNCHER}.cmd hook codex"])
def test_other_forms_of_it_are_ours(words: str) -> None:
    """The form for shared files, and the one without quotes."""
    assert is_ours({"command": words})


def test_the_exec_form_is_ours() -> None:
    """Command and arguments apart."""
    assert is_ours({"command": f"/home/dev/.passdown/bin/{LAUNCHER}", "args": ["hook", "claude-code"]})


@pytest.mark.parametrize("handler", [
    {"command": "notify.sh"}, {"command": f"notify.sh && /x/{LAUNCHER} hook codex"}, {"command": f'"/x/{LAUNCHER}" hook codex; notify.sh'},
    {"command": f"/x/{LAUNCHER}"}, {"command": f"/x/my-{LAUNCHER} hook codex"}, {"command": f"{LAUNCHER}"}, {"command": None}, {}, "x", None,
    {"type": "prompt", "prompt": f"/x/{LAUNCHER} hook codex"}])
def test_what_others_made_of_it_is_not_ours(handler: object) -> None:
    """A command of the user's that runs our launcher among other things is theirs."""
    assert not is_ours(handler)


@pytest.mark.parametrize("shell", ["sh", "bash", "dash", "zsh", "fish"])
def test_shells_run_the_commands(shell: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Path with blanks and special characters, private and shared form; where passdown is not there, the shared form says nothing."""
    if not shutil.which(shell):
        pytest.skip(f"{shell} is not here")
    home = tmp_path / "a $b `c` \"d\" e"
    script = home / ".passdown" / "bin" / LAUNCHER
    script.parent.mkdir(parents=True)
    script.write_text('#!/bin/sh\nprintf "%s|" "$@"\n')
    script.chmod(0o700)
    monkeypatch.setenv("HOME", str(home))

    def run(words: str) -> tuple[int, str]:
        done = subprocess.run([shell, "-c", words], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    assert run(command(str(script), "codex")) == run(shared_command("codex")) == (0, "hook|codex|")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert run(shared_command("codex")) == (0, "")


def test_the_command_is_json_without_escapes_for_plain_homes() -> None:
    """What stands in a configuration file is read by people."""
    assert json.dumps(command("/home/dev/.passdown/bin/passdown-hook", "codex")) == r'"\"/home/dev/.passdown/bin/passdown-hook\" hook codex"'
