"""Questions to the user that the session ended on."""

import re

from passdown.extract.base import Candidate, Context, words
from passdown.extract.prose import Sentence

KIND = "question"
CUES = r"\?"
HEADINGS = r"^\W*(?:\d+[.)] )?(?:open |outstanding |clarifying )?questions?(?: for (?:you|the user))?\b[^.]{0,30}$"

_OFFERS = re.compile(
    r"^(?:so|and|or)?,? ?(?:(?:do you )?want (?:me )?to|is that the|are you (?:ok|happy)|shall i|should i|would you like me to|ready (?:to|for)"
    r"|is there (?:something|anything|a (?:specific|particular))"
    r"|sound good|does (?:that|this) (?:look|sound|work|make)|ok(?:ay)? to|anything else|what(?:'s| is) next|what would you like)\b")


def find(sentence: Sentence, context: Context) -> Candidate | None:
    """The agent's own question; mere offers of service are none."""
    m = sentence.mask
    if context.speaker != "agent" or not m.rstrip(" )_\"'*").endswith("?") or sentence.text.endswith(")") or words(m) < 6 or _OFFERS.match(m):
        return None
    return Candidate(KIND, sentence.text, closing=True)
