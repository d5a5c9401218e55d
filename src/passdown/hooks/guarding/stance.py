"""What a clause does with the things that it names: proposes them, asks about them, writes them down, puts them off, takes them away.

The ways of speaking are English, and general: none is about one project or one sort of software.
"""

import re
from functools import cache

SHOWN = {  # flag -> alternatives, whole words each
    "proposes": r"let(?:'?s| us)|should (?:we|i)|(?:can|could|shall|may) (?:we|i|you)|(?:what|how) about|why (?:not|don'?t we)|maybe"
                r"|we (?:could|should|might|can|need to|ought to)|i(?:'d| would)(?! (?:be|have|rather not|not)\b)|i'?(?:ll| will|'m going to| am going to)"
                r"|(?:going|plan(?:ning)?|wants?|time|ready|try|trying|tempted|thinking) (?:to|of|about)|instead|would(?:n'?t)? it|worth|consider|any reason",
    "asks": r"why (?:did|do|are|is|was|were|does|has|have|we|it|they|aren'?t|isn'?t)|(?:asks?|asked|wonders?)(?: me| us)? why"
            r"|(?:was|were|did) (?:that|this|it|we) (?:ever )?(?:settled?|decided?|agreed?)|on what grounds|whose (?:decision|idea)"
            r"|when (?:did|was|were)|who (?:decided|chose|said|approved)|remind me"
            r"|what(?:'s| is| was| were) (?:the|our) (?:reason|rationale|reasons|history|story|thinking|decision|status|plan|difference)|how come|what did we"
            r"|did we (?:ever )?(?:decide|agree|settle|try)|what happened|where (?:is|are|did|do)|how (?:does|do|did|is|are)|explain|summari[sz]e|which"
            r"|find out|read how|look (?:at|into) (?:how|why)|investigate|debug",
    "writes": r"(?:add|write|need|make) (?:me )?(?:an? |some |the )?(?:[\w-]+ ){0,2}tests?|so that i can test|make a list|list of"
              r"|document|write up|write down|adr|changelog|release notes?|readme|docs?|wiki|onboarding|comment|docstring|note|mention|describe|blog|faq"
              r"|record|jot|explain|footnote|paragraph|sentence|typo|section",
    "checks": r"make sure|ensure|verify|assert|check|confirm|guard against|lint rule|forbid|prevent|ban|fail (?:the build|ci|if)|detect|grep|find|list"
              r"|search|audit|look for|no longer",
    "later": r"later|eventually|some ?day|backlog|ticket|todo|roadmap|not (?:yet|now)|once (?:we|phase|the)|when (?:we|phase) (?:get|reach|is|do)|until"
             r"|for now|after (?:phase|launch)|in phase|waits?|postponed?|deferred?|future|placeholder",
    "mends": r"fix(?:es|ed)?|bug|broken|breaks?|crash(?:es|ed)?|wrong|fails?|failing|typo|regression|flicker(?:s|ing)?|overlaps?|leaks?|hangs?|stuck"
             r"|twice|too late|an hour late|times out|timing out|isn'?t \w+ anymore|find out why|doesn'?t \w+|won'?t \w+",
    "conforms": r"as (?:it is|they are|it was|before|we do|everywhere else|agreed|decided|usual|always)|keep it so|stays? (?:out|in place|serial|the same|put)"
                r"|unchanged|like (?:the others|prod|before|everywhere|we do)|in line with|per (?:the|our) (?:rule|decision)|(?:we|as) agreed|remains?",
    "aside": r"one-off|on my (?:laptop|machine)|just locally|throw-?away|scratch|only (?:the|for the|that|in) (?:tests?|benchmark|script|dev)"
             r"|in the tests?|for (?:a|the) (?:test|demo|comparison|benchmark)|without a device|called|named|column|spreadsheet",
    "comes": r"(?:is|are|was|were|has|have|got|went|came|been)(?: \w+)? (?:out|in|through|live|here|done|over|cut|frozen|signed|shipped|released|landed"
             r"|launched|closed|finished|merged|approved|begun|started|ready|tagged|published)|(?:shipped|launched|landed|released|went live|signed)"
             r"|in the store|now that|since (?:last|this|yesterday|\w+day)|may (?:now )?begin|we can now|now we can",
    "overrides": r"anyway|i know (?:we|that|the|it|this|i)|despite|overrid(?:e|ing)|even though we|regardless|(?:i|we)(?:'ve| have)? changed (?:my|our) minds?"
                 r"|change of plans?|no longer (?:applies|holds|valid|true)|(?:is|was|got) (?:lifted|approved|signed off|overturned|reversed)|reversing"
                 r"|deliberately|i(?:'m| am) (?:overriding|reopening|reversing|aware)|(?:we're|we are|now) in phase"
                 r"|phase \w+ (?:has |is |officially )?(?:started|begun|begins|kicked off|here|now|open)|(?:do|doing) it anyway|my call|explicit(?:ly)?"
                 r"|signed off|forget what we (?:said|decided|agreed)|we(?:'ve| have) (?:now )?(?:agreed|decided) to|green ?light|exception|this once"
                 r"|just this|i'?m fine with",
}
ACTS = "acts"  # an order: a verb at the beginning of the clause
_ACTS = (r"^\W*(?:please |ok,? |okay,? |now |next,? |also |then |and |first,? |go ahead and |just )*"
         r"(?:add|switch|move|migrate|replace|swap|use|introduce|adopt|try|pull|bring|install|convert|rewrite|bump|raise|increase|start|implement|build|create"
         r"|make|set|turn|enable|wire|hook|put|port|change|drop|upgrade|refactor|begin|store|run|call|write|generate|split|merge|push|rip|get rid|kick off"
         r"|spin up|throw|stick|go)\b")
