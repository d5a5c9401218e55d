"""Command lines: what is run, under which name it is counted, and what for."""

import time

import pytest

from passdown.extract.commands import commits, probes, purpose, settled, signature


@pytest.mark.parametrize(("command", "expected"), [
    ("cd /srv/shop && npm test", ("npm test", "/srv/shop")),
    ("cd web; cd app && DEBUG=1 npm test", ("DEBUG=1 npm test", "web/app")),
    ('cd "my dir" && ls', ("ls", "my dir")),
    ("npm test", ("npm test", "")),
    ("cd web", ("cd web", "")),
])
def test_a_leading_cd_is_taken_off(command: str, expected: tuple[str, str]) -> None:
    """The directory is told apart from what is run; variables stay."""
    assert settled(command) == expected


@pytest.mark.parametrize("command", [
    "pytest -q", "pytest -q 2>&1", "pytest -q 2>&1 | tail -20", "pytest  -q | grep 'a|b' | head", "pytest -q || true", "pytest -q > /dev/null",
    "pytest -q; echo $?"])
def test_how_output_is_shown_does_not_make_another_command(command: str) -> None:
    """Runs of one thing are counted together."""
    assert signature(command) == "pytest -q"


def test_commits_are_one_command() -> None:
    """Each commit has another message and other files, and is the same command."""
    assert signature("git add -A && git commit -m 'x'") == signature("git -C /srv/a commit --amend") == "git commit"
    assert not commits("git log --grep commit")


@pytest.mark.parametrize(("command", "expected"), [
    ("pytest tests/a.py -q", "test"), ("python -m pytest", "test"), ("uv run pytest", "test"), ("npm test", "test"), ("npm run test:unit", "test"),
    ("bun test", "test"), ("pnpm --filter web test", "test"), ("npx vitest run", "test"), ("go test ./...", "test"), ("cargo test", "test"),
    ("make test", "test"), ("./gradlew test", "test"), ("mvn -q test", "test"), ("node --test", "test"), ("dotnet test", "test"), ("ctest", "test"),
    ("bundle exec rspec", "test"), ("vendor/bin/phpunit", "test"), ("./scripts/run-tests.sh", "test"), ("python -m unittest -v", "test"),
    ("CI=1 npx jest a.test.ts", "test"), ("npm run build && npm test", "test"), ("npx playwright test", "test"), ("rtk bun run test", "test"),
    ("ruff check .", "lint"), ("npx tsc --noEmit", "lint"), ("npm run typecheck", "lint"), ("npm run lint:fix", "lint"), ("cargo clippy", "lint"),
    ("golangci-lint run", "lint"), ("node_modules/.bin/eslint src", "lint"), ("mypy src", "lint"), ("go vet ./...", "lint"),
    ("npm run build", "build"), ("tsc", "build"), ("cargo build --release", "build"), ("go build ./...", "build"), ("make", "build"),
    ("docker build -t x .", "build"), ("python -m build", "build"), ("./mvnw package", "build"),
    ("npm ci", "set-up"), ("pip install -e .", "set-up"), ("uv sync", "set-up"), ("python -m venv .venv", "set-up"), ("bun add zod", "set-up"),
    ("git status", "git"), ("gh pr view 3", "git"),
    ("npm run dev", "run"), ("python app.py", "run"), ("python -m shop.cli", "run"), ("./bin/serve", "run"), ("go run ./cmd/x", "run"), ("make serve", "run"),
    ("ls -la", "other"), ("echo test", "other"), ("grep -rn pytest .", "other"), ("python -c 'print(1)'", "other"), ("", "other"),
])
def test_purpose(command: str, expected: str) -> None:
    """A line is for the strongest thing that one of its commands is for."""
    assert purpose(command) == expected


def test_looking_is_told_from_doing() -> None:
    """A search that finds nothing is no error."""
    assert probes("cd x && grep foo a | head")
    assert probes("git -C /x status && ls")
    assert probes("rtk git diff")
    assert not probes("npm test | grep foo")
    assert not probes("git push")


def test_hostile_lines_take_no_time() -> None:
    """No pattern backtracks without end."""
    begun = time.process_time()
    for line in ("npm " + "-a " * 2_000 + "!", "A='x y' " * 1_000, "x" + " | tail 'a" * 500, "npm " + "--prefix " * 800, "'" * 4_000, "cd a && " * 800):
        purpose(line)
        signature(line)
        probes(line)
        settled(line)
    assert time.process_time() - begun < 2
