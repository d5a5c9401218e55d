"""What was said of the code: sentences about the names that the task or the last session's work is about."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from passdown.briefing.asks import asks
from passdown.briefing.candidates import Candidate
from passdown.briefing.heat.files import HotFile
from passdown.briefing.heat.names import sentences
from passdown.briefing.reverted import Reverted
from passdown.briefing.situation import Situation
from passdown.briefing.times import ago
from passdown.briefing.topics import content
from passdown.briefing.words import balanced
from passdown.model.session import Session

WORTH, FALL = 0.62, 0.5
MOST = 4
FIRST = r"\W*([A-Za-z'][A-Za-z']*)"
# Steps of a plan, ticks, headings and sentences without a subject say nothing of what the code is.
_NO_SUBJECT = """
manual extract wire import call pass wrap log return minor major nit note but so and or now on for if count step phase option goal before after warning error
fail ok file updated added removed changed replaced renamed moved wrapped created updating adding removing changing replacing renaming moving wrapping creating
doesn't don't isn't follows adds respects uses mirrors matches handles returns removes supports missing consistent
"""
NO_SUBJECT = frozenset(_NO_SUBJECT.split())
NO_STATEMENT = (
    r"^[A-Z][\w -]{0,40}(?::| [—–-])\s|`\W{0,3}\s?[—–-]\s+(?:[Aa]dd|[Uu]pdat|[Rr]emov|[Cc]hang|[Rr]ender|[Nn]ew)|=(?:true|false|\d+)\b"
    r"|^\W*[\w./-]+\.[a-z]{1,4}\W{0,2}:|\s(?:→|=>|->)\s|\b[Ll]ines? ~?\d|\.\w{1,4}:\d|^\W*\[")


def candidates(situation: Situation, last: Session | None, hot: Sequence[HotFile], heat: Mapping[str, float], back: Reverted) -> Iterator[Candidate]:
    """The most telling first, a few. hot: files by heat. heat: of names. back: what was taken back, of which nothing is said."""
    ours = at_hand(last, hot)
    fitting = (s for s in sentences([s for s in situation.sessions if s.id not in back.sessions], heat, situation.bearing)
               if states(s.text) and (ours & set(s.names) or situation.bearing.words & content(s.text)))
    for sentence in islice(fitting, MOST):
        why = f"says something of {', '.join(sentence.names[:3])}"
        text = f"“{sentence.text}”" if '"' in sentence.text else f'"{sentence.text}"'
        yield Candidate("IN THE CODE", sentence.text, f"{text} ({ago(sentence.at, situation.now)})", WORTH * sentence.share**FALL, short=text, why=why,
                        says=sentence.text)


def at_hand(last: Session | None, hot: Sequence[HotFile]) -> frozenset[str]:
    """Names that the last session spoke of, and those of the files at hand."""
    return frozenset(n.name for n in (last.names if last else ())) | frozenset(name for f in hot if f.hot for name in f.fact.names)


def states(text: str) -> bool:
    """Whether it is a sentence that says what something is, does or needs."""
    first = re.match(FIRST, text)
    named = text.startswith("`")  # then its first word is a name
    whole = named or (text[:1].isalpha() and not text[:1].islower() and (first is None or first[1].lower() not in NO_SUBJECT) and not asks(text))
    return whole and re.search(NO_STATEMENT, text) is None and not text.endswith("?") and balanced(text)


__all__ = ["candidates"]
