"""What command lines do to files."""

from passdown.extract.shell import effects


def test_removed_and_moved_files() -> None:
    """Plain arguments of `rm`, `git rm` and `mv` are taken, options are not."""
    found = effects("rm -f old.py && git rm src/gone.ts && git mv a.py b.py")

    assert (found.removed, found.moved) == (["old.py", "src/gone.ts"], [("a.py", "b.py")])


def test_a_removed_tree_is_told_from_a_file() -> None:
    """`rm -r` names a tree, of which it is not known what it held."""
    found = effects("rm -rf build dist")

    assert (found.trees, found.removed) == (["build", "dist"], [])


def test_what_a_shell_would_expand_is_left_alone() -> None:
    """Patterns and variables name no file."""
    found = effects('rm *.pyc "$TMP/x" && git rm --cached secrets.env')

    assert not found.removed
    assert not found.trees


def test_a_line_that_changes_directory_is_not_followed() -> None:
    """After `cd` relative names mean another place."""
    assert effects("rm a.py && cd sub && rm b.py").removed == ["a.py"]


def test_files_that_are_printed_are_read() -> None:
    """`cat`, `sed -n` and `head` read files; here-documents, redirections and filters do not."""
    assert effects("sed -n '1,80p' src/a.py && cat README.md Makefile | head -5").read == ["src/a.py", "README.md", "Makefile"]
    assert not effects("cat > new.py <<'EOF'\nx\nEOF").read
    assert not effects("sed -i s/a/b/ src/a.py").read


def test_unbalanced_quotes_are_no_error() -> None:
    """A line that does not parse has no effects that are known."""
    assert effects("rm 'oops").removed == []
