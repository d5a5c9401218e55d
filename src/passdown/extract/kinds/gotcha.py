"""Knowledge that was paid for: traps, hidden conditions, constraints, root causes, things that are so on purpose."""

import re

from passdown.extract.base import Candidate, Context, asks, joined, labelled, signals, why, window, words
from passdown.extract.prose import Sentence
from passdown.model.record import Detail

KIND = "knowledge"
CUES = (
    r"\bcareful|\bbeware|watch out|heads[ -]up|\bcaution|\bgotcha|\btrap\b|\bpitfall|\bcaveat|keep in mind|be aware|\bnote that|\bremember\b"
    r"|\bwarning|\bturns? out|turned out|root cause|\bthe (?:real|actual|underlying) |found the|\bculprit|caused by|\bbit (?:us|me)\b"
    r"|\bwork-?around"
    r"|\bunless\b|\bwithout\b|\botherwise|\bsilently|\bwhenever|every time|each time|as soon as|\bonly (?:when|if|works|\S+ (?:prevents|avoids"
    r"|helps|fixes))|\bprevents|\bavoids\b|intentional|deliberate|on purpose|by design|\bmust (?:not|never|be|stay|run|come)|\brequired\b"
    r"|\brequires\b|\bnever \w+|does(?:n't| not) (?:support|allow|work|handle)"
    r"|what (?:got|caught|tripped|stung)|tripped|caught (?:us|me)|\bsurpris|\bcounter-?intuitive|\bundocumented|\bnothing in the docs|the reason"
    r"|\b(?:issue|problem|bug|cause|error|failure|crash) (?:is|was|existed|exists|happened|happens|occurred|occurs|came|comes)\b|(?:is|was|'s) why\b"
    r"|\b(?:isn't|is not|aren't|are not) (?:supported|thread)|\bno (?:support|way) "
    r"|\bbecause\b|\bwhen\b.*\b(?:fails|breaks|hangs|crashes|drops|loses|returns|writes|eats|behaves)")
HEADINGS = (
    r"^\W*(?:\d+[.)] )?(?:known |important |key )?(?:gotchas?|pitfalls?|caveats?|limitations|lessons(?: learned)?|(?:important |key )?(?:learnings"
    r"|constraints|invariants)|things to (?:know|remember|watch)|watch out(?: for)?|warnings?|quirks)\b")

_LABEL = labelled(
    r"gotcha|caveat|pitfall|careful|beware|caution|heads[ -]up|root cause|important(?: note)?|watch out|known (?:issue|problem"
    r"|limitation)|limitation|constraint|invariant|quirk|cause|workaround")
_WARNS = (
    r"\bcareful\b|\bbeware\b|\bwatch out\b|\bheads[ -]up\b|\bgotcha\b|\b(?:a|the|classic|nasty|known) trap\b|\bpitfall\b"
    r"|\bkeep in mind\b|\bbe aware\b|(?:^|[,;.-] )note that\b|(?:^|[,;:.-] |\bplease )(?:do )?remember (?:that|the|to|not)\b|\bbit (?:us|me)\b"
    r"|\bbitten by\b|\bbtw never\b|what (?:got|caught|tripped|stung)|tripped|caught (?:us|me)|\bsurprising(?:ly)?\b|\bcounter-?intuitive"
    r"|\bundocumented\b|\bnothing in the docs\b|\bdon't be fooled\b|\bthat again\b|\bwhat (?:got|caught|tripped|bit|stung) (?:us|me)\b"
    r"|\b(?:tripped|caught) (?:us|me) (?:up|out)\b")
_FINDS = (
    r"\b(?:it )?turns? out(?: that)?\b|\bit turned out\b|\broot cause(?: of .*)?(?: is| was|:| turned)|\bthe (?:real|actual|underlying"
    r"|true) (?:problem|cause|culprit|reason) (?:is|was|here|turned|behind|for|:)|\bfound (?:the|it|out)\b.{0,12}\b(?:cause|culprit|bug|problem"
    r"|issue|reason|why|that|:)|\bthe culprit (?:is|was)\b|\bwas caused by\b|\bis caused by\b|\bcomes (?:down to|from the fact)\b"
    r"|\bthe (?:\w+ )?(?:issue|problem) was that\b|\bthe (?:\w+ )?cause (?:is|was) that\b"
    r"|\bthe (?:\w+ )?(?:issue|problem|bug|error|failure|crash) (?:existed|exists|happened"
    r"|happens|occurred|occurs|came|comes) (?:because|from)\b|(?:_{3,}|\w[/._]\w).*\bwhich(?:'s| is| was) (?:also )?why\b"
    r"|\bthe reason (?:is|was|it|this|for)\b|\bwas not our\b|\bexplains why\b|\bthe (?:flaky|flakiness|intermittent)\b")
