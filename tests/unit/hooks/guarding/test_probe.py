"""Prompts, commands and edits as clauses."""

import pytest

from passdown.hooks.guarding.probe import probe


@pytest.mark.parametrize(("command", "flag"), [
    ("grep -rn redis src", "reads"), ("pip uninstall redis", "removes"), ("git commit -m 'no redis'", "message"), ("pip install redis", "installs"),
    ("terraform workspace list", "reads"), ("mix test test/a_test.exs", "tests"), ("git add src/redis.py", "message"), ("redis-server --port 1", "runs"),
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


def test_a_flag_that_switches_off_takes_away() -> None:
    """`--no-cache` brings no cache in."""
    [clause] = probe("command", "docker build --no-cache .").clauses
    assert ("--no-cache" in clause.left, "--no-cache" in clause.come) == (True, False)


def test_what_a_comment_denies_is_known() -> None:
    """Who writes that it is not so knows what was decided; a comment that says what is so denies nothing."""
    assert "dma" in probe("edit", "/* No DMA here */\nread();", "a.c").denied
    assert not probe("edit", "/* DMA runs on channel 1 */\nread();", "a.c").denied


def test_a_text_that_does_nothing_with_what_it_names_is_idle() -> None:
    """Reading and comments; a prompt never is."""
    assert probe("command", "grep redis a.py && cat b.py").idle
    assert probe("edit", "# redis\n", "a.py").idle
    assert not probe("command", "grep redis a.py && redis-server").idle
    assert not probe("prompt", "look").idle


def test_numbers_are_known_without_their_units() -> None:
    """Of what is said in any clause."""
    assert {"400", "25"} <= probe("prompt", "raise it to 400k, and 25 more").numbers
