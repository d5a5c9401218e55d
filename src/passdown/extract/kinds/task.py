"""Next steps: work that is left for later. In the middle of a turn "next" is the agent's narration; it counts where a turn ends."""

import re

from passdown.extract.base import Candidate, Context, asks, labelled, signals, why, words
from passdown.extract.prose import Sentence
from passdown.model.record import Detail

KIND = "task"
CUES = (
    r"\bnext\b|\bremain|\bstill (?:to|need|has|have|open|missing|lack|outstanding|want)|left (?:over|to|open|undone|out|for)|\bto ?-?do\b"
    r"|follow-?up|not (?:yet )?(?:done|finished|implemented|wired|started|today)|n't (?:yet|got)|\btomorrow\b|\blater\b|pick (?:this|it"
    r"|things) (?:back )?up|pick up"
    r"|after (?:this|that)\b|on the list|backlog|did not get|didn't get|nobody has|no one has|\bdefer|postpon|out of scope|follow up"
    r"|\bonce (?:this|that|it)|unfinished|incomplete|outstanding|\bresume|\bcontinue with|\bpark|open (?:item|point|end)|future (?:work|session"
    r"|pr)|what(?:'s| is) left|come back|get around|got around|revisit|another (?:day|session|pr)|separate (?:pr|issue|ticket|change)")
HEADINGS = (
    r"^\W*(?:\d+[.)] )?(?:(?:suggested |recommended |possible |immediate |optional )?next (?:steps?|up|actions?|session)|remaining(?: work| tasks?"
    r"| items?| steps?| todos?)?|to-?dos?|pending(?: tasks?| work| items?)?|(?:suggested )?follow-?ups?(?: items?| work| tasks?)?"
            r"|(?:still )?(?:open|outstanding|left)(?: to do| items?| work| tasks?| points?)?|future work|deferred|not (?:yet )?(?:done"
            r"|implemented|started)|what(?:'s| is) (?:left|next|missing|remaining)|what remains|still (?:to do|open|missing|needed)"
            r"|unfinished)\b[^.]{0,40}$")

_LABEL = labelled(r"todo|to do|next|next steps?|next up|follow-?up|remaining|still to do|still open|left to do|pending|deferred|action item")
_LATER = (
    r"\b(?:tomorrow|next (?:time|session|week|sprint|pr|round)|in (?:a|the) (?:next|later|follow-?up|separate|future) (?:session|pr|commit"
    r"|change|round|pass|release|iteration)|another (?:day|time|session|pr)|(?:but |though )?not (?:today|now|in this (?:session|pr))"
    r"|leave (?:it|that|this) for (?:now|later)"
    r"|on the (?:list|backlog|todo)|when we (?:pick|come back|resume|continue|return)|pick (?:this|it|things) (?:back )?up|(?:did not|didn't"
    r"|haven't|have not) (?:get|gotten|got) (?:to|around)|nobody has (?:begun|started|touched|done)|no one has (?:begun|started)|(?:is|are|was"
    r"|were) deferred|deferred (?:to|until)|postponed"
    r"|out of scope (?:for (?:now|this|today))|later (?:on|today|this week)|for (?:a )?later|do (?:that|it|this) later|for another"
    r"|in this session|before we (?:can )?(?:close|merge|ship|release|call)|pick up (?:here|with|from|there)|come back to|revisit)\b")
_OPEN = (
    r"\bnext up\b|\bwhat(?:'s| is)? (?:remains|left|still)\b|\bremains? (?:is |to )|\bstill to (?:do|be done|come)\b|\bleft (?:over|to do"
    r"|undone)\b|\bnot (?:yet )?(?:done|finished|implemented|wired(?: up| in)?|started|hooked up|complete)(?: yet)?\b|\bfollow-?up (?:is"
    r"|would be|task|item|work|here|step)\b"
    r"|\bnext (?:step|task|thing|item|job|piece|move|action)s? (?:is|are|would be|will be|should be|:|-)|\bstill (?:needs?|has|have|lacks?"
    r"|missing|outstanding|open)\b(?: to)?|\b(?:has|have)(?:n't| not) been (?:done|implemented|wired|started|ported|migrated|updated|tested"
    r"|converted) ?(?:yet)?|\bunfinished\b|\bincomplete\b"
    r"|\bonce (?:this|that|it)(?:'s| is| has) (?:been )?(?:merged|done|in|landed|finished|shipped|through|released)\b|\bafter (?:this"
    r"|that),? (?:add|do|wire|move|port|write|we|the|please|comes?)\b|\bwe (?:still )?(?:need|have) to .*\b(?:later|eventually|at some point"
    r"|afterwards)\b|\bthe one thing (?:left|missing)\b|\bremaining (?:work|step|task|item|piece|bit)s?\b"
    r"|\bnot yet (?:\w+ed)\b|\byet to be \w+|\bstarts? with\b|\bcontinue with\b|\bresume with\b|\bput .* on the (?:list|backlog)\b")
