"""Times as a person says them."""

from datetime import UTC, datetime

from passdown.model.spans import CLOSE, OPEN, span

LATER = "later"  # as the time that it is now: the text is read later, and gets slots that are filled then (`hooks.briefing`)


def moment(stamp: str) -> datetime | None:
    """A UTC ISO stamp as a time, None when it is empty or malformed."""
    try:
        at = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def between(stamp: str, now: str) -> str:
    """How long before `now` it was: `14 h`; "" when either is not known."""
    then, at = moment(stamp), moment(now)
    if then and now == LATER:
        return f"{OPEN}{max(0, int(then.timestamp()))}{CLOSE}"
    return span((at - then).total_seconds()) if then and at else ""


def ago(stamp: str, now: str) -> str:
    """`14 h ago`, "" when either time is not known."""
    past = between(stamp, now)
    return f"{past} ago" if past else ""


def later(place: str, mark: str, now: str) -> str:
    """The mark of a place that does not stand right before it: when it is read later, a slot that names the place."""
    return f"{OPEN}@{place} {mark}{CLOSE}" if now == LATER and mark else mark


def clock(now: str) -> str:
    """`Friday 09:12`, in UTC."""
    at = moment(now)
    return f"{OPEN}clock{CLOSE}" if now == LATER else at.strftime("%A %H:%M") if at else ""


__all__ = ["LATER", "ago", "between", "clock", "later", "moment", "span"]
