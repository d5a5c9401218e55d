"""Sentences that give a named setting a value."""

from passdown.extract.base import signals

_NAME = (r"(?:profile|default|version|port|timeout|limit|threshold|region|endpoint|model|branch|environment|preset|mode|level|interval|ttl|retention|budget|quota|tier|plan|schema|database|backend|provider|driver|engine|host(?:name)?|url|domain|bucket|queue|pool|size"
         r"|count|retries|concurrency|locale|timezone|theme|channel|target|strategy|policy|setting|value|variant|scheme|format)s?")
_GIVES = (
    rf"\b{_NAME}\b(?: (?:for|of|in) (?:the |our )?[\w -]{{2,40}}?)? (?:is|are|has become|becomes|became|was changed to|will be|should be|must be|changed to|switched to|moves to|goes to|stays)(?: now| then)? [\w_./:-]+"
    rf"|\b(?:set|change|switch|move|bump|raise|lower|increase|decrease|pin|re-?pin|configure|put|reset|update)(?:ted|d|ped|ned|ed|s)? .{{0,50}}\b{_NAME}\b.{{0,40}} (?:to|at|on) [\w_./:-]+|\b(?:set|change|switch|pin|re-?pin|pinned|moved|switched|configured)(?:ted|d|ned|ed)? .{{2,60}}\bto {_NAME} [\w_./:-]+"
    rf"|\b(?:use|uses|take|takes|run|runs|start|starts|runs|keep|keeps|goes|go|should run|should use|will use|will take|will run)(?: now)? .{{0,40}}\b(?:with |the |on )?{_NAME}? ?[\w_./:-]+ (?:as )?(?:the |its )?{_NAME}\b|\b(?:uses?|takes?|runs?|starts?)\b.{{0,40}}\b(?:with |on )?(?:the )?{_NAME} [\w_./:-]+"
    rf"|\b[\w_./:-]+ is (?:now )?the (?:right|new|correct|current|default|proper|agreed|official) (?:\w+ )?{_NAME}\b|\b{_NAME}\b.{{0,40}}[,;] it(?:'s| is)(?: now)? [\w_./:-]+|\b(?:run|use) with {_NAME} [\w_./:-]+")
_HOLDS = (
    r"\bnow\b|\bfrom (?:today|here|now|this point)\b|\bby default\b|\binstead\b|\bas agreed\b|\bno longer\b|\bnew info\b|\bactually\b|\bchanged our mind\b|\bhas become\b|\bplease\b|^(?:\w+[.,!] |one more thing - )*(?:set|change|use|switch|bump|raise|lower|pin|move)\b|\bi(?:'ve| have)? (?:set|re-?pinned|pinned|replaced|changed|switched|bumped|raised|lowered|configured|moved)\b"
    r"|^(?:\S+ ){0,6}?(?:updated|configured|set|changed|done):|\bis the (?:right|new|correct|current|agreed)\b|\bwe start\b|\bshould (?:run|use|be)\b|\bdefault\b|\bwill (?:take|use|run|be)\b|\bonwards?\b")
_FUZZY = (r"\b(?:is|are|was|were) (?:not|a|an|the same|in|on|at|that|to|only|set|used|passed|read|written|shown|displayed|computed|derived|parsed|already|also|always|correct|fine|clean|empty|missing|undefined|null|nil|optional|required|valid|wrong|done|complete|ready|handled|stored|still|now (?:in|a|an|set|passed|correct|fully|also|consistent|clean))\b")


_signals = signals(gives=_GIVES, holds=_HOLDS, fuzzy=_FUZZY)


def sets_value(mask: str) -> bool:
    """Whether the sentence says which value a setting has from here on. `mask` as of `prose.mask`."""
    return _signals(mask) == {"gives", "holds"}


__all__ = ["sets_value"]
