"""Code-shaped names that a session spoke of, each with the sentence that says most about it.

A name by itself tells the next session nothing; the sentence in which somebody said what it does or why it was changed does.
"""

import re
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from passdown.extract.briefed import FIRST as BRIEFED
from passdown.model.sentences import sentences
from passdown.model.session import FileFact, NameFact

KEPT, MOST = 240, 320  # names in the state: when there are more than `MOST`, those least spoken of go
SAID = 120  # names in the facts
FILES, PLACED, ABOUT = 60, 40, 4  # files whose names are kept, names of each, names of a file in the facts
CHARS = 240
TEXT_CHARS = 8_000  # of one message; what is longer is a paste
WORDS, WORDS_A_NAME = 5, 3  # of plain words that a sentence needs to say something, and for each name in it

LIKELY = re.compile(r"[a-z0-9][A-Z]|\w_\w|::|--[a-z]|[A-Z]{2}\d{2}|[A-Za-z]\.[A-Za-z]")  # without one of these there is no name
CODE = re.compile(
    r"(?<![\w/.\\-])(?:--[a-z][a-z0-9]+(?:-[a-z0-9]+)*"
    r"|(?=\w*(?:\w_\w|[a-z0-9][A-Z]|[A-Z]{2}\d{2}|\.[A-Za-z]|::))[A-Za-z_]\w*(?:(?:\.|::)[A-Za-z_]\w*)*)")
SHAPED = re.compile(r"^--|\w_\w|::|[a-z0-9][A-Z]|[A-Za-z]\.[A-Za-z]\w*[A-Z_]|^[A-Z]{2,}\d{2,}$")
FILE = re.compile(r"\.(?:[a-z]{1,4}|json|toml|yaml|html)$")
SPELLED_SO = frozenset(("GitHub", "GitLab", "TypeScript", "JavaScript", "OpenAI", "PostgreSQL", "MacOS", "DevOps", "LinkedIn", "YouTube", "WhatsApp"))
FILE_NAME = re.compile(r"(?:^|[\s`\"'(\[/])([\w@+-][\w@+.-]*\.[a-z]{1,5})(?![\w/])")
PLAIN = re.compile(r"(?<![\w/.-])[a-z]{2,}(?![\w/.])")
TELLING = re.compile(
    r"\b(?:because|since|so that|instead|must|never|always|only|now|returns?|means|causes?|fix(?:es|ed)?|was|were|needs?|requires?|fails?|breaks?|should|"
    r"unless|when|which|handles?|replaces?|avoids?|prevents?|uses?|adds?|added|removed|moved|holds?|stores?|calls?|checks?)\b", re.IGNORECASE)
# Announcements, praise and ticks say what was done next, not what the thing is.
INTENT = re.compile(
    r"^(?:(?:now|next|first|then|finally|also|and|so|ok|okay|alright|wait|actually|good|great|perfect|done|hmm|hm)\b[\s,.:!—–-]*)*"
    r"(?:let me|let's|i'll|i will|i'm going|i am going|i need to|i should|i want to|we need to|find|wire|add|update|check|run|look|fix|read|create|verify|"
    r"rename|remove|replace|commit|test|write|try|see|make|move)\b", re.IGNORECASE)
MARKED = re.compile(r"^(?:\(\d+\)\s*)?[✅✔✓☑❌✗⚠🔴🟡🟢🎉🚀💡\uFE0F\s]+(?:(?:good|nice|great|ok)\b\s*)?[-—–:\s]*", re.IGNORECASE)
# Pictures come from output and reviews; line numbers, offers and what is "still" so hold for a minute.
ASIDE = re.compile(
    r"^\W*(?:i|i'm|i've|we|you|also|existing|it|this|that|these|those|they|both|same|consistent|confirmed|called|note)\b|\blines? \d|[-–—…]\W*$|^\W*\d+[.)]|"
    r"[\u2100-\u214F\u2600-\u27BF\U0001F300-\U0001FAFF]|^\W*lines? \d"
    r"|\b(?:if you (?:want|like|prefer)|want me to|still|currently|for now|not yet|yet to be|let me know|shall i|i can|as you (?:said|asked))\b", re.IGNORECASE)
MARKUP = re.compile(r"\*\*")
CITED = re.compile(r"`[^`]*`")
SUBJECT = 12  # characters before a name that is what the sentence is about
LEAST_OWN = 24  # characters of a sentence that stand outside of code

State = dict[str, Any]


def empty() -> State:
    """spoken: [uses, last event, sentence, its worth], by name, the least recently spoken of first. placed: how often names stood in edits, by file."""
    return {"spoken": {}, "placed": {}}


def named(text: str) -> list[str]:
    """Names of code in a text, each once, in order: identifiers that no word of prose looks like, and long flags."""
    if not LIKELY.search(text):
        return []
    return list(dict.fromkeys(name for name in CODE.findall(text) if 5 <= len(name) <= 60 and shaped(name)))


