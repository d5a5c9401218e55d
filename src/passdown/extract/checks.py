"""What test runners, type checkers, linters and builds say at their end.

One row of `RUNNERS` is one closing form of one tool; the forms are those of the versions current in 2025 and 2026, and
`tests/unit/extract/test_checks.py` has an example of each.
"""

import functools
import re
from collections.abc import Sequence
from typing import Literal

import msgspec

from passdown.extract.commands import probes
from passdown.extract.wording import clip, plain
from passdown.model.session import CheckFact

LINE_CHARS = 300
Counting = Literal["last", "sum", "each"]

# Words behind a number in a closing line, where a row names no groups.
WORDS = {
    "passed": "passed", "passing": "passed", "pass": "passed", "ok": "passed", "failed": "failed", "failing": "failed", "fail": "failed", "failure": "failed",
    "failures": "failed", "error": "failed", "errors": "failed", "skipped": "skipped", "skip": "skipped", "skips": "skipped", "pending": "skipped",
    "ignored": "skipped", "deselected": "skipped", "todo": "skipped",
}
COUNT = re.compile(r"\b(\d+) (" + "|".join(WORDS) + r")\b")
KEYED = re.compile(r"\b(failures|errors|skipped)=(\d+)", re.IGNORECASE)


class Runner(msgspec.Struct, frozen=True):
    """One closing form.

    sign: text without which the form cannot be there (a cheap test). line: the form; groups `p`, `f`, `e`, `s`, `t` are passed, failed,
    errors, skipped and total, without them the words behind numbers count. verdict: what the form means by itself, None when its counts
    or the exit code decide. command: what the command line must have, "" when the form is unmistakable. counting: `last` match,
    `sum` over all, or `each` match is one failure.
    """

    tool: str
    sign: str
    line: re.Pattern[str]
    verdict: bool | None = None
    command: str = ""
    counting: Counting = "last"


def _row(tool: str, sign: str, line: str, verdict: bool | None = None, command: str = "", counting: Counting = "last") -> Runner:
    return Runner(tool, sign, re.compile(line, re.MULTILINE), verdict, command, counting)


PYTEST = "failed|passed|skipped|errors?|deselected|xfailed|xpassed|warnings?|rerun|subtests passed"

