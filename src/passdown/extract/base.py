"""What the modules of `kinds/` share: their contract, the guards against what is only asked or imagined, and cutting clauses out.

A module in `kinds/` provides
    KIND: str       the record kind that it finds
    CUES: str       a regular expression (RE2's subset, lower case, searched without regard to case) without a match of which
                    in the block it need not look at all
    HEADINGS: str   the same for a heading below which every list item is of its kind, "" when there is none
    find(sentence, context) -> Candidate | None
It must not keep anything between two calls.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Literal, Protocol

import msgspec

from passdown.extract.prose import Sentence
from passdown.model.record import Detail

TEXT_CHARS = 400  # of a record's text; a longer sentence is no record, it was not written to be remembered
TITLE_CHARS, TITLE_WORDS = 160, 8  # of a first line that reads well; a shorter one does not stand alone
LEAST_WORDS = 4  # a shorter sentence ("go with A") says nothing to one who was not there

Speaker = Literal["user", "agent", "summary", "document"]


class Context(msgspec.Struct, frozen=True):
    """Who speaks. summary: the host's own summary of the session; document: a long text that the user put in, such as a plan."""

    speaker: Speaker = "agent"

    @property
    def user(self) -> bool:
        return self.speaker == "user"


class Candidate(msgspec.Struct, frozen=True):
    """A record in the making. closing: it counts only at the end of a turn (in the middle it is the agent's narration of its next move).

    taken: how many of the following sentences the text includes. sort: what it is among its kind, where the classifier tells that apart.
    quote: the words that the event itself has, where the text has more, such as the question to an answer; "" for all of it.
    fault: it tells what is wrong, which work may put right. soon: and that this is done next.
    """

    kind: str
    text: str
    details: Mapping[str, Detail] = msgspec.field(default_factory=dict)
    closing: bool = False
    taken: int = 0
    sort: str = ""
    quote: str = ""
    fault: bool = False
    soon: bool = False

    @property
    def named(self) -> str:
        """What the classifier calls it: finer than the kind."""
        return self.sort or str(self.details.get("outcome", self.kind))


class KindModule(Protocol):
    @property
    def KIND(self) -> str: ...
    @property
    def CUES(self) -> str: ...
    @property
    def HEADINGS(self) -> str: ...
    def find(self, sentence: Sentence, context: Context) -> Candidate | None: ...


_ASKS = re.compile(
    r"^(?:(?:and|but|so|ok|okay|hmm|also|or),? )*(?:(?:do|does|did|is|are|was|were|can|could|should|shall|would|will|have|has) (?:you|we|i|it"
    r"|there|this|that|they|the|these|those)"
    r"|(?:what|why|how|where|which|who|when) (?:do|does|did|can|should|would|about|come))\b")
IMAGINES = (
    r"\b(?:could|might|maybe|perhaps|what if|hypothetically|in theory|suppos(?:e|ing)|imagin(?:e|ing)|wonder(?:ing)?|whether|potentially|possibly|theoretically"
    r"|one (?:can|may)|may (?:be|have|also|not|want|need)|would be|if (?:we|you|i) (?:want|wanted|need|needed|were|decide|prefer|like|go|went"
    r"|choose|chose|ever)|if (?:needed|desired|preferred)"
    r"|should (?:we|i)|let me know|up to you|your call|happy to|for example|option \w+[:)])")
REASON = (
    r"\b(?:because|since (?:it|they|we|this|that|the|there|\w+ (?:is|are|was|has|can|does))|so that|due to|given that|on the grounds that"
    r"|the reason (?:is|being|was)|main point was|deciding factor"
    r"|in order to|to (?:avoid|prevent|keep|preserve|reduce|ensure|make sure|stay)|that way|this way|outweighs|otherwise"
    r"|so (?:it|we|they|the|that|you|users?|there)|as (?:it|they|we|this|that|the|there|\w+ (?:is|are|was)) )")
_WHY = re.compile(
    r"\b(?:because(?: of)?|since(?! then)|due to|given that|the reason (?:is|being|was)(?: that)?|main point was"
    r"|the deciding factor is that)\s+(?=\w)")
_NEXT_MOVE = re.compile(r"(?:before i\b|.*\blet me\b(?! know))")  # what is done next belongs to nothing said before


Signals = Callable[[str], frozenset[str]]


def signals(**patterns: str) -> Signals:
    """Gives the names of the patterns that a mask matches, all in one linear pass where google-re2 is there; RE2's subset, so no look-around."""
    names = tuple(patterns)
    match = matcher(list(patterns.values()))
    return lambda mask: frozenset([names[i] for i in match(mask) or ()])


def matcher(patterns: Sequence[str]) -> Callable[[str], Sequence[int] | None]:
    """Gives the numbers of the patterns that a text matches, in no order; None or nothing when it matches none."""
    try:
        import re2
    except ImportError:  # no wheel for this platform
        compiled = [re.compile(pattern) for pattern in patterns]
        return lambda text: [i for i, pattern in enumerate(compiled) if pattern.search(text)]
    together = re2.Set.SearchSet()
    for pattern in patterns:
        together.Add(pattern)
    together.Compile()
    match: Callable[[str], Sequence[int] | None] = together.Match
    return match


def asks(sentence: Sentence) -> bool:
    """Whether it is a question, with or without its mark."""
    return sentence.mask.rstrip(" )_\"'*").endswith("?") or bool(_ASKS.match(sentence.mask))


def why(text: str, mask: str) -> str:
    """The causal clause, verbatim, up to the end of its sentence; "" when there is none to cut out."""
    found = _WHY.search(mask)
    return "" if not found else text[found.end():].strip().rstrip(".!;, ")


def words(mask: str) -> int:
    """How many words it has; inline code counts for one."""
    return len(mask.split())


def window(sentence: Sentence) -> str:
    """The masks of the sentence and of the one that follows it in its block."""
    return f"{sentence.mask} {sentence.next.mask}" if sentence.next else sentence.mask


def joined(sentence: Sentence) -> tuple[str, int]:
    """The text of the sentence with the one that follows, and how many were taken (0 when together they would be too long).

    The one that follows goes to a line of its own where both would be too long for a title.
    """
    if not sentence.next or sentence.next.text == sentence.text or _NEXT_MOVE.match(sentence.next.mask):
        return sentence.text, 0
    if len(sentence.text) + len(sentence.next.text) >= TEXT_CHARS:
        return sentence.text, 0
    long = len(sentence.text) + len(sentence.next.text) >= TITLE_CHARS and words(sentence.mask) >= TITLE_WORDS
    return sentence.text + ("\n" if long else " ") + sentence.next.text, 1


def labelled(label: str) -> str:
    """A pattern that matches a sentence that begins with one of the words and a colon, such as `Decision: …`."""
    return rf"^\W*(?:(?:ok|okay|so|well|right|alright|good|great)\W+)?(?:{label})\s*(?:\([^)]*\)\s*)?[:-]\s+\S"


__all__ = [
    "IMAGINES", "LEAST_WORDS", "REASON", "TEXT_CHARS", "Candidate", "Context", "KindModule", "Signals", "Speaker",
    "asks", "joined", "labelled", "matcher", "signals", "why", "window", "words",
]
