"""What a prompt asks for: its wish in whole sentences, without what was pasted into it."""

import re

from passdown.briefing.topics import content
from passdown.briefing.words import clause
from passdown.model.plan import is_plan
from passdown.model.sentences import sentences
from passdown.model.session import Session

BEGINNING = 60  # characters of a sentence that are looked at
LEAST = 2  # words of content, numbers aside, in a wish that is understood by those who were not there
PROSE = 0.5  # share of a line's words that are plain ones in prose; fewer are a log, a listing or a configuration
FENCE = r"(?s)```.*?(?:```|\Z)"
CLIPPED = r"\s*\S*…\s*$"  # its last word may be half of one
PLAIN = r"^[\"'(«„]*[^\W\d_](?:[^\W\d_]|['’-])*[,.;:!?…)\"'»“]*$|[\u2E80-\uFFEF]"
PASTED = r"^\s*(?:[$>|+#=✖✔✗✓⚠~%]|---|at \S+\(|\S+:\d+:\d+:|\d{4}-\d\d-\d\d|\w+(?:Error|Exception)\b|(?:[\w-]+:\s+\S+\s*){1,2}$|\S*[~\w]+[~%$]\s)"
LABEL = r"(?i)^\W*(?:[-*•]\s*)?(?:\(?\d+[).]\s*)?(?:re|issue|finding|minor|major|nit|question|bug|todo|note)\s*[:#]\s*"
WORD = r"[a-z']+"
# Words before a wish, words that begin one, and two that do together.
_BEFORE = """ok okay yes yep no nope now so and also then next hm hmm great good perfect alright first finally"""
_WISHES = """
please let's lets instead don't use make add fix address change update remove delete drop rename move create write implement build run rerun test check verify
review look see find search explain describe show tell list compare analyze analyse investigate debug figure refactor clean simplify split merge rebase commit
push revert undo roll keep replace switch convert migrate port improve optimize reduce increase extend support handle allow disallow prevent ensure set
configure install document draft plan design propose suggest continue finish complete start stop try retry open close read go pick give put turn bump release
deploy how why what where which is are does do
"""
BEFORE, WISHES = frozenset(_BEFORE.split()), frozenset(_WISHES.split())
LEADS = frozenset(("can you", "can we", "could you", "could we", "would you", "would it", "should we", "should i", "should it", "i want", "i'd like", "i need",
                   "i would", "we need", "we want", "we should", "we must", "you should"))


def wish(prompt: str, limit: int) -> str:
    """What is asked for in at most `limit` characters, "" when a prompt by itself says too little.

    It begins with the first sentence that asks or orders; those behind it follow as far as they fit.
    """
    prompt = re.sub(CLIPPED, "…", prompt)
    said = [re.sub(LABEL, "", s).strip() for s in sentences("\n".join(own_lines(re.sub(FENCE, "", prompt))))]
    said = [s for s in said if s]
    start = next((n for n, s in enumerate(said) if asks(s) and tells(s)), None)
    if start is None:
        start = next((n for n, s in enumerate(said) if tells(s)), None)
    return clause(" ".join(said[start:]), limit) if start is not None else ""


def tells(sentence: str) -> bool:
    return sum(not word.isdecimal() for word in content(sentence)) >= LEAST


def asks(sentence: str) -> bool:
    """Whether a sentence is a question, an order or a wish, by how it begins."""
    if sentence.endswith("?"):
        return True
    words = re.findall(WORD, sentence[:BEGINNING].lower().replace("’", "'"))
    first = next((n for n, word in enumerate(words) if word not in BEFORE), None)
    return first is not None and (words[first] in WISHES or " ".join(words[first:first + 2]) in LEADS)


def own_lines(prompt: str) -> list[str]:
    """Lines that a person wrote, not pasted."""
    return [line for line in prompt.split("\n") if line.strip() and not re.match(PASTED, line) and prose(line)]


def prose(line: str) -> bool:
    words = line.split()
    return sum(re.match(PLAIN, word) is not None for word in words) >= PROSE * len(words)


def latest(session: Session, limit: int) -> str:
    """The last thing of substance that the user asked for."""
    return next((found for ask in reversed(session.asks) if (found := wish(ask, limit))), "") or topic(session, limit)


def topic(session: Session, limit: int) -> str:
    """What the session was for: its goal, or the title of the plan that it was opened with; "" when neither tells."""
    if is_plan(session.goal):
        return clause(f"Implement the plan: {session.title}", limit) if session.title else ""
    return wish(session.goal, limit)


__all__ = ["latest", "topic", "wish"]
