"""Sentences that say what is not there, not done or failing: they are the first to be overtaken by the work."""

import re
from collections.abc import Iterator

ABSENT, FAILING, UNCOMMITTED, UNMERGED = "absent", "failing", "uncommitted", "unmerged"

_NOT = r"(?:not|n['’]t|never)"
_MADE = (r"(?:built|created|written|implemented|added|defined|coded|there|in place|present|available|generated|introduced|ported|extracted|wired(?: up)?|"
         r"set up|checked in|exist)")
_CUES = {
    UNCOMMITTED: rf"\buncommitted\b|{_NOT}\s+(?:yet\s+)?(?:been\s+)?committed\b|\bstill to be committed\b",
    UNMERGED: rf"\bunmerged\b|{_NOT}\s+(?:yet\s+)?(?:been\s+)?merged\b|\b(?:waiting|yet|still) to be merged\b|\bawaiting (?:review and )?merge\b",
    FAILING: (r"\b(?:still|currently|keeps?|continues? to|always|now)\s+(?:\w+\s+)?(?:fail(?:s|ing)?|broken|red|crash(?:es|ing)?)\b"
              r"|\b(?:is|are)\s+(?:failing|broken|red)\b|\b(?:tests?|suite|build|ci|lint|linter|type.?check\w*|compilation|pipeline)\s+fails?\b"
              r"|\bdo(?:es)?(?:n['’]t|\s+not)\s+(?:yet\s+)?(?:pass|build|compile)\b"),
    ABSENT: (rf"{_NOT}\s+(?:yet\s+)?(?:been\s+)?(?:fully\s+)?{_MADE}\b|\b(?:is|are|still)\s+missing\b|\bmissing so far\b"
             r"|\b(?:unimplemented|unwritten|nonexistent)\b"
             rf"|\b(?:yet|still|needs?|has|have|remains?)\s+to\s+be\s+{_MADE}\b|\bthere (?:is|are) (?:still |currently )?no\b"
             r"|\bno\b[^.;]{0,60}\b(?:yet|so far)\b"),
}
_CUE = {kind: re.compile(cue, re.IGNORECASE) for kind, cue in _CUES.items()}
_ANY = re.compile("|".join(_CUES.values()), re.IGNORECASE)
_SUPPOSED = re.compile(
    r"\b(?:if|unless|whenever|in case|should|must|may|might|could|would|cannot|can['’]?t|when|until|make sure|ensure|verify|assert|expects?)\b",
    re.IGNORECASE)
_DENIED = re.compile(r"\b(?:no|not|none|nothing|nobody|never|neither|nor|without|hardly|no longer)\b|n['’]t\b", re.IGNORECASE)  # before the cue
_END = re.compile(r"(?<=[.!?;])\s+|\n+")
_CODE = re.compile(r"`([^`\n]+)`")
_NAME = re.compile(r"[A-Za-z_$][\w$]*(?:(?:\.|::)[A-Za-z_$][\w$]*)*(?:\(\))?")
_CALLED = re.compile(r"(?<![\w/.`])([A-Za-z_]\w*(?:\.\w+)*)\(\)")


def negative(text: str) -> Iterator[tuple[str, str]]:
    """(kind, sentence) of each sentence that says so and supposes nothing: conditions, duties and expectations are no claims, nor what is denied."""
    if not _ANY.search(text):
        return
    for sentence in _END.split(text):
        if _ANY.search(sentence) and not _SUPPOSED.search(_CODE.sub("", sentence)):
            yield from ((kind, sentence) for kind, cue in _CUE.items() if _said(cue, _CODE.sub("`x`", sentence)))


def _said(cue: re.Pattern[str], sentence: str) -> bool:
    return any(not _DENIED.search(sentence, 0, match.start()) for match in cue.finditer(sentence))


def names(sentence: str) -> list[str]:
    """Names of code in a sentence, as they are written between backticks or called with empty brackets; no paths."""
    quoted = [m[1].strip() for m in _CODE.finditer(sentence)]
    called = [m[1] for m in _CALLED.finditer(_CODE.sub("", sentence))]
    return [name.removesuffix("()") for name in (*quoted, *called) if _NAME.fullmatch(name)]


def meant(sentence: str, tool: str, command: str) -> bool:
    """Whether a sentence about failing means what this check does: it names its command, its tool, or the kind of thing that it checks.

    A check of some files or of chosen tests is meant only by a sentence that names one of these files. No check here tells what fails elsewhere, or at times.
    """
    if f"`{command}`" in sentence:
        return True
    words = set(re.findall(r"[\w./-]+", sentence.lower()))
    files = chosen(command)
    if _ELSEWHERE.search(_CODE.sub("", sentence)) or _FILTER.search(_AS_MODULE.sub(" ", command)) or (files and not files & words):
        return False
    kind = next((kind for kind, cue in _PURPOSES.items() if cue.search(f"{tool} {command}")), "")
    return tool.lower() in words or bool(kind and _SPOKEN[kind].search(sentence))


def chosen(command: str) -> set[str]:
    """Files and folders that a check is told to look at, in lower case: the words of its command that look like paths, but for the program."""
    words = _AS_MODULE.sub(" ", command.lower()).split()[1:]
    return {path for word in words if not word.startswith("-") and _PATH.search(path := word.partition("::")[0])}


_AS_MODULE = re.compile(r"\bpython[\d.]*\s+-m\s+")
_PATH = re.compile(r"\w/\w|\w\.\w{1,4}$")
_FILTER = re.compile(
    r"\s(?:-[kmtge]|-run|--(?:grep|filter|lf|last-failed|testnamepattern|test-name-pattern|example|select|tests?|only))(?=[\s=]|$)|\s-Dtest=|::", re.IGNORECASE)
_ELSEWHERE = re.compile(
    r"\b(?:windows|mac ?os|os ?x|linux|ubuntu|debian|alpine|android|ios|arm64|aarch64|armv\d|x86(?:[_-]64)?|amd64|32.bit|ci|nightly|github actions?|gitlab|"
    r"jenkins|circleci|travis|buildkite|pipeline|staging|production|prod|docker|containers?|remote|python ?[23](?:\.\d+)?|node ?\d+|chrome|firefox|safari|"
    r"intermittent\w*|flak[ey]\w*|sometimes|occasional\w*|random\w*|under (?:heavy |high )?load|in parallel|on (?!main\b|master\b|this\b|my\b|line\b)\w+)\b",
    re.IGNORECASE)
_PURPOSES = {
    "test": re.compile(r"\b(?:pytest|tests?|jest|vitest|mocha|rspec|unittest|ctest|go test|nextest)\b"),
    "types": re.compile(r"\b(?:mypy|pyright|tsc|typecheck|type-check)\b"),
    "lint": re.compile(r"\b(?:ruff|eslint|lint|clippy|flake8|biome)\b"),
    "build": re.compile(r"\b(?:build|make|compile|webpack|vite|cargo|gradle|mvn)\b"),
}
_SPOKEN = {
    "test": re.compile(r"(?i)\b(?:tests?|suite|specs?)\b|\btest_\w+"), "types": re.compile(r"(?i)\btype.?check\w*|\btypes\b"),
    "lint": re.compile(r"(?i)\blint\w*"), "build": re.compile(r"(?i)\b(?:build|compil\w+)\b"),
}

__all__ = ["ABSENT", "FAILING", "UNCOMMITTED", "UNMERGED", "meant", "names", "negative"]
