"""Which blocks of a document are words without the order of sentences."""

from collections.abc import Mapping, Sequence

import msgspec

from passdown.lint.grounding import Block
from passdown.lint.shape import LEAST_WORDS, accented, begins_small, headless, is_prose, reversed_marks, scrambled, unjoined
from passdown.lint.words import is_foreign

FENCES = ("```", "~~~")
CAPITALS = 0.3  # share of blocks that begin with a small letter, from which on that is the document's habit
DOUBT = 8  # blocks of prose that are taken to be in order besides those that are there: a few lines prove little


class Garbled(msgspec.Struct, frozen=True):
    """prose: how many blocks have plain words enough to judge. scrambled: by line the neighbours that no sentence has. unjoined: lines of others."""

    prose: int = 0
    scrambled: Mapping[int, str] = msgspec.field(default_factory=dict)
    unjoined: frozenset[int] = frozenset()

    @property
    def share(self) -> float:
        """Of the prose, 0 to 1, that is no sentences; few blocks count as if there were more in order."""
        return (len(self.scrambled) + len(self.unjoined)) / (self.prose + DOUBT)


def garbled(found: Sequence[Block]) -> Garbled:
    """Fenced blocks, and texts in a script whose words nobody here knows, are not judged; nor is what joins words in a language with accents."""
    told = [b for b in found if b.words >= LEAST_WORDS and not b.text.startswith(FENCES)]
    prose = [b for b in told if is_prose(b.text) and not is_foreign(b.text)]
    wrong = {b.line: example for b in told if (example := reversed_marks(b.text))}
    wrong |= {b.line: example for b in prose if (example := scrambled(b.text))}
    others = () if accented(b.text for b in prose) else prose
    behead = sum(begins_small(b.text) for b in prose) < CAPITALS * len(prose)
    loose = (b.line for b in prose if b.line not in wrong and ((others and unjoined(b.text)) or (behead and headless(b.text))))
    return Garbled(len(prose), wrong, frozenset(loose))


__all__ = ["Garbled", "garbled"]
