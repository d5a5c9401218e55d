"""A part of a text with one stance, and what it names."""

from passdown.hooks.guarding.stance import gone, shown
from passdown.hooks.guarding.words import listed, words

AMBIGUOUS = listed("""
react glide room lightning arrow ember spark black click rich express spring rocket gin echo fiber ent combine solid dagger coil pest phoenix bottle hug bloom
flow hydra make just nano prefect airflow parcel vault helm nomad chef puppet salt consul envoy traefik rake rails nest remix astro hugo jest ava chai cypress
sentry segment turbo stimulus relay apollo gorilla fresco picasso alpine lit mercury mustache handlebars dust click fire invoke poetry hatch
""")  # in lower case: a name of a tool that is a common word too
BEFORE_A_NAME = listed("""
use using with add adding install adopt try to in on into via from import of bring pull put want no not little small real pure plain proper whole
replace instead drop remove
""")
NEGATED = ("--no-", "-fno-", "-no-", "--without-", "--disable-", "-wno-")  # a flag that switches something off
LONGEST = 3  # words of a run


class Clause:
    """words: in order; raw: the same in lower case. flags: what it does with what it names, of `stance.FLAGS` or as `commands` and `edits` have them.

    called: terms of the functions that code calls. come, left: terms of what it names and of what it takes away or denies. grams, left_grams: runs of
    up to `LONGEST` words that begin there, in lower case;
    concepts, left_concepts: what those name, once the table has said so; clear_concepts: by a form that is no plain word, such as a package or an identifier.
    """

    __slots__ = ("called", "clear_concepts", "come", "concepts", "flags", "grams", "left", "left_concepts", "left_grams", "raw", "words")

    def __init__(self, text: str, flags: frozenset[str] = frozenset(), *, directed: bool = True) -> None:
        self.words = words(text)
        self.raw = [w.raw.lower() for w in self.words]
        self.concepts = self.clear_concepts = self.left_concepts = frozenset[str]()
        self.called = frozenset[str]()
        self.flags = flags or shown(text)
        leaves = (gone(self.raw, text) if directed else frozenset()) | frozenset(at for at, word in enumerate(self.raw) if word.startswith(NEGATED))
        comes = frozenset(range(len(self.words))) - leaves - (self._common() if directed else frozenset())
        self.come, self.left = self._terms(comes), self._terms(leaves)
        self.grams, self.left_grams = self._runs(comes), self._runs(leaves)

    def imply(self, *terms: str) -> None:
        """Give it terms that its words stand for."""
        self.come |= frozenset(terms)
        self.grams |= frozenset(terms)

    def turn(self) -> None:
        """What it names it takes away."""
        self.come, self.left, self.grams, self.left_grams = frozenset(), self.come, frozenset(), self.grams

    def _terms(self, places: frozenset[int]) -> frozenset[str]:
        return frozenset(term for at in places for term in self.words[at].terms)

    def _runs(self, places: frozenset[int]) -> frozenset[str]:
        """Runs of up to `LONGEST` words, and the terms of names."""
        runs = (" ".join(self.raw[at: at + n]) for at in places for n in range(1, LONGEST + 1))
        return frozenset(runs) | frozenset(t for at in places if self.words[at].name for t in self.words[at].terms)

    def _common(self) -> frozenset[int]:
        """Places of words that are names of tools and common words too, and stand here as common words."""
        return frozenset(w.at for w in self.words if w.raw in AMBIGUOUS and not BEFORE_A_NAME.intersection(self.raw[max(0, w.at - 2): w.at]))


__all__ = ["Clause"]
