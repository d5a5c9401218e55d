"""Preferences and corrections: how the user, and nobody else, wants things done."""


from passdown.extract.base import Candidate, Context, asks, signals, why, words
from passdown.extract.prose import Sentence
from passdown.model.record import Detail

KIND = "preference"
CUES = (
    r"\balways\b|\bnever\b|\bprefer|from now on|\bin (?:the )?future\b|going forward|\bi (?:really )?(?:like|love|hate|dislike|want|insist)"
    r"|\bi'd (?:rather|like)|\bi don't (?:like|want)|\bstick (?:to|with)|\bkeep (?:it|to|using)|\bmy rule|in doubt"
    r"|every time|each time|can't stand|\bdon't\b|\bdo not\b|\bstop \w+ing|\beverywhere\b|like we do|we (?:don't|never|always|usually)|as usual"
    r"|by convention|conventions?\b|\bno more\b|\bmust\b|\bat all times|\bhouse style|\bis to be\b|\bhas to (?:be|stay)|\bpet peeve"
    r"|unless i (?:say|ask)|without asking|ask me")
HEADINGS = r"^\W*(?:\d+[.)] )?(?:user |coding |my )?(?:preferences|conventions|working agreements|standing instructions)\b"

_LASTING = (
    r"(?:\balways\b|\bfrom now on\b|\bfrom here on\b|\bin (?:the )?future\b|\bgoing forward\b|\bevery ?time\b|\beach time\b|\beverywhere\b"
    r"|\bat all times\b|\bwhen(?:ever)? (?:in doubt|you (?:touch|write|edit|add|change|work|commit|make|create|run|need|refactor))\b"
    r"|\bfor (?:anything|everything|all)\b"
          r"|\bany ?time\b|\bkeep it that way\b|\bmy rule\b|\bas a rule\b|\bby default\b|\bunless i (?:say|ask|tell)\b|\bwithout asking\b"
          r"|\bthat goes for\b|\bin this (?:repo|project|codebase)\b|\blike we do\b|\bper our\b|\bour convention|\bhouse style\b|\bnever\b"
          r"|\bhenceforth\b)")
_WANTS = (
    r"\bi(?:'d| would)? (?:really |much |strongly |generally )?(?:prefer|like|love|rather|want|hate|dislike|insist)\b|\bi (?:don't"
    r"|do not) (?:like|want|need|care for)\b|\bi can't stand\b|\bmy (?:rule|preference|taste|style|convention|pet peeve)\b|\bthat's how i\b"
    r"|\bi'm (?:not )?a fan\b|\bmy liking\b")
_TELLS = (
    r"(?:^|[,;:!.-] |\bplease |\bso |\bthen |\bjust |\b(?:in (?:the )?future|from now on|going forward|henceforth) |\bfor (?:anything|everything"
    r"|all)\b[^,.;]{0,40} )(?:please |always |never |don't ever |only |do |just |make sure (?:to |you )?)*(?:use|keep|stick|write|format|put"
    r"|name|run|add|avoid|prefer|follow|make|leave|ask|commit|push|go|do|document|comment|check|show|explain|start|include|reformat|touch|create"
    r"|call|"
    r"skip|stay|test|indent|order|sort|tell|remember|give|respond|answer|amend|squash|rebase|mock|wrap|refactor|delete|remove|install|let)\b")
_FORBIDS = (
    r"(?:^|[,;:!.-] |\bplease |\bso |\balso |\bbtw )(?:please |also |and )?(?:don't|do not|never|stop|no more|avoid) (?:ever |you |just |do "
    r"|be )?(?:\w+ ){0,1}\w+")
_STANDING = (
    r"\blike we do (?:everywhere|elsewhere|in)\b|\bwe (?:always|never|usually) \w+|\bwe (?:don't|do not) (?:use|do|write|allow|commit|mock|put"
    r"|ship|log|name|call)\b|\bhas to (?:stay|be|remain|follow)\b|\b(?:is|are) (?:always )?to be \w+ed\b|\bshould always\b|\bmust (?:always"
    r"|never|stay)\b|\byou (?:should|must|have to|are to) (?:always|never)\b|\bi (?:always|never)\b|\bi make (?:the )?decisions\b")
