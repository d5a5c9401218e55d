"""What failed and has not passed since."""

from msgspec.structs import replace

from passdown.briefing.failures import passed_since, standing
from passdown.model.session import CheckFact, CommandFact, ErrorFact, Session

CHECK = CheckFact("pytest", "uv run pytest tests/queue 2>&1 | tail -5", False, line="1 failed, 7 passed", at="2026-03-02T08:00:00Z")


def session(*commands: CommandFact, **more: object) -> Session:
    return Session("s", "codex", ended="2026-03-02T09:00:00Z", commands=commands, **more)  # type: ignore[arg-type]


def test_a_check_and_its_error_are_one_failure() -> None:
    """The command without its pipe, what was counted, and the cause."""
    error = ErrorFact("uv run pytest tests/queue", "AssertionError: delivered twice", "2026-03-02T08:00:00Z")
    found = standing(last := session(checks=(CHECK,), errors=(error,)), [last])

    assert [(f.command, f.causes) for f in found] == [("uv run pytest tests/queue", ("1 failed, 7 passed", "AssertionError: delivered twice"))]


def test_what_passed_later_is_no_failure() -> None:
    """In that session or a later one, by itself or in a run of everything; what passed before counts for nothing."""
    failed = CheckFact("go", "go test ./pkg/queue", False, line="FAIL pkg/queue", at="2026-03-02T08:00:00Z")
    last = session(checks=(failed,))

    assert standing(last, [last])
    for later in ("go test ./pkg/queue", "go test ./...", "cd app && go test ./..."):
        passed = session(CommandFact(later, ok=True, last="2026-03-02T08:30:00Z"), checks=(failed,))
        assert standing(passed, [passed]) == []
    before = session(CommandFact("go test ./...", ok=True, last="2026-03-02T07:30:00Z"), checks=(failed,))
    other = session(CommandFact("go test ./pkg/mail", ok=True, last="2026-03-02T08:30:00Z"), checks=(failed,))
    assert standing(before, [before])
    assert standing(other, [other])


def test_what_was_mistyped_refused_or_went_well_is_no_failure() -> None:
    """Nor is a failure of which no cause is known."""
    errors = (ErrorFact("make chekc", "make: unknown command chekc"), ErrorFact("npm run ship", "The user doesn't want to proceed with this tool use."),
              ErrorFact("bun commit", "1351 pass, 0 fail"), ErrorFact("make lint", ""))
    for error in errors:
        last = session(errors=(error,))
        assert standing(last, [last]) == []


def test_a_later_check_of_the_same_kind_that_looks_at_as_much_ends_a_failure() -> None:
    """`lint` after `lint:fix`; not a run of another part."""
    failed = CommandFact("bun run lint:fix", ok=False, last="2026-11-20T09:00:00Z", purpose="lint")
    passed = CommandFact("bun run lint", ok=True, last="2026-11-20T09:05:00Z", purpose="lint")
    other = CommandFact("bun run lint src/other", ok=True, last="2026-11-20T09:05:00Z", purpose="lint")

    assert passed_since(failed.command, failed.last, [Session("s", "a", ended="2026-11-20T09:06:00Z", commands=(passed, failed))])
    assert not passed_since(failed.command, failed.last, [Session("s", "a", ended="2026-11-20T09:06:00Z", commands=(other, failed))])


def test_a_failure_that_said_nothing_adds_nothing_to_one_that_did() -> None:
    """The same command with its output elsewhere."""
    said, silent = ErrorFact("./deploy.sh --verify | tail", "no route to host", "2026-03-02T08:00:00Z"), ErrorFact("./deploy.sh --verify > log", "")
    errors = (said, replace(silent, at="2026-03-02T08:01:00Z"))
    found = standing(last := session(errors=errors), [last])

    assert [f.causes for f in found] == [("no route to host",)]
