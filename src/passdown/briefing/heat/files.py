"""Hot files: recency times frequency of edits and reads over the latest sessions."""

import re
from collections.abc import Iterable, Sequence

import msgspec

from passdown.briefing.heat.recency import ANYWHERE, IN_TASK, LASTING_IN_TASK, Bearing, Heat, Hot, late, named, often, ranked, weighted
from passdown.briefing.topics import content
from passdown.model.plan import is_plan
from passdown.model.session import FileFact, Session

DECAY = 0.7
HOT = Hot(3, 0.45, 12)
SPAN = 12  # files of a session that count as just touched
EDIT, CREATED, READ = 2.0, 2.0, 1.0
SPOKEN_OF = 1.5  # times as much when the last words name it
PLANNED = 4.0  # heat of a file that the plan at hand names and that was not changed yet
SPELLED = 4.0  # heat of a file that the task names
STEM = 6  # characters of a stem that names a file
BROUGHT = r"(?:^|/)(?:node_modules|site-packages|vendor|\.venv|venv|dist|bower_components)/"  # code of others: only read, never the work
SHAPED = re.compile(r"[a-z][A-Z]|[_-]")
WORD = re.compile(r"[\w@+./-]+")
GIVEN = frozenset(("CLAUDE.md", "CLAUDE.local.md", "AGENTS.md", "GEMINI.md", ".github/copilot-instructions.md"))  # agents read these anyway


class HotFile(msgspec.Struct, frozen=True):
    """hot, share: see `recency.ranked`. fact: of the newest session that touched it, the `age`th before the last one. edited, of: in how many of the sessions
    looked at. names: of code that its edits were about in any of them, those of the newest first.
    """

    path: str
    share: float
    hot: bool
    fact: FileFact
    edited: int
    of: int
    age: int = 0
    names: tuple[str, ...] = ()


def files(sessions: Sequence[Session], bearing: Bearing = ANYWHERE) -> list[HotFile]:
    """Files inside the project that still count, hottest first, without deleted ones and those of others that were only read. sessions: newest first."""
    heat = Heat()
    newest: dict[str, FileFact] = {}
    ages: dict[str, int] = {}
    about: dict[str, dict[str, None]] = {}
    edited: dict[str, int] = {}
    seen = 0
    for age, session, weight, long in weighted(sessions, bearing, DECAY):
        seen += 1
        said = spoken_of(session.last_words) if age == 0 else frozenset()
        latest = sorted((f for f in session.files if ours(f.path)), key=lambda f: f.last, reverse=True)
        for rank, fact in enumerate(latest):
            worth = of_fact(fact) * late(rank, SPAN) * (SPOKEN_OF if names(fact.path) & said else 1.0)
            heat.add(fact.path, weight * worth, long)
            newest.setdefault(fact.path, fact)
            ages.setdefault(fact.path, age)
            about.setdefault(fact.path, {}).update(dict.fromkeys(fact.names))
            edited[fact.path] = edited.get(fact.path, 0) + bool(fact.edits or fact.created)
    for path in still_planned(sessions, newest):
        heat.add(path, PLANNED)
    if bearing.words:
        for path, share in named({path: content(path.rsplit("/", 1)[-1]) for path in heat.near}, bearing.words).items():
            heat.add(path, IN_TASK * share + (SPELLED if path.rsplit("/", 1)[-1].lower() in bearing.words else 0.0), LASTING_IN_TASK * share)
    there = {path: near for path, near in heat.near.items() if not newest[path].deleted and (edited[path] or not re.search(BROUGHT, path))}
    return [HotFile(path, share, hot, newest[path], edited[path], seen, ages[path], tuple(about[path]))
            for path, share, hot in ranked(there, heat.lasting, HOT)]


def ours(path: str) -> bool:
    """Whether a path lies inside the project, and is neither one that agents read anyway nor what passdown keeps there."""
    return not path.startswith(("/", "~", "..", ".passdown/")) and ":" not in path[:3] and path not in GIVEN


def of_fact(fact: FileFact) -> float:
    """What one session did to a file. One that it made counts once, however often it went on writing it."""
    if fact.created:
        return CREATED
    return (EDIT * often(fact.edits) if fact.edits else 0.0) + (READ * often(fact.reads) if fact.reads else 0.0)


def still_planned(sessions: Sequence[Session], known: Iterable[str]) -> list[str]:
    """Known files that the last session's plan or list names and that it did not change, as long as it did not carry it through."""
    last = next(iter(sessions), None)
    if last is None or not unfinished(last):
        return []
    named = spoken_of("\n".join((last.goal if is_plan(last.goal) else "", last.plan, *(t.text for t in last.todos if t.status != "completed"))))
    changed = set(last.files_changed)
    return [path for path in known if path not in changed and names(path) & named]


def unfinished(session: Session) -> bool:
    """Whether entries of its list are open; without a list, whether nothing was committed."""
    return any(t.status != "completed" for t in session.todos) if session.todos else not session.commits


def names(path: str) -> frozenset[str]:
    """By which a text may name a file, in lower case: its name, and its stem when no common word is like it."""
    name = path.rsplit("/", 1)[-1]
    stem = name.rsplit(".", 1)[0]
    telling = len(stem) >= STEM and (SHAPED.search(stem) is not None)
    return frozenset((name.lower(), stem.lower())) if telling else frozenset((name.lower(),))


def spoken_of(text: str) -> frozenset[str]:
    """Words of a text that may name files, in lower case."""
    return frozenset(word.rstrip(".").rsplit("/", 1)[-1] for word in WORD.findall(text.lower()))


__all__ = ["GIVEN", "HotFile", "files", "ours"]
