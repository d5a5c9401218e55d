"""Command lines: one name for runs of the same thing, and what a command is for."""

import functools
import re
from collections.abc import Mapping, Sequence

from passdown.model.command_line import ENV, program, segments

COMMAND_CHARS = 300
_once = functools.lru_cache(maxsize=256)  # a command is looked at when it begins and when it ends, and is often run again
QUOTED = r"""(?:'[^']*'|"[^"]*"|[^|'"])*"""
GO_THERE = re.compile(r"\s*cd\s+(\"[^\"]+\"|'[^']+'|[^\s;&|]+)\s*(?:&&|;|\n)\s*(?=\S)")
# What only changes how a result is shown, at the end of a line.
SHOWN = re.compile(rf"\s*(?:\d?>&\d|[12&]?>\s*/dev/null|\|\|\s*true|;\s*echo\s[^;|&]*|\|\s*(?:tail|head|cat|tee|less|grep|rg|sort|sed|awk)\b{QUOTED})\s*$")
WRAPPER = re.compile(
    r"(?:sudo|time|env|nohup|command|xvfb-run|rtk(?:\s+proxy)?|npx(?:\s+--?[\w-]+)*|bunx|uvx|(?:pnpm|yarn)\s+(?:exec|dlx)|npm\s+exec(?:\s+--)?|timeout\s+\S+|"
    r"(?:uv|poetry|pipenv|hatch|pdm|rye)\s+run(?:\s+--?[\w-]+(?:=\S+)?)*|bundle\s+exec|python[\d.]*\s+-m|\w+=(?:'[^']*'|\"[^\"]*\"|\S*))\s+")
BIN = re.compile(r"[\w./~-]*/(?:\.?bin|Scripts)/")
# A JavaScript package manager with its options, of which some take a word.
JS = r"(?:npm|pnpm|yarn|bun)(?:\s+(?>(?:--prefix|--filter|--workspace|--cwd|--dir|-C|-F|-w)\s+\S+|--?[\w-]+(?:=\S+)?))*+\s+"
MAKE = r"(?:make|just|task)\s+"

# First row that fits one of the simple commands of a line says what the line is for.
PATTERNS: Mapping[str, Sequence[str]] = {
    "test": (
        r"pytest|py\.test|unittest\b|tox\b|nox\b|jest|vitest|mocha|ava\b|karma|playwright\s+test|cypress\s+run|ctest|rspec|phpunit|pest\b|bats\b|gotestsum",
        rf"{JS}(?:run\s+)?(?:t|tests?|e2e|coverage)(?:[:-][\w:-]*)?(?:\s|$)",
        r"(?:bun|deno|swift|mix|dotnet|rails|rake|forge|go)\s+test|cargo\s+(?:\+\S+\s+)?(?:test|nextest)|node\s+(?:--[\w-]+\s+)*--test",
        r"(?:\./)?mvnw?\s.*\b(?:test|verify)\b|(?:\./)?gradlew?\s.*\b(?:test|check)\b",
        rf"{MAKE}(?:\S+\s+)*?(?:test|check|e2e)[\w-]*",
        r"(?:(?:bash|sh|python[\d.]*|node)\s+)?(?:\S*/)?(?:(?:run[-_])?tests?[\w-]*\.(?:sh|py|js)\b|test_\w+\.py)"),
    "lint": (
        r"ruff\b|flake8|pylint|mypy|pyright|basedpyright|eslint|biome\b|prettier|oxlint|tsc\s.*--noEmit|vue-tsc|svelte-check|golangci-lint|go\s+vet|gofmt",
        r"goimports|shellcheck|rubocop|phpstan|ktlint|stylelint|black\b|isort\b|pre-commit|markdownlint|lint-imports|cargo\s+(?:\+\S+\s+)?(?:clippy|fmt|check)",
        rf"{JS}(?:run\s+)?(?:lint|format|fmt|typecheck|type-check|check|tsc)[:\w-]*(?:\s|$)",
        rf"{MAKE}(?:lint|fmt|format|typecheck)[\w-]*"),
    "build": (
        rf"{JS}(?:run\s+)?(?:build|compile|bundle|package)[:\w-]*(?:\s|$)",
        r"(?:vite|next|nuxt|astro|ng|bazel|swift|dotnet|zig|hugo|docker|go|cargo|forge|anchor)\s+(?:\S+\s+)*?build\b|docker[\s-]compose\s.*\bbuild\b",
        r"tsc\b|tsup\b|webpack\b|rollup\b|esbuild\b|go\s+install|cargo\s+(?:\+\S+\s+)?(?:b|rustc)\b|(?:make|just|task)(?:\s+(?:all|build|compile)[\w-]*|\s*$)",
        r"cmake\b|ninja\b|meson\b|(?:\./)?mvnw?\s|(?:\./)?gradlew?\s|build\b|javac\b|gcc\b|g\+\+|clang\b|xcodebuild|mkdocs\s+build|sphinx-build"),
    "set-up": (
        rf"{JS}(?:install|i|ci|add|remove|uninstall|update|up|link|init|create)\b|(?:yarn|pnpm)\s*$|pip[\d.]*\s+(?:install|uninstall)",
        r"uv\s+(?:sync|pip|add|remove|venv|lock|tool|init)|(?:poetry|pipenv|pdm|rye|composer|bundle)\s+(?:install|add|update|require|sync|lock)|venv\b|virtualenv",
        r"go\s+(?:mod|get)|cargo\s+(?:add|fetch|install|update|new|init)|(?:apt|apt-get|brew|dnf|apk|choco|winget)\s+(?:\S+\s+)*?install|gem\s+install",
        r"dotnet\s+(?:restore|add|new)|(?:alembic|prisma|drizzle-kit|flyway|knex)\s|terraform\s+init|corepack",
        rf"{MAKE}(?:install|setup|init|bootstrap|deps)[\w-]*"),
    "git": (r"git\s|gh\s|glab\s|jj\s",),
    "run": (
        rf"{JS}(?:start|run|dev|serve|preview)\b|bun\s+\S|python[\d.]*\s+(?!-)\S|node\s+(?!-[ep]\b)\S|deno\s+run|(?:go|cargo|dotnet|swift|mix|flutter)\s+run",
        r"docker[\s-]compose\s.*\b(?:up|run)\b|docker\s+run|uvicorn|gunicorn|hypercorn|flask\s|streamlit|rails\s+s|php\s|ruby\s|tsx\s|ts-node\s|vite\b|java\s",
        rf"next\s+(?:dev|start)|{MAKE}\S|\./\S+|(?:bash|sh)\s+\S+\.sh"),
}
PURPOSES: Sequence[tuple[str, re.Pattern[str]]] = tuple((name, re.compile("|".join(given))) for name, given in PATTERNS.items())
# Programs that look and change nothing.
PROBES = frozenset((
    "cd", "ls", "cat", "head", "tail", "less", "grep", "egrep", "fgrep", "rg", "find", "fd", "which", "type", "test", "[", "diff", "cmp", "pgrep", "lsof",
    "echo", "stat", "wc", "ps", "sed", "awk", "jq", "tree", "file", "du", "df", "pwd", "sleep", "true", "false", "kill", "pkill",
    "command", "curl", "env", "date", "printf", "xxd"))
