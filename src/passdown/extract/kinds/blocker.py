"""Blockers: work stands still until somebody else acts."""

import re

from passdown.extract.base import Candidate, Context, asks, labelled, signals, words
from passdown.extract.prose import Sentence
from passdown.model.record import Detail

KIND = "blocker"
CUES = (
    r"\bblocked|\bblocker|\bblocking\b|\bstuck\b|\bwait(?:ing|s)?\b|\bon hold\b|hold(?:s|ing)? (?:up|back)|\bheld up|\buntil\b|\bbefore\b"
    r"|\boutstanding|\bdepends on|signs? off|(?:can't|cannot|can not|unable)|no answer"
    r"|hasn't|haven't|has not|have not|\bas far as i\b|\bnothing more\b|\bpending\b|\bstalled|\bparked|only they|\bneeds? (?:a|an|their|his|her"
    r"|your|approval|access|sign)")
HEADINGS = r"^\W*(?:\d+[.)] )?(?:(?:current |open )?blockers?|blocked(?: on| by)?|waiting (?:on|for)(?: \w+)?)\W*$"

_LABEL = labelled(r"blocked(?: (?:on|by))?|blocker|waiting (?:on|for)")
# Somebody outside who has to act. A program that waits for another is no blocker of the work.
_PARTY = (
    r"(?:\w+ team|team|ops|devops|infra|it|legal|security|vendor|provider|upstream|client|customer|management|finance|design(?:ers?)?|partner"
    r"|maintainers?|reviewers?|admin(?:istrator)?s?"
          r"|support|they|them|their|he|she|someone|somebody|people|colleagues?|everyone)")
_THING = (
    r"(?:access|approval|permission|quota|licen[cs]e|sign-?off|answer|reply|response from|decision|review|credentials?|api key|key|token|account"
    r"|invite|certificate|budget|contract|feedback|confirmation|go-?ahead|release|endpoint|sandbox|ticket"
          r"|merge|fix (?:from|on|their|upstream)|fix their|hardware|domain|dns|spec)")
_STOPS = (
    r"\b(?:can't|cannot|can not|couldn't|unable to|not able to) (?:\w+ )?(?:go on|continue|proceed|move (?:on|forward|ahead)|finish|complete"
    r"|ship|deploy|merge|release|start|test|get (?:any )?further|make progress|be (?:finished|completed|done|merged|shipped|deployed|released"
    r"|tested|closed))\b"
    r"|\b(?:we|i)(?:'re| are|'m| am)(?: \w+)? (?:stuck|blocked)\b|\b(?:work|task|pr|ticket|release|migration|rollout|deployment|change|feature"
    r"|progress|issue|this|that|everything)(?: \w+){0,2} (?:is|are|remains|stays)(?: \w+)? (?:blocked|stuck|stalled|on hold|parked|waiting)\b"
    r"|\bis on hold\b|\bare on hold\b|\bhas to wait\b|\bhave to wait\b|\bmust wait\b|\bhold(?:s|ing)? (?:up|back)\b|\bheld up\b|\bblocked (?:on"
    r"|by|as|because|until|since|:)|\bstuck on\b|\bprogress .*depends on\b"
    r"|\bdon't (?:continue|go on|proceed|start|merge|ship|touch|deploy)\b.*\b(?:before|until)\b|\bnothing (?:more|else|further) (?:can|to) be\b"
    r"|\bnothing (?:more|else) (?:i|we) can do\b|\bas far as (?:i|we) (?:can )?(?:get|go)\b|\bwaiting (?:for|on)\b|\bstill waiting\b"
    r"|\bawaiting\b|\bno way forward\b")
