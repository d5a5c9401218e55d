"""Cutting quotes: whole sentences, never a word broken."""

import re
from collections.abc import Sequence
from functools import lru_cache

from passdown.model.sentences import sentences

FENCE = re.compile(r"```.*?(?:```|\Z)", re.DOTALL)
# What comes before the answer, and what only says that it comes.
OPENER = (
    r"(?i)\W*(?:perfect|done|great|good|yes|yep|ok(?:ay)?|sure|all (?:clean|good|done|set|green)|excellent|nice|absolutely|got it"
    r"|you're right)\b[^.!?]{0,20}[.!?]*")
ANNOUNCES = (
    r"(?i):$|^\W*here(?:'s| is| are)\b[^.]{0,80}[.:]?$"
    r"|^\W*(?:what (?:i|was|we) (?:changed|did|done|built|added)|summary|changes(?: made)?|root cause|overview)\W*$")
# Checks that passed and commits that were made are told by themselves; as last words they say nothing of the work.
ROUTINE = (
    r"(?i)^\W*(?:(?:all|both|everything|the)?\b.{0,50}\b(?:tests?|lint(?:er|ing)?|build|checks?|hooks?|typecheck|suite|typescript|compiles?)\b.{0,60}"
    r"\b(?:pass(?:es|ed)?|clean|green|ok|succeed(?:s|ed)?|issues|failures?|errors|fine)\b.{0,40}"
    r"|(?:commit(?:ted)?|pushed|merged)\b.{0,70}"
    r"|(?:all|both|everything)\b.{0,30}\b(?:clean|done|complete|completed|green|in place(?: and verified)?|set)\b.{0,20}"
    r"|(?:let me know|want me to|would you like|shall i|ready for|anything else|feel free|hope this)\b.*|(?:now,? )?(?:let me|i'll|i will)\b.{0,120})$")
TITLE = r"(?m)^\s*(?:[-*+]\s+|\d+[.)]\s+)?(?:#{1,6}\s.*|\*\*[^*\n]{1,60}\*\*:?\s*|__[^_\n]{1,60}__:?\s*)$"
ENDS = r"[.!?…:;][\"'”’)\]`]*$"
# Where a thought may be broken off.
CLAUSE = re.compile(r"[;:,]\s|\s[—–-]\s|\s(?=\()|\s(?=(?:because|so that|but|while|which|since|instead of|and|when|if|rather than)\b)")
LEAST_SENTENCE, LEAST_CLAUSE = 0.3, 0.45  # of the room that whole sentences fill at least, and a part of one
STOP = re.compile(r"[.!?…。！？]")
ABBREVIATED = ("e.g", "i.e", " vs", " etc", " cf", " no")
SEPARATORS = re.compile(r"[/\\._-]")
EMPHASIS = re.compile(r"\*\*|__|^\s*\|.*$", re.MULTILINE)


@lru_cache(maxsize=1_024)
def plain(text: str) -> str:
    """Prose without code fences, table rows and emphasis."""
    return EMPHASIS.sub("", FENCE.sub("", text)).strip()


def shorten(text: str, limit: int) -> str:
    """One line of at most `limit` characters, cut behind a word."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    head = line[: limit - 1]
    if " " in head:
        return head.rsplit(" ", 1)[0].rstrip(",;:–-") + "…"
    cuts = [m.end() for m in SEPARATORS.finditer(head)]
    return (head[: cuts[-1]] if cuts else head) + "…"


def clause(text: str, limit: int) -> str:
    """One line of at most `limit` characters that ends with a sentence; when the first is too long, with a clause of it, else with a word."""
    line = " ".join(text.split())
    if len(line) <= limit:
        return line
    if end := last([m.end() for m in STOP.finditer(line, int(LEAST_SENTENCE * limit), limit) if ends(line, m.end())], line):
        return line[:end]
    cut = last([m.start() for m in CLAUSE.finditer(line, int(LEAST_CLAUSE * limit), limit)], line)
    return line[:cut] + "…" if cut else shorten(line, limit)


def ends(line: str, at: int) -> bool:
    """Whether a stop before this place ends a sentence."""
    return (line[at:at + 1] == " " and not line.endswith(ABBREVIATED, 0, at - 1)) or line[at - 1] in "。！？"


def last(places: Sequence[int], line: str) -> int:
    """The last of these places at which nothing stands open; 0 for none."""
    return next((at for at in reversed(places) if balanced(line[:at])), 0)


def balanced(text: str) -> bool:
    """Whether all code, quotations and brackets that it opens are closed."""
    return text.count("`") % 2 == 0 and text.count('"') % 2 == 0 and text.count("(") == text.count(")")


def substance(found: list[str]) -> list[str]:
    """Sentences that say what was done or found: without openers, announcements and routine, unless there is nothing else."""
    said = [s for s in found if any(map(str.isalpha, s)) and not re.fullmatch(OPENER, s) and not re.search(ANNOUNCES, s)]
    return [s for s in said if not re.match(ROUTINE, s)] or said or found


def routine(text: str) -> bool:
    """Whether it says no more than that checks passed, or that something was committed."""
    return all(re.fullmatch(OPENER, s) or re.search(ANNOUNCES, s) or re.match(ROUTINE, s) for s in sentences(plain(re.sub(TITLE, "", text))))


def quote(text: str, limit: int) -> str:
    """As many whole sentences of substance from the start as fit into `limit` characters; the first is cut when even it does not.

    Items of a list that end in no stop are told apart by semicolons.
    """
    found = substance(sentences(plain(re.sub(TITLE, "", text)))) or [plain(text)]
    said = ""
    for sentence in found:
        joined = f"{said}{' ' if re.search(ENDS, said) else '; '}{sentence}" if said else sentence
        if len(joined) > limit:
            break
        said = joined
    return said or clause(found[0], limit)


__all__ = ["balanced", "clause", "plain", "quote", "routine", "shorten"]
