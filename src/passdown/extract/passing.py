"""What holds for the next minute only: thinking aloud, a fault that is being mended, a proposal that waits for an answer, what the next sentence takes back.

All masks are those of `sentences.mask`.
"""

import re

# Somebody thinks, looks, or says that nothing is wrong; what comes out of it is said later.
_MUSES = re.compile(
    r"\W*(?:(?:oh|ah|hmm+|wait|hold on|actually)\b(?!,? (?:the|it) turn)|but (?:actually|wait|looking)\b"
    r"|(?:however|still),? there (?:is|are) (?:a|one|two|some|another)\b)"
    r"|.*\b(?:this|that|it|which)(?:'s| is| are) (?:also )?"
    r"(?:not (?:an?|really an?) (?:issue|problem|concern)|fine|expected|correct|ok(?:ay)?|unrelated|pre-existing)\b"
    r"|.*\b(?:still|already) works?\b(?! (?:only|if|when|with))"
    r"|.*\b(?:you can see|your (?:screenshot|terminal|paste)|ours is|can't (?:fix|do) (?:this|that|it))\b|.*\b(?:is|was) (?:simply|just) that\b"
    r"|\W*you(?:'re| are| were|'ve been| have been) (?:getting|seeing|hitting|running|looking)\b"
    r"|.*\bi need (?:a|an) (?:different|other|better)\b")
_REPORTS = re.compile(
    r"\W*(?:i(?:'ve| have)?|we(?:'ve| have)?) (?:also |just |now |already )?(?:added|changed|fixed|updated|moved|wrote|put|placed|made|renamed|removed|created"
    r"|implemented|replaced|extended)\b|\W*the (?:\w+ ){1,4}(?:is|are) (?:now )?(?:un)?(?:committed|staged|pushed)\b")
_TAKES_BACK = re.compile(
    r"\W*(?:(?:but|and|well|oh|no|hmm),? )?(?:actually|wait|hold on|scratch that|on second thought|that's not (?:the|quite|right|it)|that(?:'s| is| was) wrong"
    r"|never ?mind|correction)\b|.*\bactually (?:this|that|it)(?:'s| is) not\b")
_FAULTY = re.compile(
    r"\b(?:bug|bugs|root cause|culprit|the (?:real |actual |underlying |core |main )?(?:issue|problem|error|failure|cause)|broken|missing|dangling|stale"
    r"|wrong(?:ly)?|silently|incorrect(?:ly)?|overflows?|misses|lacks|ignor(?:es|ed|ing)|falls? through|should (?:be|have)|needs? to be"
    r"|must be (?:added|updated|changed)|never|no longer|(?:is|are|was|were|does|do|did|has|have)(?:n't| not)|fails?|breaks?|drops?|dropped|instead of)\b")
_CHANGING = (
    r"(?:\w+ly )?(?:fix|add|change|correct|update|remove|replace|rewrite|wrap|move|make|use|switch|put|handle|set|clear|mark|guard|adjust|extract|drop|restore"
    r"|revert|rename|address|apply|filter|skip|check for|pass|include|define|reset|create|convert|cover|dedup\w*)")
_MENDS = re.compile(
    r"\W*(?:(?:so|now|then|next|and|but|ok(?:ay)?|good|great),? )*"
    rf"(?:(?:now )?(?:let me|let's|i'll|i will|i need to|i should|i must|i'm going to|we (?:need|have) to|need to) (?:(?:also|now|first|just|simply|then|go|and"
    rf"|instead) )*{_CHANGING}\b"
    r"|(?:the )?(?:\w+est |\w+ )?(?:fix|solution)\b|fixed\b|fixing\b|i need a\b"
    r"|i(?:'ve| have)? (?:fixed|added|changed|replaced|wrapped|removed|moved|updated|switched|rewrote|corrected)\b)"
    r"|.*\b(?:let me|i'll|i need to|i will) (?:\w+ ){0,6}(?:so i (?:can )?fix|fix)\b")
_FIXED = re.compile(
    r"\W*(?:(?:the )?fix(?:\W*:|\W+was\b)|fixed\b|i(?:'ve| have)? (?:fixed|replaced|wrapped|switched|changed|rewrote|corrected|added|removed)\b)"
    r"(?!.*\b(?:either|should|could|would|can|might|will)\b)")
_AGREES = re.compile(
    r".*\b(?:agree(?:d)?(?: with)?\b.*\?|sound good|does (?:that|this) (?:sound|look|work|make sense)|want me to|would you like me to|shall i|should i"
    r"|what do you think|thoughts\?|which (?:one|option|way|approach|do you)|anything you(?:'d| would)|your call|let me know|do you (?:want|agree|prefer))")
_ONCE = re.compile(r".*\b(?:skip|ignore|focus on|start with|leave|hold off|park)\b.*\bfor now\b(?!.*\bbecause\b)")


def muses(mask: str) -> bool:
    """Whether somebody thinks aloud, or clears what is none of his concern."""
    return bool(_MUSES.match(mask))


def reports(mask: str) -> bool:
    """Whether it says what the speaker has done: that is no knowledge."""
    return bool(_REPORTS.match(mask))


def takes_back(mask: str) -> bool:
    """Whether the sentence withdraws what was said before it."""
    return bool(_TAKES_BACK.match(mask))


def faulty(mask: str) -> bool:
    """Whether it says that something is not as it should be."""
    return bool(_FAULTY.search(mask))


def mends(mask: str) -> bool:
    """Whether it says that something is being changed, or was."""
    return bool(_MENDS.match(mask))


def fixed(mask: str) -> bool:
    """Whether it says by what something was put right."""
    return bool(_FIXED.match(mask))


def wants_agreement(mask: str) -> bool:
    """Whether the user is asked to agree."""
    return bool(_AGREES.match(mask))


def at_once(mask: str) -> bool:
    """Whether an order is of this session's next step."""
    return bool(_ONCE.match(mask))


__all__ = ["at_once", "faulty", "fixed", "mends", "muses", "reports", "takes_back", "wants_agreement"]
