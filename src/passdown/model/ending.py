"""What a session left open with its last words: a question that nobody answered, or a step that it said comes next. Nothing is guessed from them."""

import re

import msgspec

from passdown.model.sentences import mask, sentences

LOOKED_AT = 4  # sentences from the end
CHARS = 300  # of a sentence; a longer one is no step and no question
# Asked at the end of any answer: nothing is left open by it.
_FORMULA = re.compile(r"\b(?:anything else|what would you like|what (?:can|should) i (?:do|help)|how can i help|what's next|any questions?)\b")
_COMES = re.compile(
    r"^\W*(?:next\b(?! time)|remaining\b|still (?:to do|open|missing|left)\b|(?:i|we) still (?:need|have)\b|to ?do:|not (?:yet )?done(?: yet)?\b"
    r"|what(?:'s| is) left\b)")
_NOTHING = re.compile(r"\b(?:nothing|none|no)\b.{0,20}\b(?:left|remain|open|next|needed)|\bif you\b")
_ENDS = (".", "!", "…", "`", ")", '"', "”")


class Ending(msgspec.Struct, frozen=True):
    """question, comes: the sentence verbatim, "" for none."""

    question: str = ""
    comes: str = ""


def ending(last_words: str) -> Ending:
    """The last question if the words end with it, and the last sentence near their end that says what comes next."""
    said = [s.strip() for s in sentences(last_words) if s.strip()][-LOOKED_AT:]
    last = said[-1] if said else ""
    question = last if last.endswith("?") and len(last) <= CHARS and not _FORMULA.search(mask(last)) else ""
    return Ending(question, next(filter(announces, reversed(said)), ""))


def announces(sentence: str) -> bool:
    """Whether it says what comes next, in a whole sentence."""
    low = mask(sentence)
    return len(sentence) <= CHARS and sentence.endswith(_ENDS) and bool(_COMES.match(low)) and not _NOTHING.search(low)


__all__ = ["Ending", "ending"]
