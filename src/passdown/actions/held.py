"""What places and records say, held against the repository for a briefing: one look for all of them."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from passdown.briefing.situation import Standing
from passdown.model.anchor import Anchor
from passdown.model.finding import Severity
from passdown.model.record import Record
from passdown.model.session import Session
from passdown.project import Project
from passdown.verification.base import Claim, Place, Rests, Says, Verdict
from passdown.verification.table import verdicts

# Words without which a text says nothing of what is not there, fails, lies on a branch or in a commit.
HINT = re.compile(
    r"(?i)n't\b|\b(?:not?|never|none|without|fail\w*|broken|breaks?|missing|lacks?|yet|still|todo|unimplemented|absent|branch|commit|merged)\b|\b[0-9a-f]{7,40}\b")
GRAVITY: Sequence[Severity] = ("error", "warning", "info")


def standings(project: Project, anchors: Iterable[Anchor], now: str) -> dict[str, Standing]:
    """How each place stands: the places of `held`."""
    return held(project, anchors, (), now).places


def judged(project: Project, records: Sequence[Record], now: str, *, known: Mapping[str, Record] | None = None,
           sessions: Sequence[Session] = ()) -> dict[str, Standing]:
    """How what records say stands, their places aside: the records of `held`."""
    return held(project, (), records, now, known=known, sessions=sessions).records


class Held(msgspec.Struct, frozen=True):
    """What was held against the repository.

    places: by `Anchor.place` and, for places that were seen more than once, by place and what was seen (`situation.key`). The note says by which commit it
        changed and how much, where it moved, or that it is not committed. Of a place alone the first anchor counts.
    records: by id, those of which something does not hold: the worst of the claims that are no places, with a note that stands by itself.
    """

    places: dict[str, Standing]
    records: dict[str, Standing]


def held(project: Project, anchors: Iterable[Anchor], records: Sequence[Record], now: str, *, known: Mapping[str, Record] | None = None,
         sessions: Sequence[Session] = ()) -> Held:
    """Places and records, asked about at once. now: UTC ISO, or `times.LATER`.

    known: records of any status by id, for those that rest on others. sessions: the newest first, for checks that have passed since.
    """
    places = [Place(anchor) for anchor in anchors]
    said = list(_sayings([record for record in records if may_fail(record)]))
    if not places and not said:
        return Held({}, {})
    from passdown.actions.view import view_of

    with view_of(project, [*places, *(claim for _, claim in said)], now=now, records=known, sessions=sessions) as view:
        of_places, of_rest = verdicts(places, view), verdicts([claim for _, claim in said], view)
    return Held(by_place(places, of_places), by_record(said, of_rest))


def may_fail(record: Record) -> bool:
    """Whether it says anything but its places that can be held against the repository; to tell costs less than to look."""
    return record.kind == "command" or bool(record.details.get("expires") or record.supersedes) or HINT.search(record.text) is not None


def _sayings(records: Sequence[Record]) -> Iterator[tuple[str, Claim]]:
    if not records:
        return
    from passdown.verification.claims import of_record  # its patterns take a while to compile

    for record in records:
        yield from ((record.id, claim) for claim in of_record(record) if not isinstance(claim, Place))


def by_place(places: Sequence[Place], found_of: Sequence[Verdict]) -> dict[str, Standing]:
    found: dict[str, Standing] = {}
    for claim, said in zip(places, found_of, strict=True):
        standing = Standing(said.mark, said.note)
        found.setdefault(claim.anchor.place, standing)
        found[f"{claim.anchor.place} {claim.anchor.seen}"] = standing
    return found


def by_record(claims: Sequence[tuple[str, Claim]], found_of: Sequence[Verdict]) -> dict[str, Standing]:
    """The gravest finding of each record; the first of equals."""
    worst: dict[str, tuple[int, Standing]] = {}
    for (id_, claim), said in zip(claims, found_of, strict=True):
        grave = GRAVITY.index(said.severity)
        if said.code not in ("holds", "unverified") and (id_ not in worst or grave < worst[id_][0]):
            worst[id_] = grave, Standing(said.mark, worded(claim, said))
    return {id_: standing for id_, (_, standing) in worst.items()}


def worded(claim: Claim, said: Verdict) -> str:
    """`contradicted: …`, `branch x was merged into main`, `expired on 2026-11-01`."""
    if isinstance(claim, Says):
        return f"{said.code}: {said.note}"
    from passdown.verification.claims import named

    return said.note if isinstance(claim, Rests) else f"{named(claim)} {said.note}".strip()


__all__ = ["Held", "held", "judged", "standings"]
