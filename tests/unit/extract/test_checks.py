"""Closing lines of test runners, type checkers, linters and builds; one example of each form of the table."""

import pytest

from passdown.extract import checks
from passdown.model.session import CheckFact

# tool, command, output, ok of the command, expected (ok, passed, failed, skipped)
EXAMPLES: list[tuple[str, str, str, bool | None, tuple[bool, int, int, int]]] = [
    ("pytest", "pytest", "===== 1 failed, 23 passed, 2 skipped, 3 warnings in 0.52s =====", False, (False, 23, 1, 2)),
    ("pytest", "pytest -q | tail", "24 passed in 1.02s", True, (True, 24, 0, -1)),
    ("pytest", "pytest", "== 3 passed, 1 error in 61.00s (0:01:01) ==", False, (False, 3, 1, -1)),
    ("pytest", "pytest", "=== no tests ran in 0.01s ===", False, (False, -1, -1, -1)),
    ("unittest", "python -m unittest", "..\n----\nRan 12 tests in 0.003s\n\nOK (skipped=1)", True, (True, 11, 0, 1)),
    ("unittest", "python -m unittest", "F\nRan 12 tests in 0.003s\n\nFAILED (failures=1, errors=2)", False, (False, 9, 3, -1)),
    ("jest", "npx jest", "Test Suites: 1 failed, 2 total\nTests:       1 failed, 2 skipped, 30 passed, 33 total\nTime: 2 s", False, (False, 30, 1, 2)),
    ("jest", "npm test", "Tests:       5 passed, 5 total", True, (True, 5, 0, -1)),
    ("vitest", "npx vitest run", " Test Files  1 failed (4)\n      Tests  1 failed | 30 passed | 2 skipped (33)\n   Duration 1s", True, (False, 30, 1, 2)),
    ("vitest", "npx vitest run", "      Tests  8 passed (8)", True, (True, 8, 0, -1)),
    ("mocha", "npx mocha", "  12 passing (34ms)\n  1 pending\n  2 failing\n", False, (False, 12, 2, 1)),
    ("mocha", "npx mocha", "  12 passing (34ms)\n", True, (True, 12, 0, -1)),
    ("node --test", "node --test", "# tests 5\n# pass 4\n# fail 1\n# cancelled 0\n# skipped 0\n", False, (False, 4, 1, 0)),
    ("node --test", "node --test", "ℹ tests 4\nℹ pass 4\nℹ fail 0\nℹ cancelled 0\nℹ skipped 0\n", True, (True, 4, 0, 0)),
    ("bun test", "bun test", " 30 pass\n 2 skip\n 1 fail\n 40 expect() calls\nRan 33 tests across 4 files.", True, (False, 30, 1, 2)),
    ("deno test", "deno test", "ok | 12 passed | 0 failed (34ms)\n", True, (True, 12, 0, -1)),
    ("playwright", "npx playwright test", "  1 failed\n    [chromium] › a.spec.ts:3:1 › opens\n  3 passed (12.3s)\n", False, (False, -1, 1, -1)),
    ("playwright", "npx playwright test", "Running 3 tests\n  3 passed (12.3s)\n", True, (True, 3, 0, -1)),
    ("go test", "go test ./...", "--- FAIL: TestA (0.00s)\n    a_test.go:3: no\n--- FAIL: TestB (0.00s)\nFAIL\nFAIL\texample.com/a\t0.01s\n", False, (False,
     -1, 2, -1)),
    ("go test", "go test ./...", "FAIL\texample.com/a [build failed]\n", False, (False, -1, -1, -1)),
    ("go test", "go test ./...", "ok  \texample.com/a\t0.012s\nok  \texample.com/b\t(cached)\n", True, (True, -1, -1, -1)),
    ("cargo test", "cargo test",
     "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured\n\ntest result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured\n",
     False, (False, 14, 1, 1)),
    ("cargo nextest", "cargo nextest run", "     Summary [   0.51s] 12 tests run: 11 passed, 1 failed, 2 skipped\n", False, (False, 11, 1, 2)),
    ("cargo", "cargo build", "error: could not compile `shop` (lib) due to 2 previous errors\n", False, (False, -1, -1, -1)),
    ("cargo", "cargo build", "    Finished `dev` profile [unoptimized] target(s) in 1.2s\n", True, (True, -1, -1, -1)),
    ("maven tests", "mvn test", "[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0\n[ERROR] Tests run: 12, Failures: 1, Errors: 1, Skipped: 2\n", False,
     (False, 8, 2, 2)),
    ("maven", "mvn package", "[INFO] BUILD SUCCESS\n", True, (True, -1, -1, -1)),
    ("maven", "mvn package", "[INFO] BUILD FAILURE\n", False, (False, -1, -1, -1)),
    ("gradle tests", "./gradlew test", "12 tests completed, 1 failed, 2 skipped\n", False, (False, 9, 1, 2)),
    ("gradle", "./gradlew build", "BUILD SUCCESSFUL in 3s\n", True, (True, -1, -1, -1)),
    ("gradle", "./gradlew build", "BUILD FAILED in 3s\n", False, (False, -1, -1, -1)),
    ("ctest", "ctest", "90% tests passed, 1 tests failed out of 10\n", False, (False, 9, 1, -1)),
    ("rspec", "bundle exec rspec", "12 examples, 1 failure, 2 pending\n", False, (False, 9, 1, 2)),
    ("minitest", "rails test", "12 runs, 30 assertions, 1 failures, 0 errors, 2 skips\n", False, (False, 9, 1, 2)),
    ("phpunit", "phpunit", "OK (12 tests, 30 assertions)\n", True, (True, 12, 0, -1)),
    ("phpunit", "phpunit", "Tests: 12, Assertions: 30, Errors: 1, Failures: 2, Skipped: 1.\n", False, (False, 8, 3, 1)),
    ("dotnet test", "dotnet test", "Passed!  - Failed:     0, Passed:    12, Skipped:     1, Total:    13, Duration: 1 s\n", True, (True, 12, 0, 1)),
    ("dotnet build", "dotnet build", "Build succeeded.\n    0 Warning(s)\n", True, (True, -1, -1, -1)),
    ("dotnet build", "dotnet build", "Build FAILED.\n", False, (False, -1, -1, -1)),
    ("xctest", "swift test", "Executed 12 tests, with 1 failure (0 unexpected) in 0.1 seconds\n", False, (False, 11, 1, -1)),
    ("mypy", "mypy src", "Success: no issues found in 12 source files\n", True, (True, -1, -1, -1)),
    ("mypy", "mypy src", "a.py:1: error: no\nFound 3 errors in 2 files (checked 12 source files)\n", False, (False, -1, 3, -1)),
    ("pyright", "pyright", "3 errors, 1 warning, 0 informations\n", False, (False, -1, 3, -1)),
    ("pyright", "pyright", "0 errors, 0 warnings, 0 informations\n", True, (True, -1, 0, -1)),
    ("tsc", "npx tsc --noEmit", "a.ts(3,5): error TS2322: no\nb.ts(1,1): error TS1005: no\n", True, (False, -1, 2, -1)),
    ("tsc", "npx tsc --noEmit", "", True, (True, -1, -1, -1)),
    ("tsc", "npm run typecheck", "\n> shop@1.0.0 typecheck\n> tsc --noEmit\n", True, (True, -1, -1, -1)),
    ("ruff", "ruff check", "All checks passed!\n", True, (True, -1, -1, -1)),
    ("ruff", "ruff check", "Found 3 errors.\n[*] 2 fixable\n", False, (False, -1, 3, -1)),
    ("ruff format", "ruff format --check", "2 files would be reformatted, 9 files already formatted\n", False, (False, -1, 2, -1)),
    ("eslint", "npx eslint .", "✖ 3 problems (2 errors, 1 warning)\n", False, (False, -1, 2, -1)),
    ("eslint", "npx eslint .", "", True, (True, -1, -1, -1)),
    ("biome", "npx biome check", "Checked 12 files in 5ms. No fixes applied.\nFound 2 errors.\n", False, (False, -1, 2, -1)),
    ("biome", "bun run lint", "Checked 12 files in 5ms. No fixes applied.\n", True, (True, -1, -1, -1)),
    ("prettier", "prettier --check .", "All matched files use Prettier code style!\n", True, (True, -1, -1, -1)),
    ("prettier", "prettier --check .", "[warn] a.ts\n[warn] Code style issues found in the above file. Run Prettier with --write to fix.\n", False, (False, -1,
     -1, -1)),
    ("golangci-lint", "golangci-lint run", "3 issues:\n* errcheck: 3\n", False, (False, -1, 3, -1)),
    ("golangci-lint", "golangci-lint run", "0 issues.\n", True, (True, -1, 0, -1)),
    ("next build", "next build", "Failed to compile.\n", False, (False, -1, -1, -1)),
    ("next build", "next build", " ✓ Compiled successfully in 3.0s\n", True, (True, -1, -1, -1)),
    ("vite build", "vite build", "✓ built in 1.20s\n", True, (True, -1, -1, -1)),
    ("webpack", "webpack", "webpack 5.90.0 compiled successfully in 1200 ms\n", True, (True, -1, -1, -1)),
    ("webpack", "webpack", "webpack 5.90.0 compiled with 2 errors in 1200 ms\n", False, (False, -1, 2, -1)),
    ("make", "make all", "gcc: no\nmake[1]: *** [Makefile:3: all] Error 2\n", False, (False, -1, -1, -1)),
]


