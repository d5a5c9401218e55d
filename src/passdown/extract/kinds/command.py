"""Commands that somebody names as the way to set up, run or verify something. What was run is the matter of `checked`."""

import re

from passdown.extract.base import IMAGINES, Candidate, Context, asks, signals, words
from passdown.extract.prose import Sentence

KIND = "command"
CUES = r"`[^`]+`"
HEADINGS = ""

_CODE = re.compile(r"`([^`\n]{3,120})`")
_VERIFY = (
    r"\b(?:verif(?:y|ies|ied)|check(?:ed|s)?|test(?:s|ed)?|lint(?:ed)?|validated?|make sure|confirm(?:ed)?|type-?check(?:ed)?)\b")
_START = r"\b(?:start(?:s|ed)?|launch(?:ed)?|serve[sd]?|run the (?:app|server|service)|dev server)\b"
_SET_UP = r"\b(?:set ?up|install(?:ed)?|bootstrap|seed(?:ed)?|prepare[sd]?|provision)\b"
# `____` is the command: it is said how something is done with it, not that it was or will be done.
_HOW = (
    r"^(?:\W|\w+[.,!] )*to (?:verify|check|test|run|build|lint|start|set up|install|validate|deploy|seed|regenerate)\b[^.]{0,80}"
    r"[,:]? (?:run|use|call|do|just run|you run|execute) _{3,}"
    r"|(?:^|[,;:.-] )(?:please |just |always )?(?:run|use|execute) _{3,}[^.]{0,20}"
    r" (?:to (?:verify|check|test|build|lint|start|set up|make sure|see (?:that|whether|if))|before|after each|for the)\b"
    r"|\b(?:can|could) be (?:checked|verified|tested|run|started|built|linted) (?:with|by|using|via) (?:running )?_{3,}"
    r"|\b(?:is|are) (?:checked|verified|tested|run|started|built|linted|set up|seeded|regenerated) (?:with|by|using|via|through) (?:running )?_{3,}"
    r"|\byou (?:can |could |must |have to |should )?(?:check|verify|test|run|start|build|lint|set up|seed)\b[^.]{0,60}"
    r" (?:with|by|using|via) (?:running )?_{3,}")
_TOLD = r"\b(?:let me|i'll|i will|i'm going|i ran|we ran|now|next|failed|fails|error|passed|could|should i|would)\b|n't\b"

_signals = signals(how=_HOW, told=_TOLD, imagines=IMAGINES, verify=_VERIFY, start=_START, set_up=_SET_UP)


def find(sentence: Sentence, context: Context) -> Candidate | None:
    code = _CODE.search(sentence.text)
    if not code or " " not in code[1] or asks(sentence) or words(sentence.mask) < 4 or context.speaker not in ("user", "agent"):
        return None
    said = _signals(sentence.mask)
    return make(sentence) if "how" in said and not said & {"told", "imagines"} else None


def make(sentence: Sentence) -> Candidate:
    """The command in the words of who named it, with what it is for."""
    said = _signals(sentence.mask)
    purpose = "verify" if "verify" in said else "set-up" if "set_up" in said else "run"
    return Candidate(KIND, sentence.text, {"purpose": purpose})