_CAUSE = (
    rf"\buntil\b.*\b(?:gives?|grants?|approves?|signs? off|answers?|replies|repl(?:y|ies)|publishes|fix(?:es)?|provides?|sends?|confirms?"
    rf"|releases?|merges?|decides?|unlocks?|gets? back|is (?:approved|granted|available|back|merged|published|released))\b"
    rf"|\bbefore\b.*\b(?:signs? off|approves?|answers?|confirms?|agrees?|replies|gives?|reviews?)\b"
    rf"|\b(?:has|have|had)(?:n't| not)(?: yet)? (?:\w+ )?(?:approved|published|answered|replied|responded|granted|given|sent|provided|released"
    rf"|merged|confirmed|reviewed|fixed|delivered|shared|signed|got(?:ten)? back|been (?:approved|granted|published|released|provided|merged))\b"
    rf"|\bno (?:answer|reply|response|word|news|feedback|approval|access)\b|\bwhile \S+(?: \w+)? (?:is|are) (?:down|out|away|offline"
    rf"|unavailable)\b|\bwithout (?:their|his|her|the|a|an|your) (?:\w+ )?{_THING}\b"
    rf"|\b{_PARTY} (?:has to|have to|must|needs? to|promised|reject|hasn't|haven't|owes?)\b|\bonly (?:they|he|she|{_PARTY}) can\b|\b(?:rejects?"
    rf"|rejected|refuses?|denied|revoked) (?:our|us|my|the)\b|\bhas to fix (?:their|his|its)\b"
    rf"|\bneeds? (?:a|an|the|their|another)? ?{_THING} (?:from|by)\b|\b{_THING} (?:is|are) (?:\w+ )?(?:outstanding|pending|missing)\b"
    rf"|\b(?:waiting|awaiting|wait) (?:for|on)? ?(?:the |an? |our |some )?(?:\w+ )?(?:{_PARTY}|{_THING})\b|\bpromised\b|\bsigns? off\b"
    rf"|\bwaiting (?:for|on):? [A-Za-z]\w+:|\bwaiting (?:for|on) \w+(?:'s)? (?:to|{_THING})\b")
_PROGRAM = (
    r"\b(?:goroutines?|threads?|channels?|mutex|locks?|requests?|process(?:es)?|event loop|promises?|subprocess|hook|stdin|socket|queries|caller"
    r"|main loop|watcher|tests?|build|command|server|function|agent|script|browser|ui|modal|spinner|button|user) (?:is |are |was "
    r"|gets? |will )?(?:be )?(?:blocked|waiting|waits?|stuck|blocks)\b"
    r"|\bwait(?:ing|s)? (?:for|on) (?:the |a |it |its |all |both |them |this |that |these |those )?(?:\w+ ){0,2}(?:tests?|build|command|task"
    r"|agent|process|server|output|results?|ci|pipeline|run|lock|file|goroutines?|input|prompt|page|response|completion|finish|background|exit"
    r"|job|loop|thread|install)\b"
    r"|\b(?:it's|was still) waiting (?:for|on) (?:the|you)\b|\bbe waiting for\b|\bwaiting (?:for|on) (?:the )?user\b|\bnon-?blocking\b"
    r"|\bblocking (?:call|read|i/o|issue|comment|finding)|\bnot (?:a )?block(?:ed|er|ing)\b|\bno (?:longer )?(?:blocked|blockers?)\b"
    r"|\bunblocked\b|\bno blockers\b|\bwas (?:blocked|stuck|waiting)\b")
_STANDS = (
    r"\bwait(?:ing)?\b|\bblocked\b|\bstuck\b|\bon hold\b|\bhold(?:s|ing)? (?:up|back)\b|\bheld up\b|\buntil\b|\bbefore\b|\bas far as\b"
    r"|\bprogress\b|\bnothing more\b|\bhas to\b")
_IMAGINES = (r"\b(?:could|might|maybe|perhaps|would|if)\b.*\b(?:block|stuck|wait)|\bwhat if\b|\bonce unblocked\b")
_UNTIL = re.compile(r"\b(?:until|before) ([^,;]{4,120}?)(?=[,;.]|$)")


# The one waited for has a name: it begins with a capital in the middle of the sentence, or at its start before a verb of keeping.
_NAMED = re.compile(
    r"\b(?:by|on|for|until|from|but|because|as|while|:|,) (?:the )?[A-Z][a-z]+\b(?! [A-Z]?\w*\()|^[A-Z][a-z]+ (?:is|are|has|have) (?:\w+ )?(?:hold"
    r"|reject|not)")

_signals = signals(label=_LABEL, stops=_STOPS, cause=_CAUSE, program=_PROGRAM, stands=_STANDS, imagines=_IMAGINES)


def find(sentence: Sentence, context: Context) -> Candidate | None:
    m = sentence.mask
    if asks(sentence) or words(m) < 4 or context.speaker == "document" or not _blocks(_signals(m), sentence.text):
        return None
    return make(sentence)


def make(sentence: Sentence) -> Candidate:
    """The blocker that the sentence tells, with what has to happen first."""
    details: dict[str, Detail] = {}
    if found := _UNTIL.search(sentence.mask):
        details["next"] = sentence.text[found.start(1):found.end(1)].strip()
    return Candidate(KIND, sentence.text, details)


def _blocks(said: frozenset[str], text: str) -> bool:
    """Whether work stands still, and for somebody."""
    if said & {"program", "imagines"}:
        return False
    return "label" in said or ("stops" in said and ("cause" in said or ("stands" in said and bool(_NAMED.search(text)))))