_POLITE = (
    r"^(?:\W|\w+[.,!] |one more thing - )*(?:can|could|would|will) you (?:please )?(?:always|never|keep|stick|stop|use|make sure|not|avoid|only"
    r"|from now on)\b")
_ONCE = (
    r"^(?:\w+[.,!] )*(?:remember|careful|heads[ -]up|watch out|beware|note|keep in mind)\b|\b(?:i want|i'd like|i would like|would like"
    r"|i want you) (?:to|you to) (?:see|know|understand|test|try|check|look|review|run|make|do|have|add|change|find|research|get|implement"
    r"|create|be able|go|fix|work|start|write|move|update|take|be sure|confirm)\b|\blet's\b|\bi think\b|\bwhat i want\b|\bwhen i \w+\b.*\b(?:it"
    r"|error|fails?|nothing|get|see)\b"
    r"|\b(?:i|we|it|that|they|which|user|users|he) (?:(?:don't|didn't|doesn't|do not) (?:think|know|see|understand|have|get|believe|recall"
    r"|remember|mind|work|exist|match|make)|never (?:saw|got|had|see|gets|works|worked|happens))\b|\bdon't (?:worry|forget|know|think|see"
    r"|understand|get|you|bother|mind|do anything yet)\b|\bnever ?mind\b"
    r"|\bwe don't (?:have|need|know|see|get)\b|\bi don't (?:want to (?:lose|break)|care)\b|\b(?:the )?(?:users?|ui|app|page|button|command|cli"
    r"|tool|api|server|code|output) (?:should|must|will|can|always|never|has to|doesn't|don't)\b|\bi'd like (?:a|an|the|some)\b|\bi want (?:a|an"
    r"|the|that|this|it) \w+ (?:to|that|which|for)\b"
    r"|\b(?:don't|do not|stop) (?:\w+ ){1,6}(?:yet|until|before|this time)\b|\bnever (?:said|mentioned|asked|told|been)\b|\bi like (?:it|this"
    r"|that)[.!]?$|\bfor now\b|\b(?:is|are|was|were|it|they) (?:\w+ )?(?:but |and )?never\b|\b(?:don't|do not|never|stop) (?:you )?\w+ (?:it"
    r"|this|that|them|any|there|anything)\b|\balways (?:been|had|was|were|get|gets|shows?|returns?|fails?)\b|\bis always\b|\bare always\b")


_BANS = (
    r"\b(?:don't|do not|stop|no more) (?:mix|use|add|write|commit|push|put|create|run|mock|do|change|touch|remove|include|make|call|guess|assume"
    r"|edit|reformat|rename|amend|squash|ask|apologi[sz]e|start|\w+ing)\b")
_TASTE = (
    r"\bi(?:'d| would)? (?:\w+ )?prefer\b|\bi(?:'d| would) rather\b|\bi can't stand\b|\bi hate\b|\bi like .*\b(?:better|more|best)\b|\bmy (?:rule"
    r"|preference)\b")
_KEEPS = r"\b(?:keep|stick|stop|not|never|avoid)\b"

_signals = signals(lasting=_LASTING, wants=_WANTS, tells=_TELLS, forbids=_FORBIDS, standing=_STANDING,
                   polite=_POLITE, once=_ONCE, bans=_BANS, taste=_TASTE, keeps=_KEEPS)


def find(sentence: Sentence, context: Context) -> Candidate | None:
    m = sentence.mask
    if not context.user or words(m) < 4:
        return None
    said = _signals(m)
    if "once" in said or not (_asked(said) if asks(sentence) else _standing(said)):
        return None
    return make(sentence)


def make(sentence: Sentence) -> Candidate:
    """The preference that the sentence tells, with its reason."""
    details: dict[str, Detail] = {"why": reason} if (reason := why(sentence.text, sentence.mask)) else {}
    return Candidate(KIND, sentence.text, details)


def _asked(said: frozenset[str]) -> bool:
    """Whether a question is one in form only: "can you keep to …"."""
    return "polite" in said and bool(said & {"lasting", "keeps"})


def _standing(said: frozenset[str]) -> bool:
    """Whether it is meant to last: a wish, order or ban that says so, or a ban without an end."""
    if "lasting" in said and said & {"wants", "tells", "forbids"}:
        return True
    return bool(said & {"standing", "taste"}) or said >= {"forbids", "wants"} or said >= {"forbids", "bans"}
