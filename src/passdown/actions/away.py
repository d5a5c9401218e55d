"""What moved since the last session, gathered when the break was long: from git, the manifests, the records and the last session's facts."""

from collections import Counter
from collections.abc import Iterator, Sequence

from passdown import gitrepo
from passdown.actions.facts import content, is_there
from passdown.actions.view import OWN, RepositoryView, view_of
from passdown.briefing.away import Away
from passdown.briefing.times import ago, between, moment
from passdown.errors import PassdownError
from passdown.model.anchor import Anchor
from passdown.model.record import Record
from passdown.model.session import FileFact, Session
from passdown.project import Project
from passdown.verification.anchors import text_of
from passdown.verification.base import TRUNKS, Branch, Place, Ran, Verdict
from passdown.verification.claims import named, of_record, of_session
from passdown.verification.dependencies import MANIFESTS, declared, differences
from passdown.verification.table import verdict

COMMITS = 2_000
RECORDS = 200
SERIOUS = {"contradicted": "contradicted by what is there", "gone": "resting on what is gone", "symbol-gone": "resting on what is gone",
           "command-gone": "naming commands that cannot be run"}
CONTEXT = ("SESSION_CONTEXT.md", ".tmp/SESSION_MEMORY.md", "CONTINUITY.md", "HANDOFF.md", "docs/decisions.md", "docs/architecture.md",
           "docs/conversation_summary.md")  # where we are now, what was decided, how it is built, how we got here
TITLE_CHARS = 60


def away(project: Project, last: Session, sessions: Sequence[Session], records: Sequence[Record], now: str = "") -> Away:
    """What is worth saying of the time since the last session, which ended at a time that is known; of a break that was short, how long it was.

    last: that in which something was done. sessions: newest first. records: active ones, best first. now: UTC ISO, or `times.LATER`.
    """
    ended = moment(last.ended)
    days, commits = (project.clock.time() - ended).days if ended else 0, since(project, last.ended)
    found = Away(days, between(last.ended, now or project.clock.iso()), len(commits), areas(commits))
    return looked_at(project, found, last, sessions, records[:RECORDS], commits, now) if found.long else found


def since(project: Project, after: str) -> Sequence[tuple[gitrepo.Commit, tuple[str, ...]]]:
    if not project.place or not project.place.root:
        return ()
    try:
        return gitrepo.commits_with_files(project.place, after, COMMITS)
    except PassdownError:
        return ()


def areas(commits: Sequence[tuple[gitrepo.Commit, tuple[str, ...]]]) -> tuple[tuple[str, int], ...]:
    """Folders, two levels deep, with the number of commits that changed something in them, the most first."""
    counts = Counter(area for _, paths in commits for area in {"/".join(p.split("/")[:-1][:2]) for p in paths if "/" in p and not p.startswith(OWN)})
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def looked_at(project: Project, found: Away, last: Session, sessions: Sequence[Session], records: Sequence[Record],
              commits: Sequence[tuple[gitrepo.Commit, tuple[str, ...]]], now: str) -> Away:
    claims = [(r, claim) for r in records for claim in of_record(r)]
    names = [name for name in dict.fromkeys(b for s in sessions for b in (s.branch, *s.branches)) if name not in TRUNKS]
    everything, left = {r.id: r for r in records}, [Place(Anchor(f.path, seen=f.seen)) for f in own_files(last)]
    with view_of(project, [*(c for _, c in claims), *of_session(last), *map(Branch, names), *left], records=everything, sessions=sessions) as view:
        judged = [(r, named(claim), verdict(claim, view)) for r, claim in claims]
        merged, deleted, active = branches(view, names, last.ended)
        checks = tuple(to_check(last, view, judged, now or project.clock.iso()))
        changed = dict(others_now(project, view, last, commits))
        return Away(found.days, found.span, found.commits, found.areas, tuple(changed.items()), merged, deleted, active,
                    tuple(dependencies(project, view, last)), tuple(expired(judged)), checks, reading(project, changed))


def own_files(last: Session) -> list[FileFact]:
    return [f for f in last.files if (f.edits or f.created) and not f.deleted]


def others_now(project: Project, view: RepositoryView, last: Session, commits: Sequence[tuple[gitrepo.Commit, tuple[str, ...]]]) -> Iterator[tuple[str, str]]:
    """The last session's own files that are not as it left them, with the newest commit that changed them."""
    by = {path: commit for commit, paths in reversed(commits) for path in paths}
    for fact in own_files(last):
        if not is_there(project.root, fact.path):
            yield from [(fact.path, said.mark)] if (said := verdict(Place(Anchor(fact.path, seen=fact.seen)), view)).mark == "✗" else []
        elif fact.path in by:
            yield fact.path, f'~ by {by[fact.path].sha[:7]} "{by[fact.path].subject[:40]}"'


def branches(view: RepositoryView, names: Sequence[str], after: str) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Merged since, deleted, and with commits since: of those on which sessions were, and of all that merges name."""
    states = {name: view.branch(Branch(name)) for name in names}
    merged = dict.fromkeys([*view.lines_of_work.merged_since(after), *(n for n, s in states.items() if s.into and s.by)])
    deleted = [n for n, s in states.items() if s.known and not s.there and not s.into]
    return tuple(merged), tuple(deleted), tuple(n for n in view.lines_of_work.worked_on_since(after) if n not in merged and n not in TRUNKS)


def dependencies(project: Project, view: RepositoryView, last: Session) -> Iterator[str]:
    """What manifests at the root declare now and did not when the last session ended, and the other way round."""
    for manifest in MANIFESTS:
        before, now = view.had(manifest, last.ended), content(project.root, manifest)
        if before is not None and now is not None and before != now:
            yield from differences(declared(manifest, text_of(before)), declared(manifest, text_of(now)))


def expired(judged: Sequence[tuple[Record, str, Verdict]]) -> Iterator[str]:
    for record, _, said in judged:
        if said.code == "expired":
            yield f'"{record.title[:TITLE_CHARS]}" ({said.note})'


def to_check(last: Session, view: RepositoryView, judged: Sequence[tuple[Record, str, Verdict]], now: str) -> Iterator[str]:
    """The checks of the last session, as far as files changed since, and the records that do not hold, counted."""
    for claim in of_session(last):
        if isinstance(claim, Ran) and (said := verdict(claim, view)).code == "outdated":
            yield f"`{claim.command[:80]}`, which {'passed' if claim.ok else 'failed'} {ago(claim.at, now)} ({said.note.partition(' since')[0]} since)"
    counts = Counter(SERIOUS[said.code] for _, _, said in judged if said.code in SERIOUS)
    if counts:
        yield ", ".join(f"{n} record{'s' if n != 1 else ''} {what}" for what, n in counts.items()) + " (`passdown verify`)"


def reading(project: Project, changed: dict[str, str]) -> tuple[str, ...]:
    """Context documents that are there, then the last session's files that are others now."""
    documents = [path for path in CONTEXT if is_there(project.root, path)]
    handoffs = sorted((project.root / ".passdown" / "handoffs").glob("*.md"))[-1:]
    newest = [path.relative_to(project.root).as_posix() for path in handoffs]
    return (*newest, *documents, *(path for path, note in changed.items() if note != "✗"))[:6]


__all__ = ["away"]
