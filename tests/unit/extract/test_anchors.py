"""Places named in a sentence become anchors that nobody has looked up yet."""

from passdown.extract.anchors import MOST, anchors
from passdown.model.anchor import Anchor


def test_paths_with_and_without_lines_are_found() -> None:
    """A path may carry a line or a range; a bare file name counts when its ending is one of source code."""
    text = "See `src/queue/retry.py:88`, ./docs/format.md:3-9 and Makefile.toml, not v1.2."
    assert anchors(text) == (Anchor("src/queue/retry.py", 88, 88), Anchor("docs/format.md", 3, 9), Anchor("Makefile.toml"))


def test_addresses_absolute_and_home_paths_are_no_places_in_the_repository() -> None:
    """URLs, paths from the root or home, and paths that climb out are left alone."""
    assert anchors("https://example.org/a/b.py /etc/app/conf.toml ~/.config/x.json ../other/x.py") == ()


def test_a_function_belongs_to_the_only_path() -> None:
    """One symbol beside one path is its symbol; with two paths nobody can tell."""
    assert anchors("`drain()` in src/a.py is not safe") == (Anchor("src/a.py", symbol="drain"),)
    assert [a.symbol for a in anchors("`drain()` in src/a.py and src/b.py")] == ["", ""]


def test_a_list_of_files_is_cut() -> None:
    """No more than a handful of anchors: a sentence that names more is a list."""
    assert len(anchors(" ".join(f"src/f{i}.py" for i in range(20)))) == MOST


def test_two_files_with_a_slash_between_are_two() -> None:
    """`AGENTS.md/CLAUDE.md` lies nowhere; a folder with a dot in its name does."""
    assert [a.place for a in anchors("Handle AGENTS.md/CLAUDE.md pairs in src/v1.2/pairs.py")] == ["AGENTS.md", "CLAUDE.md", "src/v1.2/pairs.py"]
