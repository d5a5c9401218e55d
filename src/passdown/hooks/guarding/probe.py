"""What is about to happen: a prompt, a command line, or the text that an edit adds, as clauses."""

from passdown.hooks.guarding.clause import Clause

MAX_CHARS = 8_000  # of a text that are looked at
MAX_CLAUSES = 120


class Probe:
    """how: prompt, command or edit. clauses: in order. path: of an edit, written: those that a command writes to. marks: what is known of it as a whole.

    terms: of all clauses, what comes and what goes. takes: the clauses that take something away.
    """

    __slots__ = ("clauses", "how", "marks", "path", "takes", "terms", "written")

    def __init__(self, how: str, found: list[Clause], path: str = "", marks: frozenset[str] = frozenset(), written: tuple[str, ...] = ()) -> None:
        self.how, self.clauses, self.path, self.marks, self.written = how, found[:MAX_CLAUSES], path, marks, written
        self.terms = frozenset(term for clause in self.clauses for term in clause.come | clause.left)
        self.takes = [clause for clause in self.clauses if clause.left_grams]


def probe(how: str, text: str, path: str = "") -> Probe:
    """how: prompt, command or edit; path: of the file that an edit changes, below the root."""
    if how == "prompt":
        from passdown.hooks.guarding.prompts import clauses  # each way has its own patterns, which a hook of another way need not compile

        return Probe(how, clauses(text))
    if how == "command":
        from passdown.hooks.guarding import commands

        return Probe(how, commands.clauses(text[:MAX_CHARS]), written=commands.written(text[:MAX_CHARS]))
    from passdown.hooks.guarding import edits

    return Probe(how, edits.clauses(text[:MAX_CHARS], path, MAX_CLAUSES), path, edits.marks(path))


__all__ = ["Probe", "probe"]
