"""What was put off or ruled out: what is not to be done before a phase, not now, or not at all, and what of it a task touches."""

import re
from collections.abc import Iterator

from passdown.loading.decisions import plain
from passdown.loading.markdown import Markdown
from passdown.loading.phases import PHASE, number
from passdown.loading.reading import Settled, item_id
from passdown.loading.words import Task, content, cut, stem

_WHEN = r"(?:until|till|for phase|for stage|for later|to phase|for v\d|back to)"
_DEFERS = re.compile("|".join((
    r"\b(?:defer(?:red|ring|s)?|postpon\w+|put(?:ting)? off|hold(?:ing)? off|on hold|out of scope|off the table|not (?:before|until|now|in scope))\b",
    r"\bno (?:\S+ ){1,6}(?:before|until)\b|\buntil (?:phase|stage|milestone|sprint|after)\b|\b(?:do not|don'?t|never) (?:\S+ ){1,8}(?:before|until)\b",
    rf"\b(?:wait|waits|waiting|save|saved|leave|left|keep|push|pushed|move|moved|parked?) (?:\S+ ){{0,4}}{_WHEN}\b",
    r"\b(?:only|added|comes?|done|planned|revisit) (?:\S+ ){0,2}(?:later|after phase|in phase|from phase)\b|\b(?:phase|stage) \d+\+(?!\w)",
)), re.IGNORECASE)
_AVOIDED = re.compile(r"\bnot (?:to )?do\b|\bdon'?ts?\b|\bdo not\b|\bavoid\b|anti-?patterns?|\bnever\b|off[- ]limits", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'`*])")
_SAYING = frozenset(stem(w) for w in re.findall(r"\w+", """
defer postpone put off hold out scope table before until yet now wait save leave left keep push move park later only come done plan revisit after
phase stage milestone sprint don never mvp v1 v2 start first say see decision context session md zero one two three four five six seven eight nine ten
current next early initial add write build implement create use code work make project file thing feature support new avoid change call try run test
"""))
# Names of one thing: who asks for the part means the whole that was put off, and the other way round.
FAMILIES = tuple(frozenset(stem(w) for w in family.split()) for family in (
    "mlops devops docker dockerfile container kubernetes k8s helm ci cd pipeline deployment deploy terraform infrastructure infra",
    "auth authentication authorization login oauth sso signup jwt",
    "monitoring observability telemetry tracing prometheus grafana",
    "ui frontend gui dashboard interface web react vue svelte", "cache caching redis memcached", "i18n localization translation internationalization",
))
_ITEM = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+(?:[❌✗✘🚫]\s*)?")
MAX_SAID, MAX_CHARS, MAX_LINES = 3, 200, 5_000


def deferrals(page: Markdown) -> Iterator[tuple[int, str]]:
    """Line and sentence of each thing that was put off, in order. Fenced text is none."""
    for line, text in enumerate(page.lines[:MAX_LINES], 1):
        if text.strip() and not page.fenced[line - 1] and _DEFERS.search(text[:1_500]):
            for sentence in _SENTENCE.split(plain(text[:1_500].lstrip(" -*+>|\t"))):
                if _DEFERS.search(sentence):
                    yield line, sentence


def until(sentence: str) -> int:
    """The phase before which a sentence puts something off, -1 when it names none."""
    found = [number(m[1]) for m in PHASE.finditer(sentence)]
    return max(found) if found else -1


def avoided(page: Markdown) -> Iterator[tuple[int, str]]:
    """Line and text of each list item below a heading such as "What NOT to do"."""
    for section in page.sections:
        if _AVOIDED.search(section.title):
            for line in range(section.first + 1, min(section.last, section.first + MAX_LINES) + 1):
                text = page.lines[line - 1]
                if _ITEM.match(text) and not page.fenced[line - 1]:
                    yield line, plain(_ITEM.sub("", text[:1_500]))


def touched(page: Markdown, path: str, task: Task, phase: int) -> list[Settled]:
    """The deferrals and the things not to do that a task touches, at most three of each.

    phase: the present one, -1 when it is not known; a deferral whose phase has come is none any more.
    """
    wanted = _widened(task.content - _SAYING)
    later = [(line, said, until(said)) for line, said in deferrals(page) if wanted & topic(said)]
    out = [Settled("deferral", f"Put off: {cut(said, MAX_CHARS)}", path, line, line, f"phase {due}" if due >= 0 else "", item_id(said))
           for line, said, due in later if due < 0 or due > phase]
    lines = {line for line, _, _ in later}
    never = [Settled("avoid", f"Not to do: {cut(said, MAX_CHARS)}", path, line, line, id=item_id(said))
             for line, said in avoided(page) if line not in lines and wanted & topic(said)]
    return out[:MAX_SAID] + never[:MAX_SAID]


def topic(sentence: str) -> frozenset[str]:
    """What a sentence is about: stems of its words, without those by which it puts off, and the families that they belong to."""
    return _widened(frozenset(content(sentence)) - _SAYING)


def _widened(words: frozenset[str]) -> frozenset[str]:
    """The words, and for each family that one of them belongs to, that family's mark."""
    return words | {f"family {n}" for n, family in enumerate(FAMILIES) if words & family}


__all__ = ["avoided", "deferrals", "topic", "touched", "until"]
