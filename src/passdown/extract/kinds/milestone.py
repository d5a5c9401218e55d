"""Milestones: what the agent reports as done where a turn ends."""

import re

from passdown.extract.base import Candidate, Context, asks, signals, words
from passdown.extract.prose import Sentence

KIND = "milestone"
CUES = (
    r"\b(?:added|created|implemented|replaced|refactored|migrated|introduced|extracted|rewrote|rewritten|converted|removed|moved|wired|built"
    r"|extended|redesigned|consolidated|ported|split|renamed|merged|released|shipped|deployed|published|fixed|now)\b")
HEADINGS = ""

_DID = (
    r"^(?:(?:all )?(?:done|complete|finished|fixed)[.!:,-]* |i(?:'ve| have)? (?:also )?|we(?:'ve| have)? )?(?:added|created|implemented|replaced"
    r"|refactored|migrated|introduced|extracted|rewrote|converted|moved|wired|built|extended|redesigned|consolidated|ported|split|renamed"
    r"|released|shipped|deployed|published)\b"
    r"|^(?:the |all |both |\w+ )(?:[\w/.,'-]+ ){1,8}(?:is|are) now \w+(?:ed|en|lt|de|ut)\b|^(?:the |all |both "
    r"|\w+ )(?:[\w/.,'-]+ ){1,6}now (?:uses?|supports?|runs?|reads?|writes?|returns?|shows?|renders?|accepts?|handles?|includes?|has|have|goes"
    r"|sends?|takes?)\b")
_NOT = (
    r"\b(?:let me|i'll|next|need|needs|should|would|could|might|will|if|but|not|todo|please|tests? (?:is|are|now|for)|committed|unstaged|staged"
    r"|above|below)\b|^now\b")

_signals = signals(did=_DID, no=_NOT)
_PIECE = re.compile(r"\W*added\b")  # a line, a flag, a helper: it takes some words to be more than a step
PIECE_WORDS = 12
_NAMES = re.compile(r"`[^`]+`|\b[\w-]+/[\w./-]+|\b\w+\.(?:py|go|ts|tsx|js|md|rs|json|toml)\b")


def find(sentence: Sentence, context: Context) -> Candidate | None:
    """A report in the past tense that names a place in the code, and stands in the running text: lists of changes are session facts."""
    if context.speaker != "agent" or sentence.item or asks(sentence) or words(sentence.mask) < 7 or not _NAMES.search(sentence.text):
        return None
    if _PIECE.match(sentence.mask) and words(sentence.mask) < PIECE_WORDS:
        return None
    return Candidate(KIND, sentence.text, closing=True) if _signals(sentence.mask) == {"did"} else None
