"""The installation as a new user meets it: real commands in a fresh home."""

import json
import os
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Passdown = Callable[..., "subprocess.CompletedProcess[str]"]
SETTINGS = '{\r\n\t"model": "x", // mine\r\n\t"hooks": {\r\n\t\t"Stop": [{"hooks": [{"type": "command", "command": "notify.sh"}]},],\r\n\t},\r\n}\r\n'


@pytest.fixture
def home(monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home in which both agents were used."""
    home = Path(os.environ["HOME"])
    (home / ".claude").mkdir()
    (home / ".codex").mkdir()
    (home / ".claude" / "settings.json").write_bytes(SETTINGS.encode())
    return home


def data(done: "subprocess.CompletedProcess[str]") -> Any:
    return json.loads(done.stdout)


def test_in_and_out(passdown: Passdown, home: Path) -> None:
    """Install, look, install again, uninstall: what was there is there again, and each step says what it did."""
    first = passdown("install")
    assert "Claude Code: done" in first.stdout
    assert "/hooks" in first.stderr
    assert "passdown init" in first.stderr

    assert passdown("install").stdout.count("nothing to do") == 2
    assert "installed (user:" in passdown("agents").stdout
    passdown("uninstall")

    assert (home / ".claude" / "settings.json").read_bytes() == SETTINGS.encode()
    assert not (home / ".codex" / "hooks.json").exists()
    assert "not installed" in passdown("agents").stdout
    assert " done" not in passdown("uninstall").stdout


def test_a_dry_run_shows_what_would_be(passdown: Passdown, home: Path) -> None:
    """Differences on standard output, secrets of others redacted in them, and no file touched."""
    key = "sk-" + "ant-api03-" + "Ab3dE6gH1jK4mN7pQ0rS" * 4
    (home / ".claude" / "settings.json").write_text('{\n  "env": {"ANTHROPIC_API_KEY": "' + key + '"}\n}\n')
    before = sorted(home.rglob("*"))

    done = passdown("install", "--dry-run")

    assert "would change" in done.stdout
    assert '+  "hooks": {' in done.stdout
    assert key not in done.stdout + done.stderr
    assert "[REDACTED:" in done.stdout
    assert sorted(home.rglob("*")) == before


def test_json_says_the_same(passdown: Passdown, home: Path) -> None:
    """Every verb of the three has data for scripts."""
    done = data(passdown("install", "claude-code", "--json"))
    assert [e["done"] for e in done["agents"][0]["edits"]] == ["made", "made", "made", "made", "changed"]
    assert done["agents"][0]["error"] is None

    claude, codex, *_ = data(passdown("agents", "--json"))
    assert [w["state"] for w in claude["hooks"] if w["what"] == "hooks"] == ["installed", "none", "none"]
    assert {w["state"] for w in codex["hooks"]} == {"none"}

    (home / ".codex" / "hooks.json").write_text("{broken")
    refused = data(passdown("install", "codex", "--json", code=50))
    assert refused["agents"][0]["error"]["code"] == "BadAgentConfig"
    assert data(passdown("uninstall", "claude-code", "--json"))["agents"][0]["edits"][0]["done"] == "changed"


def test_mistakes_are_told(passdown: Passdown, home: Path) -> None:
    """A file that does not parse names its line, an unknown agent the known ones; nothing is touched."""
    (home / ".claude" / "settings.json").write_text('{\n  "model" "x"\n}\n')

    broken = passdown("install", "claude-code", code=50)
    assert "line 2, column 11" in broken.stderr
    assert "left as it is" in broken.stderr
    assert (home / ".claude" / "settings.json").read_text() == '{\n  "model" "x"\n}\n'
    assert "claude-code, codex" in passdown("install", "emacs", code=2).stderr


def test_the_installed_command_works_as_the_host_runs_it(passdown: Passdown, home: Path, repository: Path) -> None:
    """Each command of the settings, run by a shell without our environment: exit code 0, nothing but an answer, and the hook is known to have fired."""
    passdown("init")
    passdown("note", "decision", "Keep the queue in one SQLite file")
    passdown("install")
    settings = json.loads((home / ".codex" / "hooks.json").read_text())

    for event, groups in settings["hooks"].items():
        for name in ("codex", "claude-code"):
            command = groups[-1]["hooks"][0]["command"].replace("codex", name)
            payload = {"hook_event_name": event, "session_id": "s1", "cwd": str(repository), "transcript_path": None, "prompt": "go on", "source": "startup"}
            done = subprocess.run(["/bin/sh", "-c", command], cwd=repository, input=json.dumps(payload), text=True, capture_output=True,
                                  env={"PATH": "/usr/bin:/bin", "HOME": str(home)}, check=False, timeout=120)
            assert (done.returncode, done.stderr) == (0, ""), (event, name)

    fired = {one["name"]: set(one["fired"]) for one in data(passdown("agents", "--json"))}
    assert fired["codex"] == fired["claude-code"] == set(settings["hooks"])


def test_the_words_of_the_skills_work(passdown: Passdown, home: Path, repository: Path) -> None:
    """Where `passdown` is not on the path, the launcher takes the same words."""
    passdown("init")
    passdown("install", "codex")
    launcher = home / ".passdown" / "bin" / "passdown-hook"
    assert shlex.quote(str(launcher)) in (home / ".agents" / "skills" / "passdown-note" / "SKILL.md").read_text()

    done = subprocess.run([str(launcher), "note", "lesson", "Measure first", "--json"], cwd=repository, capture_output=True, text=True, check=False,
                          timeout=120)

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["record"]["text"] == "Measure first"
