"""`stats`: what was captured, what it took, what is known and how it stands, and what memory cost."""

from collections import Counter
from collections.abc import Iterable

import msgspec

from passdown.actions.refresh import opened
from passdown.actions.verify import Verified, verify
from passdown.briefing.tokens import estimate
from passdown.continuity.course import Course
from passdown.continuity.given import delivered_briefings
from passdown.errors import PassdownError
from passdown.extract.briefed import FIRST
from passdown.model.session import Session
from passdown.project import Project
from passdown.store import events as kept

SIGN = FIRST.partition(" ")[0].encode()  # stands in each line of kept events that may hold a briefing
UNKNOWN_MARK = "not verified"


class Memory(msgspec.Struct, frozen=True):
    """What was put into sessions: briefings found in kept events, their tokens by our estimate, and how many sessions had one."""

    briefings: int
    tokens: int
    sessions: int


class Stats(msgspec.Struct, frozen=True):
    """Sums over all captured sessions. tokens: by kind. cost: US dollars of the models whose price is known, `unpriced` names the others.

    records: by kind and by status, each sorted by name. health: active records by the mark of the worst that verification says of them (`✔` holds, `~` changed,
    `✗` gone or wrong, `not verified`). memory: what it cost; hook_s: seconds that hooks took, None because nobody writes them down. saved: in words, what
    is measured of what memory saved. store_bytes: of the private store on disk.
    """

    sessions: int
    agents: dict[str, int]
    prompts: int
    tool_calls: int
    wall_s: int
    active_s: int
    tokens: dict[str, int]
    cost: float
    unpriced: tuple[str, ...]
    records: dict[str, int]
    statuses: dict[str, int]
    health: dict[str, int]
    memory: Memory
    hook_s: float | None
    saved: str
    store_bytes: int


def stats(project: Project) -> Stats:
    """Raises `NotInitialised`."""
    with opened(project) as index:
        sessions, records = index.sessions(), index.records(None, None)
    usage = [u for s in sessions for u in s.usage]
    files = (p for p in project.layout.private.rglob("*") if p.is_file())
    return Stats(
        sessions=len(sessions), agents=dict(sorted(Counter(s.agent for s in sessions).items())), prompts=sum(s.prompts for s in sessions),
        tool_calls=sum(s.tool_calls for s in sessions), wall_s=sum(s.wall_s for s in sessions), active_s=sum(s.active_s for s in sessions),
        tokens={k: sum(getattr(u, k) for u in usage) for k in ("input", "output", "cache_read", "cache_write")},
        cost=round(sum(u.cost or 0.0 for u in usage), 4), unpriced=tuple(sorted({u.model for u in usage if u.cost is None and u.model})),
        records=dict(sorted(Counter(r.kind for r in records if r.status == "active").items())),
        statuses=dict(sorted(Counter(r.status for r in records).items())), health=health(project), memory=(cost := memory_cost(project, sessions)), hook_s=None,
        saved=saved_by(project, cost), store_bytes=sum(p.stat().st_size for p in files))


def health(project: Project) -> dict[str, int]:
    """Active records by mark, those that hold first; nothing where the repository cannot be looked at."""
    try:
        done = verify(project)
    except PassdownError:
        return {}
    return dict(sorted(Counter(marks(done).values()).items(), key=lambda item: ("✔~✗".find(item[0]) % 9, item[0])))


def marks(done: Verified) -> dict[str, str]:
    """The worst mark of each record that says anything which can be looked at."""
    order = ("✗", "~", "✔", UNKNOWN_MARK)
    worst: dict[str, str] = {}
    for judged in done.judged:
        mark = "✔" if judged.verdict.code == "holds" else judged.verdict.mark if judged.verdict.mark in order else UNKNOWN_MARK
        worst[judged.owner] = min(mark, worst.get(judged.owner, UNKNOWN_MARK), key=order.index)
    return worst


def memory_cost(project: Project, sessions: Iterable[Session]) -> Memory:
    """Only events that may hold a briefing are decoded."""
    told: list[list[str]] = []
    for session in sessions:
        lines = [line for line in kept.lines(project.layout.events(session.id)) if SIGN in line]
        found = delivered_briefings(Course(list(kept.decoded(lines)))) if lines else []
        told += [[g.text for g in found]] if found else []
    return Memory(sum(map(len, told)), sum(estimate(text) for texts in told for text in texts), len(told))


def saved_by(project: Project, cost: Memory) -> str:
    """The pairs of sessions are only looked at where some were given a briefing."""
    from passdown.actions.continuity import continuity
    from passdown.continuity.report import saved

    return saved(continuity(project).pairs) if cost.sessions else "nothing: no session was given a briefing yet"


__all__ = ["Memory", "Stats", "stats"]
