"""Which transcripts belong to a project."""

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