FLAGS = (*SHOWN, ACTS)
_GOES = frozenset((
    "not", "no", "never", "without", "avoid", "remove", "removing", "removed", "drop", "dropping", "delete", "deleting", "uninstall", "replace", "replacing",
    "swap", "ditch", "ditching", "kill", "stop", "disable", "rid", "strip", "stripping", "leftover", "unused", "dead", "away", "off", "instead", "rather",
    "than", "purge", "eliminate", "retire", "ripping", "rip", "nothing", "don't", "doesn't", "isn't", "aren't", "can't", "cannot", "won't", "didn't"))
_TURNS = frozenset(("with", "to", "by", "use", "using", "via", "into"))  # what stands behind one of these comes, though something goes before it
REACH = 7  # words behind one that takes away


@cache
def _pattern(flag: str) -> re.Pattern[str]:
    """Compiled when it is wanted: that costs a hook a millisecond, and most never ask."""
    return re.compile(_ACTS if flag == ACTS else rf"\b(?:{SHOWN[flag]})\b", re.IGNORECASE)


def shows(flag: str, text: str) -> bool:
    return bool(_pattern(flag).search(text))


def shown(text: str) -> frozenset[str]:
    """The names of `FLAGS` that a clause shows."""
    return frozenset(flag for flag in FLAGS if shows(flag, text))


def gone(raw: list[str], text: str) -> frozenset[int]:
    """Places of the words that a clause takes away, denies or leaves. raw: its words in lower case. In "replace X with Y" X goes and Y comes."""
    low = text.lower()
    if "why not" in low or "why don" in low:  # that proposes it
        return frozenset()
    moves = "from" in raw and ("to" in raw or "with" in raw)
    found, until = set[int](), -1
    for at, word in enumerate(raw):
        if word in _GOES or word.endswith("n't") or (moves and word == "from"):
            until = at + REACH
        elif word in _TURNS and at and raw[at - 1] not in _GOES:
            until = -1
        if at <= until:
            found.add(at)
    return frozenset(found)


__all__ = ["FLAGS", "gone", "shown", "shows"]
