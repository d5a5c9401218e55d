"""Approaches: what was tried, and that it failed or worked."""

import re

from passdown.extract.base import Candidate, Context, asks, joined, labelled, signals, why, window, words
from passdown.extract.prose import Sentence
from passdown.model.record import Detail

KIND = "approach"
CUES = (
    r"\buntried|\bworth (?:a )?try|\bnot attempted|\bidea for"
    r"|\btried|\btrying|\battempt|\bexperiment|\bgave \w+|\btested \w|\bspent\b|\bapproach|dead[ -]end|\brevert|roll(?:ed|ing)? (?:it |that "
    r"|this )?back|back(?:ed|ing)? (?:it |that |this )?out"
    r"|\bundo(?:ne|ing)?\b|\bundid|\bdiscard|\babandon|\bscrapped|(?:did|does)(?:n't| not) (?:work|help|pan)|made (?:it|things|matters) worse"
    r"|\bback to the\b|removed it|don't go there"
    r"|not worth|\bfixed\b|did the trick|\bsolved|resolved by|\bthe fix was|\bout of the question|\bgave up\b|fell (?:short|apart)|\bditched"
    r"|\bno good\b|\bworks? now\b|\bforget\b|\bfix\b|\bsolution\b|\bwhat (?:\w+ )?(?:worked|helped)|\bsolved|\bslower\b|made no")
HEADINGS = (
    r"^\W*(?:\d+[.)] )?(?:what (?:did ?n[o']t|didn['’]t|has ?n[o']t) work|failed (?:approaches|attempts|experiments)|dead ends|(?:approaches"
    r"|things) (?:that )?(?:failed|tried))\b")

_FIX = (
    r"^\W*(?:the )?(?:fix|solution|resolution|what fixed it|what worked)\s*(?:\([^)]*\)\s*)?(?:[:-]|was)\s+(?:\w+ed|the|a|now"
    r"|[\w_/.]+ (?:\w+ ){0,4}(?:is|are|was|were|now)|\w+ing)\b")
_LABEL = labelled(r"failed(?: approach| attempt)?|dead end|did not work|didn't work")
_TRIES = (  # somebody did try
    r"\b(?:i|we|they|someone|somebody|he|she|you|team|ops)(?:'ve| have| had| also| already| just| first| once| then| even)* (?:tried|attempted"
    r"|experimented|tested|gave|went with|spent)\b"
    r"|(?:^|[,;:.-] )(?:already |first |also |having )?(?:tried|attempted|tested|experimented)\b|\bspent (?:a|an|half|two|three|\d+|the|some"
    r"|hours|days|too) |\bwas (?:tried|attempted)\b|\bgave \S+ (?:\S+ )?a (?:go|try|shot|spin|whirl|chance)\b|\bforget\b")
_MOVES = (  # it sounds like an attempt; it takes more to be one
    r"\b(?:my|our|the|that|this|first|second|third|initial|previous|earlier|last|another) (?:\w+ )?(?:approach|attempt|try|experiment|idea|route"
    r"|prototype|spike)\b|\b(?:my|our|first|previous|earlier|initial) (?:fix|theory|workaround|change)\b|\bexperiment\b"
    r"|(?:^|[,;:.-] )(?:switching|moving|replacing|wrapping|using|porting|swapping|bumping|upgrading|downgrading|increasing|setting|adding"
    r"|caching|migrating|pinning|rewriting|running|changing)\b|\bthe (?:switch|move|migration|upgrade|port|swap) to\b")
