"""All kinds in the order in which they are asked: a sentence becomes the record of the first that takes it."""

from collections.abc import Sequence

from passdown.extract.base import TEXT_CHARS, Candidate, Context, KindModule, matcher
from passdown.extract.kinds import approach, blocker, credential, decision, gotcha, milestone, preference, question, setting, task
from passdown.extract.prose import Sentence

# Narrow before wide: what is blocked or failed is often said in the words of a decision, and not the other way round.
TABLE: tuple[KindModule, ...] = (credential, approach, blocker, preference, decision, task, setting, gotcha, milestone, question)


_cues = matcher([module.CUES for module in TABLE])
_headings = matcher([module.HEADINGS or r"\bno such heading\z" for module in TABLE])


def cued(text: str) -> list[KindModule]:
    """The modules that have to look at a paragraph, in order; none for most."""
    return [TABLE[i] for i in sorted(_cues(text.lower()) or ())]


def headed(heading: str) -> str:
    """The kind of the list items that stand below this heading, "" when it names none."""
    found = _headings(heading.lower()) if heading else ()
    return TABLE[min(found)].KIND if found else ""


def find(modules: Sequence[KindModule], sentence: Sentence, context: Context) -> Candidate | None:
    """What the sentence says, or None."""
    if len(sentence.text) <= TEXT_CHARS and not sentence.text.endswith(":"):
        for module in modules:
            if candidate := module.find(sentence, context):
                return candidate
    return None


__all__ = ["TABLE", "cued", "find", "headed"]
