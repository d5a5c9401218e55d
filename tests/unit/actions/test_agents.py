"""What is said of the agents on this machine."""

import json
import os
from pathlib import Path

import pytest

from passdown import files
from passdown.actions.agents import Seen, agents
from passdown.actions.init import init
from passdown.actions.install import install
from passdown.project import Project, open_project

OLD = 1_760_000_000  # 2025-10-09


@pytest.fixture
def project(repository: Path) -> Project:
    return open_project(repository, "2026-11-21T09:00:00Z")


def claude(project: Project) -> Seen:
    return next(one for one in agents(project) if one.name == "claude-code")


def transcript(project: Project, name: str, at: int) -> Path:
    folder = Path.home() / ".claude" / "projects" / "-x"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.jsonl"
    path.write_text(json.dumps({"type": "user", "version": "2.1.329", "cwd": str(project.root)}, separators=(",", ":")) + "\n")
    os.utime(path, (at, at))
    return path


def test_nothing_is_here(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine without agents, a project without a store: every answer is an empty one."""
    monkeypatch.setenv("PATH", "")

    one = claude(project)

    assert (one.found, one.version, one.sessions, one.transcripts, one.oldest, one.deleted, dict(one.fired)) == (False, "", 0, 0, "", "", {})
    assert {w.state for w in one.hooks} == {"none"}


def test_installed_partly_and_unreadable(project: Project) -> None:
    """The state of each file, with the events that are there."""
    install(project, ["claude-code"])
    assert [(w.what, w.scope, w.state) for w in claude(project).hooks] == [
        ("hooks", "user", "installed"), ("mcp", "user", "none"), ("hooks", "project", "none"), ("mcp", "project", "none"), ("hooks", "local", "none")]

    path = Path.home() / ".claude" / "settings.json"
    path.write_text(path.read_text().replace('"Stop"', '"PostToolUse"'))
    assert claude(project).hooks[0].state == "partly"

    path.write_text("{broken")
    assert claude(project).hooks[0].state == "unreadable"


def test_the_oldest_transcript_and_its_end(project: Project) -> None:
    """The agent's own retention counts from the last change, 30 days unless its settings say more or less."""
    transcript(project, "old", OLD)
    transcript(project, "new", OLD + 86_400)
    (Path.home() / ".claude/projects/-x/other.jsonl").write_text('{"type":"user","cwd":"/somewhere/else"}\n')

    assert (claude(project).transcripts, claude(project).oldest, claude(project).deleted) == (2, "2025-10-09T08:53:20Z", "2025-11-08")
    assert (claude(project).found, claude(project).version) == (True, "2.1.329")
    (Path.home() / ".claude" / "settings.json").write_text('{"cleanupPeriodDays": 365} // long')
    assert claude(project).deleted == "2026-10-09"


def test_when_hooks_fired(project: Project) -> None:
    """What the hooks have written down; a damaged file counts as never."""
    init(project)
    files.write_bytes(project.layout.hooks_fired, b'{"claude-code": {"Stop": "2026-11-21T08:00:00Z"}}')
    assert claude(project).fired == {"Stop": "2026-11-21T08:00:00Z"}

    files.write_bytes(project.layout.hooks_fired, b'{"claude-code": [')
    assert claude(project).fired == {}


def test_what_keeps_hooks_from_running(project: Project) -> None:
    """A switch in the agent's own settings is told."""
    (Path.home() / ".claude").mkdir()
    (Path.home() / ".claude" / "settings.json").write_text('{"disableAllHooks": true}')

    assert [f.code for f in claude(project).findings] == ["hooks-disabled"]