_FAILS = (
    r"\b(?:did|does|do|would|will)(?:n't| not) (?:\w+ )?(?:work|help|fix|hold|pan out|solve|survive|scale|suffice|compile|cut it|pay off"
    r"|go anywhere)\b|\bmade [\w ]+ (?:worse|slower|heavier|flaky|flakier)\b|\bno (?:good|use|luck|joy|difference|improvement)\b"
    r"|\bfail(?:ed|s)\b|\bnot worth\b|\bdead[ -]end(?:[^-\w]|$)|\bbroke\b|\bbreaks\b|\bcrash(?:ed|es)\b|\bhung\b|\bhangs\b|\bwas(?:n't"
    r"| not) (?:enough|viable|faster|stable|possible)\b|\bturned out (?:to be )?(?:too|wrong|slower|worse|un)|\bleak(?:ed|s)\b|\btimed out\b"
    r"|\bcould(?:n't| not) (?:get|make|be)\b|\bcaused\b|\bcauses\b|\bflak(?:y|ed)\b|\bdeadlock|\bruined\b|\bgot (?:slower|worse|stuck)\b"
    r"|\bfell (?:apart|over|short)\b|\bbackfired\b|\bunfortunately\b|\btoo slow\b|\blost\b|\bloses\b|\bcorrupt"
    r"|\b(?:but|and|when|since|because|-|,|:) (?:it|they|that|which|this|the \w+ \w+|\w+)(?: still| then| just| silently| also)* (?:drops"
    r"|dropped|returns|returned|writes|wrote|eats|ate|doubles|doubled|duplicates|duplicated|blocks|blocked|kept|keeps|stalled|stalls|choked"
    r"|chokes|leaves|left|throws|threw|blew|blows|grew|grows|ran out|swallow)"
    r"|\b(?:drops|returns stale|hangs forever|writes everything|eats all)\b")
_REVERTS = (
    r"\brevert(?:ed|ing)?\b|\broll(?:ed|ing) (?:it |that |this |everything )?back\b|\bback(?:ed|ing)? (?:it |that |this |them )?out\b|\bun(?:did"
    r"|done|doing)\b|\bdiscard(?:ed|ing)?\b|\babandon(?:ed|ing)?\b|\bscrapp(?:ed|ing)\b|\bditch(?:ed|ing)\b"
    r"|\bback to (?:the|our|what|square)\b|\b(?:removed|took|taken|ripped|pulled|dropped|deleted|threw|thrown) (?:it|that|this"
    r"|them)(?: \w+)? (?:again|out|away|back)\b|\b(?:commit|branch|change|code) is gone\b|\bdon't (?:go there|try|repeat|bother|do that"
    r"|use it)\b"
    r"|\bnot (?:going there|worth)\b|\bgave up\b|\bgiving up\b|\bforget \w|\bdead[ -]end\b|\bleav(?:e|ing) (?:it|that) alone\b"
    r"|\bi (?:have )?removed it\b|\bwent back to\b|\bno longer pursuing\b|\bnever again\b|\bstay away\b|\bsteer clear\b|\bdropp(?:ed|ing) (?:it"
    r"|that|this|the idea)\b")
_FLAT = (
    r"\b(?:is|was|are|a|another|total|complete) dead[ -]end(?:[^-\w]|$)|\b(?:approach|attempt|route|experiment|idea|prototype"
    r"|spike)\b.*\b(?:fail(?:ed|s)|did(?:n't| not) work|does(?:n't| not) work|was a mistake)\b|\b(?:tried|attempted)\b.*\b(?:did(?:n't"
    r"| not) (?:work|help)|to no avail|without (?:success|luck)|in vain)\b"
    r"|\bdon't go there\b|\bnot worth (?:pursuing|it|the)\b|\bback(?:ed)? it out\b|\bmade things worse\b")
_WORKED = (
    r"\bdid the trick\b|(?:(?:^|[.;,-] )(?:that|this)|\b(?:by |after )?(?:switching|moving|replacing|wrapping|using|porting|bumping|upgrading"
    r"|downgrading|setting|adding|pinning|rewriting|running|changing|removing|clearing|disabling|enabling|passing"
    r"|increasing) [^.;]{3,80}?) (?:finally |actually |has )?(?:fixed|solved|resolved|cured) (?:it|this|that|the|both|all)\b|\bthe (?:actual "
    r"|real |only )?(?:fix|solution) (?:that worked )?was\b|\bwhat (?:finally |actually )?(?:worked|fixed|helped|solved)\b"
    r"|\w\W+(?:fixed|solved|resolved|worked around) (?:[\w-]+ ){0,6}by \w+ing\b|\bworks (?:reliably |now |again )?(?:after|since|with|once) (?:i|we|\w+ing)\b")
