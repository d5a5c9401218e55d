"""Paths of transcripts, spelled as the project spells them."""

import pytest

from passdown.extract.paths import Roots

HERE = Roots("/home/ann/shop", others=("/home/ann/shop-wt",), maps=(("/Users/bob/shop", "/home/ann/shop"),))


@pytest.mark.parametrize(("path", "cwd", "expected"), [
    ("/home/ann/shop/src/a.py", "", "src/a.py"),
    ("src/a.py", "/home/ann/shop", "src/a.py"),
    ("a.py", "/home/ann/shop/src", "src/a.py"),
    ("../b.py", "/home/ann/shop/src", "b.py"),
    ("./x/../y.py", "/home/ann/shop", "y.py"),
    ("/home/ann/shop-wt/src/a.py", "", "src/a.py"),
    ("/Users/bob/shop/src/a.py", "", "src/a.py"),
    ("a.py", "/Users/bob/shop/src", "src/a.py"),
    ("/home/ann/shop/.claude/worktrees/fix/src/a.py", "", "src/a.py"),
    ("/home/ann/shop/.worktrees/fix/src/a.py", "", "src/a.py"),
    ("src/a.py", "", "src/a.py"),
])
def test_a_path_inside_is_relative_to_the_project(path: str, cwd: str, expected: str) -> None:
    """However it is spelled, a file of the project has one name."""
    assert HERE.relative(path, cwd) == expected


@pytest.mark.parametrize(("path", "cwd", "expected"), [
    ("/etc/hosts", "", "/etc/hosts"),
    ("../other/a.py", "/home/ann/shop", "/home/ann/other/a.py"),
    ("/home/ann/shop2/a.py", "", "/home/ann/shop2/a.py"),
    ("~/notes.md", "/home/ann/shop", "~/notes.md"),
    ("/home/ann/shop/../x", "", "/home/ann/x"),
])
def test_a_path_outside_stays_absolute(path: str, cwd: str, expected: str) -> None:
    """Nothing outside the project is made to look as if it lay in it."""
    assert HERE.relative(path, cwd) == expected


@pytest.mark.parametrize("path", ["../../etc/passwd", "..", "a/../../b"])
def test_dots_never_escape(path: str) -> None:
    """A relative path that climbs above an unknown directory names no place."""
    assert HERE.relative(path) == ""


@pytest.mark.parametrize(("path", "cwd", "expected"), [
    ("C:\\Code\\shop\\src\\a.py", "", "src/a.py"),
    ("c:/code/shop/src/a.py", "", "src/a.py"),
    ("src\\a.py", "C:\\Code\\shop", "src/a.py"),
    ("D:\\x.py", "", "D:/x.py"),
])
def test_windows_paths(path: str, cwd: str, expected: str) -> None:
    """Backslashes and drives are understood, drives without regard to case."""
    assert Roots("C:\\Code\\shop").relative(path, cwd) == expected


def test_the_sessions_own_directory_stands_in_for_an_unknown_project() -> None:
    """A transcript from elsewhere is read relative to where its session ran, unless the project holds the path."""
    assert HERE.relative("/srv/build/shop/a.py", "", home="/srv/build/shop") == "a.py"
    assert HERE.relative("/home/ann/shop/src/a.py", "", home="/home/ann/shop/src") == "src/a.py"


def test_the_root_itself_is_no_file() -> None:
    """The project's directory has the empty name."""
    assert HERE.relative("/home/ann/shop/") == ""
