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
_END = re.compile(r"(?<=[.!?;])\s+|\n+")
_CODE = re.compile(r"`([^`\n]+)`")
_NAME = re.compile(r"[A-Za-z_$][\w$]*(?:(?:\.|::)[A-Za-z_$][\w$]*)*(?:\(\))?")
_CALLED = re.compile(r"(?<![\w/.`])([A-Za-z_]\w*(?:\.\w+)*)\(\)")


def negative(text: str) -> Iterator[tuple[str, str]]:
    """(kind, sentence) of each sentence that says so and supposes nothing: conditions, duties and expectations are no claims."""
    if not _ANY.search(text):
        return
    for sentence in _END.split(text):
        if _ANY.search(sentence) and not _SUPPOSED.search(_CODE.sub("", sentence)):
            yield from ((kind, sentence) for kind, cue in _CUE.items() if cue.search(_CODE.sub("`x`", sentence)))


def names(sentence: str) -> list[str]:
    """Names of code in a sentence, as they are written between backticks or called with empty brackets; no paths."""
    quoted = [m[1].strip() for m in _CODE.finditer(sentence)]
    called = [m[1] for m in _CALLED.finditer(_CODE.sub("", sentence))]
    return [name.removesuffix("()") for name in (*quoted, *called) if _NAME.fullmatch(name)]


def meant(sentence: str, tool: str, command: str) -> bool:
    """Whether a sentence about failing means what this check does: it names its command, its tool, or the kind of thing that it checks.

    A sentence that names a file means a check of that file, or one that names none.
    """
    words = set(re.findall(r"[\w./-]+", sentence.lower()))
    files = {w for w in words if re.search(r"\w[/.]\w", w) and not w.endswith(".")}
    ran = set(re.findall(r"[\w./-]+", command.lower()))
    if files and not files & ran and any(re.search(r"\w/\w|\.\w{1,4}$", w) for w in ran):
        return False
    kind = next((kind for kind, cue in _PURPOSES.items() if cue.search(f"{tool} {command}")), "")
    return tool.lower() in words or f"`{command}`" in sentence or bool(kind and _SPOKEN[kind].search(sentence))


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
