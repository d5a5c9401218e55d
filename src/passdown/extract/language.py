"""Whether a sentence is English, the only language whose sayings are known here."""

_SMALL = """
a after again all an and are as at be because before but by can can't cannot do does don't for from has have if in instead into is it it's let's must need
needs no not now of off on only or our please should so still that the then there this to until use was we when which while will with without you i
"""
_FOREIGN = """
avec com con das dem den der des die een ein eine el es est estas et för für het ik il ist je kein la las le les los mais mit na ne nicht niet non nous não
och oder para pas per por pour que se si sich sie som sur um un una und une van von voor wir zu är è é på w nie że
"""
_ENGLISH_WORDS, _FOREIGN_WORDS = frozenset(_SMALL.split()), frozenset(_FOREIGN.split())


def english(mask: str) -> bool:
    """Whether it has more small words of English than of other languages. `mask` as of `sentences.mask`."""
    said = set(mask.split())
    return len(_ENGLISH_WORDS & said) > len(_FOREIGN_WORDS & said)


__all__ = ["english"]
