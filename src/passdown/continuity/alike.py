"""Whether two sentences speak of one thing, by the words that carry meaning; made to be right rather than complete."""

from collections.abc import Iterable

from passdown.briefing.generic import GENERIC
from passdown.extract.words import content_words


def telling(text: str) -> frozenset[str]:
    """Content words that not every project uses."""
    return content_words(text) - GENERIC


def covers(known: str, said: str, *, share: float, least: int) -> bool:
    """Whether `known` has this share of what `said` says, and at least so many words of it, among them one that not every project uses."""
    words = content_words(said)
    common = words & content_words(known)
    return len(common) >= max(least, share * len(words)) and bool(common & telling(said))


def nearest(texts: Iterable[str], said: str, *, share: float, least: int) -> str:
    """The first text that covers it, "" for none."""
    return next((text for text in texts if covers(text, said, share=share, least=least)), "")


__all__ = ["covers", "nearest", "telling"]
