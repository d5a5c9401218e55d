"""It rests on a record that does not hold any more."""

from passdown.verification.base import HOLDS, UNVERIFIED, Rests, Verdict, View

TAKES = Rests


def check(claim: Rests, view: View) -> Verdict | None:
    """What was resolved or archived is still true; what was superseded or expired is not."""
    record = view.record(claim.id)
    if record is None:
        return UNVERIFIED
    if record.status == "superseded" or record.superseded_by:
        return Verdict("superseded", "~", f"{record.id} was superseded" + (f" by {record.superseded_by}" if record.superseded_by else ""), "error")
    return Verdict("superseded", "~", f"{record.id} has expired", "error") if record.status == "expired" else HOLDS


__all__ = ["TAKES", "check"]
