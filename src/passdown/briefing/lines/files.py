"""Files that the work is about, with what was last done to them and why; those that work only may come back to, by folder."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from passdown.briefing.candidates import MIDDLE, Candidate
from passdown.briefing.folders import ROOT, shelved, visits
from passdown.briefing.generic import GENERIC
from passdown.briefing.heat.files import HotFile
from passdown.briefing.platform import general
from passdown.briefing.situation import Situation, Standing
from passdown.briefing.times import ago, later
from passdown.briefing.topics import content
from passdown.briefing.words import clause, plain
from passdown.hooks.terms import stemmed

MOST = 60  # looked at
AT_HAND = 8  # of the hot ones, that are named even where there is no room to say what was done to them
UNTOUCHED = "named by the task, but not touched by any session captured here:"
FOLDERS = 8  # told
OF_FOLDER = 8  # names told of one folder
TAIL, FALL = 0.6, 0.2  # worth of the others: this by a power of their share
FILE = r"[\w-]+\.[a-z]{1,4}\b(?!\()"
COMING = (
    r"(?i)^\W*(?:(?:now|ok(?:ay)?|next|first|then|good|great|perfect|also|finally|and|after (?:that|this))\b[\s,.!:—–-]*)*"
    r"(?:let me|let's|i'll|i will|i need to|i should|add|update|create|write|fix|rename|remove)\b")
REASON_WORDS = 4  # of content in a reason
REASON_CHARS = 160
MOVED = ("moved", "now at")
NAMES, NAMED = 3, 6  # of code, said of one file, and of all: hardly one in twenty of those behind them is used
GONE = 0.3  # of the worth of a file that is not there any more


def candidates(situation: Situation, found: Sequence[HotFile], heat: Mapping[str, float]) -> Iterator[Candidate]:
    """The hottest first. found: files by heat. heat: of names of code."""
    known = [f for f in found[:MOST] if f.path not in situation.named]
    yield from spelled(situation, found)
    dirty, told_of = dict(situation.uncommitted), set[str]()
    for rank, item in enumerate(f for f in known if f.hot):
        standing = situation.standing.get(item.path, Standing())
        names = about(item, heat, told_of)
        full, middle, reason = told(item, standing, item.path in dirty, situation.now, names)
        worth = (1.0 - 0.02 * rank) * there(standing) * (1.0 if rank < AT_HAND else MIDDLE)
        short = Candidate("FILES", item.path, marked(item.path, standing, situation.now), worth, why=why(item), says=reason,
                          group=f"{when(item, situation)}:")
        if full == middle and item.edited <= 1:  # a line of its own would say no more
            yield short
        elif rank < AT_HAND:
            yield replace(short, text=full, short=short.text, middle=middle)
        else:
            yield replace(short, text=full, short=middle, group="")
    yield from by_folder(situation, [f for f in known if not f.hot])


def spelled(situation: Situation, found: Sequence[HotFile]) -> Iterator[Candidate]:
    """Paths that the task names come first, with what was last done to them where that is known."""
    worked = {f.path: f for f in found}
    for rank, path in enumerate(situation.named):
        standing, item = situation.standing.get(path, Standing()), worked.get(path)
        worth = (1.2 - 0.01 * rank) * there(standing)
        text = told(item, standing, uncommitted=False, now=situation.now, names=())[1] if item else marked(path, standing, situation.now)
        yield Candidate("FILES", path, text, worth, why="named by the task", group="" if item else UNTOUCHED)


def by_folder(situation: Situation, others: Sequence[HotFile]) -> Iterator[Candidate]:
    """What is not at hand: a line a folder, with how often work came to it."""
    places = shelved([f.path for f in others])
    sizes, told_of = Counter(folder for folder, _ in places.values()), Counter[str]()
    came = visits(situation.sessions, sizes)
    groups: dict[str, str] = {}
    for item in others:
        folder, name = places[item.path]
        told_of[folder] += 1
        enough = told_of[folder] > OF_FOLDER or (folder not in groups and len(groups) == FOLDERS)
        standing = situation.standing.get(item.path, Standing())
        often = f"edited in {came[folder]} of the last {item.of} sessions" if came[folder] > 1 else done_to(item, situation.now, often=False)
        group = groups.get(folder) or f"{'at the root' if folder == ROOT else folder} ({often}):"
        if not enough:
            groups[folder] = group
        yield Candidate("FILES", item.path, marked(item.path, standing, situation.now, name), 0.0 if enough else TAIL * item.share**FALL * there(standing),
                        group=group, of=sizes[folder], why=why(item))


def there(standing: Standing) -> float:
    return GONE if standing.mark == "✗" else 1.0


def marked(path: str, standing: Standing, now: str, name: str = "") -> str:
    return f"{name or path} {later(path, standing.mark, now)}".rstrip()


def told(item: HotFile, standing: Standing, uncommitted: bool, now: str, names: Sequence[str]) -> tuple[str, str, str]:
    """(in full, with what was done to it, the reason by itself)."""
    moved = f" {standing.note}" if standing.note.startswith(MOVED) else ""
    lead = f"{item.path} {standing.mark}".rstrip() + moved
    state = [*filter(None, ("" if moved else standing.note,)), *(["uncommitted"] if uncommitted and "not committed" not in standing.note else [])]
    said_before = plain(item.fact.why)
    reason = clause(said_before, REASON_CHARS) if telling(said_before, item.path) else ""
    done = done_to(item, now)
    full = f"{lead} {', '.join([*state, done])}" + (f"; the work there was about {listed(names)}" if names else "") + (f': "{reason}"' if reason else "")
    return full, f"{lead} {', '.join([*(['uncommitted'] if uncommitted else []), done])}", reason


def telling(reason: str, path: str) -> bool:
    """Whether what was said before an edit says more than that it comes: "Let me rename them all" does not, nor does a question, nor what is about another."""
    others = {found[0] for found in re.finditer(FILE, reason)} - {path.rsplit("/", 1)[-1]}
    comes = reason.endswith(("?", ":")) or re.match(COMING, reason.replace("’", "'"))
    return not comes and not others and len(content(reason) - content(path)) >= REASON_WORDS


def done_to(item: HotFile, now: str, *, often: bool = True) -> str:
    """`edited 14 h ago, in 3 of the last 8 sessions`."""
    fact = item.fact
    act = "created" if fact.created else "edited" if fact.edits else "read"
    edited = "" if fact.created or fact.edits else "edited "
    return f"{act} {ago(fact.last, now)}".rstrip() + (f", {edited}in {item.edited} of the last {item.of} sessions" if often and item.edited > 1 else "")


def when(item: HotFile, situation: Situation) -> str:
    """`changed in the last session`, `read 2 days ago`: the same for what was done in one session."""
    act = "changed" if item.fact.created or item.fact.edits else "read"
    return f"{act} {'in the last session' if not item.age else ago(situation.sessions[item.age].ended, situation.now)}"


def about(item: HotFile, heat: Mapping[str, float], told_of: set[str]) -> list[str]:
    """Names that work on it was about, the hottest first, those left out of which another file was told; `told_of` learns them."""
    names = [n for n in item.names if n not in told_of and not n.startswith("--") and not general(n) and stemmed(n.lower()) not in GENERIC]
    chosen = sorted(names, key=lambda n: -heat.get(n, 0.0))[:max(0, min(NAMES, NAMED - len(told_of)))]
    told_of.update(chosen)
    return [f"`{name}`" for name in chosen]


def listed(names: Sequence[str]) -> str:
    """`a`, `b` and `c`."""
    return " and ".join([*([", ".join(names[:-1])] if names[:-1] else []), *names[-1:]])


def why(item: HotFile) -> str:
    return f"worked on often or lately: {item.share:.0%} as much as the first"


def hottest(found: Sequence[HotFile]) -> frozenset[str]:
    """Paths of the files at hand."""
    return frozenset(item.path for item in found if item.hot)


__all__ = ["candidates", "hottest"]
