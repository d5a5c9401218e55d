"""`stats`: what was captured, what it took, and what is known."""

from collections import Counter

import msgspec

from passdown.actions.refresh import opened
from passdown.project import Project


class Stats(msgspec.Struct, frozen=True):
    """Sums over all captured sessions. tokens: by kind. cost: US dollars of the models whose price is known, `unpriced` names the others.

    records: by kind and by status, each sorted by name. store_bytes: of the private store on disk.
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
    store_bytes: int


def stats(project: Project) -> Stats:
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
        statuses=dict(sorted(Counter(r.status for r in records).items())), store_bytes=sum(p.stat().st_size for p in files))


__all__ = ["Stats", "stats"]