_NOT_TOLD = (
    r"^\[|\battempt \d|\b(?:nobody|no one|never|hasn't|haven't|not) (?:has )?(?:been )?(?:tried|attempted|tested)\b|\bif\b.*\b(?:fails|failed"
    r"|does(?:n't| not) work)\b|\b(?:attempts? (?:count|limit|number|to \w+ (?:a|the|it) \w+ (?:throws|return)))\b|\bthe user (?:tried|tries"
    r"|attempt)"
    r"|\bbut (?:it|that|this) work(?:s|ed)\b|\bbetter approach\b|\brecommend|\bsuggest|\bfix is\b|\blet me\b|\b(?:could|might|maybe|perhaps"
    r"|what if|would)\b|\bi'll (?:try|revert|undo)\b|\bpre-existing\b|\bcan be reverted\b|\btests? (?:that )?(?:fail|failed|cover)|\bwhen (?:a"
    r"|an|the) \w+ (?:fails|attempts|tries)\b|\beach attempt\b|\bgit revert\b")


_OWN = (
    r"\b(?:does|did)(?:n't| not) (?:help|work|fix|solve)\b|\bmade things worse\b|\bunfortunately\b")  # of something done here, not of the program under repair
_DENIED = r"\bnot\b|n't\b|\bwill\b|\bshould\b"

_UNTRIED = labelled(r"untried|not (?:yet )?tried(?: yet)?|worth (?:a )?try(?:ing)?|idea for (?:later|next time)|not attempted(?: yet)?")

_signals = signals(label=_LABEL, untried=_UNTRIED,
                   fix=_FIX, tries=_TRIES, moves=_MOVES, fails=_FAILS, reverts=_REVERTS, flat=_FLAT, worked=_WORKED, not_told=_NOT_TOLD,
                   own=_OWN, but=r"\bbut \w", denied=_DENIED)


def find(sentence: Sentence, context: Context) -> Candidate | None:
    m = sentence.mask
    if asks(sentence) or words(window(sentence)) < 6 or context.speaker == "document":
        return None
    said = _signals(m)
    after = _signals(sentence.next.mask) if sentence.next else frozenset()
    if "label" in said or ("not_told" not in said and _failed(said, after)):
        return _candidate(sentence, "failed")
    if "untried" in said:
        return _candidate(sentence, "untried")
    if "not_told" not in said and _worked(said, words(m), context):
        return _candidate(sentence, "worked")
    return None


def _failed(said: frozenset[str], after: frozenset[str]) -> bool:
    """An attempt with a bad end or taken back, in this sentence and the one that follows; or a failure in so many words."""
    told = said | after
    if "flat" in said:
        return bool(said & {"tries", "moves", "reverts", "fails"})
    if "tries" in said:
        return bool(said & {"fails", "but"}) or told >= {"fails", "reverts"}
    if said >= {"fails", "own"} and "reverts" in told:
        return True
    return bool(said & {"moves", "reverts"}) and told >= {"moves", "fails", "reverts"}


def _worked(said: frozenset[str], length: int, context: Context) -> bool:
    if "fix" in said:
        return length >= 7 and context.speaker == "agent"
    return "worked" in said and "denied" not in said and length >= 6


def failed(sentence: Sentence) -> Candidate:
    """The failed approach that the sentence tells, with what went wrong."""
    return _candidate(sentence, "failed")


def worked(sentence: Sentence) -> Candidate:
    """The approach that worked."""
    return _candidate(sentence, "worked")


def _candidate(sentence: Sentence, outcome: str) -> Candidate:
    said, after = _signals(sentence.mask), _signals(sentence.next.mask) if sentence.next else frozenset[str]()
    text, taken = sentence.text, 0
    m = sentence.mask
    untold = outcome == "failed" and (bool(after & {"fails", "reverts"}) or "fails" not in said)
    if words(m) < 8 or untold:
        text, taken = joined(sentence)
        m = window(sentence) if taken else m
    details: dict[str, Detail] = {"outcome": outcome}
    if reason := why(text, m) or _bad_end(text, m, outcome):
        details["why"] = reason
    return Candidate(KIND, text, details, taken=taken)


def _bad_end(text: str, m: str, outcome: str) -> str:
    """What went wrong, where the sentence sets it off by `but` or a colon."""
    found = re.search(r"(?:, but |; but | but |: (?=it\b)|; (?=it\b)|, and (?=it\b))([^;.]{6,160}?)(?=, so\b|; |\. |\.$|$)", m) if outcome == "failed" else None
    return text[found.start(1):found.end(1)].strip() if found else ""
