"""What is said when a prompt opens a topic: a line a record, and the table by which a hook finds it (`hooks.topics` reads it).

A term weighs by how rare it is among records and earlier prompts, so that what a project talks about all day opens nothing.
"""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import msgspec

from passdown.briefing.generic import GENERIC
from passdown.briefing.words import plain, shorten
from passdown.hooks.terms import Term, stemmed, terms
from passdown.hooks.topics import SCALE
from passdown.model.record import KINDS, Record
from passdown.model.session import Session

MOST = 2_000  # records in the table
LEADS = {"decision": "Decided on", "knowledge": "Known since", "preference": "The user asked on", "blocker": "Blocked since",
         "question": "Open question since", "issue": "Known problem since", "risk": "Risk noted on", "lesson": "Learnt on", "test-data": "Test data of"}
DETAILS = (("why", "Why: "), ("alternative", "Not: "), ("instead", "Instead: "), ("mitigation", "Against it: "), ("context", "It decides: "))
TITLE_CHARS, DETAIL_CHARS = 220, 120
PLACES = 2
COMMONEST = 0.05  # share of all texts from which a term is too common to open a topic
FEW = 8  # texts in which any term may stand, however few there are
LEAST_TEXTS = 60  # as if there were so many: in a young store no word is rare yet
GENERIC_COUNTS = 0.5  # of a word's weight that is left when projects of all kinds use it
_STOP = """
about above after again ago all alright also always and another any anything are ask away back because been before being below best better between both but
call came can cannot change check come could current day did different does doing don done down each either else even ever every everything example
few file fine first fix following for found from full further get give goes going good got great guess had hand happen has have having hello help her here
hey him his hold how however idea implement instead into isn issue its just keep kind know last later least left less let like line little long look lot
made main make many may maybe mean might mine more most move much must name need never new next nice nope nor not note nothing now off okay old once one
only open option other our out over own part perfect place plan please point possible probably problem proceed project put question quick quite rather read
real really reason remove result right run said same say second see seem set several shall should show simple since some something soon sorry start
step still stop such sure take tell test text than thank that the their them then there these they thing think this those though through time together too
top total tried try turn two type under understand until update use used user using very via wait want was way well went were what when where whether which
while who whole why will with within without won wonder word work would write wrong yeah yes yet you your
add added build code commit continue create delete dir folder function implementation merge pull push review task
"""
KINDS_SAID = (*LEADS, "approach")
STOP = frozenset(map(stemmed, _STOP.split()))


class Topic(msgspec.Struct, frozen=True):
    """One record as it may be said. text: its line, places without marks. terms: by which it is found."""

    record: Record
    text: str
    terms: tuple[Term, ...]

    @property
    def words(self) -> frozenset[str]:
        return every_word(self.terms)


def topics(records: Iterable[Record]) -> list[Topic]:
    """At most `MOST` active records worth saying unasked: those noted on purpose before extracted ones, then the newest first."""
    chosen = sorted((r for r in records if r.status == "active" and lead(r)), key=lambda r: (r.trust != "extracted", r.updated, r.id), reverse=True)
    return [Topic(r, line(r), tuple(terms(searched(r)))) for r in chosen[:MOST]]


def lead(record: Record) -> str:
    """The words before the date; "" for a record that is only said when it is asked for."""
    if record.kind == "approach":
        return "Tried and failed on" if record.detail("outcome") == "failed" else ""
    return LEADS.get(record.kind, "")


def line(record: Record) -> str:
    """A fact with its date, never an order; what was extracted stands between quotation marks."""
    words = shorten(plain(record.text) or record.text, TITLE_CHARS)
    said = [f'"{words}"' if record.trust == "extracted" else words]
    said += [name + shorten(value, DETAIL_CHARS) for key, name in DETAILS if (value := record.detail(key)) and value.lower() not in record.text.lower()]
    places = ", ".join(a.place for a in record.anchors[:PLACES])
    date = f" {record.created[:10]}" if record.created else ""
    return f"{lead(record)}{date}: {' '.join(said)}" + (f" [{places}]" if places else "")


def searched(record: Record) -> str:
    """The text whose terms open the record: its words and places, and what was turned down; not the reason, which speaks of other things."""
    own = (f.name for f in KINDS[record.kind].fields if f.name in ("alternative", "instead", "context"))
    return "\n".join((record.text, *(record.detail(name) for name in own), *(f"{a.path} {a.symbol}" for a in record.anchors[:PLACES])))


def content(text: str) -> frozenset[str]:
    """Words and names of a text, but for those that every text has."""
    return every_word(terms(text)) - STOP


def every_word(found: Iterable[Term]) -> frozenset[str]:
    """Words and names, and the parts of names."""
    return frozenset(word for term in found for level in term.levels for word in level)


def weights(found: Sequence[Topic], sessions: Sequence[Session]) -> dict[str, int]:
    """Weight of each term, from 0 to `SCALE`; 0 for one that is too common to open anything. Words that every text has are left out."""
    texts = [t.words for t in found]
    texts += [every_word(terms(ask)) for s in sessions if not s.subagent for ask in (s.goal, *s.asks)]
    counts = Counter(term for text in texts for term in text if term not in STOP)
    size = max(LEAST_TEXTS, len(texts))
    most = max(FEW, COMMONEST * size)
    return {term: round(rarity(n, size) * (GENERIC_COUNTS if term in GENERIC else 1)) if n <= most else 0 for term, n in counts.items()}


def rarity(count: int, size: int) -> float:
    """`SCALE` for a term of one text, 0 for one of all."""
    return SCALE * math.log(size / count) / math.log(size)


def table(found: Sequence[Topic], sessions: Sequence[Session], row: Callable[[Topic], str]) -> tuple[str, str]:
    """The two parts of the table: terms with their weight and the places of their rows, sorted by bytes; and the rows.

    row(topic) gives the end of its row: places as JSON, a tab, and the line with slots; without line ends.
    """
    weight = weights(found, sessions)
    at, rows, postings = 0, [], dict[str, list[int]]()
    for topic in found:
        text = f"{topic.record.id}\t{topic.record.session}\t{mass(topic, weight)}\t{row(topic)}\n"
        for word in sorted(topic.words & weight.keys()):
            postings.setdefault(word, []).extend([at] if weight[word] else ())
        rows.append(text)
        at += len(text.encode())
    return "".join(_postings(postings, weight)), "".join(rows)


def mass(topic: Topic, weight: Mapping[str, int]) -> int:
    """Sum of the weights of a record's terms, each by the first of its levels that has any."""
    return sum(next((sum(of) for level in term.levels if any(of := [weight.get(word, 0) for word in level])), 0) for term in topic.terms)


def _postings(postings: Mapping[str, list[int]], weight: Mapping[str, int]) -> Iterator[str]:
    for term in sorted(postings, key=str.encode):
        yield f"{term}\t{weight[term]}\t{' '.join(map(str, postings[term]))}\n"


__all__ = ["KINDS_SAID", "MOST", "PLACES", "Topic", "content", "line", "table", "topics", "weights"]
