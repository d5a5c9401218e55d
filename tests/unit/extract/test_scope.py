"""How far a command reaches."""

import pytest

from passdown.extract.scope import covers, display, filtered, whole


@pytest.mark.parametrize(("passed", "failed"), [
    ("pytest", "pytest -q tests/unit"), ("go test ./...", "go test -v ./pkg/a"), ("pytest tests", "pytest tests/unit/test_a.py -x"),
    ("npm test", "npm test"), ("ruff check . && pytest", "pytest tests"), ("uv run pytest", "pytest tests"), ("go test ./...", "go test -run TestA ./pkg/a"),
])
def test_a_wider_run_covers_a_narrower_one(passed: str, failed: str) -> None:
    """The same program on the same place, or on one that holds it."""
    assert covers(passed, failed)


@pytest.mark.parametrize(("passed", "failed"), [
    ("pytest tests/unit", "pytest"), ("pytest -k rows", "pytest tests"), ("npm run lint", "npm run test"), ("go build ./...", "go test ./..."),
    ("pytest", "ruff check . && pytest"),
])
def test_a_narrower_or_other_run_does_not(passed: str, failed: str) -> None:
    """A selection, a part, another verb and another program prove nothing."""
    assert not covers(passed, failed)


def test_a_command_is_shown_as_one_would_type_it() -> None:
    """Without what shapes the output and what only looks; not at all when it is a script or bound to one machine."""
    assert display("cd web && npm test 2>&1 | tail -5") == "npm test"
    assert display("ls -la; npm run lint && npm test") == "npm run lint && npm test"
    assert display("python - <<'E'\nprint(1)\nE") == ""
    assert display("pytest /home/me/shop/tests") == ""
    assert display("deploy $TARGET") == ""


def test_whole_and_filtered() -> None:
    """All there is, a place in it, a selection by name."""
    assert whole("go test ./...")
    assert not whole("go test ./pkg/a")
    assert filtered("pytest -k rows")
    assert not filtered("pytest tests")
