"""What was seen is not as it was: by which commit, and how much of it."""

from passdown.verification.anchors import extent_of, place_now
from passdown.verification.base import Place, Verdict, View

TAKES = Place


def check(claim: Place, view: View) -> Verdict | None:
    """The last word on a place: what neither stands nor is gone has changed. Of a whole file that is worth no warning."""
    anchor = claim.anchor
    by = view.broken_by(anchor)
    told = "changed, not committed" if view.uncommitted(anchor) else f"changed {by.words}" if by else ""
    if not (anchor.first or anchor.signature):
        return Verdict("changed", "~", told, "info")
    before, now = view.before(anchor), view.content(anchor.path) or b""
    much = extent_of(anchor, before, now)
    return Verdict("changed", "~", " ".join(filter(None, (told, much.words if much else ""))), to=place_now(anchor, before, now))


__all__ = ["TAKES", "check"]