@pytest.mark.parametrize(("tool", "command", "output", "ok", "expected"), EXAMPLES, ids=[f"{e[0]}-{n}" for n, e in enumerate(EXAMPLES)])
def test_each_form_is_read(tool: str, command: str, output: str, ok: bool | None, expected: tuple[bool, int, int, int]) -> None:
    """A closing line tells its tool, whether all is well, and what it counted."""
    found = {c.tool: c for c in checks.read(command, output, ok)}

    assert tool in found
    assert expected == (found[tool].ok, found[tool].passed, found[tool].failed, found[tool].skipped)


def test_every_row_has_an_example() -> None:
    """A row that no example reads is not known to work."""
    unread = [r for r in checks.RUNNERS if not any(e[0] == r.tool and r.sign in e[2] and r.line.search(e[2]) for e in EXAMPLES)]

    assert unread == []


@pytest.mark.parametrize("command", ["cat log.txt", "grep passed out.txt", "gh run view 3 --log", "git log -3", "tail -5 test.log"])
def test_showing_what_others_said_is_no_check(command: str) -> None:
    """A log that is looked at says nothing of now."""
    assert checks.read(command, "24 passed in 1.02s", True) == []


def test_one_line_can_run_several_tools() -> None:
    """Each tool of a line has its own fact; colours do not matter."""
    found = checks.read("ruff check && mypy src && pytest", "\x1b[32mAll checks passed!\x1b[0m\nSuccess: no issues found in 3 source files\n2 passed in 0.1s",
        True)

    assert {c.tool for c in found} == {"ruff", "mypy", "pytest"}
    assert all(c.ok for c in found)


def test_a_fact_is_verbatim_and_bounded() -> None:
    """The closing line is kept as it was, without its frame."""
    assert checks.read("pytest", "==== 2 passed in 0.10s ====", True) == [CheckFact("pytest", "pytest", True, 2, 0, -1, "2 passed in 0.10s")]
