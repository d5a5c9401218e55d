"""Words as tasks and triggers are compared: in lower case, without endings, `_` and `-` as blanks."""

import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

MAX_CHARS = 20_000  # of a task: a pasted log says in its beginning what it is about
NEAR = 3  # other words that may stand among those of one alternative: `script_writing` is asked for by "write the script"
_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"  # written without blanks: each character counts as a word
_WORD = r"[^\W_]+(?:['’][^\W_]+)?"
_WORD_OR_CJK = rf"[{_CJK}]|[^\W_{_CJK}]+(?:['’][^\W_{_CJK}]+)?"  # 3 ms to compile
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_VOWEL = re.compile(r"[aeiouy]")
# Tried in order, the first that leaves enough: ending, what takes its place, letters that must be left.
_ENDINGS = (
    ("izations", "iz", 3), ("ization", "iz", 3), ("isations", "is", 3), ("isation", "is", 3),
    ("ations", "", 4), ("ation", "", 4), ("ators", "", 4), ("ator", "", 4), ("ating", "", 4), ("ated", "", 4), ("ates", "", 4), ("ate", "", 4),
    ("tions", "t", 3), ("tion", "t", 2), ("sions", "s", 3), ("sion", "s", 3), ("ments", "", 6), ("ment", "", 6),
    ("ings", "", 3), ("ing", "", 3), ("ied", "y", 2), ("ed", "", 3), ("ies", "y", 2), ("ly", "", 4),
)
_DOUBLED = re.compile(r"([b-df-hj-np-tv-z])\1$")
EMPTY = frozenset(re.findall(r"\w+", """
a about after all also an and any are as at be because been before but by can could do does doing done for from get give go had has have how i if in into
is it its just let like make me more my need new no not now of off on once one only or other our out over please really should so some such take than that
the their them then there these they this those through to too try under until up us use used using very via want was we were what when where which while who
why will with without work working would you your instead rather s t
"""))
# What every task is about.
EVERYTHING = frozenset(("all", "any", "anything", "everything", "always", "every", "task", "tasks", "work", "code", "project", "*", "**"))


@lru_cache(maxsize=1 << 14)
def stem(word: str) -> str:
    """`word` (lower case) without its inflection: plan, plans, planned and planning are one, state and statement are not."""
    word = re.split("['’]", word, maxsplit=1)[0]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ies")):
        word = word[:-1]
    for ending, instead, left in _ENDINGS:
        base = word.removesuffix(ending)
        if base != word and len(base) >= left and _VOWEL.search(base) and not word.endswith("eed"):
            word = base + instead
            break
    word = word[:-1] if word.endswith("e") and len(word) > 3 else word
    word = word[:-1] if word.endswith("ct") and len(word) > 5 else word  # produce and production
    return _DOUBLED.sub(r"\1", word) if len(word) > 3 else word


def written(text: str) -> list[str]:
    """The words as they are written, in order."""
    return re.findall(_WORD if text.isascii() else _WORD_OR_CJK, text)


def words(text: str) -> Iterator[str]:
    """Stems in order, those without meaning too."""
    return (stem(w.lower()) for w in written(text))


def content(text: str) -> tuple[str, ...]:
    """Stems of the words that carry meaning, in order; all of them when none does."""
    found = [(w, stem(w)) for w in (word.lower() for word in written(text))]
    return tuple(s for w, s in found if w.split("'")[0] not in EMPTY) or tuple(s for _, s in found)


class Task(msgspec.Struct, frozen=True):
    """What the session is about: the text (its first 20,000 characters) and its stems in order, parts of `CamelCase` names behind the whole."""

    text: str
    words: tuple[str, ...]

    @property
    def content(self) -> frozenset[str]:
        """Stems of the words that carry meaning; empty when there is none."""
        return frozenset(w for w in self.words if w not in _EMPTY_STEMS)

    def names(self, wanted: tuple[str, ...]) -> bool:
        """Whether all of `wanted` (stems) stand near one another in the task, in any order."""
        if not wanted or not set(wanted) <= set(self.words):
            return False
        reach = len(wanted) + NEAR
        return any(word in wanted and set(wanted) <= set(self.words[at: at + reach]) for at, word in enumerate(self.words))


_EMPTY_STEMS = frozenset(map(stem, EMPTY)) | EMPTY


def task_of(text: str) -> Task:
    text = text[:MAX_CHARS]
    return Task(text, tuple(_with_parts(text)))


def _with_parts(text: str) -> Iterator[str]:
    for word in written(text):
        yield stem(word.lower())
        humps = _HUMP.split(word)
        if len(humps) > 1:
            yield from (stem(part.lower()) for part in humps)


def cut(text: str, limit: int) -> str:
    """At most `limit` characters of one line, cut between words: half a word could be half a secret, which no scanner knows any more."""
    if len(text) <= limit:
        return text
    return f"{text[: limit - 1].rpartition(' ')[0].rstrip(' ,;:–-')}…"


__all__ = ["EMPTY", "EVERYTHING", "Task", "content", "cut", "stem", "task_of", "words"]
