"""Two versions of one session's facts brought together: that which read more of the session counts, with what only the other one has behind it."""

from functools import partial
from typing import Any

import msgspec

from passdown.formats import three_way
from passdown.model.session import CheckFact, ErrorFact, Session

KEYS: dict[type, int] = {CheckFact: 2, ErrorFact: 2}  # how many fields tell what a fact is about; of the others the first one does


def merge(base: Session | None, ours: Session, theirs: Session) -> Session:
    """Nothing to decide is ever left: facts are measured. base: the common ancestor, None when both shared it. Both sides have the same id."""
    further = max(ours, theirs, key=lambda session: (session.events, session.ended, repr(session)))
    return Session(**{field.name: _field(field.name, base or Session(ours.id, ""), ours, theirs, further) for field in msgspec.structs.fields(Session)})


def _field(name: str, base: Session, ours: Session, theirs: Session, further: Session) -> Any:
    old, mine, other, more = (getattr(side, name) for side in (base, ours, theirs, further))
    if isinstance(mine, tuple) and mine != other:
        return three_way.items(old, more, other if more is mine else mine, _about, more)
    return three_way.value(old, mine, other, partial(getattr, further, name))


def _about(fact: Any) -> object:
    """What a fact of a list is about: two facts about the same are two measurements of it."""
    return fact if isinstance(fact, str) else tuple(getattr(fact, name) for name in fact.__struct_fields__[:KEYS.get(type(fact), 1)])


__all__ = ["merge"]