# In order: the first form of a tool that is found speaks for that tool.
RUNNERS: Sequence[Runner] = (
    _row("pytest", " in ", rf"^(?:=+ )?(?:\d+ (?:{PYTEST})(?:, )?)+ in [\d.:]+ ?m?s?.*$"),
    _row("pytest", "no tests ran", r"^(?:=+ )?no tests ran in .*$", False),
    _row("unittest", "\nRan ", r"^Ran (?P<t>\d+) tests? in [\d.]+s\s+(?:OK|FAILED|NO TESTS RAN).*$"),
    _row("jest", "Tests:", r"^Tests:\s+(?:\d+ \w+, )*(?:\d+ \w+, )?\d+ total.*$"),
    _row("vitest", "Tests  ", r"^\s*Tests\s+(?:\d+ \w+ ?\|? ?)+\(\d+\).*$"),
    _row("mocha", " passing (", r"^\s*(?P<p>\d+) passing \([^)]*\)(?:\n\s*(?P<s>\d+) pending)?(?:\n\s*(?P<f>\d+) failing)?"),
    _row("node --test", " pass ", r"^[#ℹ] pass (?P<p>\d+)\s*\n[#ℹ] fail (?P<f>\d+)(?:\s*\n[#ℹ] cancelled \d+)?(?:\s*\n[#ℹ] skipped (?P<s>\d+))?"),
    _row("bun test", " pass\n", r"^\s*(?P<p>\d+) pass\n(?:\s*(?P<s>\d+) skip\n)?(?:\s*\d+ todo\n)?\s*(?P<f>\d+) fail$"),
    _row("deno test", " passed | ", r"^(?:ok|FAILED) \| \d+ passed.*\| \d+ failed.*$"),
    _row("playwright", " failed\n    ", r"^  (?P<f>\d+) failed$", False, command="playwright|e2e"),
    _row("playwright", " passed (", r"^  (?P<p>\d+) passed \([\d.]+m?s?\)$", command="playwright|e2e"),
    _row("go test", "--- FAIL: ", r"^\s*--- FAIL: .*$", False, counting="each"),
    _row("go test", "FAIL", r"^FAIL\t\S+.*$", False),
    _row("go test", "ok  ", r"^ok  \t?\s*\S+\t(?:[\d.]+s|\(cached\)).*$", True),
    _row("cargo test", "test result: ", r"^test result: \w+\. (?P<p>\d+) passed; (?P<f>\d+) failed; (?P<s>\d+) ignored.*$", counting="sum"),
    _row("cargo nextest", "Summary [", r"^\s*Summary \[.*\] \d+ tests? run: .*$"),
    _row("cargo", "could not compile", r"^error: could not compile .*$", False),
    _row("cargo", "Finished ", r"^\s*Finished .*(?:profile|target\(s\)).*$", True, command=r"\bcargo\b.*\b(?:build|b|check|clippy)\b"),
    _row("maven tests", "Tests run:", r"^(?:\[\w+\] )?(?:\[\w+\] )?Tests run: (?P<t>\d+), Failures: (?P<f>\d+), Errors: (?P<e>\d+), Skipped: (?P<s>\d+).*$"),
    _row("maven", "BUILD SUCCESS", r"^\[INFO\] BUILD SUCCESS$", True),
    _row("maven", "BUILD FAILURE", r"^\[(?:INFO|ERROR)\] BUILD FAILURE$", False),
    _row("gradle tests", " tests completed", r"^(?P<t>\d+) tests? completed(?:, (?P<f>\d+) failed)?(?:, (?P<s>\d+) skipped)?$"),
    _row("gradle", "BUILD SUCCESSFUL", r"^BUILD SUCCESSFUL in .*$", True),
    _row("gradle", "BUILD FAILED", r"^BUILD FAILED in .*$", False),
    _row("ctest", " tests passed, ", r"^\d+% tests passed, (?P<f>\d+) tests? failed out of (?P<t>\d+)$"),
    _row("rspec", " example", r"^(?P<t>\d+) examples?, (?P<f>\d+) failures?(?:, (?P<s>\d+) pending)?.*$"),
    _row("minitest", " assertions, ", r"^(?P<t>\d+) (?:runs|tests), \d+ assertions, (?P<f>\d+) failures, (?P<e>\d+) errors(?:, (?P<s>\d+) skips)?.*$"),
    _row("phpunit", "OK (", r"^OK \((?P<p>\d+) tests?, \d+ assertions?\)$", True),
    _row("phpunit", "Assertions:", r"^Tests: (?P<t>\d+), Assertions: \d+(?:, Errors: (?P<e>\d+))?(?:, Failures: (?P<f>\d+))?(?:.*, Skipped: (?P<s>\d+))?.*\.$"),
    _row("dotnet test", "Failed:", r"^\s*\w+!\s+- Failed:\s+(?P<f>\d+), Passed:\s+(?P<p>\d+), Skipped:\s+(?P<s>\d+), .*$", counting="sum"),
    _row("dotnet build", "Build succeeded", r"^Build succeeded\.?$", True),
    _row("dotnet build", "Build FAILED", r"^Build FAILED\.?$", False),
    _row("xctest", "Executed ", r"^\s*Executed (?P<t>\d+) tests?, with (?:\d+ tests? skipped and )?(?P<f>\d+) failures?.*$"),
    _row("mypy", "no issues found in", r"^Success: no issues found in \d+ source files?$", True),
    _row("mypy", "source file", r"^Found (?P<f>\d+) errors? in \d+ files? \((?:checked|errors prevented).*$", False),
    _row("pyright", " errors, ", r"^(?P<f>\d+) errors?, \d+ warnings?, \d+ (?:informations?|notes?).*$"),
    _row("tsc", "error TS", r"^.*\berror TS\d+: .*$", False, counting="each"),
    _row("ruff", "All checks passed!", r"^All checks passed!$", True),
    _row("ruff", "Found ", r"^Found (?P<f>\d+) errors?(?: \(\d+ fixed, \d+ remaining\))?\.$", command=r"\bruff\b"),
    _row("ruff format", "would be reformatted", r"^(?P<f>\d+) files? would be reformatted.*$", False),
    _row("eslint", " problem", r"^✖ \d+ problems? \((?P<f>\d+) errors?, \d+ warnings?\)$"),
    _row("biome", "Found ", r"^Found (?P<f>\d+) errors?\.$", False, command=r"\bbiome\b"),
    _row("biome", "Checked ", r"^Checked \d+ files? in .*$", True),
    _row("prettier", "Prettier code style!", r"^All matched files use Prettier code style!$", True),
    _row("prettier", "Code style issues", r"^\[warn\] Code style issues .*$", False),
    _row("golangci-lint", " issues", r"^(?P<f>\d+) issues[.:]$"),
    _row("next build", "Failed to compile", r"^Failed to compile\.?$", False),
    _row("next build", "Compiled successfully", r"^.*Compiled successfully.*$", True),
    _row("vite build", "built in ", r"^.*✓ built in .*$", True),
    _row("webpack", "compiled ", r"^webpack [\d.]+ compiled (?:successfully|with \d+ warnings?) in .*$", True),
    _row("webpack", "compiled with ", r"^webpack [\d.]+ compiled with (?P<f>\d+) errors?.*$", False),
    _row("make", " *** ", r"^g?make(?:\[\d+\])?: \*\*\* .*$", False),
)