GIT = r"git\s+(?:-[Cc]\s+\S+\s+)*"
LOOKING = re.compile(rf"{GIT}(?:status|log|diff|show|branch|rev-parse|remote|ls-files|blame|grep)\b|gh\s")
STARTED = re.compile(rf"(?:{ENV.pattern})?(?:python[\d.]*\s+-m\s|\./\S)")  # of which `core` leaves only the name
COMMITTING = re.compile(rf"{GIT}commit\b")


@_once
def settled(command: str) -> tuple[str, str]:
    """(what is run, directory it is run in): the leading `cd X &&` taken off; the directory is "" when there was none."""
    cwd = ""
    while found := GO_THERE.match(command):
        step = found[1].strip("\"'")
        cwd = step if not cwd or step.startswith(("/", "~")) else f"{cwd}/{step}"
        command = command[found.end():]
    return command.strip(), cwd


@_once
def signature(command: str) -> str:
    """The name under which runs of one command are counted: without what only changes how its output is shown, commits without their messages."""
    if commits(command):
        return "git commit"
    name = " ".join(command[:COMMAND_CHARS * 2].split())
    while (found := SHOWN.search(name)) and found.start() > 0:
        name = name[: found.start()]
    return name[:COMMAND_CHARS]


def core(segment: str) -> str:
    """A simple command without variables and wrappers such as `npx`, `uv run`, `python -m`."""
    segment = ENV.sub("", segment, count=1) if "=" in segment else segment
    while (found := WRAPPER.match(segment)) and found.end() < len(segment):
        segment = segment[found.end():]
    return BIN.sub("", segment, count=1) if BIN.match(segment) else segment


@_once
def purpose(command: str) -> str:
    """`test`, `lint`, `build`, `set-up`, `git`, `run` or `other`: the first of these that one of its simple commands is for."""
    parts = segments(command)
    cores = [core(s) for s in parts]
    for name, pattern in PURPOSES:
        if any(map(pattern.match, cores)):
            return name
    return "run" if any(map(STARTED.match, parts)) else "other"


@_once
def probes(command: str) -> bool:
    """Whether all it does is look: such a command that fails has found nothing, and is no error; what it prints was said elsewhere."""
    return all(program(c) in PROBES or LOOKING.match(c) for c in map(core, segments(command)))


@_once
def commits(command: str) -> bool:
    """Whether it makes a git commit."""
    return "commit" in command and any(COMMITTING.match(core(s)) for s in segments(command))


__all__ = ["COMMAND_CHARS", "commits", "core", "probes", "purpose", "settled", "signature"]
