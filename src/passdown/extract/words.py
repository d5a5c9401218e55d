"""Content words: what two ways of saying one thing have in common."""

import re

from passdown.hooks.terms import stemmed

_WORD = re.compile(r"[a-z0-9_][a-z0-9_./'-]*[a-z0-9_]|[a-z0-9]")
_COMMON = """
a about after again all also always am an and any anything are as at back be because been before being both but by can cannot change changed
configured currently did do does doing done don't down each either else even every for former from further get give go goes going got had has have
having here how i i'd i'll i'm i've if in instead into is isn't it it's its just keep let let's like longer made make may me more most must my need
needs never new no nor not nothing now of off ok okay old on once one only or other our out over own please pin pinned re-pinned really replaced right run
runs said same set sets should since so some start still such take takes than that that's the their them then there there's these they they're thing
things this those through to today too under until up updated us use used uses using very via want was we we'll we're we've were what when where which
while who why will with without won't would yes yet you you're your thank thanks carry continue fine hmm hello hi sorry want wants like
actually earlier default by will become becomes point agreed info mind
"""
_EMPTY = frozenset(_COMMON.split())


def content_words(text: str) -> frozenset[str]:
    """Stems of the words that carry meaning, in lower case; identifiers and paths stay whole."""
    return frozenset(stemmed(w) for w in _WORD.findall(text.lower()) if w not in _EMPTY)


__all__ = ["content_words"]
