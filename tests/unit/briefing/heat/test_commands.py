"""Which commands the work is run, tested and shipped with."""

import pytest

from passdown.briefing.heat.commands import brief, commands, telling
from passdown.model.session import CommandFact, Session


def session(number: int, *lines: str) -> Session:
    return Session(id=f"s{number}", agent="codex", commands=tuple(CommandFact(line) for line in lines))


@pytest.mark.parametrize(("line", "signatures"), [
    ("npm test && npm run lint -- --fix", ["npm run lint"]),
    ("cd web && CI=1 npm run build 2>&1 | tail -5", ["npm run build"]),
    ('git commit -m "Fix the queue" && git status', ["git commit"]),
    ("rtk git log --oneline", []),
    ("python - <<'EOF'\nimport os\nold = read()\nEOF", []),
    ("for f in *.py; do echo $f; done", []),
])
def test_what_a_line_tells(line: str, signatures: list[str]) -> None:
    """Looks, wrapped looks, quoted words and code in here-documents tell nothing of the project."""
    assert [s for s in telling(line) if s != "npm test"] == signatures


@pytest.mark.parametrize(("command", "short"), [
    ("go test -v -race ./pkg/... -run TestX", "go test ./pkg/... …"), ("go build -o app ./cmd", "go build -o app …"), ("make check", "make check"),
    ("git commit -m …", "git commit -m …"),
    ("cd web && npm run build -- --mode ci", "cd web && npm run build …")])
def test_a_command_in_short_stays_true(command: str, short: str) -> None:
    """Switches go; a flag that may take a value stays with it, and an ellipsis says that there was more."""
    assert brief(command) == short


def test_a_command_of_one_session_alone_seldom_comes_back() -> None:
    """One of two sessions is hotter, though it was run less often and longer ago."""
    found = commands([session(0, "gh api repos/a/b/contents/x", "gh api repos/a/b/contents/y"), session(1, "make check"), session(2, "make check")])

    assert found[0].command == "make check"


def test_git_in_another_directory_is_git() -> None:
    """`git -C DIR log` is a look, `git -C DIR push` is not."""
    assert list(telling("git -C /home/me/app log --oneline")) == []
    assert list(telling("git -C /home/me/app push origin main")) == ["git push origin"]
