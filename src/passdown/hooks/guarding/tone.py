"""How a prompt speaks: who wants things otherwise wishes, complains, compares and says who else wants it, whatever it is about.

A text is read by single words, pairs and threes of words; the ways of speaking are English, and general: none is about one project or one sort of software.
"""

import re

from passdown.hooks.guarding.words import listed

_WORD = re.compile(r"[a-z0-9][a-z0-9']*|\?")
LONGEST, ENOUGH = 3, 2  # words of a run; runs that are as many as it takes
SAYS = {  # `-` between the words of a run
    "wishes": """would-be would-it wouldn't-it it-would i-would i'd-like i'd-love would-love would-like i-want we-want wants-to want-to would-not wouldn't wish
        hoping would-save we'd would-rather like-to love-to want-it""",
    "asks whether": """could-we could-you can-we can-you could-not couldn't-we can't-we why-not why-don't how-about what-about what-would should-we shall-we
        do-we-really really-need any-reason could-it could-that can-it can't-it what-if could-the can-the would-a could-i can-i may-i tempted maybe perhaps
        worth consider idea thinking-of""",
    "lets": """let's lets let-us let-the let-it let-them let-each have-it have-the have-them make-it make-them give-it give-the give-each give-us""",
    "complains": """ugly silly painful pain tired annoying annoys clunky slow slower slowest boilerplate wasteful waste overkill messy clumsy cumbersome tedious
        weird hate hates ridiculous bloated by-hand copying twice every-time each-time keep-asking keeps keep-getting again still complain complains
        complaining hard cryptic bottleneck forever lose losing too-slow too-many too-much too-long too-big too-small takes minutes hours behind drift noisy
        confusing confused awkward fragile brittle manual manually outdated dated old-fashioned legacy stale duplicate duplicated duplication repetitive
        long-winded verbose seconds expensive tight over-again instead-of-all all-these a-lot lots-of mess crowded grown huge""",
    "compares": """simpler easier nicer faster quicker cheaper cleaner shorter better smaller less fewer lighter neater smoother safer saves save handy
        convenient tidier sooner get-rid rid-of one-line instead rather for-free good-enough nice lovely neat halve half elegant proper properly modern
        standard comfortable friendlier more-reliable robust speed shrink""",
    "others want it": """people users customers everybody everyone asked asks ask-for keep-asking they-want marketing support sales ops finance management boss
        team nowadays these-days everywhere others friends testers readers clients admins partners colleagues requested request""",
    "makes little of it": """just simply only-a an-afternoon quick quickly first-cut for-a-start small little tiny start-with trivial straightforward bit simple
        couple few minimal basic lightweight""",
    "says what for": "so-that so-we then-we that-way this-way so-they so-it so-you so-i then-they then-it and-then while-you then",
    "speaks of all": "all every each everything whole entire always everywhere any",
    "moves": """switch move migrate replace swap convert turn drop rewrite port put merge fold split introduce adopt bring pull wire set raise bump increase
        extend expose store cache upgrade rip throw automate open allow enable""",
    "asks": "?",
    "knows": """i-know know remember aware agreed decided decision rule as-usual as-before as-decided as-agreed unchanged stays stay keep-the keeping still-the
        as-it-is not-change nothing no-change no-changes""",
}
RUNS = {run: way for way, runs in SAYS.items() for run in runs.split()}
BEFORE_IT_BEGINS = listed("please ok and also now then next so")
ORDERS = listed("""
add fix write rename document update show print log test type bump measure find list check read review look tidy clean sort format delete remove explain
describe answer tell plot render mention note put
""")
QUESTIONS = listed("why what which who when how did does is are was were where do remind explain somebody can")


def tones(text: str) -> dict[str, float]:
    """The ways in which a prompt speaks, from 0 to 1; `orders` and `wants to know` by its first word."""
    words = _WORD.findall(text.lower().replace("’", "'"))
    runs = {"-".join(words[at: at + n]) for at in range(len(words)) for n in range(1, LONGEST + 1)}
    found: dict[str, float] = {}
    for run in RUNS.keys() & runs:
        found[RUNS[run]] = min(1.0, found.get(RUNS[run], 0.0) + 1 / ENOUGH)
    first = next((word for word in words if word not in BEFORE_IT_BEGINS), "")
    return found | {"orders": float(first in ORDERS), "wants to know": float(first in QUESTIONS)}


__all__ = ["tones"]
