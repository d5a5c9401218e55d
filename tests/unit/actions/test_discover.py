"""Which transcripts belong to a project."""

from hashlib import sha256
from pathlib import Path

import pytest

from passdown.actions.capture import roots_of
from passdown.actions.discover import transcripts
from passdown.project import open_project


@pytest.mark.parametrize(("root", "found"), [("home", ["here"]), ("home/elsewhere", ["other"])])
def test_a_home_under_version_control_does_not_own_what_ran_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, root: str, found: list[str]) -> None:
    """All transcripts lie in the home; only those whose session ran in the project are its own."""
    home = tmp_path / "home"
    monkeypatch.setattr(Path, "home", lambda: home)
    folder = home / ".claude" / "projects" / "x"
    folder.mkdir(parents=True)
    (home / "elsewhere").mkdir()
    if root == "home":
        (folder / "here.jsonl").write_text(f'{{"type":"user","cwd":"{home}/notes"}}\n')
    (folder / "other.jsonl").write_text(f'{{"type":"user","cwd":"{tmp_path if root == "home" else home / "elsewhere"}"}}\n')
    project = open_project(tmp_path / root)

    assert [p.stem for p in transcripts(project, roots_of(project, ()))] == found


@pytest.mark.parametrize(("place", "beside", "content", "belongs"), [
    (".gemini/tmp/shop/chats/session-1.jsonl", (".gemini/tmp/shop/.project_root", "{root}\n"), "{}", True),
    (".gemini/tmp/other/chats/session-1.jsonl", (".gemini/tmp/other/.project_root", "/elsewhere"), "{}", False),
    (".gemini/tmp/shop/chats/parent/sub.jsonl", (".gemini/tmp/shop/.project_root", "{root}"), "{}", True),
    (".gemini/tmp/{hash}/chats/session-1.json", ("x", ""), "{}", True),
    (".config/Code/User/workspaceStorage/1/chatSessions/a.jsonl",
     (".config/Code/User/workspaceStorage/1/workspace.json", '{"folder": "file://{root}"}'), "", True),
    (".config/Code/User/workspaceStorage/2/chatSessions/a.json",
     (".config/Code/User/workspaceStorage/2/workspace.json", '{"workspace": "file://{root}/my%20shop.code-workspace"}'), "", True),
    (".config/Code/User/workspaceStorage/3/chatSessions/a.json", (".config/Code/User/workspaceStorage/3/workspace.json", "{broken"), "", False),
    (".windsurf/transcripts/1.jsonl", ("x", ""), '{"type": "code_action", "code_action": {"path": "{root}/src/a.py"}}', True),
    (".windsurf/transcripts/2.jsonl", ("x", ""), '{"type": "code_action", "code_action": {"path": "/elsewhere/src/a.py"}}', False),
    (".windsurf/transcripts/3.jsonl", ("x", ""), '{"type": "user_input"}', False),
])
def test_a_transcript_that_names_no_directory_belongs_where_its_agent_says(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, beside: tuple[str, str], content: str, belongs: bool) -> None:
    """In a file beside the transcripts, by the hash of the project's path, or by the first file that the session touched."""
    home, root = tmp_path / "home", tmp_path / "my shop"
    monkeypatch.setattr(Path, "home", lambda: home)
    root.mkdir()
    for name, text in (beside, (place, content)):
        path = home / name.replace("{hash}", sha256(str(root).encode()).hexdigest())
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("{root}", str(root).replace(" ", "%20") if "file:" in text else str(root)))
    project = open_project(root)

    assert bool(transcripts(project, roots_of(project, ()))) == belongs


@pytest.mark.parametrize(("variable", "folder"), [("GEMINI_CLI_HOME", ".gemini/tmp/x/chats"), ("QWEN_RUNTIME_DIR", "projects/x/chats")])
def test_agents_that_keep_their_transcripts_elsewhere_are_found_there(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, folder: str) -> None:
    """The variable of Gemini CLI names another home, that of Qwen Code the agent's own folder."""
    monkeypatch.setenv(variable, str(tmp_path / "agents"))
    root = tmp_path / "shop"
    root.mkdir()
    path = tmp_path / "agents" / folder / "session-1.jsonl"
    path.parent.mkdir(parents=True)
    path.write_text(f'{{"cwd": "{root}"}}\n')
    project = open_project(root)

    assert transcripts(project, roots_of(project, ())) == [path]