_BAD = (
    r"(?:fails?|breaks?|hangs?|crash(?:es)?|drops?|loses?|lost|duplicates?|doubles?|corrupts?|deadlocks?|leaks?|truncates?|overwrites?|times? out"
    r"|stalls?|panics?|throws?|errors?|rejects?|ignores?|skips?|swallows?|misses|goes missing|disappears?|vanish(?:es)?|returns? (?:stale|nothing"
    r"|empty|null|nil|wrong|old|none|undefined|\w+ rows)|"
        r"writes? \w+ twice|eats?|runs? out|reads? stale|gets? (?:stuck|lost|killed|wiped|reset|clobbered|corrupted)|is (?:wiped|reset|lost"
        r"|stale|wrong|empty|undefined|null|nil|unreliable|ignored|silently)|doesn't|does not|never|refuses?|stops?|resets?|wipes?|clobbers?"
        r"|flak(?:es|y)|breaking|broken|won't|twice|forever|everything twice|all the memory|stale rows)")
_COND = (
    r"(?:\bwhen(?:ever)?\b|\bif\b|\bevery time\b|\beach time\b|\bas soon as\b|\bonce\b|\bwhile\b|\bafter\b|\bunless\b|\bwithout\b|\bunder\b"
    r"|\botherwise\b|\bbefore\b)")
_HAPPENS = rf"{_COND}.*\b{_BAD}\b|\b{_BAD}\b.*{_COND}"
_CURES = (
    r"\bwork-?around\b|\bunless\b|\bonly \S+(?: \S+)? (?:prevents|avoids|helps|fixes|works)\b|\b(?:setting|with|exporting|passing|adding"
    r"|using) \S+ (?:set |it )?(?:avoids|prevents|fixes|helps|it|behaves|works|cures|is)\b|\bmust (?:be|stay|remain) (?:set|in|exported|first|on"
    r"|present|called|run|enabled|defined)\b|\bhas to be (?:set|called|run|exported|first|in|done|enabled)\b|\bis required\b|\b(?:just |always "
    r"|to )(?:export|set) \S+"
    r"|\byou (?:need|have to|must)\b|\bneeds? (?:\S+ )?(?:to be )?(?:set|exported|first)\b|\bwhich is why we\b|\bnever \w+ .*\bwithout\b"
    r"|\b(?:avoids|prevents) (?:that|this|it)\b|\bwithout (?:it|that|this|_+)\b|\b[a-z_]+=\w+\b")
_PURPOSE = r"\b(?:intentionally|deliberately|on purpose|by design|(?:is|are|was|were) (?:intentional|deliberate))\b"
_HARD = (
    r"\bmust (?:not|never)\b|\b(?:never|don't|do not) (?:run|call|use|set|edit|delete|touch|commit|import|start|rely|assume|change"
    r"|remove)\b.*\b(?:without|otherwise|or (?:it|the|you)|because|unless|since)\b|\bonly works? (?:if|when|with|on|in|for|after)\b|\bdoes(?:n't"
    r"| not) (?:support|allow|handle|work (?:with|on|in|for|under|when|unless))\b|\bis not (?:supported|thread-?safe|idempotent|safe|atomic"
    r"|reentrant|transactional)\b")
_IMAGINES = (
    r"\b(?:could|might|maybe|perhaps|may|whether|what if|if (?:we|you|i) (?:want|wanted|decide|prefer|ever)|suppose|imagine|wonder(?:ing)?"
    r"|i think|i suspect|probably|presumably|possibly|likely|should we|seems?|guess|would (?:be|need|have))\b"
    r"|\bhappy to\b|\bif you'd like\b|\bi can\b|\brecommend"
    r"|\bconsider\b|\bsuggest|\blet me\b|\bi'll\b|\bi need to\b|\bonly as a\b|\bverify\b|\bensure\b|\bmake sure\b|\btests? (?:that|for|cover"
    r"|verif|assert)|\bchecks? (?:that|if|for|whether)\b|\bno longer\b|\bnow (?:returns|handles|fails|shows|uses|throws)\b")
