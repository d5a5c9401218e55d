"""Settings: later files over earlier ones, mistakes told by name."""

from pathlib import Path

import pytest

from passdown.config import DEFAULT_TEXT, Config, load
from passdown.errors import BadConfig


def written(folder: Path, text: str, name: str = "config.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_gives_the_defaults(tmp_path: Path) -> None:
    """Files that are not there, or hold comments alone, change nothing."""
    assert load(tmp_path / "none.toml", written(tmp_path, DEFAULT_TEXT)) == Config()


def test_the_project_overrides_the_user(tmp_path: Path) -> None:
    """A later file wins key by key."""
    user, project = written(tmp_path, "share = 'noted'\nbudget = 500\n", "user.toml"), written(tmp_path, "budget = 900\n")

    assert load(user, project) == Config(share="noted", budget=900)


@pytest.mark.parametrize(("text", "word"), [
    ("shares = 'all'", "did you mean `share`"), ("share = 'some'", "none | noted | all"), ("budget = 'much'", "`budget` must be int"),
    ("budget = true", "`budget` must be int"), ("share = ", "not TOML")])
def test_mistakes_are_told(tmp_path: Path, text: str, word: str) -> None:
    """An unknown key comes with a suggestion, a wrong value with what is allowed."""
    with pytest.raises(BadConfig) as caught:
        load(written(tmp_path, text))

    assert word in caught.value.message
