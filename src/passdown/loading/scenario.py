"""Which kind of work a task asks for, and the documents that it takes, in order.

The scenarios are those of the session handoff workflow (see `roles`): start a phase, write a part of the design, find an error, question what was chosen, come
back after a break, understand, look something up, suggest a change; everything else is immediate work.
"""

import re
from functools import cache

import msgspec

from passdown.loading import roles
from passdown.loading.phases import PHASE

MAX_CHARS = 4_000  # of a task: what it asks for stands at its beginning or its end


class Scenario(msgspec.Struct, frozen=True):
    """name: stable; two rows have one where a weaker sign counts too. says: what the task asks for. asks: a pattern. order: roles of documents.

    sections: headings of the session context that answer it, read before all else.
    """

    name: str
    says: str
    order: tuple[str, ...]
    asks: str
    sections: re.Pattern[str] | None = None


_MAKE = (
    r"(?:write|implement|build|create|add|code (?:up|the|an?)|develop|design|extend|refactor|port|introduce|wire|hook|scaffold|generate|put together|prototype"
    r"|draft|compose|expose|support|set up an?|make an?|get [^.\n]{1,50} (?:written|built|implemented|done))")
_PART = (
    r"(?:layer|module|component|service|endpoint|page|view|command|class|function|client|parser|loader|handler|adapter|pipeline|api|cli|form|table|schema"
    r"|script"
    r"|tests?)")
_HEAD = r"^\W*(?:(?:please|now|ok|okay|next|then|today|let'?s|let us|can you|could you|i want (?:you )?to|we (?:need|have) to)[\s,:]+)*"
_CHOOSE = (
    r"(?:us(?:e|ing)|switch(?:ing)?(?: \w+){0,3} to|mov(?:e|ing)(?: \w+){0,3} to|migrat\w+(?: \w+){0,3} to|go(?:ing)? with|replac\w+|swap\w*|adopt\w*"
    r"|choos\w+|pick\w*|drop\w*)")
_OVER = r"[^.\n]*\b(?:instead|rather|now|from|with|for|over)\b"
_BROKEN = (
    r"(?:bugs?|errors?|exceptions?|crash\w*|failures?|failing|fails?|broken|breaks?|issues?|problems?|leak\w*|flaky|hang\w*|regress\w+|wrong|incorrect"
    r"|stale|stuck"
    r"|freez\w+|frozen|rejected|refused|denied|killed|not found|time(?:s|d)? ?out\w*|missing|corrupt\w*|duplicat\w+|disconnect\w*|unexpected\w*|weird|odd"
    r"|null|undefined|nan|empty|blank|slow\w*)")
_PHASE = PHASE.pattern

