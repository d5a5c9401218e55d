"""Files that the work is about, with what was last done to them and why; those that only may come back by folder."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from passdown.briefing.candidates import Candidate
from passdown.briefing.generic import GENERIC
from passdown.briefing.heat.files import HotFile, files
from passdown.briefing.situation import Situation, Standing
from passdown.briefing.times import LATER, ago, later
from passdown.briefing.topics import content
from passdown.briefing.words import shorten
from passdown.hooks.terms import stemmed

MOST = 60
TAIL, FALL = 0.6, 0.3  # worth of the others: this by a power of their share
FILE = re.compile(r"[\w-]+\.[a-z]{1,4}\b(?!\()")
REASON_WORDS = 4  # of content in a reason
MOVED = ("moved", "now at")
NAMES = 4  # of code, said of a file that many sessions edited; half as many of another
GONE = 0.3  # of the worth of a file that is not there any more


def candidates(situation: Situation) -> Iterator[Candidate]:
    """The hottest first."""
    hot = files(situation.sessions, situation.bearing)[:MOST]
    names = Counter(item.path.rsplit("/", 1)[-1].lower() for item in hot)
    dirty = dict(situation.uncommitted)
    for rank, item in enumerate(hot):
        standing = situation.standing.get(item.path, Standing())
        gone = GONE if standing.mark == "✗" else 1.0
        full, middle, lead = told(item, standing, item.path in dirty, situation.now)
        if item.hot:
            yield Candidate("FILES", item.path, full, (1.0 - 0.02 * rank) * gone, short=lead, middle=middle, why=why(item))
        else:
            folder, name = split(item.path, names)
            if situation.now == LATER:  # each has a mark of its own then
                name, group = f"{name} {later(item.path, standing.mark, LATER)}".rstrip(), f"{folder}:"
            else:
                group = f"{folder} {standing.mark}".rstrip() + ":"
            yield Candidate("FILES", item.path, full, TAIL * item.share**FALL * gone, short=name, group=group, why=why(item))


def told(item: HotFile, standing: Standing, uncommitted: bool, now: str) -> tuple[str, str, str]:
    """(in full, with what was done to it, by its name and mark alone)."""
    moved = f" {standing.note}" if standing.note.startswith(MOVED) else ""
    lead = f"{item.path} {standing.mark}".rstrip() + moved
    state = [*filter(None, ("" if moved else standing.note,)), *(["uncommitted"] if uncommitted and standing.note != "not committed" else [])]
    reason = f': "{shorten(item.fact.why, 120)}"' if telling(item.fact.why, item.path) else ""
    done = done_to(item, now)
    return f"{lead} {', '.join([*state, done])}{reason}", f"{lead} {', '.join([*(['uncommitted'] if uncommitted else []), done])}", lead


def telling(reason: str, path: str) -> bool:
    """Whether what was said before an edit says more than that it comes: "Let me rename them all" does not, nor does a question, nor what is about another."""
    others = {found[0] for found in FILE.finditer(reason)} - {path.rsplit("/", 1)[-1]}
    return not reason.endswith("?") and not others and len(content(reason) - content(path)) >= REASON_WORDS


def split(path: str, names: Counter[str]) -> tuple[str, str]:
    """(folder, name below it): the name is one that no other hot file has, with its own folder before it where needed."""
    folder, _, name = path.rpartition("/")
    if names[name.lower()] > 1 and folder:
        above, _, own = folder.rpartition("/")
        return above or ".", f"{own}/{name}"
    return folder or ".", name


def done_to(item: HotFile, now: str) -> str:
    """`edited 14 h ago, in 3 of the last 8 sessions; the work there was about `retry` and `MAX_WAIT`."""
    fact = item.fact
    act = "created" if fact.created else "edited" if fact.edits else "read"
    edited = "" if fact.created or fact.edits else "edited "
    often = f", {edited}in {item.edited} of the last {item.of} sessions" if item.edited > 1 else ""
    names = [f"`{name}`" for name in fact.names if not name.startswith("--") and stemmed(name.lower()) not in GENERIC][: NAMES if often else NAMES // 2]
    about = f"; the work there was about {listed(names)}" if names else ""
    return f"{act} {ago(fact.last, now)}{often}{about}"


def listed(names: Sequence[str]) -> str:
    """`a`, `b` and `c`."""
    return " and ".join([*([", ".join(names[:-1])] if names[:-1] else []), *names[-1:]])


def why(item: HotFile) -> str:
    return f"worked on often or lately: {item.share:.0%} as much as the first"


def hottest(hot: Sequence[HotFile]) -> frozenset[str]:
    """Paths of the files at hand."""
    return frozenset(item.path for item in hot if item.hot)


__all__ = ["candidates", "hottest"]
