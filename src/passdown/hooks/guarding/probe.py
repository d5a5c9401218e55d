"""What is about to happen: a prompt, a command line, or the text that an edit adds, as clauses."""

from collections.abc import Iterable

from passdown.hooks.guarding.clause import Clause
from passdown.hooks.guarding.words import STOP

MAX_CHARS = 8_000  # of a text that are looked at
MAX_CLAUSES = 120
IDLE = frozenset(("reads", "removes", "comment", "message", "document", "denies"))  # flags of what does nothing with what it names
DENIALS = frozenset(("no", "not", "never", "don't", "must", "only", "instead", "without", "nobody"))
UNITS = "abcdefghijklmnopqrstuvwxyz%"


class Probe:
    """how: prompt, command or edit. clauses: in order. path: of an edit, written: those that a command writes to. marks: what is known of it as a whole.

    terms: of all clauses, what comes and what goes. speaking: all of them that say something. takes: the clauses that take something away.
    numbers: those of the terms. tones: how a prompt speaks (`tone`). idle: nothing in it does anything with what it names. denied: terms of comments that deny.
    """

    __slots__ = ("clauses", "denied", "how", "idle", "marks", "numbers", "path", "speaking", "takes", "terms", "tones", "written")

    def __init__(self, how: str, found: list[Clause], path: str = "", marks: frozenset[str] = frozenset(), written: tuple[str, ...] = (),
                 tones: dict[str, float] | None = None) -> None:
        self.how, self.clauses, self.path, self.marks, self.written = how, found[:MAX_CLAUSES], path, marks, written
        self.terms = frozenset(term for clause in self.clauses for term in clause.come | clause.left)
        self.speaking = frozenset(term for clause in self.clauses for word in clause.words for term in word.terms) - STOP
        self.numbers, self.tones = numeric(self.terms), tones or {}
        self.idle = how != "prompt" and all(IDLE & clause.flags for clause in self.clauses)
        self.denied = frozenset(term for clause in self.clauses if denies(clause) for word in clause.words for term in word.terms)
        self.takes = [clause for clause in self.clauses if clause.left_grams]


def numeric(terms: Iterable[str]) -> frozenset[str]:
    """The numbers among terms, without their units."""
    return frozenset(number for term in terms if (number := term.rstrip(UNITS)).isdigit())


def denies(clause: Clause) -> bool:
    """Whether it is a comment that says what is not done: who wrote it knows."""
    return "comment" in clause.flags and not DENIALS.isdisjoint(clause.raw)


def probe(how: str, text: str, path: str = "") -> Probe:
    """how: prompt, command or edit; path: of the file that an edit changes, below the root."""
    if how == "prompt":
        from passdown.hooks.guarding import prompts, tone  # each way has its own patterns, which a hook of another way need not compile

        return Probe(how, prompts.clauses(text), tones=tone.tones(prompts.asked(text)))
    if how == "command":
        from passdown.hooks.guarding import commands

        return Probe(how, commands.clauses(text[:MAX_CHARS]), written=commands.written(text[:MAX_CHARS]))
    from passdown.hooks.guarding import edits

    return Probe(how, edits.clauses(text[:MAX_CHARS], path, MAX_CLAUSES), path, edits.marks(path))


__all__ = ["Probe", "numeric", "probe"]