# Tools that say nothing when all is well: command, and the name to report.
SILENT: Sequence[tuple[re.Pattern[str], str]] = tuple((re.compile(pattern), tool) for pattern, tool in (
    (r"\btsc\b", "tsc"), (r"\beslint\b", "eslint"), (r"\bgo vet\b", "go vet"), (r"\bgo build\b", "go build"), (r"\bcargo fmt\b.*--check", "cargo fmt"),
    (r"\bpy_compile\b", "py_compile"), (r"\bshellcheck\b", "shellcheck")))
SILENT_CHARS = 200  # of output that such a tool's wrapper (npm, make) may print about itself


def read(command: str, output: str, ok: bool | None) -> list[CheckFact]:
    """The closing forms in `output`, one fact a tool, in the table's order; [] when the command only shows what others said."""
    return list(_read(command, output, ok))


@functools.lru_cache(maxsize=8)  # several folds ask for the same result, one after the other
def _read(command: str, output: str, ok: bool | None) -> Sequence[CheckFact]:
    if not output.strip() and not ok:
        return []
    if probes(command):
        return []
    text = plain(output)
    found: dict[str, CheckFact] = {}
    for row in RUNNERS:
        if row.sign in text and row.tool not in found and (not row.command or re.search(row.command, command)):
            matches = list(row.line.finditer(text))
            if matches:
                found[row.tool] = _fact(row, matches, command, ok)
    if not found and ok:
        return _silent(command, text)
    return list(found.values())


def _silent(command: str, text: str) -> list[CheckFact]:
    if len(text) > SILENT_CHARS or "error" in text.lower() or "warning" in text.lower():
        return []
    said = f"{command}\n{text}"  # npm and make print the command that they run
    return [CheckFact(tool, clip(command, LINE_CHARS), True) for pattern, tool in SILENT if pattern.search(said)][:1]


def _fact(row: Runner, matches: list[re.Match[str]], command: str, ok: bool | None) -> CheckFact:
    used = matches if row.counting == "sum" else matches[-1:]
    counts = {"failed": len(matches)} if row.counting == "each" else _total([_counts(m) for m in used])
    failed = counts.get("failed", -1)
    verdict = row.verdict if row.verdict is not None else failed == 0 if failed >= 0 else ok is not False
    shown = (matches[0] if row.counting == "each" else matches[-1])[0]
    return CheckFact(row.tool, clip(command, LINE_CHARS), verdict, counts.get("passed", -1), failed, counts.get("skipped", -1),
                     clip(" ".join(shown.strip(" =\n").split()), LINE_CHARS))


def _total(each: list[dict[str, int]]) -> dict[str, int]:
    names = {name for counts in each for name in counts}
    return {name: sum(counts.get(name, 0) for counts in each) for name in names}


def _counts(match: re.Match[str]) -> dict[str, int]:
    """passed, failed, skipped where the form says them; what only the total tells is worked out."""
    named = {k: int(v) for k, v in match.groupdict().items() if v}
    if not match.re.groupindex:
        out: dict[str, int] = {}
        for number, word in COUNT.findall(match[0]):
            out[WORDS[word]] = out.get(WORDS[word], 0) + int(number)
        return out | ({"failed": out.get("failed", 0)} if "passed" in out else {})
    for key, number in KEYED.findall(match[0]):
        name = "s" if key == "skipped" else "f"
        named[name] = named.get(name, 0) + int(number)
    failed = named.get("f", 0) + named.get("e", 0)
    out = {"failed": failed} if named.keys() & {"f", "e", "p", "t"} else {}
    if "s" in named:
        out["skipped"] = named["s"]
    if "p" in named or "t" in named:
        out["passed"] = named["p"] if "p" in named else max(0, named["t"] - failed - named.get("s", 0))
    return out


__all__ = ["RUNNERS", "SILENT", "Runner", "read"]
