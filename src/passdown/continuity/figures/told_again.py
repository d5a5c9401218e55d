"""What the user had to say again."""

import re
from collections.abc import Iterator

from passdown.continuity.alike import nearest
from passdown.continuity.base import Better, Measured, Seen, counted
from passdown.continuity.course import Said
from passdown.continuity.pair import Pair
from passdown.extract.voices import speaker
from passdown.extract.words import content_words
from passdown.model.event import Prompt
from passdown.model.plan import is_plan
from passdown.model.sentences import sentences

NAME, TITLE, UNIT = "told-again", "Things the user said again", "sayings"
BETTER: Better = "lower"
SAYS = "Sentences of the user that repeat what an earlier session has as a decision, preference or request of theirs, or that say themselves that they repeat."
SHARE, LEAST = 0.7, 4
SAME, SAME_WORDS = 0.7, 3  # of the words of both together, for a request that was made before
SHOWN = 90
KINDS = ("decision", "preference", "knowledge", "lesson")
AGAIN = re.compile(
    r"\b(?:as i (?:said|told|mentioned)|i (?:already|just) (?:said|told|explained)|we (?:already )?(?:decided|agreed|settled)|like i said"
    r"|i told you|i keep (?:saying|telling)|how often|once more|you (?:forgot|keep forgetting))\b", re.IGNORECASE)


def measure(pair: Pair) -> Measured:
    records = [r.text for r in pair.in_force(*KINDS)]
    asks = [ask for s in pair.earlier for ask in (s.goal, *s.asks) if ask and not is_plan(ask)]
    found = []
    for said in sayings(pair):
        if AGAIN.search(said.text):
            found.append(Seen(said.n, said.text[:SHOWN]))
        elif known := nearest(records, said.text, share=SHARE, least=LEAST) or next((ask for ask in asks if same(ask, said.text)), ""):
            found.append(Seen(said.n, f"{said.text[:SHOWN]} | known: {known[:SHOWN]}"))
    return counted(found)


def same(ask: str, said: str) -> bool:
    """Whether a request is one that was made before, in nearly the same words; a word or two (`commit this`) say what is to be done now."""
    words, before = content_words(said), content_words(ask)
    return len(words & before) >= max(SAME_WORDS, SAME * len(words | before))


def sayings(pair: Pair) -> Iterator[Said]:
    """Sentences of what the user typed; a text that was put in is none."""
    for prompt in pair.course.prompts:
        if speaker(Prompt(text=prompt.text)) == "user":
            yield from (Said(prompt.n, prompt.at, sentence) for sentence in sentences(prompt.text))
