"""Summaries that a host puts in place of a conversation: parsed by their headings.

Shapes known: Claude Code 2.x (nine numbered sections behind an analysis; transcripts of 2026-02), Codex (bullets of progress, context, what remains;
source of 2026), Copilot CLI and Gemini CLI (sections as tags: `<next_steps>`, `<current_plan>` …). Headings are told by what they say, not by their number.
"""

import re
from collections.abc import Iterator

import msgspec

from passdown.extract.base import TEXT_CHARS, Candidate, why
from passdown.extract.prose import mask
from passdown.model.record import Detail
from passdown.model.sentences import FENCE, spans

LEAST_WORDS = 5
MOST_TASKS = 8  # of one summary: a longer list is a plan, and its first items are next

# What a heading says its section holds; the first that fits.
_ROLES = tuple((role, re.compile(pattern)) for role, pattern in (
    ("errors", r"(?:errors?|issues?|problems?)\b.{0,20}\b(?:fix(?:es|ed)?|solutions?|resolv|resolutions?|encountered)"),
    ("next", r"(?:optional )?next[ _]step\b|immediate next"),
    ("tasks", (
        r"pending|remaining|what(?:'s| is)? (?:remains|left)|outstanding|open (?:tasks|items|work)|to-?dos?\b|next[ _]steps|left to do|still to do"
        r"|unfinished")),
    ("decisions", r"(?:key |design |architectur\w+ |important )*decisions?\b"),
    ("skip", (
        r"analysis|all user messages|files?\b|code sections|primary request|overview|history|work[ _]done|recent[ _]actions|important[ _]files|file[ _]system"
             r"|current work|current[ _]state|overall[ _]goal")),
))
_HEADING = re.compile(
    r"^(?:(?:\d{1,2}[.)] +)?\*\*(?P<bold>[^*\n]{3,60}?):?\*\*:?[ \t]*$|\d{1,2}[.)] +(?P<number>[A-Z][^.\n]{2,60}):(?P<rest>[^\n]*)$"
    r"|#{1,4} +(?P<hash>[^\n]{3,80})$|<(?P<tag>[a-z_]{4,30})>"
    r"|(?P<plain>[A-Z][A-Za-z ]{3,40}):[ \t]*$)", re.MULTILINE)
_ITEM = re.compile(r"^(?P<indent>[ \t]*)(?:[-*•] |\d{1,2}[.)] )(?:\[ \] )?", re.MULTILINE)
_CLOSED_TAG = re.compile(r"^[ \t]*</[a-z_]+>[ \t]*$", re.MULTILINE)
_END = re.compile(
    r"^(?:If you need specific details from before|Please continue the conversation from|Continue the conversation from|</summary>)", re.MULTILINE)

_NONE = re.compile(
    r"^\W*(?:none|nothing|no (?:pending|explicit|open|remaining|outstanding|further|code|errors?)|n/a|all (?:tasks|work|done"
    r"|implementation))\b", re.IGNORECASE)
_SLIGHT = re.compile(
    r"\b(?:lint(?:er|ing)?|format(?:ter|ting)?|unused|import(?:s|ed)? (?:order|sort)|whitespace|indentation|typo|gofmt|prettier"
    r"|declared and not used|not imported"
    r"|string to replace|modified (?:externally|since)|re-?reading|stale diagnostics?|edit failure|edit failed|explore agent|sub-?agent|replace_all"
    r"|file (?:was )?not (?:been )?read)\b", re.IGNORECASE)
_OPEN = re.compile(
    r"\b(?:not (?:yet )?(?:fixed|resolved|solved|addressed)|unresolved|still (?:failing|open|broken|unclear|happens)|remains? (?:open|unfixed))\b"
    r"|\(current\b", re.IGNORECASE)
_FIXED = re.compile(
    r"\b(?:fix(?:ed)?|solved|resolved|solution|switch(?:ed|ing)|changed|added|removed|moved|rewr(?:ote|itten)|replaced|reverted|led to|used|wrapped"
    r"|corrected)\b", re.IGNORECASE)
_REJECTED = re.compile(
    r"\buser\b[^.]{0,40}\b(?:reject|dislik|object|revert|pushed back|push back|said no|upset|did(?:n't| not) (?:like|want)|asked to (?:undo"
    r"|revert))", re.IGNORECASE)
_REPORT = re.compile(
    r"\bI (?:was|had|have|am)\b|\bthe user(?:'s)? (?:most recent|latest|last|exact)\b|\bwhen (?:the|this) summary\b|\buser (?:said|asked"
    r"|wants)\b", re.IGNORECASE)
_VAGUE = re.compile(r"^\W*(?:many|several|various|some|other|unapproved)\b|\bnot approve\b|\bunapproved\b", re.IGNORECASE)
_ROUTINE = re.compile(
    r"^(?:\W*per [\w.]+:)?\W*(?:after (?:the |code |these )?changes,? )?(?:run|verify|re-?run|check|confirm|rebuild|commit)\b.{0,60}\b(?:tests?"
    r"|lint|typecheck|build|pass(?:es)?|everything|fix|changes)\b", re.IGNORECASE)


class Section(msgspec.Struct, frozen=True):
    """`text[start:end]` below a heading. role: see `_ROLES`, "" when the heading says none of them."""

    role: str
    start: int
    end: int


