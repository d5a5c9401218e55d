"""Which files a command line changes."""

import pytest

from passdown.continuity.shell_edits import changed


@pytest.mark.parametrize(("command", "paths"), [
    ("sed -i '' '7s/a/b/' src/a.ts", ["src/a.ts"]), ("sed -i.bak s/a/b/ a.py b.py", ["a.py", "b.py"]), ("perl -pi -e 's/a/b/' a.py", ["a.py"]),
    ("cat > docs/x.md <<'EOF'\na > b.md\nEOF", ["docs/x.md"]), ("echo x >> notes.txt 2>/dev/null", ["notes.txt"]), ("ls | tee out.txt", ["out.txt"]),
    ("git mv a.py b.py && git rm c.py", ["a.py", "b.py", "c.py"]), ("mv old.py new.py", ["new.py"]),
    ("git mv lib/skills skills", ["lib/skills", "skills"]), ("cp -r a.py lib/b.py", ["lib/b.py"]),
    ("python3 -c \"open('src/a.py', 'w').write('x')\"", ["src/a.py"])])
def test_what_a_command_changes_is_named(command: str, paths: list[str]) -> None:
    """In place, by redirection, by moving, by a script."""
    assert changed(command) == paths


@pytest.mark.parametrize("command", [
    "sed -n 1,5p a.py", "grep 'a > b.py' c.py", "pytest tests/test_a.py 2>&1 | tail -5", "ls > /dev/null", "python3 -c \"print(open('a.py').read())\"",
    "node -e 'const f = (x) => x.ts'", "git commit -m 'x > y.md'", "echo \"unclosed"])
def test_what_only_looks_changes_nothing(command: str) -> None:
    """Nor does an arrow in code or a redirection into nothing."""
    assert changed(command) == []