_DUTY = (
    r"\b(?:need|needs|has to|have to|must|should|shall|please|add|start|wire|hook|connect|port|call|write|move|finish|implement|migrate|support"
    r"|test|update|fix|remove|refactor|document|extend|convert|replace|get|gets|continue|resume|put|do|handle|cover|clean|delete|expose|split"
    r"|rename|integrate|wiring|adding|porting|writing|moving|finishing|"
    r"implementing|migrating|testing|updating|fixing|removing|hooking|connecting|enabling|documenting|integration|support)\b")
_NARRATES = (
    r"^(?:\W*)recommend|\bnext time you\b|^if\b|\bwhoever\b|\bcorrectly notes\b|^out of scope\b|\bnext session \w*(?:callback|event|file|record)"
    r"|\blook at what\b|\blet me\b|\bnow (?:let|i|the|update|add|for)\b|^(?:now|next),? (?:let|i(?:'ll| need)|add|update|the|for|up:?$)"
    r"|\bi(?:'ll| will) (?:now|next|also|then|start|continue|check|run|look)\b|\blet's\b|\bi need to (?:also|now|see|check|look|find|read)\b"
    r"|\bsee (?:you|what)\b|\bwhat(?:'s| should be)? next\b.{0,3}$|\bnext (?:line|page|character|token|event|row|message|iteration|phase \d|call"
    r"|item in)\b"
    r"|\bno (?:remaining|follow-?ups?|outstanding|open|todos?|pending)\b|\bnothing (?:is )?(?:left|remaining|else)\b|\bremaining (?:tests?"
    r"|errors?|failures?) (?:pass|are)\b|\blater (?:in|than|when|calls?|used|replaced|removed)\b|\bif (?:you|we)\b.*\b(?:want|like|need|decide"
    r"|prefer)\b|\bsooner or later\b|\bto-?do (?:list|app|item|tool)\b|\btodowrite\b")
_MOVES = re.compile(r"\W*(?:\w+\W+)?(?:the )?(?:next|then|start with|continue with)\b|.*\b(?:i'd|i would|we can|you can|we'll|i'll)\b")
_PRIORITY = re.compile(r"\b(urgent|asap|high priority|critical|top priority)\b|\b(low priority|nice to have|eventually|someday|minor)\b")


# What says by itself that it is left over, wherever it stands.
_LEFT = (
    r"\bwhat(?:'s| is)? (?:remains|left)(?: to do| open| over)?(?: here| now)? (?:is|are|to)\b|\bwhat(?:'s| is)? (?:remains|left): "
    r"|\bstill to (?:do|be done)\b|\bleft (?:over|to do|undone)\b|\bnot (?:yet )?done(?: yet)?\b|\bthe follow-?up\b|\bonce (?:this|that|it)(?:'s"
    r"| is| has)|\bthe one thing (?:left|missing)|\bunfinished\b|\bnext up is\b|\bremaining (?:work|task|piece)s?\b|\b(?:has|have)(?:n't"
    r"| not) been (?:started|begun)")
_ASKED = r"^(?:\w+[.,!] )*(?:after (?:this|that)|once (?:this|that|it)|next time|still to do)\b"
_DOUBTS = r"\b(?:could|might|maybe|perhaps)\b"

_signals = signals(label=_LABEL, later=_LATER, open=_OPEN, duty=_DUTY, narrates=_NARRATES, left=_LEFT, asked=_ASKED, doubts=_DOUBTS)


def find(sentence: Sentence, context: Context) -> Candidate | None:
    m = sentence.mask
    if asks(sentence) or words(m) < 4 or context.speaker == "document":
        return None
    said = _signals(m)
    if said & {"narrates", "doubts"} or not _open(said, context):
        return None
    return make(sentence)


def _open(said: frozenset[str], context: Context) -> bool:
    """Whether something is to be done, and not now."""
    if "label" in said:
        return True
    if "later" in said:
        return bool(said & {"duty", "open"})
    return "duty" in said and ("asked" in said if context.user else "open" in said)


def make(sentence: Sentence) -> Candidate:
    """The task that the sentence tells. What sounds like a move that the agent is about to make counts only where the turn ends."""
    m = sentence.mask
    closing = bool(_MOVES.match(m)) and not _signals(m) & {"later", "left", "asked"}
    details: dict[str, Detail] = {"state": "open"}
    if found := _PRIORITY.search(m):
        details["priority"] = "high" if found[1] else "low"
    if reason := why(sentence.text, m):
        details["why"] = reason
    if re.search(r"\btomorrow\b|\bnext (?:time|session|up)\b|\bnext\b", m):
        details["horizon"] = "immediate"
    elif re.search(r"\beventually\b|\bsomeday\b|\bfuture (?:work|pr|release)\b|\blater\b|\bdeferred\b", m):
        details["horizon"] = "future"
    return Candidate(KIND, sentence.text, details, closing=closing)