def candidates(text: str) -> Iterator[Candidate]:
    """What the sections that are read by their heading hold, in order, word for word; nothing for a summary without headings."""
    for section in sections(text):
        take = _TAKEN.get(section.role)
        if take is not None:
            yield from take(text, section)


def rest(text: str) -> str:
    """The summary with those sections blanked that are read by their heading or only tell over, so that all offsets stay."""
    for section in sections(text):
        if section.role:
            text = text[:section.start] + re.sub(r"\S", " ", text[section.start:section.end]) + text[section.end:]
    return text


def sections(text: str) -> list[Section]:
    """Sections in order; what stands before the first heading belongs to none. [] when fewer than two headings say what they hold."""
    plain = FENCE.sub(lambda m: " " * len(m[0]), text)
    last = _END.search(plain)
    end = last.start() if last else len(text)
    heads = list(_HEADING.finditer(plain, 0, end))
    ends = [*(h.start() for h in heads[1:]), end]
    found = [Section(role_of(_title(h)), h.start("rest") if h["rest"] else h.end(), stop) for h, stop in zip(heads, ends, strict=False)]
    found = _without_analysis(found, [_title(h) for h in heads])
    return found if sum(bool(s.role) for s in found) >= 2 else []


def _title(heading: re.Match[str]) -> str:
    return next(g for g in heading.group("bold", "number", "hash", "tag", "plain") if g)


def _without_analysis(found: list[Section], titles: list[str]) -> list[Section]:
    """What the host thought before it wrote the summary says the same once more: all up to the summary itself is passed over."""
    if "Analysis" in titles and "Summary" in titles:
        at = titles.index("Summary")
        return [Section("skip", found[titles.index("Analysis")].start, found[at].start), *found[at + 1:]]
    return found


def role_of(heading: str) -> str:
    """What a heading says that its section holds, "" for none of the known."""
    said = heading.lower().strip(" *:")
    return next((role for role, pattern in _ROLES if pattern.match(said)), "")


def items(text: str, section: Section) -> list[str]:
    """The outermost list items of a section with what is nested in them, else its paragraphs; on one line each, without code blocks."""
    body = _CLOSED_TAG.sub("", FENCE.sub("", text[section.start:section.end]))
    marks = list(_ITEM.finditer(body))
    if not marks:
        return [" ".join(p.split()) for p in re.split(r"\n\s*\n", body) if p.strip()]
    least = min(len(m["indent"].expandtabs()) for m in marks)
    outer = [m for m in marks if len(m["indent"].expandtabs()) == least]
    ends = [*(m.start() for m in outer[1:]), len(body)]
    return [_one_line(body[m.end():end]) for m, end in zip(outer, ends, strict=True)]


def _one_line(item: str) -> str:
    """An item up to the first nested one or gap."""
    nested = _ITEM.search(item)
    return " ".join(re.split(r"\n\s*\n", item[:nested.start()] if nested else item)[0].split())


def _clipped(item: str) -> str:
    """As many of its first sentences as a record may hold; "" when the first is too long."""
    if len(item) <= TEXT_CHARS:
        return item
    fitting = [end for _, end in spans(item, mask(item)) if end <= TEXT_CHARS]
    return item[:fitting[-1]] if fitting else ""


def _errors(text: str, section: Section) -> Iterator[Candidate]:
    """An error with its fix and what the user said of it; one that is not fixed is a known problem."""
    for item in items(text, section):
        said = _clipped(item)
        if not said or len(said.split()) < LEAST_WORDS or _NONE.match(said) or _SLIGHT.search(said):
            continue
        if _OPEN.search(said):
            yield Candidate("issue", said, {"severity": "important"})
        elif _FIXED.search(said):
            details: dict[str, Detail] = {"outcome": "failed" if _REJECTED.search(said) else "worked"}
            if reason := why(said, mask(said)):
                details["why"] = reason
            yield Candidate("approach", said, details)


def _tasks(text: str, section: Section) -> Iterator[Candidate]:
    for item in items(text, section)[:MOST_TASKS]:
        said = _clipped(item)
        if said and len(said.split()) >= LEAST_WORDS and not (_NONE.match(said) or _ROUTINE.match(said) or _VAGUE.search(said) or said.endswith(":")):
            yield Candidate("task", said, {"state": "open"})


def _next(text: str, section: Section) -> Iterator[Candidate]:
    """The first sentence only: what follows tells over what the user had asked."""
    body = text[section.start:section.end].lstrip()
    said = next(iter(items(text, section)), "") if _ITEM.match(body) else _one_line(body)
    first = next(iter(spans(said, mask(said))), None)
    step = said[first[0]:first[1]].rstrip(" :") if first else ""
    if len(step.split()) >= LEAST_WORDS and len(step) <= TEXT_CHARS and not (_NONE.match(step) or _REPORT.search(step) or _ROUTINE.match(step)):
        yield Candidate("task", step, {"state": "open", "horizon": "immediate"})


def _decisions(text: str, section: Section) -> Iterator[Candidate]:
    for item in items(text, section):
        said = _clipped(item)
        if said and len(said.split()) >= LEAST_WORDS and not _NONE.match(said):
            reason = why(said, mask(said))
            yield Candidate("decision", said, {"why": reason} if reason else {})


_TAKEN = {"errors": _errors, "tasks": _tasks, "next": _next, "decisions": _decisions}

__all__ = ["Section", "candidates", "items", "rest", "role_of", "sections"]
