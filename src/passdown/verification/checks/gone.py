"""The file is not there any more, and nothing tells where it went; or the lines were taken out of it."""

from passdown.verification.anchors import extent_of
from passdown.verification.base import UNVERIFIED, Place, Verdict, View

TAKES = Place


def check(claim: Place, view: View) -> Verdict | None:
    """What is there and cannot be read (too large, a folder now) is not known."""
    anchor, now = claim.anchor, view.content(claim.anchor.path)
    by = view.broken_by(anchor)
    told = f"removed {by.words}" if by else ""
    if now is None:
        return UNVERIFIED if view.there(anchor.path) else Verdict("gone", "✗", told, "error")
    if not anchor.first:
        return None
    much = extent_of(anchor, view.before(anchor), now)
    return Verdict("gone", "✗", told or "these lines are not in it any more", "error") if much and much.removed else None


__all__ = ["TAKES", "check"]
