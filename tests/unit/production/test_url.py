"""Where productions are kept is the user's own word."""

from pathlib import Path

import pytest

from passdown.actions.init import init
from passdown.actions.standing import asked_about
from passdown.project import open_project, productions_url, user_home

URL = "postgresql://somebody@example.com/theirs"


def test_a_repositorys_own_setting_counts_for_nothing(repository: Path) -> None:
    """Else a clone would tell its productions to somebody else's server."""
    project = open_project(repository)
    init(project)
    project.layout.config.write_text(f'workflows = "{URL}"\n')

    assert productions_url() == ""
    assert asked_about(open_project(repository), "which productions are stuck?") == ()


def test_the_users_file_and_environment_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment before the file."""
    user_home().mkdir()
    (user_home() / "config.toml").write_text(f'workflows = "{URL}"\n')
    assert productions_url() == URL

    monkeypatch.setenv("PASSDOWN_WORKFLOWS_URL", "postgresql://other")
    assert productions_url() == "postgresql://other"
