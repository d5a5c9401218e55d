"""What was seen still stands where it stood, or a few lines on."""

from passdown.model.anchor import Anchor
from passdown.verification.anchors import alike, extent_of, line_shifted, once
from passdown.verification.base import HOLDS, UNVERIFIED, Place, Verdict, View

TAKES = Place


def check(claim: Place, view: View) -> Verdict | None:
    """A place that nobody saw is not verified; one whose lines shifted is told with the line at which they begin now."""
    anchor = claim.anchor
    if not anchor.seen:
        return UNVERIFIED
    line = place_of(anchor, view)
    if not line:
        return UNVERIFIED if looks_alike(anchor, view) else None
    return Verdict("holds", "✔", f"now at line {line}") if anchor.first and line != anchor.first else HOLDS


def place_of(anchor: Anchor, view: View) -> int:
    """Its line now, 0 for none. Lines that are not where they were are followed through what changed around them, so that no twin is taken for them."""
    line, now = view.line_now(anchor), view.content(anchor.path)
    if not anchor.first or line == anchor.first or now is None:
        return line
    before = view.before(anchor)
    return line_shifted(anchor, before, now) or (line if before is None or once(anchor, before) else 0)


def looks_alike(anchor: Anchor, view: View) -> bool:
    """Whether lines like these stand there, and nothing tells whether they are the ones."""
    now = view.content(anchor.path)
    return now is not None and alike(anchor, now) and extent_of(anchor, view.before(anchor), now) is None


__all__ = ["TAKES", "check"]