_EXPECTED = (
    r"^(?:\W*\w+\W+){0,3}(?:added|updated|fixed|implemented|created|removed|renamed|refactored|changed|moved|returns?|shows?|displays?|renders?"
    r"|verified|add|update|fix|implement|create|remove|handle|replace)\b|\bpre-existing\b|\ball (?:\d+ )?tests\b|\b(?:tests?|checks?|all|suite"
    r"|build) (?:\w+ )?pass(?:es|ed|ing)?\b|\bempty (?:state|string|list)\b|\bthe user (?:clicks|sees|is|wants|asked)|\bthis (?:means|ensures"
    r"|way)\b|\bcommit(?:ted)?\b|\badded \b|\bsame (?:root )?cause\b|\bcopilot('s| is)\b|\bfinding\b")


_CAUSAL = r"\b(?:because|since|so that|so|otherwise|to (?:avoid|keep|prevent|allow|let))\b|- (?:it|they|the|this|otherwise) "
_FLAG = re.compile(r"\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b|=\S")  # a setting that can be named
_GRAVE = r"\b(?:never|must not|data loss|loses?|corrupts?|deletes?|wipes?|drops?|security|critical|secret|silently|production|irreversible)\b"
_RULE = r"\b(?:must (?:not|never)|only works?|not supported|is required|invariant|intentional(?:ly)?|by design|on purpose|deliberate(?:ly)?)\b"
_SLOW = r"\b(?:slow|slower|latency|o\(n|memory|throughput|quadratic)\b"

_FOLLOWS = (
    r", (?:so|hence|therefore|which means(?: that)?) (?:\w+ ){0,4}(?:can't|cannot|must|has to|have to|needs?|isn't|aren't|won't|never|only|always"
    r"|doesn't|don't)\b")

_UNFIXED = r"\bnot (?:yet )?(?:been )?(?:fixed|resolved|addressed)(?: yet)?\b|\bunfixed\b|\bstill broken\b"

_signals = signals(label=_LABEL, warns=_WARNS, finds=_FINDS, happens=_HAPPENS, cures=_CURES,
                   bad=rf"\b{_BAD}\b", purpose=_PURPOSE, hard=_HARD, imagines=_IMAGINES, expected=_EXPECTED,
                   causal=_CAUSAL, grave=_GRAVE, rule=_RULE, slow=_SLOW, unfixed=_UNFIXED, follows=_FOLLOWS)


def find(sentence: Sentence, context: Context) -> Candidate | None:
    m = sentence.mask
    if asks(sentence) or words(m) < 5 or context.speaker == "document":
        return None
    said = _signals(m)
    after = _signals(sentence.next.mask) if sentence.next else frozenset()
    if "label" in said or ("imagines" not in said and _told(sentence, said, after, context)):
        return make(sentence)
    return None


def _told(sentence: Sentence, said: frozenset[str], after: frozenset[str], context: Context) -> bool:
    """Whether somebody says how things are, and what it costs not to know."""
    if said & {"warns", "finds"}:
        costs = said & {"happens", "hard", "cures"} or after & {"happens", "cures"}
        return bool(costs) or said >= {"warns", "bad"} or ("finds" in said and words(sentence.mask) >= 8)
    if "expected" in said:
        return False
    if "happens" in said and "cures" in said | after:
        return "hard" in said or bool(_FLAG.search(f"{sentence.text} {sentence.next.text if sentence.next else ''}"))
    if "purpose" in said:
        return "causal" in said and not sentence.item
    return "hard" in said and ("happens" in said or context.user or "follows" in said or bool(why(sentence.text, sentence.mask)))


def make(sentence: Sentence) -> Candidate:
    """The knowledge that the sentence tells, with how grave it is and why."""
    said, after = _signals(sentence.mask), _signals(sentence.next.mask) if sentence.next else frozenset[str]()
    text, taken = sentence.text, 0
    short = words(sentence.mask) < 8
    if sentence.next and (short or ("cures" not in said and after & {"cures", "happens"})):
        text, taken = joined(sentence)
    m = window(sentence) if taken else sentence.mask
    if "unfixed" in said:
        return Candidate("issue", text, {"severity": _severity(said)}, taken=taken)
    details: dict[str, Detail] = {"severity": _severity(said), "category": "constraint" if "rule" in said else "performance" if "slow" in said else "gotcha"}
    if reason := why(text, m):
        details["why"] = reason
    return Candidate(KIND, text, details, taken=taken)


def _severity(said: frozenset[str]) -> str:
    if "grave" in said:
        return "critical"
    return "important" if said & {"warns", "happens", "hard"} else "helpful"
