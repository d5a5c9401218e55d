"""The files of a phase."""

import subprocess
from pathlib import Path

import pytest

from passdown.gitrepo import locate
from passdown.production.places import Missing, changed, inputs, outputs, seen, unchanged
from passdown.workflows.model import Phase

FOLDER = "production/ep-1"


@pytest.fixture
def home(repository: Path) -> Path:
    (repository / FOLDER).mkdir(parents=True)
    return repository / FOLDER


def test_an_input_of_the_item_comes_before_one_of_the_repository(repository: Path, home: Path) -> None:
    """A pattern is looked for in the item's folder first."""
    (repository / "brief.md").write_text("all")
    (repository / "style.md").write_text("all")
    (home / "brief.md").write_text("own")

    assert list(inputs(repository, FOLDER, Phase("a", inputs=("brief.md", "style.md")))) == [f"{FOLDER}/brief.md", "style.md"]


def test_every_file_of_a_pattern_counts(repository: Path, home: Path) -> None:
    """Also in folders below."""
    for name in ("a.md", "b/c.md", "b/d.txt"):
        (home / name).parent.mkdir(exist_ok=True)
        (home / name).write_text(name)

    found = outputs(repository, FOLDER, Phase("a", outputs=("**/*.md",)))
    assert sorted(found) == [f"{FOLDER}/a.md", f"{FOLDER}/b/c.md"]
    assert unchanged(repository, found)
    (home / "a.md").write_text("other")
    assert not unchanged(repository, found)


def test_an_output_that_is_a_link_out_of_the_folder_is_none(repository: Path, home: Path) -> None:
    """It could be changed by anybody, and lead anywhere."""
    (home / "out.md").symlink_to(repository / "README.md")

    with pytest.raises(Missing, match="leads out"):
        outputs(repository, FOLDER, Phase("a", outputs=("out.md",)))


@pytest.mark.parametrize(("change", "found"), [
    ("echo x >> README.md", ("README.md",)), ("rm README.md", ("README.md",)), ("echo x > new.txt", ("new.txt",)), ("mkdir n; echo x > n/a", ("n/",)),
    ("echo y >> loose.txt", ("loose.txt",)), ("echo y > old/b.txt", ("old/",)), (f"echo x > {FOLDER}/a; mkdir production/ep-2; echo x > production/ep-2/b", ()),
    ("mkdir tools/__pycache__; echo x > tools/__pycache__/a.pyc", ()), ("true", ())])
def test_what_changes_outside_the_items_folders_is_seen(repository: Path, home: Path, change: str, found: tuple[str, ...]) -> None:
    """Committed, uncommitted and new files; not what interpreters leave, and not what other items do."""
    (repository / "loose.txt").write_text("x")
    (repository / "old").mkdir()
    (repository / "old/a.txt").write_text("x")
    (repository / "tools").mkdir()
    (repository / "tools/a.py").write_text("x")
    subprocess.run(["git", "add", "tools"], cwd=repository, check=True)
    place = locate(repository)
    before = seen(repository, place, "production/")
    subprocess.run(["sh", "-c", change], cwd=repository, check=True)

    assert changed(before, seen(repository, place, "production/")) == found


def test_outside_git_the_files_themselves_are_compared(tmp_path: Path) -> None:
    """Of the folder and what lies below."""
    (tmp_path / "a.txt").write_text("x")
    before = seen(tmp_path, None, "production/")
    (tmp_path / "a.txt").write_text("xy")
    (tmp_path / "production").mkdir()
    (tmp_path / "production/b.txt").write_text("x")

    assert changed(before, seen(tmp_path, None, "production/")) == ("a.txt",)
