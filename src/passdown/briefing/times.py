"""Times as a person says them."""

from datetime import UTC, datetime


def moment(stamp: str) -> datetime | None:
    """A UTC ISO stamp as a time, None when it is empty or malformed."""
    try:
        at = datetime.fromisoformat(stamp)
    except ValueError:
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def span(seconds: float) -> str:
    """`40 s`, `25 min`, `14 h`, `3 days`, `5 weeks`."""
    for unit, size, upto in (("s", 1, 90), ("min", 60, 5_400), ("h", 3_600, 129_600), ("days", 86_400, 1_814_400)):
        if seconds < upto:
            return f"{max(0, round(seconds / size))} {unit}"
    return f"{round(seconds / 604_800)} weeks"


def ago(stamp: str, now: str) -> str:
    """How long before `now` it was, "" when either is not known."""
    then, at = moment(stamp), moment(now)
    return f"{span((at - then).total_seconds())} ago" if then and at else ""


def clock(now: str) -> str:
    """`Friday 09:12`, in UTC."""
    at = moment(now)
    return at.strftime("%A %H:%M") if at else ""


__all__ = ["ago", "clock", "moment", "span"]
