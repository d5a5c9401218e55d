"""Decisions: somebody commits to one way, mostly against another and for a reason."""

import re

from passdown.extract.base import IMAGINES, REASON, Candidate, Context, asks, joined, labelled, signals, why, window, words
from passdown.extract.prose import Sentence
from passdown.model.record import Detail

KIND = "decision"
CUES = (
    r"\bdecid|\bdecision|\bagreed|\bsettl(?:e|ed|ing) (?:on|for)|\bchoos|\bchose|\bopt(?:ed|ing)? (?:for|to)|\bgo(?:ing)? (?:with|for)\b|\bwent (?:with|for)\b"
    r"|instead of|rather than|in favou?r of|in place of|as opposed to|\bover \w|\bnot \w|\bwins\b|\bit is for\b|\bis out(?:[,.;!]|$| (?:because"
    r"|for|since|as)\b)|\bstick(?:ing)? (?:with|to)"
    r"|\bby design|intentional|deliberate|on purpose|\bruled? out|\brejected|\bpass on\b|\bpick(?:ed|ing)?\b|\bwe'll (?:use|keep)|\bapproved"
    r"|signed off|fine with|\bcompar(?:ed|ing)\b|\bweigh(?:ed|ing)\b|\bcandidate|deciding factor|outweighs|\bwon out\b|standardi[sz]")
HEADINGS = r"^\W*(?:\d+[.)] )?(?:key |design |architectural |technical |main |user )*(?:decisions?|choices)(?: made| taken| log)?\W*$"

_LABEL = labelled(r"(?:design |final |key |user )?(?:decision|decided)") + "|" + labelled("agreed").replace("[:-]", ":")
_WHO = r"\b(?:i|we|they|team|user|everyone|everybody)(?:'ve| have|'m| am|'re| are| has| is|'ll| will)?(?: \w+ly| just| now| all| both| then| finally)? "
_COMMITS = (
    _WHO + r"(?:decided (?:on|to|for|against|that|not)|agreed (?:on|to|that|with)|settled (?:on|for)|opt(?:ed|ing)? (?:for|to)|chose|chosen|choosing|choose"
    r"|picked|picking|go(?:ing)? (?:with|for)|went (?:with|for)|stick(?:ing)? (?:with|to)|standardi[sz](?:ed|ing) on|ruled out|rejected|approved"
    r"|signed off on)\b"
    r"|\blet'?s (?:all )?(?:go (?:with|for)|settle on|settle for|stick (?:with|to)|choose|pick|adopt|opt for)\b"
    r"|(?:^|[,;:.-] |\bplease |\bthen |\bso )(?:go (?:with|for)|settle on|stick with|opt for|choose|pick) "
    r"|\b(?:it (?:was|is|has been)|was|has been|been) (?:decided|agreed|settled|ruled out)\b|\bfine with \w+ (?:for|as|instead)|\bdecision (?:is|was|to)\b"
    r"|\bsettled:|\bagreed:|\bthe (?:winner|choice|pick|verdict) (?:is|was)\b|\b(?:final|my|our|the) (?:decision|choice|pick)\b")
_LEANS = (
    r"\blet'?s (?:use|keep|do|make|switch|move|drop|put|have|take|build|leave|avoid|skip)\b|\b(?:we|i)(?:'ll| will| now|'re going to"
    r"| are going to) (?:use|keep|build|make|move|switch|stay|have|take)\b"
    r"|\bwill (?:be (?:built|based|done|made|written|kept|stored|served|handled)|stay|live|remain|keep|use|go)\b|\bshould (?:be|use|stay|live|go|keep|remain)\b"
    r"|\b(?:i|we)(?:'ve| have)? (?:switched|moved|replaced|kept|dropped|made|used|left|built|stayed|preferred|avoided|skipped|modelled|modeled"
    r"|stored|put|placed|implemented)\b"
    r"|\b(?:moves?|switch(?:es)?) to\b|\bstays? (?:on|with|in)\b|\bon the list of no|\bdeliberately|\bintentional(?:ly)?|\bon purpose|\bby design"
    r"|(?:^|[,;:.-] |\bplease )(?:use|keep|make|put|drop|switch to|move to|take|store|build)\b")
# What only the user can settle by merely saying so.
_ORDERS = (
    r"\b(?:should|must|has to|have to|is to|are to)\b|\b(?:it's |it is )?better (?:that|to|if)\b|(?:^|[,;:.-] |\bplease |\bto be )(?:make|change"
    r"|name|call|put|treat|render|show|display|move|rename|return|log|write|pass|build|let's|no\.\.\.)\b|\b(?:is|are) (?:now )?called\b"
    r"|\bname it\b|\bthe fix is to\b|\bwe just\b|\bwe (?:want|don't want)\b")
_CONTRAST = (
    r"\binstead of\b|\brather than\b|\bin favou?r of\b|\bin place of\b|\bas opposed to\b|[,;(-] ?(?:and )?not (?:a |an |the |in |on |by |via |with "
    r"|through )?[\w.]+"
                       r"|\bno,? not [\w.]+|\bis out(?:[,.;!]|$| (?:because|for|since|as)\b)|\bover (?:the |a |an )?\w+ (?:for|in|because|since"
                       r"|as|due)\b|\bover \w+[.,;]|\bpass on\b")
_COMPARES = (
    r"\b(?:weighed|weighing|compar(?:ed|ing)|candidates?|considered|evaluated|thought about|alternatives?|trade-?offs?|looked at|the other (?:option"
    r"|choice|one|contender)|options)\b")