_QUESTIONED = (
    rf"\b(?:should|shall|could|can|would|might|may|must|why (?:don'?t|do not|not))\s+(?:we|i|it|this|that)\b[^.\n]{{0,60}}\b{_CHOOSE}\b",
    rf"\b(?:let'?s|let us|i(?:'d| would) (?:rather|prefer|like to)|what if we|maybe|perhaps|consider(?:ing)?)\b[^.\n]{{0,30}}\b{_CHOOSE}\b{_OVER}",
    r"\binstead of\b|\binstead\s*[?.!]?\s*$|\bwhy not\b|\b(?:what|how) about\b[^.\n]{1,60}(?:\?|$)|\b(?:versus|vs)\b",
    r"\bwhy (?:did|do|are|have|didn'?t|don'?t) (?:we|you|they)\b[^.\n]{0,20}\b(?:choose|chosen|pick|picking|use|using|go with|going with|decide|settle)\b",
    r"\bwhy (?:was|were|is|are)\b[^.\n]{1,60}\b(?:chosen|picked|selected|used)\b",
    r"\b(?:might|would|could|may) be (?:an? )?(?:better|best|nicer|simpler|faster|cheaper)\b",
    r"\b(?:better|nicer|faster|cheaper|simpler) (?:than|choice|option|fit)\b|\b(?:re-?open|re-?think|reconsider|revisit|second[- ]guess)\b",
    r"\b(?:do|does|did) (?:we|i|it) (?:really |actually |even )?need\b|\bis \S+ (?:enough|overkill|worth)\b|\b(?:make|makes) (?:more )?sense\b",
    r"\b(?:reason|objections?|point|harm|downside)s?\b[^.\n]{0,20}\b(?:we|to|of|in|if|not)\b|\b(?:moving|switching|migrating|changing) (?:\S+ ){0,4}to\b",
    r"^\W*(?:isn|can|couldn|shouldn|wouldn|aren|don|won|doesn|haven)['’]?t (?:we|it|this|that|there|you think|the|\w+)\b[^.\n]*\?",
    r"\b(?:are|am) (?:we|you|i) (?:really |so )?(?:sure|certain|set|committed|married|stuck)\b|^[^.?!\n]{1,40}\bor\b[^.?!\n]{1,40}\?\s*$",
    (r"\b(?:i'?d|i would|we'?d) (?:go|opt|vote) (?:for|with)\b|\b(?:could|can|should|might) (?:the |our |this |that )?\w+ (?:live|be|run|sit|go|move) (?:in"
    r"|on|with|to|as)\b[^.\n]*\?"),
    r"\b(?:drop|ditch|abandon|get rid of|move off|move away from|swap|replace|trade)\b[^.\n]{1,40}\b(?:for|with|and use|by|in favou?r of|to)\b",
    r"\b(?:prefer|favou?r)\b[^.\n]{1,40}\b(?:over|to)\b|\b(?:pros and cons|trade-?offs?|alternatives? to)\b",
    rf"{_HEAD}(?:switch|migrate|move(?! on))\b[^.\n]{{0,60}}\bto\b|{_HEAD}(?:replace|swap)\b",
)
_ERRORS = (
    r"\b(?:debug\w*|troubleshoot\w*|diagnos\w+|traceback|stack ?trace|segfault\w*)\b|\bwhat(?:'s| is) wrong\b|\b[A-Za-z]\w*(?-i:Error|Exception)\b",
    rf"{_HEAD}(?:fix|repair|mend|patch)\b",
    rf"\b(?:fix|solve|resolve|investigate|look into|track down|find|trace|figure|mend|repair|why|reproduce)\b[^.\n]{{0,60}}\b{_BROKEN}\b",
    r"\b(?:fails|failing|failed|crash(?:es|ed|ing)?|hangs|dies|died|broke|broken|throws|threw|misbehav\w+|keeps \w+ing|bugs?|root cause|find out why)\b",
    r"\b(?:went|gone|is|are|turned) red\b|\b(?:but|still) (?:not|fails?|nothing)\b|\bnot found\b",
    r"\b(?:with|an?|http|status|intermittent|get|gets|getting)\s+[45]\d\ds?\b",
    (r"\b(?:does|do|did|is|are|was|were|has|have|can|ca|wo|could|will)(?:n'?t| not) (?:\w+ )?(?:add|match|run|load|start|stop|show|appear|respond|return"
    r"|connect|save|update|compile"
    r"|build|render|parse|find|open|finish|end|running|loading|starting|showing|responding|being|getting|working)\w*\b"),
    r"^\W*why (?:is|are|does|do|did|has|have|was|were|can'?t|won'?t|doesn'?t|isn'?t)\b",
    rf"\b(?:is|are|was|were|gets?|shows?|returns?|reports?|comes? (?:out|back)|looks?|seems?|something'?s)\b[^.\n]{{0,25}}\b(?:off|{_BROKEN})\b",
    r"\b(?:does ?n'?t|does not|isn'?t|won'?t|not|stopped) work(?:s|ing)?\b",
    r"\b(?:get|gets|getting|got|see|seeing|hit|hitting|this|an?)\s+(?:[\w-]+\s){0,2}(?:error|exception)\b",
)
_STARTED = (
    _PHASE,
    r"\b(?:second|third|fourth|fifth|last|final) (?:phase|stage|milestone|sprint)\b",
    r"\b(?:next|current|first|following) (?:phase|stage|milestone|sprint)\b",
)
_CAME_BACK = (
    (r"\b(?:refresh my memory|remind me (?:where|what|how)|(?:get|getting|coming|come) back (?:in)?to (?:this|it|the project)|left off|haven'?t (?:touched"
    r"|looked|worked))\b"),
    (r"\bwhere (?:do|does|did) (?:things|it|this|the project|we) stand\b|\bwhat did i miss\b|\b(?:was|were|been|am|are) on (?:\w+ )?(?:leave|holiday"
    r"|vacation)\b"),
    r"\b(?:been|since|after|for) (?:\w+ ){0,3}(?:weeks?|months?|years?|ages|summer|winter|spring|autumn|christmas|holidays?|vacation|sabbatical|leave)\b",
    r"\b(?:catch me up|bring me up to (?:speed|date)|where (?:were|are|did) we|(?:i'?m|i am|we'?re) back|long time)\b",
    r"\bwhat(?:'s| is| was| were| has) (?:happened|the status|the state|we doing)\b|\bpick (?:this|it) (?:back )?up\b",
    r"\bbeen (?:away|a while|weeks|months|on holiday|on leave)\b",
    r"\bafter (?:a|some|several|many|two|three|\d+) (?:long |short )?(?:break|weeks?|months?|while|holiday|vacation)\b",
)
_UNDERSTOOD = (
    r"\b(?:big picture|get (?:me )?oriented|bring me in|(?:just|recently) joined|bird'?s[- ]eye|introduction to|purpose of (?:this|the))\b",
    r"\b(?:goals?|aims?|idea|point|history|background) (?:of|behind) (?:this|the|our) (?:project|repo\w*|code ?base|work|system)\b",
    r"\bhow does (?:this|the|it all|everything) (?:\w+ )?(?:work|fit|hang) ?(?:together)?\b|\bfits? together\b|\b(?:whole thing|whole project|whole system)\b",
    r"\b(?:what|why) (?:is|does) (?:this|the|our) (?:project|repo\w*|code ?base)\b|\bonboard\w*|\bnew to (?:this|the)\b|\boverview\b",
    r"\b(?:understand|explain|summari[sz]e|introduce me to|walk me through|tell me about) (?:\w+ )?(?:project|code ?base|repo\w*|history|goals?)\b",
)
_LOOKED_UP = (
    r"\b(?:how (?:do|can|should|to)|help me) (?:\w+ )?(?:set(?: |-)?up|install|configure|troubleshoot)\b",
    r"\b(?:set(?:ting)? up|install) (?:\w+ )?(?:environment|project|machine)\b",
    r"\b(?:what|which|where) (?:\w+ )?(?:was |were |is |are )?(?:decided|decisions?)\b|\bwhat did we decide\b|\bcompare\b",
)
_SUGGESTED = (r"\b(?:suggest\w*|propos\w+|recommend\w*|brainstorm\w*|any ideas|how (?:could|can|might|should) we (?:improve|change|restructure|simplify))\b",)
_GOTCHAS = re.compile(r"gotcha|pitfall|known (?:issue|problem)|troubleshoot|constraint|error|watch out|careful|warning|lesson", re.IGNORECASE)


