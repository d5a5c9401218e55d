"""What a project wants of the rules (`[check]` in `.passdown/config.toml`), and what a document says of itself (`passdown-ignore`)."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

import msgspec
from msgspec.structs import replace

from passdown.lint.base import Problem, Reading, Rule
from passdown.model.finding import Severity

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
_CODE = r"[a-z]\w*+(?:-\w++)*+"  # not more dashes at a time: those of `-->` are none of a code
IGNORE = re.compile(rf"<!--\s*+passdown-ignore:\s*+(?P<codes>{_CODE}(?:\s*,\s*{_CODE})*+)(?:(?!-->|<!--).)*+-->")  # a reason goes to the next comment at most


class Settings(msgspec.Struct, frozen=True):
    """disable: codes that say nothing anywhere. severity: by code. paths: (glob of documents, codes that say nothing there), `*` for every code."""

    disable: frozenset[str] = frozenset()
    severity: Mapping[str, Severity] = msgspec.field(default_factory=dict)
    paths: tuple[tuple[str, frozenset[str]], ...] = ()

    def of(self, rule: Rule, path: str) -> Rule | None:
        """The rule as it is wanted for a document, None when it is not."""
        wanted = self.grave(rule.code, rule.severity, path)
        return replace(rule, severity=wanted) if wanted else None

    def grave(self, code: str, severity: Severity, path: str) -> Severity | None:
        """How grave a code is that would have this severity, for a document; None when nothing is to be said of it."""
        if code in self.disable or any(fnmatchcase(path, glob) and codes & {code, "*"} for glob, codes in self.paths):
            return None
        return self.severity.get(code, severity)


def settings(table: Mapping[str, object], codes: Iterable[str]) -> Settings:
    """The settings of a `[check]` table. codes: all that there are. Raises `ValueError`, whose message says what is wrong with which key."""
    known = frozenset(codes)
    if unknown := sorted(table.keys() - {"disable", "severity", "paths"}):
        raise ValueError(f"there is no setting `check.{unknown[0]}`; there are disable, severity, paths")
    severity = _table(table.get("severity", {}), "check.severity")
    paths = _table(table.get("paths", {}), "check.paths")
    for code, wanted in severity.items():
        if code not in known or wanted not in SEVERITIES:
            raise ValueError(f"`check.severity.{code}` must be a rule's code with error | warning | info")
    return Settings(
        _codes(table.get("disable", ()), "check.disable", known), {c: s for c in severity for s in SEVERITIES if severity[c] == s},
        tuple((glob, _codes(value, f"check.paths.{glob}", known | {"*"})) for glob, value in paths.items()))


def _table(value: object, key: str) -> Mapping[str, object]:
    if not isinstance(value, Mapping):
        raise ValueError(f"`{key}` must be a table")
    return value


def _codes(value: object, key: str, known: frozenset[str]) -> frozenset[str]:
    if not isinstance(value, (list, tuple)):
        raise ValueError(f"`{key}` must be a list of codes")
    if wrong := [str(one) for one in value if one not in known]:
        raise ValueError(f"`{key}` names `{wrong[0]}`, which is no rule's code")
    return frozenset(value)


def kept(found: Iterable[tuple[Rule, Problem]], reading: Reading) -> Iterator[tuple[Rule, Problem]]:
    """What no `<!-- passdown-ignore: code reason -->` answers: on the same line, on a line of its own above, or above all else for the whole document."""
    if "passdown-ignore" not in reading.text:
        yield from found
        return
    ignored = dict(_ignored(reading.lines))
    top = frozenset(code for line in _top(reading) for code in ignored.get(line, ()))
    for rule, problem in found:
        near = (*ignored.get(problem.line, ()), *(ignored.get(problem.line - 1, ()) if _alone(reading.lines, problem.line - 1) else ()))
        if rule.code not in top and rule.code not in near:
            yield rule, problem


def _alone(lines: Sequence[str], number: int) -> bool:
    """Whether a line holds nothing but a comment, which then speaks of the line below."""
    return 0 < number <= len(lines) and not IGNORE.sub("", lines[number - 1]).strip()


def _ignored(lines: Sequence[str]) -> Iterator[tuple[int, frozenset[str]]]:
    """Line and codes of each comment."""
    for number, line in enumerate(lines, 1):
        codes = [code.strip() for match in IGNORE.finditer(line) if "passdown-ignore" in line for code in match["codes"].split(",")]
        if codes:
            yield number, frozenset(codes)


def _top(reading: Reading) -> Iterator[int]:
    """Lines above the first text, front matter passed over."""
    for number in range(reading.front + 1, len(reading.lines) + 1):
        line = reading.lines[number - 1]
        if line.strip() and not line.lstrip().startswith("<!--"):
            return
        yield number


__all__ = ["IGNORE", "SEVERITIES", "Settings", "kept", "settings"]
