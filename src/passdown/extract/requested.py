"""What the user asks for in session after session, in nearly the same words: how they want work to be done, though no sentence says so."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

from passdown.extract.recurring import MANY, gathered, often, since
from passdown.extract.words import content_words
from passdown.model.anchor import Evidence
from passdown.model.ids import content_hash, derived_id
from passdown.model.plan import is_plan
from passdown.model.record import Record
from passdown.model.sentences import sentences
from passdown.model.session import Session

LEAST = 3  # sessions from which a request stands
SAME, LEAST_WORDS = 0.7, 3  # of the content words of both together; a word or two (`commit this`) say what is to be done now
LONGEST = 160  # characters of a request
LINES = 3  # of a prompt; what has more is a task, or a log or text that was put in
CORE = 0.5  # of the sayings of a request that have a word by which it is known
FILE_ENDING = re.compile(r"(?<=\w)\.[a-z]{1,4}$")
ASKS = re.compile(r"\?\W*$")
IN_FORM_ONLY = re.compile(r"(?i)\W*(?:\w+[,.!] )?(?:can|could|will|would) you\b")

Saying = tuple[Session, str]


def requested(sessions: Sequence[Session], known: Mapping[str, Record], extractor: str, event_of: Callable[[str, str], int]) -> list[Record]:
    """A preference for each request that at least `LEAST` sessions made, in its newest words, with evidence in each of the newest of them.

    sessions: the latest, newest first. known: records by id, see `recurring`. event_of: number of the prompt, by session and a sentence in it.
    """
    groups: list[tuple[frozenset[str], list[Saying]]] = []
    for session in sessions:
        for sentence, words in _sayings(session):
            alike = next((said for other, said in groups if len(words & other) >= SAME * len(words | other)), None)
            if alike is None:
                groups.append((words, [(session, sentence)]))
            elif alike[-1][0] is not session:
                alike.append((session, sentence))
    return [_record(said, known, extractor, event_of) for _, said in groups if len(said) >= LEAST]


def _sayings(session: Session) -> Iterator[tuple[str, frozenset[str]]]:
    """Sentences in which the user asked for something, with their content words; a question is none."""
    for ask in (session.goal, *session.asks) if not session.subagent else ():
        for sentence in sentences(ask) if ask.count("\n") < LINES and not is_plan(ask) else ():
            if len(sentence) <= LONGEST and (not ASKS.search(sentence) or IN_FORM_ONLY.match(sentence)) and len(words := _words(sentence)) >= LEAST_WORDS:
                yield sentence, words


def _words(sentence: str) -> frozenset[str]:
    """Content words, a file by its name without the ending: `@CHANGELOG.md` is the changelog."""
    return frozenset(FILE_ENDING.sub("", word) for word in content_words(sentence))


def _record(said: Sequence[Saying], known: Mapping[str, Record], extractor: str, event_of: Callable[[str, str], int]) -> Record:
    newest, sentence = said[0]
    counts = Counter(word for _, one in said for word in _words(one))
    before = known.get(id_ := derived_id("requested", *sorted(word for word, count in counts.items() if count > CORE * len(said))))
    evidence = gathered(_quoted(said[:MANY], before, event_of), before)
    record = Record(
        id=id_, kind="preference", text=f"{sentence.rstrip('.')} (asked for {often(evidence)})", trust="extracted", created=_time(said[-1][0]),
        updated=_time(newest), session=newest.id, agent=newest.agent, extractor=extractor, evidence=evidence)
    return since(record, before)


def _quoted(said: Sequence[Saying], before: Record | None, event_of: Callable[[str, str], int]) -> Iterator[Evidence]:
    """Where it was said; only sessions that are new to it are looked into."""
    known = {e.session: e for e in (before.evidence if before else ())}
    for session, sentence in said:
        yield known.get(session.id) or Evidence(session.id, event_of(session.id, sentence), content_hash(sentence))


def _time(session: Session) -> str:
    return session.started[:19] + "Z" if session.started else ""


__all__ = ["requested"]
