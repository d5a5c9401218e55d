"""What the agent has before it reads a briefing: standing instructions and the prompt. It is not told again."""

import re
from collections.abc import Iterable

from passdown.briefing.topics import content

SAME = 0.85  # share of a statement's content words that stand in one sentence of what is given
LEAST = 4  # content words that a statement needs for that to mean something
CUT = re.compile(r"(?<=[.!?])\s+|\n+")


class Given:
    """Texts, to be asked whether they say something already."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._sentences = [words for text in texts for part in CUT.split(text) if len(words := content(part)) >= LEAST]

    def says(self, statement: str) -> bool:
        if not self._sentences:
            return False
        words = content(statement)
        return len(words) >= LEAST and any(len(words & sentence) >= SAME * len(words) for sentence in self._sentences)


__all__ = ["Given"]
