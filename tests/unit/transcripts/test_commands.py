"""What is read off a shell command line."""

import pytest

from passdown.transcripts.commands import commands_in_script, files_printed, script_of


@pytest.mark.parametrize(
    ("command", "files"),
    [
        ("cat a.py", ["a.py"]),
        ("sed -n '1,80p' src/a.py && nl -ba src/b.py | sed -n '1,9p'", ["src/a.py", "src/b.py"]),
        ("sed -n -e 5p ./a.py", ["a.py"]),
        ("head -n 20 LICENSE 2>/dev/null; tail -5 log.txt", ["LICENSE", "log.txt"]),
        ("rg -n 'a|b.py' -g '*.md' src/a.py src", ["src/a.py"]),
        ("grep -A 3 -e x notes.md", ["notes.md"]),
        ("cd lamp && cat Makefile ../a.py", ["lamp/Makefile", "lamp/../a.py"]),
        ("bash -lc 'cat q.py'", ["q.py"]),
        ("LC_ALL=C sudo cat /etc/hosts", ["/etc/hosts"]),
        ("cat 'my file.txt' \"b c.md\"", ["my file.txt", "b c.md"]),
        ("cat a.py a.py", ["a.py"]),
    ],
)
def test_files_that_a_command_prints_are_named(command: str, files: list[str]) -> None:
    """Printed files come in order, once each, below the folder that the command changed to."""
    assert list(files_printed(command)) == files


@pytest.mark.parametrize(
    "command",
    [
        "cat > out.txt <<'EOF'\ncat inner.txt\nEOF",
        "cat $(ls)",
        "cat *.py",
        "for f in a b; do cat $f; done",
        "sed -i 's/a/b/' a.py",
        "rg pattern src/",
        "git show HEAD:a.py | cat",
        "echo 'cat a.py'",
        "rm a.py",
        "cat >> log.txt",
        "",
        "'",
        "cat 'unfinished",
        "cat -",
        "head -20",
    ],
)
def test_what_is_no_printed_file_is_left_out(command: str) -> None:
    """Writes, variables, globs, folders, data of here-documents and other programs name no file that was read."""
    assert files_printed(command) == ()


def test_reading_goes_on_behind_a_here_document() -> None:
    """The body of a here-document is data, the lines behind it are commands."""
    assert files_printed("cat > x <<EOF\ncat a.txt\nEOF\ncat b.txt") == ("b.txt",)


def test_the_script_of_a_shell_is_the_command() -> None:
    """`bash -lc SCRIPT` is the script; other words are joined and quoted where they must be."""
    assert script_of(["/bin/zsh", "-lc", "ls | wc"]) == "ls | wc"
    assert script_of(["ls", "my dir", "it's"]) == "ls 'my dir' 'it'\\''s'"


def test_commands_are_found_in_a_script_that_calls_tools() -> None:
    """The command lines in calls of `exec_command`, unescaped; a string that is cut off counts up to there."""
    assert commands_in_script('await t.exec_command({cmd:"echo \\"a\\"\\nls", x: 1}); t.exec_command({"cmd": \'pwd\'})') == 'echo "a"\nls\npwd'
    assert commands_in_script('({cmd:"git log --on\n...') == "git log --on"
    assert commands_in_script("tools.web__run({})") == ""
