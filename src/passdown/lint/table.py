"""All rules, by code, and what they find."""

import importlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from passdown.lint.base import Problem, Reading, Rule, World
from passdown.lint.settings import Settings, kept
from passdown.model.finding import Finding, Severity

SUBJECTS = (  # modules in `rules/`
    "structure", "placeholders", "status", "work", "reasons", "known", "wording", "held", "places", "commands", "repository", "claims", "dates", "marks",
    "memory", "context", "sealed", "recorded")
OF_FILES: Sequence[tuple[str, Severity, str]] = (  # codes of what is found before there is a text
    ("file-unreadable", "error", "The file cannot be read, or is no file."),
    ("file-not-text", "error", "The file is no UTF-8 text: nothing in it was looked at."),
    ("file-too-large", "error", "The file is larger than any document that a session could read: nothing in it was looked at."),
    ("file-outside", "error", "A link in the repository leads out of it: it was not followed."),
)


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule by its code, in the subjects' order."""
    found = (rule for name in SUBJECTS for rule in importlib.import_module(f"passdown.lint.rules.{name}").RULES)
    return MappingProxyType({rule.code: rule for rule in found})


def codes() -> tuple[str, ...]:
    """All codes, those of files first."""
    return (*(code for code, _, _ in OF_FILES), *rules())


def problems(reading: Reading, world: World, settings: Settings | None = None) -> Iterator[tuple[Rule, Problem]]:
    """What the rules say of a document, by rule; not what the settings or the document itself want to hear nothing of."""
    wanted = settings or Settings()
    active = [rule for one in rules().values() if (rule := wanted.of(one, reading.path))]
    yield from kept(((rule, problem) for rule in active for problem in rule.check(reading, world)), reading)


def findings(reading: Reading, world: World, settings: Settings | None = None) -> list[Finding]:
    """The same as findings, by line; `where` is `path:line`, the path alone for the document as a whole."""
    return as_findings(reading, problems(reading, world, settings))


def as_findings(reading: Reading, found: Iterator[tuple[Rule, Problem]]) -> list[Finding]:
    """Problems of a document by line, those of a line by severity."""
    grave = {"error": 0, "warning": 1, "info": 2}
    ordered = sorted(found, key=lambda f: (f[1].line, grave[f[0].severity]))
    return [Finding(r.code, r.severity, f"{reading.path}:{p.line}" if p.line else reading.path, p.message, p.fix) for r, p in ordered]


def page() -> str:
    """docs/rules.md: every code with its severity, what is wrong and why it matters, and which system asks for it."""
    rows = ["| Code | Severity | What is wrong | Asked for by |", "| --- | --- | --- | --- |"]
    rows += [f"| `{code}` | {severity} | {says} | |" for code, severity, says in OF_FILES]
    rows += [f"| `{r.code}` | {r.severity} | {r.says.replace('|', chr(92) + '|')} | {r.source} |" for r in rules().values()]
    return f"{INTRODUCTION}\n" + "\n".join(rows) + "\n"


INTRODUCTION = """\
# Rules of `passdown check`

A code never changes its meaning. Where what a rule needs is not known (no git, no sessions), it says nothing. The last column names the systems whose
documents ask for it: A session memory, B session storage, C session handoff, D domain memory, E session context.

**To leave one out:** in the document, on the line, on a line of its own above, or above all else for the whole of it:
`<!-- passdown-ignore: code reason -->`. In the project, in `.passdown/config.toml`:

```toml
[check]
disable = ["task-unranked"]

[check.severity]
path-missing = "error"

[check.paths]
"docs/adr/*" = ["section-order", "section-missing"]
```
"""

__all__ = ["OF_FILES", "SUBJECTS", "as_findings", "codes", "findings", "page", "problems", "rules"]