_SETTLES = (
    r"\b\w+ wins\b|\b\w+ it is\b|\bis out(?:[,.;!]|$| (?:because|for|since|as)\b)|\bdeciding factor\b|\boutweighs\b|\bthe way to go\b|\bwon out\b"
    r"|\bgets the nod\b")
_NARRATES = (
    r"^\W*(?:i|we)(?:'ve| have)? (?:just |already )?(?:added|suggested|been)\b|"
    r"\b(?:match|matches|write|writer|one|last|first|newest|latest|earlier|later|value) wins\b|^(?:ok(?:ay)?,? |good,? )?now\b|^the user (?:then"
    r"|wants|wanted|asked|got|is)|^(?:next|first|then|also),? \w+ the\b|^(?:now|next|first),? (?:update|add|replace|change|remove|fix)"
    r"|\b(?:let me|i'll (?:use|go|pick|start|try|check|look|read|run|keep)|i need to|i'm going to|i can|we can|you can|i'd|we'd)\b|\b(?:used"
    r"|uses|using|went) .*\b(?:failed|fails|error|broke|bug)\b"
    r"|\bif\b.*\b(?:instead of|rather than)\b|\b(?:is|was|were|are|being) (?:using|used|set|shown|returned|written|called|passed|rendered"
    r"|treated|stored|displayed|getting) "
    r"|\b(?:recommend|suggest|propose|proposal|consider|i'd (?:go|use|pick)|lean(?:ing)? toward|my (?:lean|vote)|would)\b|\bbug\b|\bnobody\b"
    r"|\bno one\b|\bnot (?:yet )?decided\b|\bundecided\b|\bhaven't (?:decided|chosen|settled)\b"
    r"|\b(?:didn't|did not|hasn't|never) (?:decide|choose|settle|agree)|\bneeds? to be decided\b|\bto decide\b|\bbefore (?:we|i) (?:decide"
    r"|choose|settle)|\bpick (?:this|that|it|things|things?) (?:back )?up\b|\bpicked up\b|\bpicks? up\b"
    r"|\bgo(?:ing)? for (?:a|an|the) (?:run|walk|test)\b|\bwould have\b|\bexample\b")
_ALTERNATIVE = re.compile(
    r"\b(?:instead of|rather than|as opposed to|in place of|no,? not|[,;] not|pass on|against) (?:a |an |the |using "
    r"|to )?([^,;:.()]{2,60}?)(?= (?:for|because|since|as|so|when|in|at|if|to|on|due|-)\b|[,;:()]|\. |\.?$| -)"
                          r"|\bover (?:the |a |an )?([\w_.-]+)(?= (?:for|because|since|as|in)\b|[,;.])|\b([\w_.-]+) is out\b|\bfrom ([\w_.-]+) to \w")

_ANYWAY = re.compile(r"\banyways?\b|\ball the same\b|\bnevertheless\b|\bnonetheless\b")  # what was decided against is what is chosen now


_CORRECTS = r"^(?:\w+[.,!] |[\w ]{1,20} - )*no,? not (?:the |a )?[\w.-]+\W*$"  # the right one follows in the next sentence
_DESCRIBES = r"^\W*decision\W+[a-z]{3,}s (?:only|if|when|whether|the|a|an|to)\b"  # what some code decides

_signals = signals(label=_LABEL, commits=_COMMITS, leans=_LEANS, orders=_ORDERS, contrast=_CONTRAST, compares=_COMPARES, settles=_SETTLES, narrates=_NARRATES,
                   imagines=IMAGINES, reason=REASON, corrects=_CORRECTS, describes=_DESCRIBES)
_BACKS = frozenset({"contrast", "compares", "reason"})


def find(sentence: Sentence, context: Context) -> Candidate | None:
    if asks(sentence) or words(window(sentence)) < 4:
        return None
    said = _signals(sentence.mask)
    after = _signals(sentence.next.mask) if sentence.next else frozenset()
    if "describes" in said:
        return None
    if "label" in said or (not said & {"narrates", "imagines"} and _committed(said, after, sentence, context)):
        return make(sentence)
    return None


def _committed(said: frozenset[str], after: frozenset[str], sentence: Sentence, context: Context) -> bool:
    """Whether somebody commits: in so many words; or in the words of a plan, then with contrast, comparison or reason to back it."""
    if "corrects" in said:
        return context.user and "leans" in after
    if words(sentence.mask) < 4:
        return False
    backed = len(said & _BACKS)
    if "commits" in said:
        return backed > 0 or "compares" in after or (context.user and words(sentence.mask) >= 5)
    if "settles" in said:
        return backed > 0 or "reason" in after
    if context.user and said & {"leans", "orders"}:
        return bool(said & {"contrast", "reason"}) or ("leans" in said and "contrast" in after)
    return "leans" in said and context.speaker != "document" and backed + ("compares" in after) >= 2


def make(sentence: Sentence) -> Candidate:
    """The decision that the sentence tells, with its reason and what was rejected."""
    said, after = _signals(sentence.mask), _signals(sentence.next.mask) if sentence.next else frozenset[str]()
    text, taken, m = sentence.text, 0, sentence.mask
    if "corrects" in said or ("reason" not in said and after & _BACKS):
        text, taken = joined(sentence)
        m = window(sentence) if taken else m
    details: dict[str, Detail] = {}
    if reason := why(text, m):
        details["why"] = reason
    if (found := _ALTERNATIVE.search(m)) and not _ANYWAY.search(m):
        group = next(i for i in range(1, 5) if found[i])
        details["alternative"] = (text[found.start(group):found.end(group)].strip(),)
    return Candidate(KIND, text, details, taken=taken)