def shaped(name: str) -> bool:
    return SHAPED.search(name) is not None and name not in SPELLED_SO and (name.startswith("--") or FILE.search(name) is None)


def told(state: State, n: int, text: str) -> None:
    """What a person or an agent said: names, and sentences about them. A text with a briefing of ours in it says nothing new."""
    if BRIEFED in text:
        return
    found: dict[str, None] = {}
    fenced = False
    for line in text[:TEXT_CHARS].split("\n"):
        fenced ^= line.lstrip().startswith(("```", "~~~"))
        names = named(line)
        if names:
            found.update(dict.fromkeys(names))
            if not fenced:
                beside(state, line, names)
                explained(state["spoken"], line)
    for name in found:
        use(state["spoken"], n, name)


def explained(spoken: State, line: str) -> None:
    """Keep the sentences of a line for the names that they say more about than what is kept."""
    for sentence, names in telling(line):
        worth = value(sentence, names)
        for name in names:
            row = spoken.setdefault(name, [0, 0, "", 0.0])
            if worth >= row[3]:
                row[2:] = [sentence, worth]


def typed(state: State, n: int, text: str) -> None:
    """What was typed into a command line or a search: names alone."""
    for name in named(text[:TEXT_CHARS]):
        use(state["spoken"], n, name)


def beside(state: State, line: str, names: list[str]) -> None:
    """Names that stand in one line with one file are about it."""
    files = {found[1] for found in FILE_NAME.finditer(line)} if "." in line else ()
    if len(files) == 1:
        place(state, next(iter(files)), names)


def edited(state: State, path: str, *texts: str) -> None:
    """Names that stand in what an edit of a file took away and put there."""
    place(state, path, [name for text in texts for name in named(text)])


def place(state: State, file: str, names: list[str]) -> None:
    """file: a path, or a name alone where the path was not said."""
    if not names:
        return
    placed = state["placed"]
    row = placed.pop(file, None) or {}
    for name in dict.fromkeys(names):
        row[name] = row.pop(name, 0) + 1
    placed[file] = dict(list(row.items())[-PLACED:])
    if len(placed) > FILES:
        del placed[next(iter(placed))]


def use(spoken: State, n: int, name: str) -> None:
    row = spoken.pop(name, None) or [0, n, "", 0.0]
    row[:2] = [row[0] + 1, n]
    spoken[name] = row
    if len(spoken) > MOST:
        for least in sorted(spoken, key=lambda k: (spoken[k][0] > 1, spoken[k][3] > 0, spoken[k][1]))[: len(spoken) - KEPT]:
            del spoken[least]


def telling(text: str) -> Iterator[tuple[str, list[str]]]:
    """Sentences that are about a name, with the names in them."""
    for sentence in sentences(text):
        sentence = MARKED.sub("", MARKUP.sub("", sentence)).strip()
        names = named(sentence)
        if names and whole(sentence) and len(PLAIN.findall(CITED.sub("", sentence))) >= max(WORDS, WORDS_A_NAME * len(names)):
            yield sentence, names


def whole(sentence: str) -> bool:
    """Whether it stands by itself: neither cut nor an announcement, and not mostly code."""
    own = CITED.sub("", sentence)
    return (len(sentence) <= CHARS and not sentence.endswith(("…", ":", "?", ",", "—", "(")) and len(own) >= LEAST_OWN and sentence.count("`") % 2 == 0
            and sentence.count('"') % 2 == 0 and not INTENT.match(sentence) and not ASIDE.search(sentence))


def value(sentence: str, names: list[str]) -> float:
    """How much a sentence says about its names: reasons and rules over events, what is about the name over what only has it, few names over many."""
    subject = sentence.find(names[0], 0, len(names[0]) + SUBJECT) >= 0
    return 1.0 + 0.5 * min(3, len(TELLING.findall(sentence))) + (0.6 if subject else 0.0) - 0.15 * (len(names) - 1)


def facts(state: State) -> tuple[NameFact, ...]:
    """The most used first."""
    most = sorted(state["spoken"].items(), key=lambda kv: (-kv[1][0], kv[0]))[:SAID]
    return tuple(NameFact(name, uses, sentence) for name, (uses, _, sentence, _) in most)


def placed(files: tuple[FileFact, ...], state: State) -> tuple[FileFact, ...]:
    """The files with the names that their edits and what was said of them were about: those that somebody spoke of, the most used first."""
    rows, spoken = state["placed"], state["spoken"]
    found = ((f, {**rows.get(f.path.rsplit("/", 1)[-1], {}), **rows.get(f.path, {})}) for f in files)
    return tuple(replace(f, names=about(row, spoken)) if row else f for f, row in found)


def about(row: dict[str, int], spoken: State) -> tuple[str, ...]:
    return tuple(sorted((n for n in row if n in spoken), key=lambda n: (-spoken[n][0] * row[n], n))[:ABOUT])


__all__ = ["edited", "empty", "facts", "named", "placed", "told", "typed"]