def _scenario(name: str, says: str, order: tuple[str, ...], *asks: str, sections: re.Pattern[str] | None = None) -> Scenario:
    return Scenario(name, says, order, "|".join(asks), sections)


_WRITE = ("write", "write a part of the design", (roles.CONTEXT, roles.ARCHITECTURE, roles.PHASE, roles.DECISIONS))
SCENARIOS: tuple[Scenario, ...] = (  # the first that fits
    _scenario("alternative", "question something that was chosen", (roles.DECISIONS, roles.CONTEXT, roles.COMPARISON, roles.ARCHITECTURE), *_QUESTIONED),
    _scenario(*_WRITE, rf"{_HEAD}{_MAKE}\b(?![^.\n]{{0,30}}{_PHASE})"),
    _scenario("debug", "find and mend an error", (roles.CONTEXT, roles.PHASE, roles.SETUP, roles.ARCHITECTURE), *_ERRORS, sections=_GOTCHAS),
    _scenario("start-phase", "start or go on with a phase", (roles.CONTEXT, roles.PHASE, roles.ARCHITECTURE), *_STARTED),
    _scenario("after-a-break", "come back after a long time", roles.AFTER_A_BREAK, *_CAME_BACK),
    _scenario("understand", "understand the project", (roles.CONTEXT, *roles.UNDERSTANDING), *_UNDERSTOOD),
    _scenario("look-up", "look up what was decided, or how it is set up", (roles.CONTEXT, *roles.REFERENCE), *_LOOKED_UP),
    _scenario("suggest", "suggest a change", roles.SUGGESTION, *_SUGGESTED),
    _scenario(*_WRITE, rf"\b{_MAKE}\b|\bneed (?:an?|the|some|another)\b|^\W*+(?:(?:next|now|then)\W*+)?(?:the|an?|our) (?:[\w-]+ ){{1,3}}{_PART}\b"),
)
ALTERNATIVE = SCENARIOS[0]
IMMEDIATE = _scenario("immediate", "go on with the work", roles.IMMEDIATE, "$^")


def recognised(task: str) -> Scenario:
    """The scenario of a task; `IMMEDIATE` when no other one fits or none is known."""
    text = task if len(task) <= MAX_CHARS else f"{task[:MAX_CHARS // 2]}\n{task[-MAX_CHARS // 2:]}"
    return next((s for s in SCENARIOS if _compiled(s.asks).search(text)), IMMEDIATE) if text.strip() else IMMEDIATE


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """Compiled when the first task is held against it: together they take longer than all else."""
    return re.compile(pattern, re.IGNORECASE)


__all__ = ["ALTERNATIVE", "IMMEDIATE", "SCENARIOS", "Scenario", "recognised"]
