"""Words by which rules tell what a sentence does: gives a reason, names an alternative, says nothing."""

import re

from passdown.formats.checklist import EXTENSION, FILE

NOTHING = re.compile(
    r"(?i)^\W*(?:none|n/?a|nothing|nil|unknown|null|empty|not applicable|no|nobody)\b(?:\s+[\w'/-]+){0,6}\W*$|^\W*none\b.*$|^\W*$"
    r"|^Nothing known yet\b.*$", re.DOTALL)
REASON = re.compile(
    r"(?i)\b(?:because|since|so|due to|as otherwise|otherwise|in order to|reason\w*|rationale|why|thus|therefore|hence|caus\w+|root cause|would|too|avoid\w*|"
    r"to (?:reduce|improve|support|get|give|show|hold|save|stop|cut|limit|match|fit|reach|serve|handle|protect|preserve|maintain|minimi\w+)|"
    r"which (?:is|was|would|made|means|are|were|has|had|lets?|keeps?)|prevent\w*|keep\w*|allow\w*|enabl\w+|ensur\w+|lets?|mak(?:es|ing)|guarantee\w*|"
    r"require[sd]?|need(?:s|ed)?|simpl\w+|fast\w*|slow\w*|saf\w+|cheap\w*|easi\w+|less|fewer|more|better|worse|prefer\w*|never|must|only way|already|matches|"
    r"consistent|remains?|mirrors?|per (?:the )?\w+|as (?:the )?user|user (?:chose|asked|wants?|said|prefer\w*|direct\w*)|stays?|lacks?|lost|fails?|broke\w*|"
    r"breaks?|crash\w*|conflict\w*|cannot|can't|couldn't|doesn't|didn't|does not|did not|is not|isn't|wasn't|no longer|without|missing|wrong|rejected|error\w*|"
    r"rather than|unavailable|blocked|denied|refus\w*|collid\w*|instead|expected|missed|hang\w*|hung|timeouts?|timed out)\b"
    r"|[—–→=]|\s-{1,2}\s|;|:\s+\S|\(.{12,}\)|[.!?]\s+[A-Z`\"'(]")
ALTERNATIVE = re.compile(
    r"(?i)\b(?:reject\w*|instead|rather than|over|not|alternativ\w*|vs\.?|versus|compared|considered|ruled out|discard\w*|dropped|replac\w+|without|"
    r"no longer|option\w*|other|nor|never|no|only|unlike|against|declined|won't|don't|isn't|doesn't)\b|→")
LESSON = re.compile(
    r"(?i)\b(?:instead|use[ds]?|using|lesson\w*|learn\w*|taught|avoid\w*|never|always|must|should|need(?:s|ed)?|do not|don't|switch\w*|went with|replac\w+|"
    r"fix\w*|"
    r"now|resolved|solution|workaround|work around|decision|revert\w*|so|next time|require[sd]?|prefer|only|cannot|can't|until|run|keep|rather)\b|→|=>")
STEP = re.compile(
    r"(?i)\b(?:next|to unblock|unblock\w*|wait\w*|until|once|when|work ?around|ask\w*|needs?|needed|must|should|requires?|will|expected|eta|by \d|pending|fix|"
    r"contact\w*|remain\w*|resolve[ds]?|update|upgrade|retry|re-?run|run|see|use|add|approve|decide|decision|confirm|provide|install|grant|rotate|mitigat\w+|after|before|"
    r"then|can be|defer\w*|instead)\b|→")
SPAN = re.compile(r"(?<!`)`++([^`\n]++)`++")
PATH = re.compile(r"(?<![\w/.])(?:[\w.@+-]+/)+[\w.@+-]*\w|(?<![\w/.])[\w-]+\.[A-Za-z]\w{0,5}\b")
LIST = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX~-]\]\s+)?")


def bag(text: str) -> frozenset[str]:
    """The words of a text, each once."""
    return frozenset(re.findall(r"[^\W_]+", text))


def file_of(span: str) -> str:
    """The path that a code span names, "" when it names none: a file with a known ending, or a folder of several parts."""
    span = span.strip().removeprefix("@").removeprefix("./")
    if not span or " " in span or "://" in span or re.search(r"[*?{}<>$|\\=,;()\"'…]|\.\.\.", span) or span.startswith(("/", "~", "-", "..")):
        return ""
    match = FILE.match(span)
    path = match[0].split("#")[0].split(":")[0] if match else ""
    if "/" in path and EXTENSION.fullmatch(path.rsplit(".", 1)[-1]):
        return path
    return ""


def unmarked(text: str) -> str:
    """A text without emphasis and code marks."""
    return text.replace("**", "").replace("__", "").replace("`", "")  # a tenth of the time of an expression


def plain(text: str) -> str:
    """A line without list mark, emphasis and code marks."""
    mark = LIST.match(text)  # `sub` would try it everywhere
    return unmarked(text[mark.end():] if mark else text).strip()


def is_foreign(text: str) -> bool:
    """Whether a text is in a script whose words no rule knows."""
    if text.isascii():
        return False
    letters = [c for c in text if c.isalpha()]
    return sum(c > "\u02ff" and not "\u1e00" <= c <= "\u1eff" for c in letters) * 5 > len(letters)


def says_nothing(text: str) -> bool:
    """Whether a value says that there is nothing, or that it is not known: both are values."""
    return NOTHING.match(plain(text)[:200]) is not None


def shown(text: str, limit: int = 60) -> str:
    """The beginning of a text on one line, in quotation marks."""
    words = " ".join(plain(text).split())
    return f"“{words if len(words) <= limit else words[: limit - 1].rstrip() + '…'}”"


__all__ = ["ALTERNATIVE", "LESSON", "LIST", "PATH", "REASON", "SPAN", "STEP", "bag", "file_of", "is_foreign", "plain", "says_nothing", "shown", "unmarked"]
