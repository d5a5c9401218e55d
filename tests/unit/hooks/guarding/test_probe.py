"""Prompts, commands and edits as clauses."""

import pytest

from passdown.hooks.guarding.probe import probe


@pytest.mark.parametrize(("command", "flag"), [
    ("grep -rn redis src", "reads"), ("pip uninstall redis", "removes"), ("git commit -m 'no redis'", "message"), ("pip install redis", "installs"),
    ("terraform workspace list", "reads"), ("redis-server --port 1", "runs"),
])
def test_a_command_shows_what_it_does(command: str, flag: str) -> None:
    """Reading, removing, writing down, installing, running."""
    assert flag in probe("command", command).clauses[0].flags


def test_what_a_command_writes_to_is_seen() -> None:
    """In-place edits and redirections."""
    assert probe("command", "sed -i s/a/b/ vendor/x.py").written == ("s/a/b/", "vendor/x.py")
    assert probe("command", "echo x > gen/out.py").written == ("gen/out.py",)


def test_a_comment_says_nothing_and_a_line_that_switches_off_takes_away() -> None:
    """Code alone counts, and `parallel: false` is no use of it."""
    found = probe("edit", "# redis was rejected\nparallel_testing: false\nimport redis", "src/a.py").clauses
    assert "comment" in found[0].flags
    assert "parallel_testing" in found[1].left
    assert "imports" in found[2].flags


def test_a_merge_without_squash_is_a_merge_commit() -> None:
    """What a command implies counts as named."""
    assert "merge-commit" in probe("command", "git merge feature").clauses[0].come
    assert "merge-commit" not in probe("command", "git merge --squash feature").clauses[0].come
