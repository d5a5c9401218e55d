"""Paths that stay where they belong."""

import pytest

from passdown.workflows.paths import astray, matches


@pytest.mark.parametrize(("path", "pattern", "fits"), [
    ("a/b.md", "a/*.md", True), ("a/c/b.md", "a/*.md", False), ("a/c/b.md", "a/**/*.md", True), ("a/b.md", "a/**/*.md", True), ("xb.md", "**/b.md", False),
    ("b.md", "**/b.md", True), ("a/b.md", "a/?.md", True), ("a/b/c", "**", True), ("a", "b", False), ("a.b", "a?b", True), ("", "*", True)])
def test_globs_are_matched(path: str, pattern: str, fits: bool) -> None:
    """A star stays within a name, two of them go through folders."""
    assert matches(path, pattern) is fits


def test_a_pattern_full_of_stars_takes_no_longer_than_its_length() -> None:
    """Backtracking would take longer than the universe is old."""
    assert not matches("a" * 200, "*a" * 100 + "b")


@pytest.mark.parametrize("path", ["/etc/passwd", "~/x", "../x", "a/../../x", "C:/x", "a\\b", ".git/hooks/x", "a/.passdown/x", "a\nb"])
def test_what_may_lead_away_is_refused(path: str) -> None:
    """Absolute, upwards, of another system, or into what is not a production's."""
    assert astray(path)


@pytest.mark.parametrize("path", ["a/b.md", "a..b/c", "…/x", "*.gitignore", "a b/c"])
def test_what_stays_is_taken(path: str) -> None:
    """Dots and blanks in names are harmless."""
    assert not astray(path)
