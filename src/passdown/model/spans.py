"""How long something took or is ago, as a person says it. Imports nothing: hooks say it too."""

OPEN, CLOSE = "\x02", "\x03"  # STX and ETX: between them stands what is filled in when a text is read, see `hooks.briefing`


def span(seconds: float) -> str:
    """`40 s`, `25 min`, `14 h`, `3 days`, `5 weeks`."""
    for unit, size, upto in (("s", 1, 90), ("min", 60, 5_400), ("h", 3_600, 129_600), ("days", 86_400, 1_814_400)):
        if seconds < upto:
            return f"{max(0, round(seconds / size))} {unit}"
    return f"{round(seconds / 604_800)} weeks"


__all__ = ["CLOSE", "OPEN", "span"]
