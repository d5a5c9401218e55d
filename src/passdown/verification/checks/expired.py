"""The day up to which it holds, or by which it was expected, is over."""

from passdown.verification.base import HOLDS, UNVERIFIED, Until, Verdict, View

TAKES = Until


def check(claim: Until, view: View) -> Verdict | None:
    """The day itself still counts. What is no day is not verified."""
    day = claim.day[:10]
    if len(day) != 10 or day[4] != "-" or not day.replace("-", "").isdecimal():
        return UNVERIFIED
    if day >= view.today:
        return HOLDS
    return Verdict("expired", "✗", f"expired on {day}", "error") if claim.what == "expires" else Verdict("expired", "~", f"was expected by {day}")


__all__ = ["TAKES", "check"]
