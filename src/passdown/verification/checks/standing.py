"""What was seen still stands where it stood, or a few lines on."""

from passdown.verification.base import HOLDS, UNVERIFIED, Place, Verdict, View

TAKES = Place


def check(claim: Place, view: View) -> Verdict | None:
    """A place that nobody saw is not verified; one whose lines shifted is told with the line at which they begin now."""
    anchor = claim.anchor
    if not anchor.seen:
        return UNVERIFIED
    line = view.line_now(anchor)
    if not line:
        return None
    return Verdict("holds", "✔", f"now at line {line}") if anchor.first and line != anchor.first else HOLDS


__all__ = ["TAKES", "check"]
