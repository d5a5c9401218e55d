"""Names of directories and sources, whatever system the agent runs on."""

from pathlib import Path

import pytest

from passdown.agentstores.base import directory, spellings
from passdown.agentstores.table import named, split
from passdown.extract.paths import Roots


@pytest.mark.parametrize(("place", "expected"), [
    ("/home/dev/shop", "/home/dev/shop"), ("C:\\Users\\dev\\shop", "C:\\Users\\dev\\shop"), ("file:///home/dev/my%20shop", "/home/dev/my shop"),
    ("file:///c%3A/Users/dev/shop", "c:/Users/dev/shop"), ("file://wsl.localhost/Ubuntu/home/dev/shop", "/home/dev/shop"),
    ("vscode-remote://wsl%2Bubuntu/home/dev/shop", "/home/dev/shop"), ("https://example.org/x", ""), (None, ""), (7, "")])
def test_a_directory_is_read_from_paths_and_addresses(place: object, expected: str) -> None:
    """Addresses of editors become paths, paths stay, anything else names no directory."""
    assert directory(place) == expected


@pytest.mark.parametrize(("root", "cwd"), [
    ("/mnt/c/Users/dev/shop", "C:\\Users\\dev\\shop\\src"), ("/mnt/c/Users/dev/shop", "c:/Users/dev/shop"),
    ("C:\\Users\\dev\\shop", "/mnt/c/Users/dev/shop/src")])
def test_a_project_is_known_on_both_sides_of_wsl(root: str, cwd: str) -> None:
    """An agent of Windows and one of Linux name the same folder differently."""
    assert Roots(root, spellings(root)).holds(cwd)
    assert not Roots(root, spellings(root)).holds("/mnt/c/Users/dev/shopping")


def test_a_source_is_a_store_and_a_session(tmp_path: Path) -> None:
    """The last `#` parts them; a file whose own name has one is a file."""
    store = tmp_path / "c#1" / "opencode.db"
    assert split(named(store, "ses_1")) == (store, "ses_1")
    assert split(store) == (store, "")
    store.parent.mkdir()
    file = store.parent / "notes#2.jsonl"
    file.touch()
    assert split(file) == (file, "")
