"""All kinds in the order in which they are asked: a sentence becomes the record of the first that takes it, if the classifier does not object."""

from collections.abc import Callable, Mapping, Sequence

from passdown.extract.base import IMAGINES, TEXT_CHARS, Candidate, Context, KindModule, asks, matcher, words
from passdown.extract.classifier import classifier
from passdown.extract.kinds import (
    approach,
    blocker,
    command,
    credential,
    decision,
    gotcha,
    lesson,
    milestone,
    preference,
    question,
    resource,
    setting,
    task,
    testdata,
)
from passdown.extract.language import english
from passdown.extract.prose import Sentence

# Narrow before wide: what is blocked or failed is often said in the words of a decision, and not the other way round.
TABLE: tuple[KindModule, ...] = (
    credential, approach, blocker, preference, testdata, command, resource, lesson, decision, task, setting, gotcha, milestone, question)

# What the classifier may see by itself, and how sure it must be (log odds).
SEEN: Mapping[str, tuple[Callable[[Sentence], Candidate], float]] = {
    "decision": (decision.make, -1.8), "knowledge": (gotcha.make, -2.3), "failed": (approach.failed, -2.5), "worked": (approach.worked, -2.0),
    "credential": (credential.make, -2.0), "value": (setting.make, -1.5), "preference": (preference.make, -2.5), "task": (task.make, -2.0),
    "blocker": (blocker.make, -1.5), "lesson": (lesson.make, -1.0)}
OBJECTS = -5.0  # below these odds of its kind, what the rules see is none
UNJUDGED = frozenset({"resource", "command", "test-data", "untried", "question"})  # kinds that the classifier does not know well enough to object to
USERS = frozenset({"preference"})  # kinds that only the user's words make

# What the classifier, which counts words, may take for a statement.
_DOUBTS = (
    r"\b(?:could|might|maybe|perhaps|wonder(?:ing)?|what if|whether|not sure|possibly|option \w:|let me know|up to you"
    r"|(?:we'd|we would) (?:need|have) to|i (?:want|would like) to (?:add|see|have|know|check))\b")
_SUPPOSES = (
    r"\b(?:i suspect|i think|i guess|probably|seems?|looks like|likely|recommend|suggest"
    r"|upstream example|would be|for example|happy to)\b")
_unsure = {"user": matcher([_DOUBTS]), "agent": matcher([_DOUBTS, _SUPPOSES, IMAGINES])}
_cues = matcher([module.CUES for module in TABLE])
_headings = matcher([module.HEADINGS or r"\bno such heading\z" for module in TABLE])


def cued(text: str) -> list[KindModule]:
    """The modules that have to look at a paragraph, in order; none for most."""
    return [TABLE[i] for i in sorted(_cues(text.lower()) or ())]


def headed(heading: str) -> str:
    """The kind of the list items that stand below this heading, "" when it names none."""
    found = _headings(heading.lower()) if heading else ()
    return TABLE[min(found)].KIND if found else ""


def ruled(modules: Sequence[KindModule], sentence: Sentence, context: Context) -> Candidate | None:
    """What the rules see in the sentence, or None."""
    if len(sentence.text) <= TEXT_CHARS and not sentence.text.endswith(":"):
        for module in modules:
            if candidate := module.find(sentence, context):
                return candidate
    return None


def find(modules: Sequence[KindModule], sentence: Sentence, context: Context) -> Candidate | None:
    """What the sentence says, or None: both voices weighed. Documents and summaries are not what the classifier learnt from."""
    candidate = ruled(modules, sentence, context)
    if context.speaker not in ("user", "agent") or (candidate and candidate.named in UNJUDGED):
        return candidate
    if candidate is None and (len(sentence.text) > TEXT_CHARS or sentence.text.endswith(":") or words(sentence.mask) < 4 or asks(sentence)):
        return None
    odds = classifier().odds(sentence, context.speaker, candidate.named if candidate else "")
    if candidate and odds.get(candidate.named, 0) >= OBJECTS:
        return candidate
    return _seen(odds, sentence, context)


def _seen(odds: Mapping[str, float], sentence: Sentence, context: Context) -> Candidate | None:
    """What the classifier sees by itself."""
    best = max(SEEN, key=lambda sort: odds[sort] - SEEN[sort][1])
    make, least = SEEN[best]
    if odds[best] < least or (best in USERS and not context.user) or asks(sentence) or not english(sentence.mask) or _unsure[context.speaker](sentence.mask):
        return None
    return make(sentence)


__all__ = ["TABLE", "cued", "find", "headed", "ruled"]
